"""Every term and concept is documented, in both languages, under its own address."""

import re
import xml.etree.ElementTree as ET

import pytest
from flask.testing import FlaskClient
from markupsafe import escape
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from chefsache.content.files import root
from chefsache.content.names import CHEF
from chefsache.web.pages.diagrams import diagrams

_TERMS = Graph().parse(root() / "ontology" / "chefsache.ttl")
_OWN = sorted(
    str(term).removeprefix(CHEF)
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    for term in set(_TERMS.subjects(RDF.type, kind))
    if str(term).startswith(CHEF)
)
_SCHEMES = sorted((root() / "ontology" / "vocab").glob("*.ttl"))


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_term_is_documented_at_its_fragment(client: FlaskClient, language: str) -> None:
    """Label, definition and example in the reader's language; the anchor is the fragment of the IRI."""
    page = client.get(f"/ontology?lang={language}", headers={"Accept": "text/html"}).get_data(as_text=True)
    missing = []
    for name in _OWN:
        article = re.search(rf'<article class="term" id="{name}".*?</article>', page, re.DOTALL)
        for said in (RDFS.label, SKOS.definition, SKOS.example):
            words = next(v for v in _TERMS.objects(URIRef(CHEF + name), said) if v.language == language)
            if article is None or _escaped(words) not in article[0]:
                missing.append((name, said))

    assert missing == []


def _escaped(text: str) -> str:
    return str(escape(text))


@pytest.mark.parametrize(
    ("language", "name", "says"),
    [
        ("de", "Tenure", ["im Graphen", ">org:Membership</a>", "Eine Amtszeit", "Oberklasse", 'href="#Claim"']),
        ("en", "Tenure", ["in the graph", "A tenure", "Superclass", "violation"]),
        ("en", "contradicts", ["symmetric", "used", "Domain"]),
        ("de", "Partnership", ["schema:Project", "Verwandt in anderen Vokabularen"]),
    ],
)
def test_terms_say_use_rules_and_relations(client: FlaskClient, language: str, name: str, says: list[str]) -> None:
    page = client.get(f"/ontology?lang={language}", headers={"Accept": "text/html"}).get_data(as_text=True)
    article = re.search(rf'<article class="term" id="{name}".*?</article>', page, re.DOTALL)

    assert article is not None
    assert [text for text in says if text not in article[0]] == []


def test_links_inside_the_page_lead_somewhere(client: FlaskClient) -> None:
    page = client.get("/ontology", headers={"Accept": "text/html"}).get_data(as_text=True)
    targets = set(re.findall(r'href="#([^"]+)"', page))

    assert targets - set(re.findall(r' id="([^"]+)"', page)) == set()


@pytest.mark.parametrize("name", diagrams())
@pytest.mark.parametrize("language", ["de", "en"])
def test_diagrams_have_words_and_no_style(client: FlaskClient, name: str, language: str) -> None:
    """A picture is well formed, has no script or style, and the table behind it says every arrow."""
    picture = client.get(f"/ontology/diagrams/{name}-{language}.svg")
    page = client.get(f"/ontology?lang={language}", headers={"Accept": "text/html"}).get_data(as_text=True)
    figure = re.search(rf'<figure class="diagram" aria-labelledby="pattern-{name}">.*?</figure>', page, re.DOTALL)
    drawn = diagrams()[name]

    assert picture.content_type.startswith("image/svg+xml")
    assert ET.fromstring(picture.data).tag == "{http://www.w3.org/2000/svg}svg"
    assert not re.search(rb"style|script| on[a-z]+=", picture.data)
    assert all(box.names[language] in picture.get_data(as_text=True) for box in drawn.boxes)
    assert figure is not None
    assert figure[0].count("<tr>") == len(drawn.arrows) + 1
    assert re.search(r'<img [^>]*alt="[^"]+"', figure[0])


def test_diagrams_use_terms_that_exist() -> None:
    names = {arrow.name.split()[0] for drawn in diagrams().values() for arrow in drawn.arrows}

    assert {name.removeprefix("chef:") for name in names if name.startswith("chef:")} <= set(_OWN)


@pytest.mark.parametrize("path", _SCHEMES, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["de", "en"])
def test_schemes_list_their_concepts(client: FlaskClient, path: object, language: str) -> None:
    """Each concept with its label, definition and a count; the address of the scheme leads there."""
    graph = Graph().parse(path)
    page = client.get(
        f"/vocab/{path.stem}?lang={language}", follow_redirects=True, headers={"Accept": "text/html"}
    ).text
    scheme = URIRef(f"https://w3id.org/chefsache/vocab/{path.stem}")
    concepts = list(graph.subjects(SKOS.inScheme, scheme))
    words = [
        _escaped(next(v for v in graph.objects(concept, said) if v.language == language))
        for concept in concepts
        for said in (SKOS.prefLabel, SKOS.definition)
    ]

    assert concepts
    assert [text for text in words if text not in page] == []
    assert page.count('<td class="number">') >= len(concepts)


def test_concepts_say_how_often_they_are_used(client: FlaskClient) -> None:
    page = client.get("/vocab/municipality.html?lang=de").text

    assert "10.773-mal verwendet, 200 davon gezeigt" in page


def test_documents_of_concepts_do_not_grow_with_their_use(client: FlaskClient) -> None:
    concept = Graph().parse(data=client.get("/vocab/municipality.ttl").data, format="turtle")
    scheme = Graph().parse(data=client.get("/vocab/office-forms.ttl").data, format="turtle")

    assert len(concept) < 50
    assert len(set(scheme.subjects(RDF.type, SKOS.Concept))) > 5
