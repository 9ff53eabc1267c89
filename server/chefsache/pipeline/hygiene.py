"""Check: the rules of ``queries/hygiene/``, each a query that must find nothing, and what was withdrawn."""

from collections.abc import Iterator

import pyoxigraph as ox

from chefsache.content.rules import HygieneRule, hygiene_rules
from chefsache.content.withdrawn import withdrawn_among
from chefsache.pipeline.findings import Finding
from chefsache.pipeline.loading import Content

__all__ = ["broken_rules", "withdrawn_things"]

_WITHDRAWN = (
    "Das wurde zurückgezogen und darf in den Daten nicht mehr vorkommen: den Block und alle Verweise entfernen.",
    "This was withdrawn and must not occur in the data any more: remove the block and all links to it.",
)


def broken_rules(store: ox.Store, content: Content, *, derived: bool) -> list[Finding]:
    """Return what breaks the rules for the asserted graph, or with *derived* those for the closed and derived one."""
    found = [
        finding for rule in hygiene_rules() if rule.derived == derived for finding in _broken(store, content, rule)
    ]
    return sorted(found, key=lambda finding: finding.order)


def withdrawn_things(content: Content) -> list[Finding]:
    """Return where the data still state something of what was withdrawn (``data/withdrawn.csv``)."""
    stated = {triple.subject.value for triple in content.triples("data") if isinstance(triple.subject, ox.NamedNode)}
    places = ((iri, *content.locate(iri, "", "")) for iri in withdrawn_among(stated))
    return [Finding("violation", "withdrawn", file, line, iri, "", "", _WITHDRAWN) for iri, file, line in places]


def _broken(store: ox.Store, content: Content, rule: HygieneRule) -> Iterator[Finding]:
    rows = store.query(rule.text)
    if not isinstance(rows, ox.QuerySolutions):
        raise TypeError(f"{rule.name}: a hygiene rule is a SELECT query")
    names = {variable.value for variable in rows.variables}
    for row in rows:
        focus, path, value = (_text(row[name]) if name in names else "" for name in ("focus", "path", "value"))
        file, line = content.locate(focus, path, value)
        yield Finding(
            rule.severity, rule.name, file, line, focus, path, value, (rule.message["de"], rule.message["en"])
        )


def _text(term: object) -> str:
    return "" if term is None else str(getattr(term, "value", term))
