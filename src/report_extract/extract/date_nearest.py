"""What comes again and again, where the text means the one near to the release: "the 15th", "the third quarter",
"over the weekend", "Christmas".

It is the next one where the sentence looks ahead and the last one where it looks back. Where it does neither, it is the
one that is clearly nearest; if there is none, it has no value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from report_extract.analyze.date_grammar import Groups, grammar
from report_extract.extract.date_values import Known, When, day, day_or_none, month, month_from, nth_of, span, week_of

_DAYS_OR_MONTH = frozenset({"day", "minute", "interval", "month"})


def read_day_alone(groups: Groups, known: Known, ahead: bool | None) -> When | None:
    """The value of "the 15th": in the month named, else in that of the date before it, else the nearest one."""
    said, published, before = groups.get("in", "").lower(), known.published, known.before
    if said and published is None:
        return None
    if said and published is not None:
        shift = {"last": -1, "ulti": -1, "next": 1, "prox": 1}.get(said[:4], 0)
        return _days_in(groups, month_from(published, shift).first)
    if before is not None and before.precision in _DAYS_OR_MONTH:
        return _days_in(groups, before.last)
    if published is None:
        return None
    months = (month_from(published, shift).first for shift in (-1, 0, 1))
    return _nearest((_days_in(groups, first) for first in months), published, ahead)


def read_quarter_alone(groups: Groups, known: Known, ahead: bool | None) -> When | None:
    """The value of "the third quarter"."""
    published, last = known.published, nth_of(groups["q3"]) * 3
    if published is None:
        return None
    years = (published.year + shift for shift in (-1, 0, 1))
    quarters = (span(month(y, last - 2, anchored=True), month(y, last, anchored=True)) for y in years)
    return _nearest(quarters, published, ahead)


def read_weekend(_: Groups, known: Known, ahead: bool | None) -> When | None:
    """The value of "over the weekend": the coming or the last one, as the sentence tells."""
    published = known.published
    if published is None or ahead is None:
        return None
    weekends = (week_of(published + timedelta(weeks=shift), weekend=True) for shift in (-1, 0, 1))
    return _nearest(weekends, published, ahead)


def read_holiday(groups: Groups, known: Known, ahead: bool | None) -> When | None:
    """The value of a holiday that falls on one day everywhere: "Boxing Day 2006", "Easter next year"."""
    published, name = known.published, groups.get("holiday")
    if name is None:
        return None
    if "y1" in groups:
        return day(_holiday(name, int(groups["y1"])))
    if published is None:
        return None
    if "when2" in groups:
        year = published.year + {"this": 0, "last": -1, "next": 1}[groups["when2"].lower()]
        return day(_holiday(name, year), anchored=True)
    ahead = {"last": False, "next": True}.get(groups.get("when", "").lower(), ahead)
    days = (day(_holiday(name, published.year + shift), anchored=True) for shift in (-1, 0, 1))
    return _nearest(days, published, ahead)


def _days_in(groups: Groups, of: date) -> When | None:
    days = [day_or_none(of.year, of.month, int(groups[key])) for key in ("d1", "d2") if key in groups]
    first, last = days[0], days[-1]
    return span(day(first, anchored=True), day(last, anchored=True)) if first and last else None


def _nearest(found: Iterable[When | None], published: date, ahead: bool | None) -> When | None:
    """Of the same thing in following months or years, the one that is meant."""
    whens = [when for when in found if when is not None]
    if ahead:
        return next((when for when in whens if when.last >= published), None)
    if ahead is False:
        return next((when for when in reversed(whens) if when.first <= published), None)
    away = sorted((_distance(when, published), n) for n, when in enumerate(whens))
    clear = away and (len(away) == 1 or 2 * away[0][0] <= away[1][0])
    return whens[away[0][1]] if clear else None


def _distance(when: When, published: date) -> int:
    if when.first <= published <= when.last:
        return 0
    return min(abs((when.first - published).days), abs((when.last - published).days))


def _holiday(name: str, year: int) -> date:
    key = " ".join(name.split()).lower()
    lists = grammar().lists
    entry = next(n for n in lists if n[-1].isdigit() and key in {term.lower() for term in lists[n]})
    if entry.startswith("easter"):
        return _easter(year) + timedelta(days=int(entry[-2:]) * (-1 if "less" in entry else 1))
    return date(year, int(entry[-4:-2]), int(entry[-2:]))


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher.

    >>> _easter(2012).isoformat(), _easter(2019).isoformat()
    ('2012-04-08', '2019-04-21')
    """
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * sunday) // 451
    number, of_month = divmod(epact + sunday - 7 * late + 114, 31)
    return date(year, number, of_month + 1)


NEAREST: dict[str, Callable[[Groups, Known, bool | None], When | None]] = {
    "dates.day-alone": read_day_alone,
    "dates.quarter-alone": read_quarter_alone,
    "dates.weekend": read_weekend,
    "dates.holiday": read_holiday,
}
