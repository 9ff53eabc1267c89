"""The names of the project: its namespaces, prefixed names, and slugs.

The base is permanent (https://w3id.org/chefsache/); a server maps it to its own address only when it writes a link.
"""

import re

__all__ = ["BASE", "CHEF", "GRAPH", "ID", "PREFIXES", "SHAPE", "VOCAB", "compact", "expand", "is_ours", "slug"]

BASE = "https://w3id.org/chefsache/"
CHEF = f"{BASE}ontology#"
GRAPH = f"{BASE}graph/"
ID = f"{BASE}id/"
SHAPE = f"{BASE}shapes#"
VOCAB = f"{BASE}vocab/"

#: Every prefix that the project's files and pages use.
PREFIXES: dict[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "chef": CHEF,
    "crm": "http://www.cidoc-crm.org/cidoc-crm/",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "graph": GRAPH,
    "id": ID,
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "shape": SHAPE,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "vocab": VOCAB,
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

#: A local name that needs no escape in Turtle and SPARQL (the safe part of PN_LOCAL).
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda item: (-len(item[1]), item[0]))
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "&": " und "})


def expand(name: str) -> str:
    """Turn a prefixed name into its IRI; an IRI stays as it is.

    >>> expand("id:05916000")
    'https://w3id.org/chefsache/id/05916000'

    Raises:
        KeyError: the prefix is not one of ``PREFIXES``.
    """
    if name.startswith(("http://", "https://")):
        return name
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def compact(iri: str) -> str:
    """Turn an IRI into its prefixed name, or return it unchanged where no prefix fits.

    >>> compact("https://w3id.org/chefsache/id/05916000")
    'id:05916000'
    >>> compact("https://example.org/x")
    'https://example.org/x'
    """
    for prefix, namespace in _LONGEST_FIRST:
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def is_ours(iri: str) -> bool:
    """Tell whether an IRI belongs to the project."""
    return iri.startswith(BASE)


def slug(label: str) -> str:
    """Turn a German label into the last part of an IRI.

    >>> slug("Stabsstelle für Digitalisierung")
    'stabsstelle-fuer-digitalisierung'

    Raises:
        ValueError: *label* has no letter or digit to keep.
    """
    result = re.sub(r"[^a-z0-9]+", "-", label.lower().translate(_UMLAUTS)).strip("-")
    if not result:
        raise ValueError(f"nothing to keep in {label!r}")
    return result
