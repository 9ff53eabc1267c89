"""Nothing is left behind: each text, page query and class of the style sheet is named where pages are made."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "server/chefsache/web"
MADE = "\n".join(
    file.read_text(encoding="utf-8")
    for folder, pattern in (
        (ROOT / "server/chefsache", "**/*.py"),
        (WEB / "templates", "*"),
        (ROOT / "server/frontend/src", "**/*.ts"),
    )
    for file in sorted(folder.glob(pattern))
)
#: Texts in quotes, and beginnings to which a word is added: `f"facet-{name}"`, `'facet-' ~ name`.
QUOTED = frozenset(re.findall(r"\"([^\"\n]*)\"", MADE)) | frozenset(re.findall(r"'([\w: -]+)'", MADE))
BEGUN = tuple(set(re.findall(r"[\"'`]([a-z-]+-)(?:\{|' ~)", MADE)))
#: Texts whose beginning varies as well: of a facet, of the legend of a picture, of a property on a kind of page.
COMPOSED = re.compile(r"(?:lead|organigram|network)-[a-z]+|[a-z]+:[A-Za-z]+-[a-z]+")
CSS = re.sub(r"/\*.*?\*/", "", (WEB / "static/chefsache.css").read_text(encoding="utf-8"), flags=re.DOTALL)
CLASSES = sorted({name for rule in re.findall(r"([^{}]+)\{", CSS) for name in re.findall(r"\.([A-Za-z][\w-]*)", rule)})
WORDS = frozenset(re.findall(r"[\w-]+", " ".join(re.findall(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`\n]*`", MADE))))


@pytest.mark.parametrize("kind", ["texts", "queries", "classes"])
def test_nothing_is_left_over(kind: str) -> None:
    texts = tomllib.loads((WEB / "texts.toml").read_text(encoding="utf-8"))
    queries = [file.stem for file in (ROOT / "queries/pages").glob("*.rq")]
    left = {
        "texts": [key for key in texts if not (_named(key) or COMPOSED.fullmatch(key))],
        "queries": [name for name in queries if not _named(name)],
        "classes": [name for name in CLASSES if name not in WORDS and not name.startswith(BEGUN)],
    }

    assert left[kind] == []


def _named(key: str) -> bool:
    return key in QUOTED or key.startswith(BEGUN)
