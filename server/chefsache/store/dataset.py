"""The dataset that a query names: its FROM and FROM NAMED clauses, with names and relative IRIs resolved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pyoxigraph as ox

from chefsache.store.protocol import BASE_IRI, Dataset
from chefsache.store.scanner import Token

_CLAUSES = ("FROMNAMED", "FROM", "NAMED")


@dataclass(frozen=True)
class Clause:
    """One FROM clause: its first and last character but one, whether it is NAMED, and its graph as written."""

    start: int
    end: int
    named: bool
    graph: Token


def clauses(found: Sequence[Token]) -> list[Clause]:
    """Return the FROM clauses among the tokens of a query."""
    every = list(_split(found))
    listed: list[Clause] = []
    for (first, second), third in zip(pairwise(every), [*every[2:], None], strict=False):
        word = first.text.upper()
        if first.kind != "word" or word not in {"FROM", "FROMNAMED"}:
            continue
        named = word == "FROMNAMED" or (second.kind == "word" and second.text.upper() == "NAMED")
        graph = third if named and word == "FROM" else second
        if graph is not None and graph.kind in {"iri", "name"}:
            listed.append(Clause(first.start, graph.start + len(graph.text), named, graph))
    return listed


def dataset(found: Sequence[Token], listed: Sequence[Clause]) -> Dataset | None:
    """Return the dataset of FROM clauses; None without one, or where the engine will complain about them anyway."""
    if not listed:
        return None
    try:
        graphs = _resolved(_prologue(found), [clause.graph.text for clause in listed])
    except (SyntaxError, ValueError):
        return None
    default = (graph for graph, clause in zip(graphs, listed, strict=True) if not clause.named)
    named = (graph for graph, clause in zip(graphs, listed, strict=True) if clause.named)
    return Dataset(tuple(dict.fromkeys(default)), tuple(dict.fromkeys(named)))


def without(text: str, listed: Sequence[Clause]) -> str:
    """Return a query without its FROM clauses, everything else in its place."""
    for clause in listed:
        text = text[: clause.start] + " " * (clause.end - clause.start) + text[clause.end :]
    return text


def _split(found: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens outside brackets; a keyword that runs into a name is a token of its own, as the engine reads."""
    depth = 0
    for token in found:
        if token.kind == "mark" and token.text in "({[":
            depth += 1
        elif token.kind == "mark" and token.text in ")}]":
            depth -= 1
        elif depth == 0 and token.kind == "name" and token.text.partition(":")[0].upper() in _CLAUSES:
            word, _, local = token.text.partition(":")
            yield Token("word", word, token.start)
            yield Token("name", f":{local}", token.start + len(word))
        elif depth == 0:
            yield token


def _prologue(found: Sequence[Token]) -> str:
    """Return the prefixes and bases of a query, as Turtle."""
    lines: list[str] = []
    for index, token in enumerate(found):
        word = token.text.upper()
        if token.kind == "word" and word in {"PREFIX", "BASE"}:
            length = 3 if word == "PREFIX" else 2
            lines.append(" ".join(part.text for part in found[index : index + length]))
        elif token.kind == "word" and word != "VERSION":
            break
    return "\n".join(lines)


def _resolved(prologue: str, names: Sequence[str]) -> list[str]:
    """Let the parser of Turtle, which shares these rules with SPARQL, resolve names."""
    text = prologue + "".join(f"\n<urn:x:s> <urn:x:p> {name} ." for name in names)
    return [quad.object.value for quad in ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=BASE_IRI)]
