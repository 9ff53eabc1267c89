"""What the four bounds of a claim mean on a day, and how its time is said in words.

Pure functions on dates: nothing here knows of a request. The certainty follows the model: silence is never
turned into "in office".
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Self

from chefsache.web import languages
from chefsache.web.languages import Language

OPEN_START = datetime.date.min
OPEN_END = datetime.date.max
Certainty = Literal["documented", "last", "possible", "undated", "ended", "future"]
#: What may hold on a day, the most certain first.
HOLDING: tuple[Certainty, ...] = ("documented", "last", "possible", "undated")


@dataclass(frozen=True, order=True)
class Bounds:
    """Earliest and latest start, earliest and latest end; open ones are the first and last day there is."""

    earliest_start: datetime.date = OPEN_START
    latest_start: datetime.date = OPEN_END
    earliest_end: datetime.date = OPEN_START
    latest_end: datetime.date = OPEN_END

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Self:
        """Read the bounds from the values of a claim, by the local names of their properties."""
        open_ = cls()
        return cls(
            _day(values.get("earliestStart"), open_.earliest_start),
            _day(values.get("latestStart"), open_.latest_start),
            _day(values.get("earliestEnd"), open_.earliest_end),
            _day(values.get("latestEnd"), open_.latest_end),
        )

    def on(self, day: datetime.date) -> Certainty:
        """Say how certain it is that the claim holds on a day.

        >>> Bounds().on(datetime.date(2024, 6, 1))
        'undated'
        >>> Bounds(latest_start=datetime.date(2022, 1, 1), earliest_end=datetime.date(2022, 3, 15)).on(
        ...     datetime.date(2024, 6, 1))
        'last'
        """
        if self == Bounds():
            return "undated"
        if self.latest_end < day:
            return "ended"
        if day < self.earliest_start:
            return "future"
        if self.latest_start <= day <= self.earliest_end:
            return "documented"
        if self.latest_start <= day and OPEN_START < self.earliest_end < day:
            return "last"
        return "possible"


def span(low: datetime.date, high: datetime.date, language: Language, kind: str = "moment") -> str:
    """Say two days that bound a moment, a start or an end; empty if both are open.

    >>> span(datetime.date(2023, 2, 1), datetime.date(2023, 2, 28), "de")
    'Februar 2023'
    >>> span(OPEN_START, datetime.date(2022, 3, 15), "en", "start")
    'from 15 March 2022 at the latest'
    """
    words = _WORDS[language][kind]
    first, last = (languages.date(day, language=language) for day in (low, high))
    if low == OPEN_START and high == OPEN_END:
        return ""
    if low == OPEN_START:
        return words[2].format(last)
    if high == OPEN_END:
        return words[1].format(first)
    if low == high:
        return words[0].format(first)
    if (low.month, low.day, high.month, high.day) == (1, 1, 12, 31):
        years = str(low.year) if low.year == high.year else f"{low.year}–{high.year}"
        return words[0].format(years)
    if low.day == 1 and (low.year, low.month) == (high.year, high.month) and (high + datetime.timedelta(1)).day == 1:
        return words[0].format(languages.month(low, language))
    return words[3].format(first, last)


def duration(bounds: Bounds, language: Language) -> str:
    """Say the time of a lasting claim: from when, until when, as far as known."""
    start = span(bounds.earliest_start, bounds.latest_start, language, "start")
    # An earliest end without a latest one is an attestation, not an end.
    ended = bounds.latest_end != OPEN_END
    end = span(bounds.earliest_end, bounds.latest_end, language, "end") if ended else ""
    return ", ".join(part for part in (start, end) if part)


def moment(bounds: Bounds, language: Language) -> str:
    """Say the time of an event; it starts and ends alike."""
    return span(bounds.earliest_start, bounds.latest_start, language)


#: How a moment, a start and an end are said: exactly, at the earliest, at the latest, between two days.
_WORDS: dict[Language, dict[str, tuple[str, str, str, str]]] = {
    "de": {
        "moment": ("{}", "frühestens am {}", "spätestens am {}", "zwischen {} und {}"),
        "start": ("ab {}", "frühestens ab {}", "spätestens ab {}", "ab einem Tag zwischen {} und {}"),
        "end": ("bis {}", "frühestens bis {}", "spätestens bis {}", "bis zu einem Tag zwischen {} und {}"),
    },
    "en": {
        "moment": ("{}", "{} at the earliest", "{} at the latest", "between {} and {}"),
        "start": ("from {}", "from {} at the earliest", "from {} at the latest", "from a day between {} and {}"),
        "end": ("until {}", "until {} at the earliest", "until {} at the latest", "until a day between {} and {}"),
    },
}


def _day(text: str | None, otherwise: datetime.date) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return otherwise
