"""Parse Turtle, and write it in the project's one form.

The form: prefixes in alphabetical order and only those used; ontology headers first, then subjects by IRI; ``a`` first,
then predicates by prefixed name; one value per line; blank nodes only nested (lists, restrictions, alternatives).
rdflib's serialisers cannot give it: they split names before a digit, so ``id:05916000`` would lose its prefix.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from chefsache.content.errors import ContentError
from chefsache.content.files import read_text
from chefsache.content.names import PREFIXES, compact

__all__ = ["format_text", "parse", "parse_text", "write"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Properties = dict[ox.NamedNode, list[Term]]

_RDF = PREFIXES["rdf"]
_TYPE = ox.NamedNode(f"{_RDF}type")
_FIRST = ox.NamedNode(f"{_RDF}first")
_REST = ox.NamedNode(f"{_RDF}rest")
_NIL = ox.NamedNode(f"{_RDF}nil")
_ONTOLOGY = ox.NamedNode(f"{PREFIXES['owl']}Ontology")
_INDENT = "    "
_PLAIN = {
    f"{PREFIXES['xsd']}boolean": re.compile(r"true|false"),
    f"{PREFIXES['xsd']}decimal": re.compile(r"[+-]?[0-9]+\.[0-9]+"),
    f"{PREFIXES['xsd']}integer": re.compile(r"[+-]?[0-9]+"),
}
_STRING = f"{PREFIXES['xsd']}string"
_PREFIXED = re.compile(r"([a-z]+):[A-Za-z0-9_]")
_QUOTED = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|<[^<>\s]*>')


def parse(path: Path) -> list[ox.Triple]:
    """Read the triples of a Turtle file.

    Raises:
        ContentError: the file is missing, is not UTF-8 or is not Turtle; with the line.
    """
    return parse_text(read_text(path), path)


def parse_text(text: str, path: Path) -> list[ox.Triple]:
    """Read the triples of a Turtle text; *path* only names it in an error.

    Raises:
        ContentError: the text is not Turtle; with the line.
    """
    try:
        return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)]
    except SyntaxError as error:
        raise ContentError(path, error.lineno or 0, error.msg) from error


def format_text(text: str, path: Path) -> str:
    """Return a Turtle text in the project's form.

    Raises:
        ContentError: the text is not Turtle, or holds a comment, which the form would lose.
    """
    names = _QUOTED.sub(lambda match: "\n" * match[0].count("\n"), text)
    if "#" in names:
        line = names[: names.index("#")].count("\n") + 1
        raise ContentError(path, line, "a comment is lost in every query: say it in a triple (skos:note)")
    return write(parse_text(text, path))


def write(triples: Iterable[ox.Triple]) -> str:
    """Write triples as Turtle in the project's form; the same triples give the same text, in whatever order.

    Raises:
        ValueError: a blank node is shared or stands in a circle, so that it cannot be nested.
    """
    body = _Writer(triples).body()
    used = sorted(set(_PREFIXED.findall(_QUOTED.sub("", body))))
    return "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in used) + "\n" + body


class _Writer:
    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.nodes: dict[Subject, Properties] = {}
        nested: dict[ox.BlankNode, int] = {}
        for triple in set(triples):
            self.nodes.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)
            if isinstance(triple.object, ox.BlankNode):
                nested[triple.object] = nested.get(triple.object, 0) + 1
        if any(count > 1 for count in nested.values()):
            raise ValueError("a blank node is used twice: give it an IRI")
        self.roots = [node for node in self.nodes if node not in nested]
        if len(self._reachable()) < len(self.nodes):
            raise ValueError("blank nodes stand in a circle: give one of them an IRI")

    def body(self) -> str:
        return "\n".join(self._block(node) for node in sorted(self.roots, key=self._rank))

    def _reachable(self) -> set[Subject]:
        seen: set[Subject] = set()
        waiting = list(self.roots)
        while waiting:
            node = waiting.pop()
            seen.add(node)
            values = (value for many in self.nodes[node].values() for value in many)
            waiting += [value for value in values if isinstance(value, ox.BlankNode) and value in self.nodes]
        return seen

    def _rank(self, node: Subject) -> tuple[bool, bool, str]:
        if isinstance(node, ox.BlankNode):
            return True, True, self._properties(node, 1)
        return False, _ONTOLOGY not in self.nodes[node].get(_TYPE, []), _value(node)

    def _block(self, node: Subject) -> str:
        head = "[]" if isinstance(node, ox.BlankNode) else _name(node)
        return f"{head}\n{self._properties(node, 1)}.\n"

    def _properties(self, node: Subject, depth: int) -> str:
        properties = self.nodes[node]
        order = sorted(properties, key=lambda predicate: (predicate != _TYPE, _name(predicate)))
        return "".join(self._property(predicate, properties[predicate], depth) for predicate in order)

    def _property(self, predicate: ox.NamedNode, values: list[Term], depth: int) -> str:
        verb = "a" if predicate == _TYPE else _name(predicate)
        pad = _INDENT * depth
        if len(values) == 1:
            return f"{pad}{verb} {self._object(values[0], depth)} ;\n"
        texts = sorted(self._object(value, depth + 1) for value in values)
        if predicate == _TYPE:
            return f"{pad}{verb} {' , '.join(texts)} ;\n"
        joined = f" ,\n{pad}{_INDENT}".join(texts)
        return f"{pad}{verb}\n{pad}{_INDENT}{joined} ;\n"

    def _object(self, term: Term, depth: int) -> str:
        if not isinstance(term, ox.BlankNode):
            return _name(term)
        pad = _INDENT * depth
        if self._is_list(term):
            items = "".join(f"{pad}{_INDENT}{item}\n" for item in self._items(term, depth + 1))
            return f"(\n{items}{pad})"
        if term not in self.nodes:
            return "[]"
        return f"[\n{self._properties(term, depth + 1)}{pad}]"

    def _is_list(self, node: ox.BlankNode) -> bool:
        return self.nodes.get(node, {}).keys() == {_FIRST, _REST}

    def _items(self, node: ox.BlankNode, depth: int) -> list[str]:
        items = []
        cell: Term = node
        while cell != _NIL:
            if not isinstance(cell, ox.BlankNode) or not self._is_list(cell):
                raise ValueError("a list is broken: it does not end in rdf:nil")
            items.append(self._object(self.nodes[cell][_FIRST][0], depth))
            cell = self.nodes[cell][_REST][0]
        return items


@lru_cache(maxsize=100_000)
def _iri(iri: str) -> str:
    name = compact(iri)
    return f"<{iri}>" if name == iri else name


def _value(node: Subject) -> str:
    return str(node) if isinstance(node, ox.Triple) else node.value


def _name(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return _iri(term.value)
    if not isinstance(term, ox.Literal) or term.language:
        return str(term)
    datatype = term.datatype.value
    plain = _PLAIN.get(datatype)
    if plain and plain.fullmatch(term.value):
        return term.value
    if datatype == _STRING:
        return str(term)
    return f"{ox.Literal(term.value)}^^{_name(term.datatype)}"
