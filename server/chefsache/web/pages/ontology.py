"""The documentation of the ontology as data: its terms, their rules, what is reused, and its vocabularies."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chefsache.content.names import CHEF, PREFIXES, SHAPE, compact, expand
from chefsache.store.protocol import Row, Term
from chefsache.web import languages
from chefsache.web.pages.answers import Cell, Labels, label, labels, named
from chefsache.web.pages.page_queries import ask, ask_many
from chefsache.web.site import path, site

#: The kinds of terms, in the order of the page.
KINDS = ("Class", "ObjectProperty", "DatatypeProperty")
#: What links a term to others, in this order.
_LINKS = (
    "rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range", "owl:disjointWith", "rdfs:seeAlso",
    "dcterms:isReplacedBy",
)  # fmt: skip
#: Vocabularies whose terms are ours or the language of the files itself.
_OWN = ("chef", "owl", "rdf", "rdfs", "sh", "vann")
_SYMMETRIC = expand("owl:SymmetricProperty")


@dataclass(frozen=True)
class Rule:
    """What the shapes demand, in words, and how severe a breach is."""

    name: str
    href: str
    severity: str
    text: str
    lang: str


@dataclass(frozen=True)
class Link:
    """A relation to other terms: the property, and what it names."""

    key: str
    values: tuple[Cell, ...]


@dataclass(frozen=True)
class Documented:
    """A class or property of ours."""

    name: str
    kind: str
    label: str
    texts: tuple[tuple[str, tuple[Cell, ...]], ...]
    links: tuple[Link, ...]
    symmetric: bool
    uses: int
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Reused:
    """A class or property of another vocabulary that our data uses."""

    name: Cell
    label: Cell
    uses: int
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Concept:
    """A concept of a scheme."""

    item: Cell
    anchor: str
    definition: Cell
    others: tuple[Cell, ...]
    broader: tuple[Cell, ...]
    uses: int


@dataclass(frozen=True)
class Shape:
    """A node shape: the classes that it is for, what it demands of a thing itself, and what of its properties."""

    name: str
    targets: tuple[Cell, ...]
    rules: tuple[Rule, ...]


def terms() -> dict[str, list[Documented]]:
    """Return our terms by kind, each kind by name."""
    said: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for row in ask("terms"):
        said[row["term"].value][compact(row["property"].value)].append(row["value"])
    mentioned = (v.value for values in said.values() for key in _LINKS for v in values.get(key, ()))
    known, demanded = labels([*said, *mentioned]), rules()
    found: dict[str, list[Documented]] = {kind: [] for kind in KINDS}
    for iri, values in said.items():
        types = {value.value for value in values["rdf:type"]}
        kind = next((kind for kind in KINDS if expand(f"owl:{kind}") in types), None)
        if kind:
            found[kind].append(_documented(iri, kind, values, known, demanded))
    return found


def reused() -> dict[str, list[Reused]]:
    """Return the classes and properties of other vocabularies that the data uses, with how often."""
    counts = site().snapshot.statistics
    names = {
        kind: {name: count for name, count in counts[kind].items() if _foreign(name)}
        for kind in ("classes", "properties")
    }
    known = labels(expand(name) for group in names.values() for name in group)
    demanded = rules()
    return {
        kind: [
            Reused(Cell(name, expand(name)), named(expand(name), known), count, demanded.get(expand(name), ()))
            for name, count in group.items()
        ]
        for kind, group in names.items()
    }


def rules() -> dict[str, tuple[Rule, ...]]:
    """Return what the shapes demand, by class, in the reader's language."""
    messages: dict[str, dict[str, dict[str, Row]]] = defaultdict(lambda: defaultdict(dict))
    for row in ask("rules"):
        messages[row["class"].value][row["rule"].value][row["message"].language or ""] = row
    return {
        of: tuple(_rule(iri, by_language) for iri, by_language in sorted(found.items()))
        for of, found in messages.items()
    }


def shapes() -> list[Shape]:
    """Return the node shapes with all that they demand, in the reader's language."""
    targets: dict[str, set[str]] = defaultdict(set)
    messages: dict[str, dict[str, dict[str, Row]]] = defaultdict(lambda: defaultdict(dict))
    for row in ask("shapes"):
        demanded = messages[row["shape"].value]
        if "target" in row:
            targets[row["shape"].value].add(row["target"].value)
        if "rule" in row:
            demanded[row["rule"].value][row["message"].language or ""] = row
    known = labels(target for group in targets.values() for target in group)
    return [
        Shape(
            iri.removeprefix(SHAPE),
            tuple(named(target, known) for target in sorted(targets[iri])),
            tuple(_rule(rule, by_language) for rule, by_language in sorted(found.items())),
        )
        for iri, found in messages.items()
    ]


def schemes() -> list[tuple[Cell, int]]:
    """Return the concept schemes with the number of their concepts, by name."""
    rows = ask("schemes")
    known = labels(row["item"].value for row in rows)
    found = [(named(row["item"].value, known), int(row["number"].value)) for row in rows]
    return sorted(found, key=lambda entry: entry[0].text.casefold())


def concepts(scheme: str) -> list[Concept]:
    """Return the concepts of a scheme by name."""
    said: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for row in ask("concepts", scheme):
        said[row["item"].value][compact(row["property"].value)].append(row["value"])
    uses = counted(said)
    known = labels([*said, *(term.value for values in said.values() for term in values["skos:broader"])])
    found = [
        Concept(
            item=named(iri, known),
            anchor=iri.rpartition("/")[2],
            definition=next(iter(_written(values["skos:definition"])), Cell("")),
            others=tuple(cell for cell in _written(values["skos:altLabel"]) if not cell.lang),
            broader=tuple(named(term.value, known) for term in values["skos:broader"]),
            uses=uses.get(iri, 0),
        )
        for iri, values in said.items()
    ]
    return sorted(found, key=lambda concept: concept.item.text.casefold())


def counted(iris: Iterable[str]) -> dict[str, int]:
    """Return how often concepts are used; one that is not is missing."""
    return {row["thing"].value: int(row["number"].value) for row in ask_many("used", "thing", iris)}


def _documented(
    iri: str, kind: str, values: Mapping[str, list[Term]], known: Labels, demanded: Mapping[str, tuple[Rule, ...]]
) -> Documented:
    counts = site().snapshot.statistics["classes" if kind == "Class" else "properties"]
    texts = ((key, _written(values.get(key, ()))) for key in ("skos:definition", "skos:scopeNote", "skos:example"))
    links = (Link(key, tuple(_term(v.value, known) for v in values.get(key, ()))) for key in _LINKS)
    return Documented(
        name=iri.removeprefix(CHEF),
        kind=kind,
        label=label(iri, known)[0],
        texts=tuple((key, cells) for key, cells in texts if cells),
        links=tuple(link for link in links if link.values),
        symmetric=any(value.value == _SYMMETRIC for value in values["rdf:type"]),
        uses=counts.get(compact(iri), 0),
        rules=demanded.get(iri, ()),
    )


def _rule(iri: str, by_language: Mapping[str, Row]) -> Rule:
    wanted = languages.current()
    language = next(name for name in (wanted, "", "de", "en", *by_language) if name in by_language)
    row = by_language[language]
    severity = row["severity"].value.rpartition("#")[2].lower() if "severity" in row else "violation"
    name = iri.removeprefix(SHAPE)
    return Rule(name, path("/shapes") + f"#{name}", severity, row["message"].value, _other(language))


def _written(values: Iterable[Term]) -> tuple[Cell, ...]:
    """Return texts in the reader's language, else in the other with its name."""
    found = list(values)
    wanted = [value for value in found if value.language in {languages.current(), None}] or found
    return tuple(Cell(value.value, lang=_other(value.language or "")) for value in wanted)


def _other(language: str) -> str:
    return language if language not in {"", languages.current()} else ""


def _term(iri: str, known: Labels) -> Cell:
    """Name a term of ours by its label, one of others by its prefixed name."""
    if iri.startswith(CHEF):
        return Cell(label(iri, known)[0], f"#{iri.removeprefix(CHEF)}")
    return Cell(compact(iri), iri)


def _foreign(name: str) -> bool:
    prefix, colon, _ = name.partition(":")
    return bool(colon) and prefix in PREFIXES and prefix not in _OWN
