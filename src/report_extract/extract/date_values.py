"""The stretch of days that a date expression means, and the steps to build one: a day, a month, a year, a span."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from report_extract.analyze.date_grammar import Groups, grammar
from report_extract.schema import Precision

Order = Literal["DMY", "MDY"]


@dataclass(frozen=True, slots=True)
class Known:
    """What the release tells of itself: its day, the order of its numeric dates, its full dates, its year.

    `before` is the last date in the same paragraph, `near_year` the year of the last one there that has a year written.
    """

    published: date | None = None
    order: Order | None = None
    full: tuple[date, ...] = ()
    year: int | None = None
    before: When | None = None
    near_year: int | None = None


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of days (both inclusive), how precise the text is, and its EDTF; `anchored` if read against a date."""

    first: date
    last: date
    precision: Precision
    edtf: str
    anchored: bool = False
    time: str | None = None
    end_time: str | None = None


def day(value: date, *, anchored: bool = False) -> When:
    """One day."""
    return When(value, value, "day", value.isoformat(), anchored)


def month(year: int, number: int, *, anchored: bool = False) -> When:
    """A month."""
    last = date(year, number, monthrange(year, number)[1])
    return When(date(year, number, 1), last, "month", f"{year:04}-{number:02}", anchored)


def year_of(year: int, *, anchored: bool = False, about: bool = False) -> When:
    """A year."""
    edtf = f"{year:04}~" if about else f"{year:04}"
    return When(date(year, 1, 1), date(year, 12, 31), "year", edtf, anchored)


def season(year: int, number: int, *, anchored: bool = False) -> When:
    """A season; which months it means depends on the hemisphere, so its days are those of the year."""
    last = date(year, 12, 31) if number != 24 else date(year + 1, 2, 28)
    return When(date(year, 1, 1), last, "season", f"{year:04}-{number}", anchored)


def span(first: When, last: When) -> When | None:
    """From one to the other; None if it would run backwards."""
    if last.last < first.first:
        return None
    edtf = first.edtf if first.edtf == last.edtf else f"{first.edtf}/{last.edtf}"
    precision: Precision = first.precision if first.edtf == last.edtf else "interval"
    return When(first.first, last.last, precision, edtf, first.anchored or last.anchored)


def month_from(value: date, shift: int) -> When:
    """The month that lies so many months after that of a day."""
    index = value.year * 12 + value.month - 1 + shift
    return month(index // 12, index % 12 + 1, anchored=True)


def week_of(value: date, *, weekend: bool = False) -> When | None:
    """The week, from Monday to Sunday, in which a day lies, or its weekend."""
    monday = value - timedelta(days=value.weekday())
    first = monday + timedelta(days=5 if weekend else 0)
    return span(day(first, anchored=True), day(monday + timedelta(days=6), anchored=True))


def day_or_none(year: int, number: int, of_month: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, number, of_month)
    except ValueError:
        return None


def parse_day(value: str | None) -> date | None:
    """The day of an EDTF or ISO value; None unless it names one."""
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


@cache
def number_of(name: str, word: str) -> int | None:
    """The number of a month, weekday or season by any of its names: `number_of("month", "Okt")` is 10."""
    key = word.casefold().rstrip(".")
    for entry in grammar().lists:
        if entry.startswith(f"{name}_") and key in {term.casefold() for term in grammar().lists[entry]}:
            return int(entry.rpartition("_")[2])
    return None


def count_of(word: str) -> int:
    """A number written in digits or as one of the first numerals."""
    if word.isdigit():
        return int(word)
    return grammar().terms("numeral").index(word.lower()) + 1 if word.lower() not in {"a", "an"} else 1


def nth_of(word: str) -> int:
    """1 to 4 for "first" to "fourth", "last" being the fourth; 0 for none of them."""
    names = ("first_quarter", "second_quarter", "third_quarter", "fourth_quarter")
    return next((n for n, name in enumerate(names, 1) if word.lower() in grammar().terms(name)), 0)


def month_of(groups: Groups, *keys: str) -> int | None:
    """The number of the month in the first of these groups that is there."""
    for key in keys:
        if key in groups:
            return number_of("month", groups[key])
    return None
