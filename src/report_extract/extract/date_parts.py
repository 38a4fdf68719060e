"""A part of a date, or days counted from it: "the last week of July", "Tuesday of next week", "two days after 3 May".

The first week of a month is its days 1 to 7, the last week its last seven days; "the week of 10 April" is the one from
Monday to Sunday in which that day lies.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from report_extract.analyze.date_grammar import Groups
from report_extract.extract.date_values import (
    When,
    count_of,
    day,
    month,
    nth_of,
    number_of,
    span,
    week_of,
)

_WEEK, _HALF_MONTH = 7, 15


def part_of(groups: Groups, whole: When) -> When | None:
    """The days that are meant of a date; None for a part that it does not have."""
    if "around" in groups:
        return _around(groups["around"].lower(), whole)
    if "of_week" in groups:
        number = number_of("weekday", groups["of_week"])
        days = (whole.last - whole.first).days
        return _told(whole.first, number - 1, whole) if number and days == _WEEK - 1 else None
    if "side" in groups:
        way = 1 if groups["side"].lower() == "after" else -1
        count = way * count_of(groups["n"]) * (_WEEK if groups["step"].lower().startswith("week") else 1)
        return _told(whole.first, count, whole) if whole.first == whole.last else None
    word, piece = groups["nth"].lower(), groups["piece"].lower()
    nth = -1 if word in {"last", "final"} else nth_of(word)
    if whole.precision == "month":
        return _of_month(nth, piece, whole)
    return _of_year(nth, piece, whole) if whole.precision == "year" else None


def _around(piece: str, whole: When) -> When | None:
    if whole.first != whole.last or (piece == "weekend" and whole.first.isoweekday() < 5):
        return None
    found = week_of(whole.first, weekend=piece == "weekend")
    return replace(found, anchored=whole.anchored) if found else None


def _of_month(nth: int, piece: str, whole: When) -> When | None:
    weekday = number_of("weekday", "Saturday" if piece == "weekend" else piece)
    if piece == "half":
        middle = _HALF_MONTH - 1
        return _told(whole.first, 0, whole, middle) if nth == 1 else _told(whole.first, middle + 1, whole, 31)
    if weekday is not None:
        # The last one lies in the last seven days.
        opens = whole.last - timedelta(days=_WEEK - 1) if nth < 0 else whole.first
        shift = (weekday - opens.isoweekday()) % _WEEK + (0 if nth < 0 else _WEEK * (nth - 1))
        return _told(opens, shift, whole, shift + (piece == "weekend"))
    if piece == "day":
        return _told(whole.last if nth < 0 else whole.first, max(nth - 1, 0), whole)
    if piece != "week":
        return None
    opens = whole.last - timedelta(days=_WEEK - 1) if nth < 0 else whole.first + timedelta(days=_WEEK * (nth - 1))
    return _told(opens, 0, whole, _WEEK - 1)


def _of_year(nth: int, piece: str, whole: When) -> When | None:
    size = {"half": 6, "quarter": 3}.get(piece)
    if size is None or nth * size > 12:
        return None
    opens = 13 - size if nth < 0 else (nth - 1) * size + 1
    year, anchored = whole.first.year, whole.anchored
    return span(month(year, opens, anchored=anchored), month(year, opens + size - 1, anchored=anchored))


def _told(opens: date, shift: int, whole: When, until: int | None = None) -> When | None:
    """The day so many days after another, or the days until one, not beyond the whole where they are a part of it."""
    first, last = opens + timedelta(days=shift), opens + timedelta(days=shift if until is None else until)
    if until is not None and last > whole.last and whole.precision == "month":
        last = whole.last
    return span(day(first, anchored=whole.anchored), day(last, anchored=whole.anchored))
