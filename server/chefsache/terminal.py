"""What the command line shows to a person: progress, tables, lists."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from chefsache.content.names import compact
from chefsache.content.questions import Question
from chefsache.pipeline.findings import Finding
from chefsache.store.local import Table

__all__ = [
    "print_answer",
    "print_error",
    "print_questions",
    "print_released",
    "print_scope",
    "print_summary",
    "print_table",
    "steps",
]

_STEPS = {
    "load": "Dateien lesen / load",
    "validate": "gegen die Shapes prüfen / validate",
    "reason": "schließen / reason",
    "derive": "ableiten / derive",
    "check": "Regeln prüfen / check",
    "publish": "veröffentlichen / publish",
    "withhold": "entfernen, was Zurückgezogenes nennt / remove what names something withdrawn",
}


@contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """Show the step that runs, and how long each took, on standard error."""
    console = Console(stderr=True, highlight=False)
    running: list[tuple[str, float]] = []

    def done() -> None:
        if running:
            name, since = running.pop()
            console.print(f"  {_STEPS.get(name, name)} … {time.monotonic() - since:.2f} s", style="dim")

    def begin(name: str) -> None:
        done()
        running.append((name, time.monotonic()))

    yield begin
    done()


def print_table(table: Table, title: str = "") -> None:
    """Print an answer as a table, and how many rows it has."""
    grid = Grid(title=title or None, title_justify="left", title_style="bold", header_style="bold")
    for column in table.columns:
        grid.add_column(column, overflow="fold")
    for row in table.rows:
        grid.add_row(*(Text(" ".join(compact(part) for part in cell.split(" "))) for cell in row))
    Console(highlight=False).print(grid)
    _note(f"{grid.row_count} Zeilen / rows")


def print_answer(table: Table, title: str) -> None:
    """Print what a person reads of an answer; columns that hold nothing but IRIs are named below it."""
    rows = [list(row) for row in table.rows]
    hidden = {number for number in range(len(table.columns)) if _only_iris([row[number] for row in rows])}
    shown = [number for number in range(len(table.columns)) if number not in hidden]
    print_table(Table([table.columns[n] for n in shown], [[row[n] for n in shown] for row in rows]), title)
    if hidden:
        names = ", ".join(table.columns[number] for number in sorted(hidden))
        _note(f"nicht gezeigt / not shown (--iris): {names}")


def _only_iris(cells: Sequence[str]) -> bool:
    words = [word for cell in cells for word in cell.split()]
    return bool(words) and all(word.startswith(("http://", "https://")) for word in words)


def _note(text: str) -> None:
    Console(stderr=True, highlight=False).print(text, style="dim", soft_wrap=True)


def print_questions(every: Mapping[str, Question], lang: str) -> None:
    """List the questions, with the options that their parameters become."""
    console = Console(highlight=False)
    for question in every.values():
        console.print(Text(question.name, style="bold"), Text(question.title[lang]))
        for parameter in question.parameters:
            default = " ".join(compact(value) for value in parameter.defaults)
            console.print(
                Text(f"    --{parameter.name}  {parameter.label[lang]}" + (f" ({default})" if default else ""))
            )


def print_summary(findings: Sequence[Finding], files: int) -> None:
    """Say on standard error how many files were checked and what was found."""
    counts = [
        sum(finding.severity == severity for finding in findings) for severity in ("violation", "warning", "info")
    ]
    Console(stderr=True, highlight=False).print(
        f"{files} Dateien / files: {counts[0]} Verstöße / violations, {counts[1]} Warnungen / warnings, "
        f"{counts[2]} Hinweise / infos"
    )


def print_scope() -> None:
    """Say on standard error what a check of some files does not show."""
    _note("geprüft mit ihrem Umfeld; was sie in anderen Dateien bewirken, zeigt: chefsache check")
    _note("checked with their surroundings; what they cause in other files shows: chefsache check")


def print_released(row: str) -> None:
    """Say on standard error which line the table of releases gets, once the folder has an address."""
    _note("danach, mit der Adresse des Ordners, in / then, with the folder's address, in data/releases.csv:")
    Console(stderr=True, highlight=False).print(Text(f"  {row}"), soft_wrap=True)


def print_error(message: Mapping[str, str], place: str = "") -> None:
    """Print a complaint on standard error, in German and English."""
    console = Console(stderr=True, highlight=False)
    head = f"{place}: " if place else ""
    console.print(Text(f"{head}{message['de']}", style="red"), soft_wrap=True)
    console.print(Text(f"{head}{message['en']}", style="red"), soft_wrap=True)
