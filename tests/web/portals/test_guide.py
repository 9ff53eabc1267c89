"""The guide for portals: each command, run as it stands against a running server, answers what the guide shows."""

import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import Graph

DOCS = Path(__file__).parents[3] / "docs"
GUIDES = ("portals.md", "portals.en.md")
ADDRESS = "http://127.0.0.1:8000"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(guide: str, kind: str) -> list[str]:
    """Return the blocks of one kind."""
    return [text for name, text in _BLOCK.findall((DOCS / guide).read_text(encoding="utf-8")) if name == kind]


def commands() -> list[tuple[str, str]]:
    """Return all commands with what the guide shows of their output."""
    text = "".join(blocks(GUIDES[0], "console"))
    return [(command, shown) for command, _, shown in (part.partition("\n") for part in text.split("$ ")[1:])]


@pytest.fixture(scope="module")
def server(matching: FlaskClient, served: Callable[[Flask], AbstractContextManager[str]]) -> Iterator[str]:
    with served(matching.application) as address:
        yield address


@pytest.mark.parametrize(("command", "shown"), commands(), ids=lambda text: text[:60])
def test_command_answers_what_is_shown(server: str, curl: str, command: str, shown: str) -> None:
    """In this order, with gaps where the guide has an ellipsis; names of headers in any case."""
    assert curl
    run = subprocess.run(
        ["/bin/bash", "-c", command.replace(ADDRESS, server)], capture_output=True, text=True, timeout=30, check=True
    )
    found, place = run.stdout.replace("\r", "").lower(), 0
    for piece in re.split(r"\n|…", shown.lower()):
        assert piece in found[place:], (piece, run.stdout[:2000])
        place = found.index(piece, place) + len(piece)


def test_both_languages_show_the_same() -> None:
    german, english = ((blocks(guide, kind) for kind in ("console", "turtle", "html", "ini")) for guide in GUIDES)

    assert list(german) == list(english)
    assert len(commands()) > 7


def test_pattern_of_publishers_names_an_authority(client: FlaskClient) -> None:
    """The example is Turtle, and the IRI in it is one of ours that answers."""
    graph = Graph().parse(data=blocks(GUIDES[0], "turtle")[0], format="turtle")
    ours = {str(term) for term in graph.all_nodes() if term.startswith("https://w3id.org/chefsache/")}

    assert ours
    for iri in ours:
        assert client.get(f"{iri.removeprefix('https://w3id.org/chefsache')}.ttl").status_code == 200


def test_snippet_is_that_of_the_page(client: FlaskClient) -> None:
    page = client.get("/id/05916000.html?lang=de").text

    assert blocks(GUIDES[0], "html")[0].strip() in page.replace("&lt;", "<").replace("&gt;", ">")
