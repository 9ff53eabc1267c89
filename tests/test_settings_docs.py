"""What can be set is documented, and what is documented can be set."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
_NAME = re.compile(r"CHEFSACHE_[A-Z]+(?:_[A-Z]+)*\b")
#: Set by those who test, not by those who run it.
_TESTS = {"CHEFSACHE_TEST_ALL"}


def test_every_setting_is_documented() -> None:
    read = {
        name
        for path in (ROOT / "server/chefsache").rglob("*.py")
        for name in re.findall(rf'"({_NAME.pattern})"', path.read_text(encoding="utf-8"))
    }
    table = [
        line for line in (ROOT / "docs/running.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `C")
    ]
    documented = {name for line in table for name in _NAME.findall(line.split("|")[1])}

    assert read - _TESTS == documented
    assert len(read) > 15


def test_every_limit_is_documented() -> None:
    """The table of limits names each code that the metrics count as one."""
    text = (ROOT / "docs/running.md").read_text(encoding="utf-8")
    metrics = (ROOT / "server/chefsache/web/gateway/metrics.py").read_text(encoding="utf-8")
    limits = re.findall(r'"([a-z-]+)"', metrics[metrics.index("LIMITS = ") :].split(")")[0])

    assert len(limits) > 8
    assert not [code for code in limits if f"`{code}`" not in text]
