"""What leads from our things to other data sets: linksets (https://www.w3.org/TR/void/, 5), as RDF and as a table."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

import pyoxigraph as ox

from chefsache.content.names import expand
from chefsache.pipeline.tables import Reader, both, csv_text, in_one_language, safe

__all__ = ["LINKED", "LINKS_TABLE", "link_rows", "links", "links_metadata", "links_text", "target"]

#: Data sets that ours links to: a name, and what their IRIs start with.
LINKED = {
    "dcat-ap-de": "http://dcat-ap.de/def/politicalGeocoding/",
    "nuts": "http://data.europa.eu/nuts/code/",
    "wikidata": "http://www.wikidata.org/entity/",
}
#: The name of the table.
LINKS_TABLE = "links.csv"

_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_LABEL = ox.NamedNode(expand("skos:prefLabel"))
#: The columns: what each means, and its datatype.
_COLUMNS = {
    "thing": ("Sache", "thing", "anyURI"),
    "thing_name": ("Sache: Name", "name of the thing", "string"),
    "property": ("Eigenschaft, die verknüpft", "property that links", "anyURI"),
    "target": ("womit verknüpft ist", "what is linked to", "anyURI"),
    "dataset": ("Datenbestand, zu dem das Ziel gehört", "data set that the target belongs to", "string"),
}


def target(term: _Term) -> str:
    """Return the name of the data set that an IRI belongs to, empty for none that we know."""
    if not isinstance(term, ox.NamedNode):
        return ""
    iri = term.value
    return next((name for name, start in LINKED.items() if iri.startswith(start)), "")


def links(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return the statements that lead to another data set, in their order."""
    return [quad for quad in quads if target(quad.object)]


def link_rows(quads: Iterable[ox.Quad], graph: Reader) -> Iterator[list[str]]:
    """Yield a row for each link, in canonical order; what two graphs state is one link."""
    for triple, _ in groupby(quads, key=attrgetter("triple")):
        names = in_one_language(graph.values(triple.subject, _LABEL))
        name = names[0].value if names and isinstance(names[0], ox.Literal) else ""
        to = triple.object
        yield [triple.subject.value, safe(name), triple.predicate.value, to.value, target(to)]


def links_text(lines: Iterable[list[str]]) -> bytes:
    """Return the table as CSV in UTF-8."""
    return csv_text(_COLUMNS, lines)


def links_metadata() -> dict[str, Any]:
    """Return what the columns mean (CSVW); turned into RDF, a row is the link itself."""
    columns = [
        {"name": name, "titles": name, "dc:description": both({"de": german, "en": english}), "datatype": datatype}
        | ({"suppressOutput": True} if name in {"property", "thing", "dataset"} else {})
        | ({"propertyUrl": _LABEL.value} if name == "thing_name" else {})
        | ({"propertyUrl": "{+property}", "valueUrl": "{+target}"} if name == "target" else {})
        | ({} if name == "thing_name" else {"required": True})
        for name, (german, english, datatype) in _COLUMNS.items()
    ]
    return {
        "url": LINKS_TABLE,
        "dc:title": both({
            "de": "Verknüpfungen mit anderen Datenbeständen", "en": "Links to other data sets",
        }),
        "tableSchema": {
            "aboutUrl": "{+thing}", "primaryKey": ["thing", "property", "target"], "columns": columns,
        },
    }  # fmt: skip
