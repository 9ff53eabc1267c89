"""Name a snapshot by what went into it: files, code, engines and the as-of day; never the clock."""

import datetime
import hashlib
import os
import re
from importlib.metadata import version
from pathlib import Path

from chefsache.content import withdrawn
from chefsache.content.errors import ContentError, ParameterError
from chefsache.content.files import citation, queries, register, root, turtle_files

__all__ = ["ENGINES", "as_of_day", "digest"]

#: The distributions whose version can change a snapshot's bytes.
ENGINES = ("isal", "pyoxigraph", "pyshifty", "rdflib", "reasonable", "zstandard")

_CODE = Path(__file__).parents[1]
_RELEASED = re.compile(r"^date-released:\s*['\"]?(\d{4}-\d{2}-\d{2})", re.MULTILINE)


def as_of_day() -> datetime.date:
    """Return the day of the as-of view: ``CHEFSACHE_AS_OF``, else ``date-released`` in CITATION.cff.

    Raises:
        ParameterError: ``CHEFSACHE_AS_OF`` is not a day.
        ContentError: CITATION.cff states no day.
    """
    given = os.environ.get("CHEFSACHE_AS_OF")
    if given:
        try:
            return datetime.date.fromisoformat(given)
        except ValueError as error:
            raise ParameterError(
                "CHEFSACHE_AS_OF", given, "CHEFSACHE_AS_OF: erwartet einen Tag wie 2024-06-01", "expected 2024-06-01"
            ) from error
    stated = _RELEASED.search(citation().read_text(encoding="utf-8"))
    if not stated:
        raise ContentError(citation(), 0, "no line 'date-released: YYYY-MM-DD'")
    return datetime.date.fromisoformat(stated[1])


def digest(as_of: datetime.date) -> str:
    """Return the name of the snapshot that the files as they stand would give: 16 hexadecimal digits of SHA-256."""
    total = hashlib.sha256()
    for name, content in _parts(as_of):
        total.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return total.hexdigest()[:16]


def _parts(as_of: datetime.date) -> list[tuple[str, bytes]]:
    content = [*turtle_files(), *sorted(register().rglob("*.csv")), *queries("rules"), *queries("hygiene")]
    content += [path for path in (root() / "data" / "graphs.csv", withdrawn.table()) if path.is_file()]
    base = root()
    code = [path for room in ("content", "pipeline") for path in sorted((_CODE / room).glob("*.py"))]
    return [
        ("as-of", as_of.isoformat().encode()),
        *((engine, version(engine).encode()) for engine in ENGINES),
        *((path.relative_to(base).as_posix(), path.read_bytes()) for path in content),
        *((f"code/{path.parent.name}/{path.name}", path.read_bytes()) for path in code),
    ]
