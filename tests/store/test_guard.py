"""The guard lets names through and keywords not, also those that only the engine's parser would see."""

# ruff: noqa: E501  (one case a line)

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chefsache.store import errors, guard
from chefsache.store.scanner import tokens

PASS = [
    "SELECT ?service { ?service ?p ?o }",
    "PREFIX ex: <http://example.org/> ASK { ?s ex:service ex:SERVICE }",
    "PREFIX service: <http://example.org/> ASK { ?s service:x service:y . GRAPH service:g { ?s ?p ?o } }",
    "PREFIX service: <http://example.org/> DESCRIBE service:x FROM service:g { ?s ?p ?o }",
    'ASK { ?s ?p \'SERVICE\', "SERVICE <x:>", \'\'\'it\'s a SERVICE\'\'\', """a "SERVICE" {""" }',
    "ASK { ?s <http://example.org/SERVICE> <http://example.org/service#SERVICE> }",
    "ASK { VALUES (?a ?b) { (<http://example.org/#a> <http://example.org/service#b>) } }",
    "ASK { ?s ?p 'x'@service } # SERVICE <http://example.org/> {}",
    "ASK { _:service ?p ?o FILTER(?o < 3 && ?o > 1 || ?o<4&&?o>2) }",
    r"PREFIX ex: <x:> ASK { ?s ex:a\,service ?o ; ex:%20service 1.5e3 }",
    "VERSION '1.2' SELECT * { <<( ?s ?p ?o )>> ?service <<( ?a ?b 'SERVICE'@en--ltr )>> }",
    "PREFIX : <x:> SELECT * { ?s :service ?o ~ ?r {| :p 'SERVICE' ; :q ?x |} . << ?s ?p ?o ~ :r >> ?y ?z }",
    "SELECT (TRIPLE(?s, ?p, ?o) AS ?service) (LANGDIR('SERVICE'@ar--rtl) AS ?d) { ?s ?p ?o FILTER(ISTRIPLE(?o)) }",
    "# INSERT\nSELECT ?insert { ?insert ?delete 'DROP' }",
]
CALLS = [
    "ASK { SERVICE <http://example.org/> { ?s ?p ?o } }",
    "ASK { service silent ?x { } }",
    "ASK { { } UNION {SERVICE<http://example.org/>{}} }",
    "PREFIX : <http://example.org/> ASK { SERVICE:x { ?s ?p ?o } }",
    "PREFIX : <http://example.org/> ASK { ?s ?p trueSERVICE:x { ?s ?p ?o } }",
    "ASK { SERVICESILENT<http://example.org/>{ } }",
    "ASK { ?s ?p trueSERVICE<http://example.org/>{ } }",
    r"ASK { SERVIC\u0045 <http://example.org/> { } }",
    "VERSION '1.2' ASK { ?s ?p <<( ?a ?b ?c )>> SERVICE <http://example.org/> { } }",
    "ASK { ?s ?p ?o {| ?a ?b |} SERVICE ?x { } }",
    "ASK { ?s ?p 'x'@en--ltr SERVICE ?x { } }",
    "ASK { FILTER(?a<'>')SERVICE<http://example.org/>{?s ?p 'x'} }",
    "ASK { FILTER(?a<?b)SERVICE?x#>\n{?s ?p ?o} }",
    "ASK { FILTER(?a<?b#>'''\n)SERVICE<http://example.org/>{} #'''\n}",
]
UPDATES = [
    "INSERT DATA {}",
    "PREFIX ex: <x:> delete where { ?s ?p ?o }",
    "LOAD <x:>",
    "CLEAR ALL",
    "# c\nWITH <x:> INSERT {} WHERE {}",
]
FORMS = {
    "SELECT * {}": "SELECT",
    "BASE <http://example.org/> PREFIX select: <x:> ask{}": "ASK",
    "CONSTRUCT WHERE { ?s ?p ?o }": "CONSTRUCT",
    "DESCRIBE<http://example.org/>": "DESCRIBE",
}
FRAGMENTS = [
    "SERVICE", "service ", "SERVICE:x{}", "SERVICE<http://127.0.0.1:1/>{?s ?p ?o}", "SERVICESILENT", "true", "1", "?a", "<",
    "<'>", "'>'", "'", "''", '"', "'''", "#", "\n", " ", "(", ")", "{", "}", "FILTER(", "BIND(", "VALUES ?x", "<x:#y>", "<x:y>",
    "GRAPH :g", ":x", ".", ";", "\\u0027", "@en", "?s ?p ?o", "<http://127.0.0.1:1/>", "{}", "&&", ">", "EXISTS", "[", "]", "_:b",
]  # fmt: skip


@pytest.mark.parametrize("text", PASS)
def test_names_pass(text: str) -> None:
    guard.inspect(text)


@pytest.mark.parametrize("text", CALLS)
def test_calls_are_refused(text: str) -> None:
    with pytest.raises(errors.ServiceError):
        guard.inspect(text)


@pytest.mark.parametrize("text", UPDATES)
def test_updates_are_refused(text: str) -> None:
    with pytest.raises(errors.UpdateError):
        guard.inspect(text)


@pytest.mark.parametrize("text", FORMS)
def test_finds_the_form(text: str) -> None:
    assert guard.inspect(text).form == FORMS[text]


@pytest.mark.parametrize("text", ["", "# nothing", "HELLO", "PREFIX ex: <x:>"])
def test_other_texts_are_no_query(text: str) -> None:
    with pytest.raises(errors.SyntaxFault):
        guard.inspect(text)


def test_says_where() -> None:
    with pytest.raises(errors.ServiceError) as caught:
        guard.inspect("ASK {\n  SERVICE <x:> {} }")

    assert (caught.value.details["line"], caught.value.details["column"]) == (2, 3)


def test_depth_is_bounded() -> None:
    with pytest.raises(errors.NestingError):
        guard.inspect("ASK " + "{" * 300 + "}" * 300)


@given(st.text())
def test_tokens_lose_nothing_but_blanks(text: str) -> None:
    """What is between two tokens is blank or a comment."""
    place = 0
    for token in tokens(text):
        between = text[place : token.start]
        assert not between or between[0] == "#" or between[0].isspace()
        assert text[token.start :].startswith(token.text)
        place = token.start + len(token.text)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(FRAGMENTS), max_size=9),
    st.sampled_from(["ASK {%s}", "ASK {FILTER(?a%s}", "ASK { ?s ?p %s }"]),
)
def test_what_passes_never_calls(parts: list[str], frame: str) -> None:
    """Whatever the guard lets through, the engine opens no connection for it: port 1 is refused before any is made."""
    text = "PREFIX : <http://127.0.0.1:1/> " + frame % "".join(parts)
    try:
        guard.inspect(text)
    except errors.QueryError:
        return
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.Literal("1")))
    try:
        list(store.query(text))  # type: ignore[arg-type]
    except (SyntaxError, TypeError):
        return
