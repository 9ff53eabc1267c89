"""The command line: thin, over functions that have tests of their own.

Every command exits with 0 done, 1 no (does not conform, no such thing), 2 input unreadable, 64 wrong usage. Results go
to standard output, progress and complaints to standard error, complaints in German and English.
"""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from chefsache.content.errors import ChefsacheError, ContentError, ParameterError
from chefsache.content.files import read_text, relative, turtle_files
from chefsache.content.questions import Question, questions
from chefsache.content.turtle import format_text
from chefsache.pipeline import identity
from chefsache.pipeline.findings import InvalidGraphError
from chefsache.pipeline.snapshot import Snapshot, current, find
from chefsache.store.loading import write_for_loader
from chefsache.store.local import RESULT_FORMATS, LocalStore
from chefsache.store.naming import NoSuchThingError
from chefsache.terminal import (
    print_answer,
    print_error,
    print_questions,
    print_released,
    print_scope,
    print_summary,
    print_table,
    steps,
)

__all__ = ["main"]

_FORMATS = ("table", *RESULT_FORMATS)
#: What the pipeline offers; named here because it takes a second to import, and most commands do without it.
_ENGINES = ("pyshacl", "pyshifty")
_REPORTS = ("github", "json", "text", "turtle")
_EXTRA = {"ignore_unknown_options": True, "allow_extra_args": True}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    try:
        code = cli.main(args=None if arguments is None else list(arguments), standalone_mode=False)
    except click.UsageError as error:
        error.show()
        sys.exit(64)
    except click.exceptions.Abort:
        sys.exit(130)
    except (InvalidGraphError, NoSuchThingError) as error:
        _complain(error)
        sys.exit(1)
    except ParameterError as error:
        _complain(error)
        sys.exit(64)
    except ChefsacheError as error:
        _complain(error)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="chefsache", prog_name="chefsache")
def cli() -> None:
    """Wer leitet die Digitalisierung in deutschen Kommunen? / Who runs digitalisation in German municipalities?"""


@cli.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--engine", type=click.Choice(_ENGINES), default="pyshifty", help="the SHACL validator")
@click.option("--format", "format_", type=click.Choice(_REPORTS), default="text", help="form of the findings")
def check_command(paths: tuple[Path, ...], engine: str, format_: str) -> int:
    """Prüft die Daten: Syntax, Namen, Shapes, Hygiene. / Check the data: syntax, names, shapes, hygiene.

    With PATHS (files or folders, also from outside the project) only findings of these files are shown. Files of data
    are checked with what lies around them in the graph, which takes a second or two; what they cause in other files
    only a check of everything shows.
    """
    from chefsache.pipeline import building, loading, reporting, surroundings

    chosen = [file for path in paths for file in _turtle_below(path)]
    inside = set(turtle_files())
    outside = [file for file in chosen if file not in inside]
    quick = bool(chosen) and all(surroundings.stands_alone(file) for file in chosen)
    with steps() as progress, building.undisturbed():
        progress("load")
        content = surroundings.load_around(chosen, outside) if quick else loading.load(outside)
        checked = building.check(content, identity.as_of_day(), engine, progress)
    names = {relative(file) for file in chosen}
    findings = [finding for finding in checked.findings if not names or finding.file in names]
    click.echo(reporting.FORMATS[format_](findings), nl=False)
    print_summary(findings, len(chosen) or len(inside))
    if quick:
        print_scope()
    if any(finding.rule == "syntax" for finding in findings):
        return 2
    return 1 if any(finding.severity == "violation" for finding in findings) else 0


@cli.command("build")
def build_command() -> None:
    """Baut den Snapshot, falls er nicht schon steht. / Build the snapshot, unless it stands already."""
    snapshot = _snapshot()
    click.echo(f"{snapshot.digest}\t{snapshot.path}")


@cli.command("ask", context_settings=_EXTRA)
@click.argument("name", required=False)
@click.option("--format", "format_", type=click.Choice(_FORMATS), default="table", help="form of the answer")
@click.option("--lang", type=click.Choice(["de", "en"]), default="de", help="Sprache / language")
@click.option("--iris", is_flag=True, help="show the columns of IRIs in the table, too")
@click.option("--sparql", is_flag=True, help="show the query instead of its answer")
@click.pass_context
def ask_command(context: click.Context, name: str | None, format_: str, lang: str, iris: bool, sparql: bool) -> None:
    """Beantwortet eine Frage. / Answer a question: chefsache ask who-steers --authority Herne --day 2019-06-01.

    Without a name, the questions and their parameters are listed. Things are named by key, IRI or label; a parameter
    can be given several times.
    """
    if name is None:
        print_questions(questions(), lang)
        return
    question = _question(name)
    snapshot = _snapshot()
    store = LocalStore.of(snapshot)
    values = store.resolved(question, _pairs(context.args))
    text = question.fill(values, snapshot.as_of.isoformat())
    if sparql:
        click.echo(text, nl=False)
    elif format_ == "table":
        (print_table if iris else print_answer)(store.rows(text), question.title[lang])
    else:
        store.write(text, format_, sys.stdout.buffer)


@cli.command("query")
@click.argument("file", default="-")
@click.option("--format", "format_", type=click.Choice(_FORMATS), default="table", help="form of the answer")
def query_command(file: str, format_: str) -> None:
    """Stellt eine SPARQL-Abfrage an den Snapshot. / Ask the snapshot any SPARQL query.

    The query comes from FILE, or from standard input.
    """
    text = sys.stdin.read() if file == "-" else read_text(Path(file))
    store = LocalStore.of(_snapshot())
    if format_ == "table":
        print_table(store.rows(text))
    else:
        store.write(text, format_, sys.stdout.buffer)


@cli.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="server processes")
def serve_command(host: str, port: int, workers: int) -> None:
    """Startet den Server und baut vorher, was fehlt. / Serve the graph; build first what is missing."""
    from chefsache.web.serve import serve  # the server is loaded by this command alone

    serve(_snapshot(), host=host, port=port, workers=workers)


@cli.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--store", "for_store", is_flag=True, help="what a bulk loader takes instead: one N-Quads file")
@click.option("--default-graph", default="", metavar="IRI", help="with --store, the name of the merged graph")
def export_command(folder: Path, for_store: bool, default_graph: str) -> None:
    """Schreibt Dumps, Prüfsummen und Katalog. / Write the dumps, their checksums and the catalogue to FOLDER."""
    from chefsache.web.portals.export import catalogue  # the server is loaded by the commands that need it

    if default_graph and not for_store:
        raise click.UsageError("--default-graph: nur mit / only with --store")
    snapshot = _snapshot()
    folder.mkdir(parents=True, exist_ok=True)
    if for_store:
        click.echo(write_for_loader(snapshot, folder, default_graph))
        return
    for file in sorted(snapshot.dumps_path.iterdir()):
        shutil.copyfile(file, folder / file.name)
        click.echo(folder / file.name)
    (folder / "catalog.ttl").write_bytes(catalogue(snapshot))
    click.echo(folder / "catalog.ttl")


@cli.command("changes")
@click.argument("old")
@click.argument("new")
@click.option("--format", "format_", type=click.Choice(("text", "trig")), default="text", help="words or RDF")
@click.option("--lang", type=click.Choice(["de", "en"]), default="de", help="Sprache / language")
def changes_command(old: str, new: str, format_: str, lang: str) -> int:
    """Sagt, was sich geändert hat. / Say what changed between two editions.

    OLD and NEW are names of snapshots, folders of dumps, or files of N-Triples. Exits with 1 where an IRI vanished that
    is neither marked as no longer in use nor listed as withdrawn.
    """
    from chefsache.pipeline import change_words, changes

    before, after = (_edition(text) for text in (old, new))
    found = changes.compare(before, after)
    if format_ == "trig":
        click.echo(change_words.changeset(found, Path(old).name, Path(new).name), nl=False)
    else:
        click.echo("\n".join(change_words.lines(found, changes.both_labels(before, after, found), lang)))
    for iri in found.lost:
        print_error(
            {
                "de": "verschwunden; im Graphen owl:deprecated setzen oder in data/withdrawn.csv aufnehmen",
                "en": "lost; mark it owl:deprecated in the graph, or list it in data/withdrawn.csv",
            },
            iri,
        )
    return 1 if found.lost else 0


@cli.command("release")
@click.argument("name")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--previous", type=click.Path(exists=True, path_type=Path), help="folder of the release before")
def release_command(name: str, folder: Path, previous: Path | None) -> int:
    """Schreibt ein Release nach FOLDER. / Write the release NAME (vYYYY.MM.N) to FOLDER, if it may be made."""
    from chefsache import releasing
    from chefsache.releasable import NotReleasableError, check_release
    from chefsache.web.portals.export import catalogue
    from chefsache.web.settings import Settings

    snapshot = _snapshot()
    try:
        version = check_release(name, snapshot, Settings.from_env().public_url)
        releasing.write_release(version, snapshot, catalogue(snapshot), folder, previous)
    except NotReleasableError as error:
        _complain(error)
        return 1
    click.echo(folder)
    print_released(f"{version},{snapshot.as_of},{snapshot.digest},ADDRESS")
    return 0


@cli.command("format")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="change nothing; exit with 1 where something would change")
def format_command(paths: tuple[Path, ...], only_check: bool) -> int:
    """Bringt Turtle in die eine Form. / Write Turtle in its one form (all files without PATHS)."""
    files = [file for path in paths for file in _turtle_below(path)] or turtle_files()
    changed = 0
    for file in files:
        text = read_text(file)
        formatted = format_text(text, file)
        if text == formatted:
            continue
        changed += 1
        click.echo(relative(file))
        if not only_check:
            file.write_text(formatted, encoding="utf-8")
    return 1 if only_check and changed else 0


def _snapshot() -> Snapshot:
    """Return the snapshot of the files as they stand; where it stands and is current, nothing else is loaded."""
    standing = current()
    if standing is not None and standing.digest == identity.digest(identity.as_of_day()):
        return standing
    from chefsache.pipeline import building

    with steps() as progress:
        return building.build(progress)


def _edition(text: str) -> Path:
    """Return what a text names: a folder or file that is there, else the dumps of a snapshot."""
    if Path(text).exists():
        return Path(text)
    snapshot = find(text) if text.isalnum() else None
    if snapshot is None:
        raise NoSuchThingError(
            f"keine Ausgabe {text}: weder Datei noch Snapshot", f"no edition {text}: no file, no snapshot"
        )
    return snapshot.dumps_path


def _turtle_below(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file.resolve() for file in path.rglob("*.ttl"))
    if not path.is_file():
        raise ContentError(path, 0, "no such file or folder")
    return [path.resolve()]


def _question(name: str) -> Question:
    known = questions()
    if name not in known:
        listed = ", ".join(known)
        raise NoSuchThingError(f"keine Frage {name}; es gibt: {listed}", f"no question {name}; there are: {listed}")
    return known[name]


def _pairs(arguments: Sequence[str]) -> dict[str, list[str]]:
    """Read ``--day 2019-06-01`` or ``--day=2019-06-01``, each as often as wanted."""
    values: dict[str, list[str]] = {}
    waiting = list(arguments)
    while waiting:
        name, equals, value = waiting.pop(0).partition("=")
        if not name.startswith("--") or not (equals or waiting):
            raise click.UsageError(f"erwartet --NAME WERT, nicht / expected --NAME VALUE, not: {name}")
        values.setdefault(name.removeprefix("--"), []).append(value if equals else waiting.pop(0))
    return values


def _complain(error: ChefsacheError) -> None:
    place = ""
    if isinstance(error, ContentError):
        place = f"{relative(error.path)}:{error.line}" if error.line else relative(error.path)
    print_error(error.message, place)
    if isinstance(error, InvalidGraphError):
        from chefsache.pipeline import reporting

        click.echo(reporting.FORMATS["text"](error.findings), err=True, nl=False)
