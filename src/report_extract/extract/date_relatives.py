"""What a date means that is told from another one: "today", "last week", "this spring", "39 years ago", "on Friday".

All are read against the day of publication. A week runs from Monday to Sunday.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from report_extract.analyze.date_grammar import Core, Groups
from report_extract.extract.date_values import (
    Known,
    When,
    count_of,
    day,
    month,
    month_from,
    number_of,
    season,
    span,
    week_of,
    year_of,
)

_SHIFT = {"this": 0, "current": 0, "last": -1, "next": 1, "coming": 1, "upcoming": 1}


def read_relative(core: Core, known: Known, ahead: bool | None) -> When | None:
    """The value of a relative expression; None without a day of publication, and for the vague ones."""
    published = known.published
    if published is None:
        return None
    readers: dict[str, Callable[[Groups, date], When | None]] = {
        "dates.today": _today,
        "dates.unit": _unit,
        "dates.season": _season,
        "dates.ago": _ago,
        "dates.next-days": _next_days,
        "dates.first-days": _first_days,
        "dates.end-of-year": _end_of_year,
        "dates.from-now": lambda groups, at: counted(groups, at, 1),
    }
    if core.rule == "dates.weekday":
        return _weekday(core.groups, published, ahead)
    reader = readers.get(core.rule)
    return reader(core.groups, published) if reader else None


def _today(groups: Groups, published: date) -> When | None:
    if "ago" in groups:
        try:
            return day(published.replace(year=published.year - int(groups["ago"])), anchored=True)
        except ValueError:
            return None
    word = groups["word"].lower()
    if word.startswith("the"):
        return day(published + timedelta(days=-2 if word.endswith("yesterday") else 2), anchored=True)
    shift = -1 if word.startswith(("yesterday", "last")) else 1 if word.startswith("tomorrow") else 0
    return day(published + timedelta(days=shift), anchored=True)


def _unit(groups: Groups, published: date) -> When | None:
    shift = _SHIFT.get(groups["when"].lower())
    unit = " ".join(groups["unit"].lower().split())
    if shift is None:
        # "The past year" is a stretch without ends; "the past weekend" is the last one.
        shift = -1 if unit == "weekend" else None
    if shift is None:
        return None
    if unit in {"week", "weekend"}:
        return week_of(published + timedelta(weeks=shift), weekend=unit == "weekend")
    if unit == "month":
        return month_from(published, shift)
    if unit in {"year", "fiscal year"}:
        return year_of(published.year + shift, anchored=True)
    if unit in {"school year", "academic year"}:
        began = published.year + shift - (published.month < 8)
        return span(year_of(began, anchored=True), year_of(began + 1, anchored=True))
    if unit == "quarter":
        index = published.year * 4 + (published.month - 1) // 3 + shift
        number = index % 4 * 3 + 1
        return span(month(index // 4, number, anchored=True), month(index // 4, number + 2, anchored=True))
    return None


def _season(groups: Groups, published: date) -> When | None:
    number = number_of("season", groups["season"])
    shift = _SHIFT.get(groups["when"].lower(), -1)
    if number is None:
        return None
    opens = (number - 21) * 3 + 3
    year = published.year
    if shift < 0 and published.month < opens + 3:
        year -= 1
    elif shift > 0 and published.month >= opens:
        year += 1
    return season(year, number, anchored=True)


def _ago(groups: Groups, published: date) -> When | None:
    return counted(groups, published, -1)


def counted(groups: Groups, base: date, way: int) -> When | None:
    """So many days, weeks, months or years before (-1) or after (1) a day; no more precise than what is counted."""
    count, unit = way * count_of(groups["n"]), groups["unit"].lower().rstrip("s")
    if unit == "year":
        return year_of(base.year + count, anchored=True) if base.year + count > 0 else None
    if unit == "month":
        return month_from(base, count) if base.year * 12 + count > 12 else None
    return day(base + timedelta(days=count * (7 if unit == "week" else 1)), anchored=True)


def _end_of_year(groups: Groups, published: date) -> When | None:
    unit = groups.get("unit", "year").lower()
    if unit == "month":
        return month_from(published, 0)
    return year_of(published.year, anchored=True) if unit == "year" else None


def _next_days(groups: Groups, published: date) -> When | None:
    if groups["unit"].lower() != "days":
        return None
    last = published + timedelta(days=count_of(groups["n"]))
    return span(day(published + timedelta(days=1), anchored=True), day(last, anchored=True))


def _first_days(groups: Groups, published: date) -> When | None:
    number = number_of("month", groups["m1"])
    if number is None:
        return None
    year = int(groups.get("y1") or published.year)
    first = date(year, number, 1)
    return span(day(first, anchored=True), day(first + timedelta(days=count_of(groups["n"]) - 1), anchored=True))


def _weekday(groups: Groups, published: date, ahead: bool | None) -> When | None:
    """The weekday nearest to the release on the side that the sentence speaks of."""
    number = number_of("weekday", groups["w1"])
    if number is None:
        return None
    when = groups.get("when", groups.get("after", "")).lower()
    forward = (number - published.isoweekday()) % 7
    if when in {"last", "past"}:
        shift = forward - 7
    elif when in {"next", "coming"}:
        shift = forward or 7
    elif when or ahead:
        shift = forward
    else:
        shift = forward - 7 if forward else 0
    if of_month := groups.get("d1", groups.get("d3")):
        return _weekday_of_month(number, int(of_month.rstrip("stndrh")), published)
    return day(published + timedelta(days=shift), anchored=True)


def _weekday_of_month(number: int, of_month: int, published: date) -> When | None:
    """The day nearest to the release that is this weekday and this day of a month: "Friday the 22nd"."""
    near = (published + timedelta(days=shift) for shift in sorted(range(-31, 60), key=abs))
    fitting = next((value for value in near if value.day == of_month and value.isoweekday() == number), None)
    return day(fitting, anchored=True) if fitting else None
