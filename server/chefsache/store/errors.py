"""What can go wrong between a query and its answer.

```text
StoreError
├── QueryError               the query is at fault; asking again does not help
│   ├── UpdateError          it wants to change the graph
│   ├── ServiceError         it wants to call another server
│   ├── SyntaxFault          it cannot be parsed; has line and column
│   ├── NestingError         its brackets are deeper than we follow
│   ├── EvaluationError      the engine gave up on it
│   ├── UnknownGraphError    it names a graph that does not exist
│   └── FormatError          the form of its answer has no such format
├── LimitError               the query was fine but too big; has the limit
│   ├── DeadlineError        it ran longer than allowed
│   ├── MemoryLimitError     it needed more memory than allowed
│   ├── ResultSizeError      its answer is larger than allowed
│   └── CutError             the store behind cut its answer
└── UnavailableError         nothing wrong with the query; asking later may help
    ├── OverloadedError      every worker was busy for as long as we waited
    ├── WorkerLostError      the worker died for another reason
    ├── CalledServiceError   a service that the query calls did not answer
    ├── RemoteStoreError     the store behind did not answer, or not properly
    ├── NoRoomError          a large answer found no room on the disk
    └── ClosedError          the store has been closed
```

No error knows of HTTP. Each has a stable `code`, a `message` in German and English, and `details`
(line, column, limit …) for machines.
"""

from collections.abc import Mapping
from typing import ClassVar

Messages = Mapping[str, str]
Detail = str | int | float


class StoreError(Exception):
    """Base of all errors of this room."""

    code: ClassVar[str] = "store"

    def __init__(self, message: Messages, **details: Detail) -> None:
        super().__init__(message["en"])
        self.message = dict(message)
        self.details = details


class QueryError(StoreError):
    """The query is at fault; asking again does not help."""

    code = "query"


class UpdateError(QueryError):
    """The query wants to change the graph."""

    code = "update-refused"

    def __init__(self, keyword: str, line: int, column: int) -> None:
        super().__init__(
            {
                "de": f"{keyword} würde den Graphen ändern; hier wird nur gelesen (Zeile {line}, Spalte {column}).",
                "en": f"{keyword} would change the graph; this endpoint only reads (line {line}, column {column}).",
            },
            keyword=keyword,
            line=line,
            column=column,
        )


class ServiceError(QueryError):
    """The query wants to call another server."""

    code = "service-refused"

    def __init__(self, line: int, column: int) -> None:
        super().__init__(
            {
                "de": f"SERVICE ruft fremde Server auf und ist hier abgeschaltet (Zeile {line}, Spalte {column}).",
                "en": f"SERVICE calls other servers and is switched off here (line {line}, column {column}).",
            },
            line=line,
            column=column,
        )


class SyntaxFault(QueryError):  # noqa: N818  (SyntaxError is Python's own)
    """The query cannot be parsed; *detail* is the parser's own sentence."""

    code = "syntax"

    def __init__(self, detail: str, line: int, column: int, hint: Messages | None = None) -> None:
        german, english = (f" {hint['de']}", f" {hint['en']}") if hint else ("", "")
        super().__init__(
            {
                "de": f"Die Abfrage ist ab Zeile {line}, Spalte {column} nicht lesbar: {detail}.{german}",
                "en": f"The query cannot be read from line {line}, column {column}: {detail}.{english}",
            },
            line=line,
            column=column,
            parser=detail,
        )


class NestingError(QueryError):
    """The brackets of the query are deeper than we follow."""

    code = "nesting"

    def __init__(self, limit: int, line: int, column: int) -> None:
        super().__init__(
            {
                "de": f"Mehr als {limit} Klammern ineinander (Zeile {line}, Spalte {column}).",
                "en": f"More than {limit} brackets inside each other (line {line}, column {column}).",
            },
            limit=limit,
            line=line,
            column=column,
        )


class EvaluationError(QueryError):
    """The engine gave up on a query that it could parse, or broke down over it."""

    code = "evaluation"

    def __init__(self, detail: str) -> None:
        super().__init__(
            {
                "de": f"Die Abfrage ließ sich nicht auswerten: {detail}",
                "en": f"The query could not be evaluated: {detail}",
            },
            engine=detail,
        )


class UnknownGraphError(QueryError):
    """The dataset of the query names a graph that does not exist."""

    code = "unknown-graph"

    def __init__(self, graph: str) -> None:
        shown = graph[:200]
        listing = "SELECT ?g { GRAPH ?g {} }"
        super().__init__(
            {
                "de": f"Den Graphen <{shown}> gibt es hier nicht, und geholt wird er nirgends. "
                f"Alle Graphen stehen in der Dienstbeschreibung; auch {listing} listet sie.",
                "en": f"There is no graph <{shown}> here, and it is not fetched from anywhere. "
                f"The service description lists all graphs; {listing} does, too.",
            },
            graph=shown,
        )


class FormatError(QueryError):
    """The form of the answer has no such format."""

    code = "format"

    def __init__(self, media_type: str) -> None:
        super().__init__(
            {
                "de": f"In {media_type} lässt sich diese Antwort nicht schreiben.",
                "en": f"This answer cannot be written as {media_type}.",
            },
            format=media_type,
        )


class LimitError(StoreError):
    """The query was fine but too big; `details["limit"]` says what it ran into."""

    code = "limit"


class DeadlineError(LimitError):
    """The query ran longer than allowed and was ended."""

    code = "deadline"

    def __init__(self, seconds: float) -> None:
        super().__init__(
            {
                "de": f"Die Abfrage lief länger als {seconds:g} s und wurde beendet. "
                "Es gibt kein Teilergebnis; engere Muster, LIMIT oder die Dumps helfen weiter.",
                "en": f"The query ran longer than {seconds:g} s and was ended. "
                "There is no partial answer; narrower patterns, LIMIT or the dumps help.",
            },
            limit=seconds,
            unit="seconds",
            setting="CHEFSACHE_QUERY_SECONDS",
        )


class MemoryLimitError(LimitError):
    """The query needed more memory than allowed and was ended."""

    code = "memory"

    def __init__(self, megabytes: int) -> None:
        super().__init__(
            {
                "de": f"Die Abfrage brauchte mehr als {megabytes} MB Arbeitsspeicher und wurde beendet.",
                "en": f"The query needed more than {megabytes} MB of memory and was ended.",
            },
            limit=megabytes,
            unit="megabytes",
            setting="CHEFSACHE_QUERY_MEMORY_MB",
        )


class ResultSizeError(LimitError):
    """The answer is larger than allowed; nothing of it is sent."""

    code = "result-size"

    def __init__(self, megabytes: int) -> None:
        super().__init__(
            {
                "de": f"Die Antwort ist größer als {megabytes} MB. Ein LIMIT oder die Dumps helfen weiter.",
                "en": f"The answer is larger than {megabytes} MB. A LIMIT or the dumps help.",
            },
            limit=megabytes,
            unit="megabytes",
            setting="CHEFSACHE_MAX_RESULT_MB",
        )


class CutError(LimitError):
    """The store behind has a limit of its own and cut its answer; nothing of it is sent."""

    code = "cut"

    def __init__(self) -> None:
        super().__init__(
            {
                "de": "Die Antwort ist größer, als der Speicher dahinter herausgibt. LIMIT oder die Dumps helfen.",
                "en": "The answer is larger than the store behind gives out. LIMIT or the dumps help.",
            },
            limit="store",
        )


class UnavailableError(StoreError):
    """Nothing is wrong with the query; asking later may help."""

    code = "unavailable"
    #: Seconds after which asking again makes sense.
    retry_after = 5


class OverloadedError(UnavailableError):
    """Every worker was busy for as long as we waited."""

    code = "overloaded"

    def __init__(self, seconds: float) -> None:
        super().__init__(
            {
                "de": "Alle Plätze für Abfragen sind besetzt. Bitte gleich noch einmal versuchen.",
                "en": "All places for queries are taken. Please try again in a moment.",
            },
            waited=round(seconds, 1),
        )


class WorkerLostError(UnavailableError):
    """The worker died for a reason that is none of the limits."""

    code = "worker-lost"

    def __init__(self, reason: str) -> None:
        super().__init__(
            {
                "de": f"Der Arbeitsprozess ging während der Abfrage verloren ({reason}).",
                "en": f"The worker process was lost during the query ({reason}).",
            },
            reason=reason,
        )


class CalledServiceError(UnavailableError):
    """A service that the query calls did not answer, or not properly."""

    code = "called-service"

    def __init__(self) -> None:
        super().__init__(
            {
                "de": "Ein Dienst, den die Abfrage mit SERVICE aufruft, hat nicht oder nicht richtig geantwortet.",
                "en": "A service that the query calls with SERVICE did not answer, or not properly.",
            }
        )


class RemoteStoreError(UnavailableError):
    """The store behind did not answer, or not properly; *reason* is for who runs the server."""

    code = "store-unavailable"

    def __init__(self, reason: str) -> None:
        super().__init__(
            {
                "de": f"Der Speicher hinter diesem Endpunkt antwortet nicht, wie er soll ({reason}).",
                "en": f"The store behind this endpoint does not answer as it should ({reason}).",
            },
            reason=reason,
        )


class NoRoomError(UnavailableError):
    """A large answer goes through a file, and the disk takes no more."""

    code = "no-room"

    def __init__(self) -> None:
        super().__init__(
            {
                "de": "Für diese Antwort ist auf der Platte kein Platz. Später noch einmal, oder mit einem LIMIT.",
                "en": "The disk has no room for this answer. Try later, or with a LIMIT.",
            }
        )


class ClosedError(UnavailableError):
    """The store has been closed."""

    code = "closed"

    def __init__(self) -> None:
        super().__init__({"de": "Der Speicher ist geschlossen.", "en": "The store is closed."})
