"""What is told from the date before it in the same paragraph: "the following day", "two weeks later", "next Friday".

Without a date there, or with one less precise than what is counted from it, there is no value.
"""

from __future__ import annotations

from datetime import timedelta

from report_extract.analyze.date_grammar import Core, Groups
from report_extract.extract.date_relatives import counted
from report_extract.extract.date_values import When, day, month_from, number_of, week_of, year_of

_DAYS = frozenset({"day", "minute", "interval"})
_MONTHS = _DAYS | {"month"}
_YEARS = _MONTHS | {"season", "year"}


def is_story(core: Core) -> bool:
    """Whether the expression is told from the date before it, not from the day of the release."""
    return core.rule == "dates.story" or core.groups.get("when", "").lower() == "following"


def read_story(groups: Groups, before: When | None) -> When | None:
    """The value of an expression that is told from the date before it."""
    if before is None:
        return None
    if "w1" in groups:
        number = number_of("weekday", groups["w1"]) or 0
        shift = (number - before.last.isoweekday() - 1) % 7 + 1
        return day(before.last + timedelta(days=shift), anchored=True) if before.precision in _DAYS else None
    if "next" in groups:
        return day(before.last + timedelta(days=1), anchored=True) if before.precision in _DAYS else None
    return _counted_or_next(groups, groups["unit"].lower().rstrip("s"), before)


def _counted_or_next(groups: Groups, unit: str, before: When) -> When | None:
    if before.precision not in {"month": _MONTHS, "year": _YEARS}.get(unit, _DAYS):
        return None
    if "n" in groups:
        return counted(groups, before.last, 1)
    if unit in {"week", "weekend"}:
        return week_of(before.last + timedelta(weeks=1), weekend=unit == "weekend")
    if unit == "month":
        return month_from(before.last, 1)
    return year_of(before.last.year + 1, anchored=True) if unit == "year" else None
