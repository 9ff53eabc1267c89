"""A check of one file finds what a check of everything finds in it."""

import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from chefsache.content.files import relative
from chefsache.pipeline import building, identity
from chefsache.pipeline.findings import Finding
from chefsache.pipeline.loading import load
from chefsache.pipeline.surroundings import load_around, stands_alone

TESTS = Path(__file__).parents[1]
#: Case files that are broken in ways which only show beside other things: dates of others, names, circles, classes.
CASES = {
    "hygiene": (
        "attested-outside-its-dates",
        "bounds-out-of-order",
        "contradiction",
        "dangling-iri",
        "head-post-held-twice",
        "organisation-name-twice",
        "part-of-circle",
        "person-name-twice",
        "placement-circle",
        "placement-since-its-head",
        "reported-before-it-happened",
        "source-address-twice",
        "tenure-outside-the-life-of-its-post",
    ),
    "shapes": ("claim", "office", "tenure"),
}
#: Broken claims make things of other files the same, and so pass classes on over any distance.
FROM_AFAR = "disjoint-classes"
NAMES = [f"{kind}-{name}" for kind, names in CASES.items() for name in names]


@pytest.fixture(scope="module")
def broken_root(small_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Herne, Gladbeck and the case files, all as data of one project."""
    root = Path(shutil.copytree(small_root, tmp_path_factory.mktemp("broken") / "root"))
    for kind, names in CASES.items():
        for name in names:
            shutil.copy(TESTS / kind / f"{name}.ttl", root / "data" / f"{kind}-{name}.ttl")
    return root


@pytest.fixture
def project(broken_root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That project as the one that is checked."""
    monkeypatch.setenv("CHEFSACHE_ROOT", str(broken_root))
    return broken_root


@pytest.fixture(scope="module")
def everything(broken_root: Path) -> dict[str, list[Finding]]:
    """What a check of everything finds, by file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHEFSACHE_ROOT", str(broken_root))
        found = defaultdict(list)
        for finding in building.check(load(), identity.as_of_day()).findings:
            found[finding.file].append(finding)
    return found


def alone(path: Path, outside: list[Path]) -> list[Finding]:
    """Check one file with its surroundings."""
    checked = building.check(load_around([path], outside), identity.as_of_day())
    return [finding for finding in checked.findings if finding.file == relative(path)]


@pytest.mark.parametrize("name", [*NAMES, "municipalities/nrw/herne"])
def test_a_file_alone_has_the_findings_that_it_has_among_all(
    project: Path, everything: dict[str, list[Finding]], name: str
) -> None:
    """Rule, line, focus, path, value and message are the same, and none is missing."""
    found, expected = (
        [finding for finding in findings if finding.rule != FROM_AFAR]
        for findings in (alone(project / f"data/{name}.ttl", []), everything[f"data/{name}.ttl"])
    )

    assert found == expected
    assert found or name not in NAMES


def test_the_cases_are_found(everything: dict[str, list[Finding]]) -> None:
    """Each case of a hygiene rule shows that rule, so that the comparison is of something."""
    silent = [
        name
        for name in CASES["hygiene"]
        if name not in {finding.rule for findings in everything.values() for finding in findings}
    ]

    assert silent == []


def test_a_copy_elsewhere_stands_in_for_its_original(
    project: Path, everything: dict[str, list[Finding]], tmp_path: Path
) -> None:
    """The findings are those of the original, but for the name of the file."""
    copy = Path(shutil.copy(project / "data/shapes-tenure.ttl", tmp_path / "edited.ttl"))
    expected = [(finding.rule, finding.focus, finding.line) for finding in everything["data/shapes-tenure.ttl"]]

    assert sorted((finding.rule, finding.focus, finding.line) for finding in alone(copy, [copy])) == sorted(expected)


def test_terms_and_shapes_concern_everything(project: Path) -> None:
    """A file of the ontology is no part that can be checked alone; data and what lies elsewhere can."""
    assert not stands_alone(project / "ontology/chefsache.ttl")
    assert not stands_alone(project / "shapes/tenure.ttl")
    assert stands_alone(project / "data/municipalities/nrw/herne.ttl")
    assert stands_alone(Path("/elsewhere/herne.ttl"))
