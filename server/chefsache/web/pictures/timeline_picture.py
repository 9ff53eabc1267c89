"""Draw a timeline: a row a statement, whole where it is documented, faint where only possible, fading where open."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from chefsache.web.pages.periods import OPEN_END, OPEN_START, Bounds
from chefsache.web.pages.statements import Section, Statement
from chefsache.web.pictures.scene import Line, Path, Scene, Shape, width_of, wrapped

#: Pixels across, on a desk and on a phone.
WIDE, NARROW = 1040, 304
_LEFT = 12
_AXIS, _HEADING, _LASTING, _EVENT = 40, 54, 46, 30
_BAR, _DIAMOND = 10, 11
#: From one line of a label to the next.
_LEADING = 17
#: How far an open start or end fades at most.
_FADE = 90
#: Years between the marks of the axis; the first that leaves room for them.
_STEPS, _ROOM = (1, 2, 5, 10, 20, 50, 100), 68

#: Writes a text of the table of texts.
Text = Callable[[str], str]


@dataclass(frozen=True)
class Scale:
    """From days to pixels."""

    first: int
    last: int
    right: int

    @classmethod
    def over(cls, times: Iterable[Bounds], today: datetime.date, width: int) -> "Scale":
        """Return the scale that shows all known days, and the release day."""
        years = [day.year for time in times for day in _known(time)]
        return cls(min([*years, today.year]), max([*years, today.year]) + 1, width - _LEFT)

    def x(self, day: datetime.date) -> int:
        """Return where a day stands; what is open stands at the edge.

        >>> Scale(2020, 2021, 1028).x(datetime.date(2020, 1, 1))
        12
        """
        start, end = (datetime.date(year, 1, 1).toordinal() for year in (self.first, self.last))
        share = (min(max(day.toordinal(), start), end) - start) / (end - start)
        return round(_LEFT + share * (self.right - _LEFT))

    @property
    def years(self) -> range:
        """The years that are marked."""
        most = (self.right - _LEFT) // _ROOM
        step = next(step for step in _STEPS if (self.last - self.first) // step <= most or step == _STEPS[-1])
        return range(self.first + -self.first % step, self.last + 1, step)


def draw(sections: Iterable[Section], today: datetime.date, text: Text, width: int = WIDE) -> Scene | None:
    """Return the picture of a thing's statements, so many pixels wide; None where none of them has a day."""
    drawn = [(section.name, [each for each in section.statements if _known(each.time)]) for section in sections]
    drawn = [(name, statements) for name, statements in drawn if statements]
    if not drawn:
        return None
    scale = Scale.over((each.time for _, statements in drawn for each in statements), today, width)
    shapes: list[Shape] = []
    lines: list[Line] = []
    at = _AXIS
    for name, statements in drawn:
        lines.append(Line(text(f"section-{name}"), _LEFT, at + 32, "strong"))
        at += _HEADING
        for each in statements:
            made, written, height = _lasting(each, scale, at) if each.lasting else _event(each, scale, at)
            shapes += made
            lines += written
            at += height
    marks, words = _axis(scale, today, at, text)
    return Scene(width, at + 12, tuple(marks), tuple(shapes), (), (*words, *lines))


def _known(time: Bounds) -> list[datetime.date]:
    days = (time.earliest_start, time.latest_start, time.earliest_end, time.latest_end)
    return [day for day in days if day not in {OPEN_START, OPEN_END}]


def _axis(scale: Scale, today: datetime.date, bottom: int, text: Text) -> tuple[list[Path], list[Line]]:
    marks = [Path(f"M{scale.x(datetime.date(year, 1, 1))} 26V{bottom}", "year") for year in scale.years]
    words = []
    for year in scale.years:
        x = scale.x(datetime.date(year, 1, 1))
        anchor = "start" if x < _LEFT + 20 else "end" if x > scale.right - 20 else "middle"
        words.append(Line(str(year), x, 18, "small", anchor=anchor))
    marks.append(Path(f"M{scale.x(today)} 26V{bottom}", "today", text("timeline-today")))
    return marks, words


def _above(statement: Statement, shapes: Sequence[Shape], top: int, scale: Scale) -> list[Line]:
    """Write above what is drawn, in up to two lines from where it begins, further left where they would not fit."""
    texts = wrapped(words(statement), scale.right - _LEFT, most=2)
    begin = max(_LEFT, min(shapes[0].x, *(scale.right - width_of(text) for text in texts)))
    return [Line(text, begin, top + 15 + _LEADING * row, "plain", statement.claim) for row, text in enumerate(texts)]


def words(statement: Statement) -> str:
    """Say in one line what a statement says, without its time."""
    items, details = (", ".join(cell.text for cell in cells) for cells in (statement.items, statement.details))
    if statement.before or statement.after:
        sides = (", ".join(cell.text for cell in cells) for cells in (statement.before, statement.after))
        return f"{details}: {' → '.join(side for side in sides if side)}"
    return f"{details}: {items}" if not statement.lasting and items else f"{items} · {details}".strip(" ·")


def _title(statement: Statement) -> str:
    return "; ".join(part for part in (words(statement), statement.when, statement.certainty_text) if part)


def _lasting(statement: Statement, scale: Scale, top: int) -> tuple[list[Shape], list[Line], int]:
    """Draw a bar below its label: what is documented, and before and after it what is possible; say how high it is."""
    lines = _above(statement, _bars(statement, scale, 0), top, scale)
    more = _LEADING * (len(lines) - 1)
    return _bars(statement, scale, top + 22 + more), lines, _LASTING + more


def _bars(statement: Statement, scale: Scale, y: int) -> list[Shape]:
    """Return the bar of what is documented, and those of what is possible before and after; the first begins first."""
    time, title = statement.time, _title(statement)
    look = "maybe planned" if statement.certainty == "planned" else "maybe"
    low, high = sorted((time.latest_start, time.earliest_end))
    if low == OPEN_START or high == OPEN_END:
        return [_maybe(scale, time.earliest_start, time.latest_end, y, look, title)]
    shapes = [_core(scale, time, y, look, title)]
    if time.earliest_start < low:
        shapes.insert(0, _maybe(scale, time.earliest_start, low, y, look, title))
    if high < time.latest_end:
        shapes.append(_maybe(scale, high, time.latest_end, y, look, title))
    return shapes


def _core(scale: Scale, time: Bounds, y: int, look: str, title: str) -> Shape:
    """Draw the days that a claim is documented for; where that is some day between two, those days as possible."""
    low, high = sorted((time.latest_start, time.earliest_end))
    sure = look == "maybe" and time.latest_start <= time.earliest_end
    return Shape(scale.x(low), y, max(4, scale.x(high) - scale.x(low)), _BAR, "sure" if sure else look, title)


def _maybe(scale: Scale, start: datetime.date, end: datetime.date, y: int, look: str, title: str) -> Shape:
    """Draw what is only possible: between two days as it is; where one is open, fading towards it."""
    left, right = scale.x(start), scale.x(end)
    if start == OPEN_START and end != OPEN_END:
        return Shape(max(_LEFT, right - _FADE), y, max(4, min(_FADE, right - _LEFT)), _BAR, f"{look} begin", title)
    if end == OPEN_END and start != OPEN_START:
        return Shape(left, y, max(4, min(_FADE, scale.right - left)), _BAR, f"{look} end", title)
    return Shape(left, y, max(4, right - left), _BAR, look, title)


def _event(statement: Statement, scale: Scale, top: int) -> tuple[list[Shape], list[Line], int]:
    """Draw a diamond with its label beside it, else above it; say how high that is."""
    text = words(statement)
    shapes = _moment(statement, scale, top + 10)
    left, right = shapes[0].x, max(shape.x + shape.width for shape in shapes)
    if right + 8 + width_of(text) <= scale.right:
        return shapes, [Line(text, right + 8, top + 21, "plain", statement.claim)], _EVENT
    if left - 8 - width_of(text) >= _LEFT:
        return shapes, [Line(text, left - 8 - width_of(text), top + 21, "plain", statement.claim)], _EVENT
    lines = _above(statement, shapes, top, scale)
    more = _LEADING * (len(lines) - 1)
    return _moment(statement, scale, top + 22 + more), lines, _LASTING + more


def _moment(statement: Statement, scale: Scale, y: int) -> list[Shape]:
    """Draw a diamond; where the day is not known, in the middle of a faint bar over the days in question."""
    low, high, title = statement.time.earliest_start, statement.time.latest_start, _title(statement)
    span = _maybe(scale, low, high, y + (_DIAMOND - _BAR) // 2, "maybe", title)
    faint = [span] if span.width > _DIAMOND else []  # else the diamond covers it
    known = high if low == OPEN_START else low if high == OPEN_END else low + (high - low) / 2
    look = "event planned" if statement.certainty == "planned" else "event"
    x = min(max(scale.x(known) - _DIAMOND // 2, 0), scale.right + _LEFT - _DIAMOND)
    return [*faint, Shape(x, y, _DIAMOND, _DIAMOND, look, title, diamond=True)]
