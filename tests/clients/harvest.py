"""Harvest catalogues with CKAN's own parser, page by page, and compare what it reads with what they say.

Not part of the test suite: CKAN is as heavy as all of chefsache. In an environment of its own::

    python3 -m venv ckan && ckan/bin/pip install ckan==2.12.0 ckanext-dcat==2.4.4
    ckan/bin/python tests/clients/harvest.py http://127.0.0.1:8000/catalog.rdf

Prints one line a dataset: how many distributions were read of how many. With several addresses each is a later harvest
of the same source, such as before and after a release: what CKAN would update, add and delete, by the identity that it
goes by (the IRI of a dataset). Exits with 1 if a distribution is missing, or a later harvest would delete a dataset.
"""

import sys
import urllib.request

from rdflib import DCAT, RDF

PROFILES = ["euro_dcat_ap_3"]


def main(addresses: list[str]) -> int:
    """Harvest one address after the other; return the exit code."""
    from ckan.common import config

    config["ckan.site_url"] = "http://127.0.0.1:5000"
    config["ckanext.dcat.normalize_ckan_format"] = False
    known: dict[str, str] = {}
    missing = 0
    for address in addresses:
        read, lacking = _harvested(address)
        if known:
            kept, added, gone = known.keys() & read.keys(), read.keys() - known.keys(), known.keys() - read.keys()
            print(f"{address}: {len(kept)} updated, {len(added)} added, {len(gone)} deleted")
            print(*(f"  added {read[iri]} <{iri}>" for iri in sorted(added)), sep="\n")
            lacking += len(gone)
        missing += lacking
        known = read
    return 1 if missing else 0


def _harvested(address: str) -> tuple[dict[str, str], int]:
    """Read all pages from an address on; return the datasets by IRI with their titles, and what was not read."""
    from ckanext.dcat.processors import RDFParser

    found: dict[str, str] = {}
    missing = 0
    while address:
        with urllib.request.urlopen(urllib.request.Request(address, method="HEAD")) as head:
            kind = head.headers["Content-Type"].split(";")[0]
        with urllib.request.urlopen(address) as answer:
            text = answer.read().decode()
        parser = RDFParser(profiles=PROFILES)
        parser.parse(text, kind)
        read = {_extra(dataset, "uri"): dataset for dataset in parser.datasets()}
        for iri in sorted(parser.g.subjects(RDF.type, DCAT.Dataset)):
            stated = {str(one) for one in parser.g.objects(iri, DCAT.distribution)}
            dataset = read.get(str(iri), {"resources": []})
            resources = {resource.get("uri") for resource in dataset["resources"] if resource.get("url")}
            missing += len(stated - resources) + (str(iri) not in read) + (str(iri) in found)
            found[str(iri)] = dataset.get("title", "")
            print(f"{len(resources):3} of {len(stated):3}  {iri}  {dataset.get('title')}")
        address = parser.next_page()
    return found, missing


def _extra(dataset: dict, name: str) -> str:
    return next((extra["value"] for extra in dataset["extras"] if extra["key"] == name), "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
