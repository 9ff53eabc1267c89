"""No fact of the two articles that the project began with may go missing.

``tests/golden/articles.csv`` lists them, sentence by sentence, each with the query that finds it.
"""

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest

from chefsache.content.names import PREFIXES, expand
from chefsache.pipeline.snapshot import Snapshot

FACTS = list(csv.DictReader((Path(__file__).parent / "golden/articles.csv").read_text(encoding="utf-8").splitlines()))
#: All but what a later source adds to an article's story.
OWN_FACTS = [fact for fact in FACTS if "(later source)" not in fact["fact"]]
PROLOGUE = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
ARTICLES = {
    "herne": "id:source-lokalkompass-a1011471",
    "gladbeck": "id:source-lokalkompass-a1665589",
}


@pytest.fixture(scope="module")
def store(snapshot: Snapshot) -> ox.Store:
    return ox.Store.read_only(str(snapshot.store_path))


@pytest.fixture(scope="module")
def without_articles(store: ox.Store) -> ox.Store:
    """The graph as it would be had the articles never been read: all that points to one of them is gone."""
    source = ox.NamedNode(expand("dcterms:source"))
    articles = [ox.NamedNode(expand(article)) for article in ARTICLES.values()]
    gone = {quad.subject for article in articles for quad in store.quads_for_pattern(None, source, article)} | set(
        articles
    )
    rest = ox.Store()
    rest.bulk_extend(quad for quad in store if quad.subject not in gone)
    return rest


@pytest.mark.parametrize(
    "fact", FACTS, ids=[f"{fact['article']}-{fact['sentence']}-{number}" for number, fact in enumerate(FACTS)]
)
def test_the_fact_is_found(store: ox.Store, fact: dict[str, str]) -> None:
    """Its query is true of the graph."""
    assert store.query(PROLOGUE + fact["query"]), fact["fact"]


@pytest.mark.parametrize("fact", OWN_FACTS, ids=[fact["fact"][:60] for fact in OWN_FACTS])
def test_the_query_would_notice(without_articles: ox.Store, fact: dict[str, str]) -> None:
    """Its query is false where the articles were never read, so it really looks for what they say."""
    assert not without_articles.query(PROLOGUE + fact["query"]), fact["fact"]


@pytest.mark.parametrize("article", ARTICLES)
def test_every_article_is_listed(article: str) -> None:
    """Each has its rows."""
    assert sum(fact["article"] == article for fact in FACTS) > 30
