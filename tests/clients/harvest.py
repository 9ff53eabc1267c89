"""Harvest a catalogue with CKAN's own parser, page by page, and compare what it reads with what the catalogue says.

Not part of the test suite: CKAN is as heavy as all of chefsache. In an environment of its own::

    python3 -m venv ckan && ckan/bin/pip install ckan==2.12.0 ckanext-dcat==2.4.4
    ckan/bin/python tests/clients/harvest.py http://127.0.0.1:8000/catalog.rdf

Prints one line a dataset: how many distributions were read of how many. Exits with 1 if any is missing.
"""

import sys
import urllib.request

from rdflib import DCAT, RDF

PROFILES = ["euro_dcat_ap_3"]


def main(address: str) -> int:
    """Read all pages from an address on; return the exit code."""
    from ckan.common import config
    from ckanext.dcat.processors import RDFParser

    config["ckan.site_url"] = "http://127.0.0.1:5000"
    config["ckanext.dcat.normalize_ckan_format"] = False
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
            found = {resource.get("uri") for resource in dataset["resources"] if resource.get("url")}
            missing += len(stated - found) + (str(iri) not in read)
            print(f"{len(found):3} of {len(stated):3}  {iri}  {dataset.get('title')}")
        address = parser.next_page()
    return 1 if missing else 0


def _extra(dataset: dict, name: str) -> str:
    return next((extra["value"] for extra in dataset["extras"] if extra["key"] == name), "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
