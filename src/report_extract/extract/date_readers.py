"""Dates that say all of themselves: "5 November 2013", "2010-2015", "Q3 2020", "the 1990s", days without a year.

A date without a year takes the year that the release gives for that day or month elsewhere, else the year in which it
is nearest to the release's own day; a number like 05/11/2013 needs an order of day and month that the release shows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from report_extract.analyze.date_grammar import Core, Groups
from report_extract.extract.date_values import (
    Known,
    When,
    day,
    day_or_none,
    month,
    month_of,
    nth_of,
    number_of,
    season,
    span,
    year_of,
)
from report_extract.schema import Precision

# Releases announce more than they look back: of two years about as near, the later one.
_LEAN = 30
_NEAR = 120


def days_of(core: Core, known: Known, this_year: str | None = None) -> When | None:
    """The value of "5 November 2013", "March 12-15, 2009" and their kin, yearless ones included."""
    groups = core.groups
    number = month_of(groups, "m1", "m2")
    first = int(groups.get("d1") or groups.get("d2") or 0)
    last = int(groups.get("d2") or groups.get("d1") or 0)
    if number is None:
        return None
    written = groups.get("y1") or groups.get("y2")
    weekday = number_of("weekday", groups["w1"]) if "w1" in groups else None
    year = int(written) if written else _year_for(number, first, known, this_year, weekday)
    if year is None:
        return None
    start, end = day_or_none(year, number, first), day_or_none(year, number, last)
    anchored = written is None
    return span(day(start, anchored=anchored), day(end, anchored=anchored)) if start and end else None


def read_month_alone(groups: Groups, known: Known) -> When | None:
    """The value of a bare month: "last December", "April this year", "in June"."""
    number = month_of(groups, "m2")
    if number is None:
        return None
    published, when = known.published, groups.get("when", "").strip().lower()
    if "when2" in groups:
        year = year_told(groups["when2"].split()[0], known)
        return month(year, number, anchored=True) if year else None
    if when and published is None:
        return None
    if when and published is not None:
        shift = {"this": 0, "last": -(number >= published.month), "past": -(number >= published.month)}.get(
            when, int(number <= published.month)
        )
        return month(published.year + shift, number, anchored=True)
    year = _year_for(number, 15, known, None, None)
    return month(year, number, anchored=True) if year else None


def read_numeric(groups: Groups, known: Known) -> When | None:
    """The value of 16-01-2017; None where it could be read two ways and nothing tells."""
    first, second, digits = int(groups["a"]), int(groups["b"]), groups["y1"]
    year = int(digits) if len(digits) == 4 else _century(int(digits), known)
    dmy, mdy = day_or_none(year, second, first), day_or_none(year, first, second)
    if dmy is None or mdy is None or dmy == mdy or groups["sep"].startswith("."):
        value = dmy or mdy
    elif known.order is not None:
        value = dmy if known.order == "DMY" else mdy
    else:
        value = known.published if known.published in (dmy, mdy) else None
    if "w1" in groups and dmy is not None and mdy is not None:
        fitting = {one for one in (dmy, mdy) if one.isoweekday() == number_of("weekday", groups["w1"])}
        value = fitting.pop() if len(fitting) == 1 else value
    return day(value) if value else None


def read_weekday_numbers(groups: Groups, known: Known) -> When | None:
    """The value of "Tuesday (10/9)": the only reading near to the release that falls on that weekday."""
    published, weekday = known.published, number_of("weekday", groups["w1"])
    if published is None:
        return None
    first, second = int(groups["a"]), int(groups["b"])
    years = (published.year - 1, published.year, published.year + 1)
    read = {day_or_none(year, *pair) for year in years for pair in ((first, second), (second, first))}
    near = {one for one in read if one and one.isoweekday() == weekday and abs((one - published).days) < _NEAR}
    return day(near.pop(), anchored=True) if len(near) == 1 else None


def year_told(word: str, known: Known) -> int | None:
    """The year of "this year", "next year", told from the day of publication; of "that year", from the date before."""
    if word.lower() in {"that", "the"}:
        return known.before.first.year if known.before else None
    return known.published.year + {"this": 0, "last": -1, "next": 1}[word.lower()] if known.published else None


def _century(digits: int, known: Known) -> int:
    """The year of two digits: not later than five years after the release, or than 2049."""
    limit = known.published.year + 5 if known.published else 2049
    return 2000 + digits if 2000 + digits <= limit else 1900 + digits


def _year_for(number: int, of_month: int, known: Known, this_year: str | None, weekday: int | None) -> int | None:
    """The year of a date written without one: the release's own full date of that day, or the year nearest to it."""
    published = known.published
    if this_year is not None:
        return year_told(this_year.split()[0], known)
    same = {full.year for full in known.full if full.month == number and full.day == of_month}
    if len(same) == 1:
        return same.pop()
    if published is None and known.near_year:
        near = known.near_year + _has_turned(known.before, number)
        if _falls_on(near, number, of_month, weekday):
            return near
    if published is None:
        years = {full.year for full in known.full}
        fitting = {year for year in years if _falls_on(year, number, of_month, weekday)}
        if len(fitting) == 1:
            return fitting.pop()
        if years:
            return None
        # The day of the week decides between the year that the release names and those beside it.
        beside = [known.year + shift for shift in (0, -1, 1)] if known.year else []
        return next((year for year in beside if _falls_on(year, number, of_month, weekday)), known.year)
    years = {published.year + shift for shift in (-1, 0, 1)}
    dated = {year: value for year in years if (value := day_or_none(year, number, of_month))}
    fitting = {year for year in dated if _falls_on(year, number, of_month, weekday)} or set(dated)
    return min(fitting, key=lambda year: abs((dated[year] - published).days - _LEAN), default=None)


def _has_turned(before: When | None, number: int) -> bool:
    """Whether the year has turned since the date before: January or February after November or December."""
    return before is not None and before.last.month >= 11 and number <= 2 and before.precision in {"day", "month"}


def _falls_on(year: int, number: int, of_month: int, weekday: int | None) -> bool:
    value = day_or_none(year, number, of_month)
    return value is not None and (weekday is None or value.isoweekday() == weekday)


def _iso(groups: Groups) -> When | None:
    written = [value for key, value in groups.items() if key not in {"y1", "sep"}]
    value = day_or_none(int(groups["y1"]), int(written[0]), int(written[1]))
    return day(value) if value else None


def _month_year(groups: Groups) -> When | None:
    last_number = month_of(groups, "m2")
    if last_number is None:
        return None
    last = month(int(groups["y2"]), last_number)
    first_number = month_of(groups, "m1")
    return span(month(int(groups["y2"]), first_number), last) if first_number else last


def _year_range(groups: Groups) -> When | None:
    first, digits = int(groups["y1"]), groups["y2"]
    last = int(digits) if len(digits) == 4 else first // 100 * 100 + int(digits)
    return span(year_of(first), year_of(last)) if first < last <= first + 150 else None


def _decade(groups: Groups) -> When:
    first, last = int(groups["x1"]), int(groups.get("x2") or groups["x1"])
    edtf = f"{first}X" if first == last else f"{first}X/{last}X"
    precision: Precision = "decade" if first == last else "interval"
    return When(date(first * 10, 1, 1), date(last * 10 + 9, 12, 31), precision, edtf)


def _century_of(groups: Groups) -> When:
    hundreds = int(groups["c1"]) - 1
    return When(date(hundreds * 100, 1, 1), date(hundreds * 100 + 99, 12, 31), "century", f"{hundreds}XX")


def _season_year(groups: Groups) -> When | None:
    number = number_of("season", groups["season"])
    return season(int(groups["y1"]), number) if number else None


def _quarter(groups: Groups) -> When | None:
    number = int(groups.get("q1") or groups.get("q2") or nth_of(groups.get("q3", "")))
    year = int(groups["y1"])
    return span(month(year, number * 3 - 2), month(year, number * 3)) if number else None


def _decade_word(groups: Groups) -> When:
    return _decade({"x1": f"19{number_of('decade', groups['decade'])}"})


def _half(groups: Groups) -> When | None:
    first = 1 if groups["h"].lower() == "first" else 7
    return span(month(int(groups["y1"]), first), month(int(groups["y1"]), first + 5))


READERS: dict[str, Callable[[Groups], When | None]] = {
    "dates.iso": _iso,
    "dates.month-year": _month_year,
    "dates.between-years": _year_range,
    "dates.year-range": _year_range,
    "dates.fiscal-year": lambda groups: year_of(int(groups["y1"])),
    "dates.about-year": lambda groups: year_of(int(groups["y1"]), about=True),
    "dates.part-of-year": lambda groups: year_of(int(groups["y1"])),
    "dates.year": lambda groups: year_of(int(groups["y1"])),
    "dates.decade": _decade,
    "dates.decade-word": _decade_word,
    "dates.century": _century_of,
    "dates.season-year": _season_year,
    "dates.quarter": _quarter,
    "dates.half": _half,
}

READERS_OF_KNOWN: dict[str, Callable[[Groups, Known], When | None]] = {
    "dates.numeric": read_numeric,
    "dates.weekday-numbers": read_weekday_numbers,
    "dates.month": read_month_alone,
}
