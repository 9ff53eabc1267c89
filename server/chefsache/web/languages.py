"""German first, English beside it: choose the language, find the text, write dates and numbers."""

import datetime
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit
from flask import g, request
from markupsafe import Markup

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "en")
_LOCALES = {"de": "de_DE", "en": "en_GB"}
#: Years, months and days of a length of time (XSD 1.1 part 2, 3.3.6).
_LENGTH = re.compile(r"P(?:(?P<year>\d+)Y)?(?:(?P<month>\d+)M)?(?:(?P<day>\d+)D)?")


def chosen(parameter: str, header: str) -> Language:
    """Return the language: `?lang=` first, then Accept-Language, then German.

    >>> chosen("", "en-GB,en;q=0.9,de;q=0.5")
    'en'
    """
    if parameter in LANGUAGES:
        return parameter
    ranked: list[tuple[float, int, Language]] = []
    for place, part in enumerate(header.split(",")):
        tag, _, weight = part.strip().partition(";q=")
        name = tag.split("-")[0].strip().lower()
        if name in LANGUAGES:
            try:
                ranked.append((-float(weight or 1), place, name))
            except ValueError:
                continue
    ranked = [entry for entry in ranked if entry[0] < 0]
    return min(ranked)[2] if ranked else "de"


def current() -> Language:
    """Return the language of the request at hand."""
    if "language" not in g:
        parameter = request.args.get("lang", "")
        known = parameter in LANGUAGES  # then the browser's wish does not count
        g.language = parameter if known else chosen("", request.headers.get("Accept-Language", ""))
    return cast("Language", g.language)


@cache
def texts() -> dict[str, dict[str, str]]:
    """Return the table of texts: by key, then by language."""
    with (Path(__file__).parent / "texts.toml").open("rb") as file:
        return cast("dict[str, dict[str, str]]", tomllib.load(file))


def text(key: str, /, **values: Any) -> str | Markup:  # noqa: ANN401  (anything that can be written)
    """Return the text of a key in the request's language; values that are no Markup are escaped where it has marks.

    Raises:
        KeyError: the table has no such key.
    """
    found = texts()[key][current()]
    if any(isinstance(value, Markup) for value in values.values()):
        return Markup(found).format(**values)  # noqa: S704  (the table is ours)
    return found.format(**values) if values else found


def has_text(key: str) -> bool:
    """Say whether the table has a key."""
    return key in texts()


def pick(messages: dict[str, str]) -> str:
    """Return the message in the request's language, else in any."""
    return messages.get(current()) or next(iter(messages.values()), "")


def date(day: datetime.date, form: str = "long", language: Language | None = None) -> str:
    """Write a day.

    >>> date(datetime.date(2021, 12, 1), language="de")
    '1. Dezember 2021'
    """
    return str(format_date(day, form, locale=_LOCALES[language or current()]))


def month(day: datetime.date, language: Language | None = None) -> str:
    """Write the month of a day.

    >>> month(datetime.date(2023, 2, 1), language="en")
    'February 2023'
    """
    return str(format_date(day, "LLLL y", locale=_LOCALES[language or current()]))


def length(duration: str, language: Language | None = None) -> str:
    """Write a length of time in years, months and days; what has none stays as it is.

    >>> length("P5Y6M", language="de")
    '5 Jahre, 6 Monate'
    """
    match = _LENGTH.fullmatch(duration)
    parts = match.groupdict() if match else {}
    locale = _LOCALES[language or current()]
    return (
        ", ".join(
            format_unit(int(count), f"duration-{unit}", "long", locale=locale) for unit, count in parts.items() if count
        )
        or duration
    )


def number(value: float) -> str:
    """Write a number with the language's separators."""
    return str(format_decimal(value, locale=_LOCALES[current()]))


def percent(share: float) -> str:
    """Write a share of one in percent; what is little is not called nothing, nor what is not whole all."""
    if 0 < share < 0.01:
        return f"< {_percent(0.01)}"
    return _percent(min(share, 0.99) if share < 1 else share)


def _percent(share: float) -> str:
    return str(format_percent(share, locale=_LOCALES[current()]))
