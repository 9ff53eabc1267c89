"""The redirects of the permanent base, read from the file that is to be registered, lead to addresses that answer."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from chefsache.content.files import root
from chefsache.content.names import BASE
from chefsache.web import site

RULES = Path(__file__).parents[3] / "deploy/w3id/.htaccess"
SERVER = "https://graph.example.org"
VERSION = re.search(rf"versionIRI <{BASE}(.+?)>", (root() / "ontology/chefsache.ttl").read_text(encoding="utf-8"))[1]
_RULE = re.compile(r"RewriteRule (\S+) (\S+) \[R=(\d+),L(?:,NE)?\]")
LOCALS = [
    ("", 302),
    ("id/05916000", 303),
    ("id/05916000-office-stabsstelle-digitalisierung", 303),
    ("id/person-pierre-herbe.ttl", 303),
    ("vocab/office-forms", 303),
    ("graph/data/municipalities/nrw/herne", 302),
    ("ontology", 302),
    ("ontology.ttl", 302),
    (VERSION, 302),
    ("shapes", 302),
    ("catalog", 302),
    ("catalog.rdf", 302),
    ("dataset/chefsache", 303),
    ("service/sparql", 303),
    ("dataset/chefsache-releases", 303),
    ("dumps/latest/chefsache.nt.zst", 302),
]


@pytest.mark.parametrize(("local", "code"), LOCALS)
def test_every_redirect_leads_to_what_answers(client: FlaskClient, local: str, code: int) -> None:
    """What the rules make of an IRI, the server answers with 200 in the end, in Turtle or as it is."""
    status, target = redirected(local)
    answer = client.get(
        target.removeprefix(SERVER), headers={"Accept": "text/turtle, */*;q=0.5"}, follow_redirects=True
    )

    assert status == code
    assert target == f"{SERVER}/{local}"
    assert answer.status_code == 200
    answer.close()


def test_every_room_of_the_base_has_a_rule() -> None:
    """What the server maps to its own address, w3id.org maps to the server."""
    for room in site.ROOMS:
        assert redirected(room if not room.endswith("/") else f"{room}x")[1].startswith(f"{SERVER}/{room}")


def test_what_is_no_room_stays() -> None:
    """The README of the registration is w3id.org's to show."""
    with pytest.raises(LookupError):
        redirected("README.md")


def redirected(local: str) -> tuple[int, str]:
    """Apply the rules as mod_rewrite does in a folder: the first that matches the path behind it ends."""
    rules = _RULE.findall(RULES.read_text(encoding="utf-8"))
    assert len(rules) == RULES.read_text(encoding="utf-8").count("RewriteRule")
    for pattern, target, code in rules:
        if match := re.search(pattern, local):
            return int(code), re.sub(r"\$(\d)", lambda back, found=match: found[int(back[1])], target)
    raise LookupError(BASE + local)


def test_registration_has_the_form_of_its_service() -> None:
    """Two files, patterns with both ends, no redirect for good, and a place for who answers for it."""
    readme = (RULES.parent / "README.md").read_text(encoding="utf-8")

    assert {file.name for file in RULES.parent.iterdir()} == {".htaccess", "README.md"}
    for pattern, target, code in _RULE.findall(RULES.read_text(encoding="utf-8")):
        assert (pattern[0], pattern[-1]) == ("^", "$")
        assert code in {"302", "303"}
        assert target.startswith(f"{SERVER}/")
    assert "GitHub username: " in readme
