"""The coverage page counts what is documented, and names what is missing."""

import re

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from chefsache.pipeline.snapshot import Snapshot

PREFIXES = """
PREFIX chef: <https://w3id.org/chefsache/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX id: <https://w3id.org/chefsache/id/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX vocab: <https://w3id.org/chefsache/vocab/>
"""


@pytest.fixture(scope="module")
def page(client: FlaskClient) -> str:
    return client.get("/coverage?lang=en").text


def test_footer_leads_there(client: FlaskClient) -> None:
    assert 'href="/coverage"' in client.get("/").text


@pytest.mark.parametrize("language", ["de", "en"])
def test_country_and_lands(client: FlaskClient, language: str) -> None:
    """All sixteen Länder with their municipalities, and the sum."""
    text = client.get(f"/coverage?lang={language}").text
    lands = text[text.index('id="lands"') : text.index('id="strategies"')]
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", lands, re.DOTALL)
    totals = [int(re.sub(r"\D", "", re.search(r"(?:von|of) ([\d.,]+)</td>", row)[1])) for row in rows]

    assert len(rows) == 17
    assert sum(totals[:-1]) == totals[-1] == 10773
    assert lands.count("<meter") >= 2 * 17


@pytest.mark.parametrize("key", ["05916000", "05562014"])
def test_numbers_of_an_authority_are_those_of_the_graph(snapshot: Snapshot, page: str, key: str) -> None:
    """Offices and adopted papers, counted another way."""
    store = ox.Store.read_only(str(snapshot.store_path))
    offices = len(list(store.query(PREFIXES + f"SELECT ?o {{ ?o a chef:Office ; org:unitOf id:{key} }}")))
    adopted = {
        row["paper"]
        for row in store.query(
            PREFIXES + f"SELECT ?paper ?step {{ ?paper a chef:StrategyArtefact ; dcterms:creator id:{key} . "
            "?step chef:about ?paper ; dcterms:type vocab:adopted . FILTER NOT EXISTS { ?step chef:modality ?m } }"
        )
    }
    row = re.search(rf'<tr><th scope="row"><a href="/id/{key}\?lang=en"[^>]*>.*?</tr>', page, re.DOTALL)
    cells = re.findall(r'<td class="number">([^<]*)</td>', row[0])

    assert [int(cells[1]), int(cells[5])] == [offices, len(adopted)]


def test_large_municipalities_without_are_named(page: str) -> None:
    """Of 82 municipalities over 100,000 inhabitants Herne has a lead; Kiel's strategy is not assumed."""
    without_lead = page[page.index('id="without-lead"') : page.index('id="without-strategy"')]

    assert "82 municipalities have more than 100,000 inhabitants" in page
    assert ">Herne</a>" not in without_lead
    assert ">Gladbeck</a>" not in page[page.index('id="missing"') : page.index('id="authorities"')]
