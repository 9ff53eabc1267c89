"""The hygiene queries: each finds just the nodes named bad- of its case file, and speaks German and English."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from chefsache.content import withdrawn
from chefsache.content.names import ID
from chefsache.pipeline.hygiene import withdrawn_things
from chefsache.pipeline.loading import Content

ROOT = Path(__file__).parents[1]
RULES = sorted((ROOT / "queries" / "hygiene").glob("*.rq"))
CASES = ROOT / "tests" / "hygiene"
HEADER = {"rule": None, "rule-en": None, "severity": {"violation", "warning", "info"}, "graph": {"asserted", "derived"}}


def header(rule: Path) -> dict[str, str]:
    """Return the header lines of a query as a table."""
    lines = re.findall(r"^# ([a-z-]+): (.+)$", rule.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(lines)


def is_bad(node: str) -> bool:
    """Tell whether the name of a node says that it must be found."""
    return re.search(r"[/#-]bad-", node) is not None


def find(rule: Path, case: Path) -> list[str]:
    """Return the focus nodes of a query on a case file, as its default graph."""
    store = ox.Store()
    store.load(path=str(case), format=ox.RdfFormat.TURTLE)
    rows = store.query(rule.read_text(encoding="utf-8"))
    assert isinstance(rows, ox.QuerySolutions)
    return [row["focus"].value for row in rows]


@pytest.mark.parametrize("rule", RULES, ids=lambda path: path.stem)
def test_only_bad_nodes_are_found(rule: Path) -> None:
    """The query finds each node named bad- of its case file, and no other."""
    case = CASES / f"{rule.stem}.ttl"
    subjects = {quad.subject.value for quad in ox.parse(path=str(case), format=ox.RdfFormat.TURTLE)}

    found = find(rule, case)

    assert set(found) == {node for node in subjects if is_bad(node)}
    assert found == sorted(found)


@pytest.mark.parametrize("rule", RULES, ids=lambda path: path.stem)
def test_headers_are_complete(rule: Path) -> None:
    """A query states its rule in German and English, how grave a breach is, and on which graph it runs."""
    lines = header(rule)

    assert list(lines) == list(HEADER)
    for key, allowed in HEADER.items():
        assert allowed is None or lines[key] in allowed


@pytest.mark.parametrize("rule", RULES, ids=lambda path: path.stem)
def test_columns_are_known(rule: Path) -> None:
    """The columns are focus, path and value, the last two where they say more; the rows are ordered."""
    store = ox.Store()
    rows = store.query(rule.read_text(encoding="utf-8"))
    assert isinstance(rows, ox.QuerySolutions)

    assert [name.value for name in rows.variables] == ["focus", "path", "value"][: len(rows.variables)]
    assert re.search(r"^ORDER BY \?focus", rule.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_case_has_its_rule() -> None:
    """No case file outlives its query."""
    assert {path.stem for path in CASES.glob("*.ttl")} == {rule.stem for rule in RULES}


def test_what_was_withdrawn_is_gone_from_the_data(small_content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as a file still states something of it, nothing is published."""
    herbe = f"{ID}person-pierre-herbe"
    before = withdrawn_things(small_content)
    monkeypatch.setattr(withdrawn, "_table", lambda _: {withdrawn.digest(herbe)})
    [found] = withdrawn_things(small_content)

    assert before == []
    assert (found.severity, found.focus) == ("violation", herbe)
    assert found.file.endswith(".ttl")
    assert found.line > 0
