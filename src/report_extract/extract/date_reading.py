"""What a written date means: days, precision and EDTF of one expression, read against what the release tells of itself.

Nothing here asks a clock. A relative expression ("last week") is read against the day of publication and means nothing
without one; a date without a year, or with its day and month in doubt, is read against the release's other dates. Where
these are missing, there is no value.
"""

from __future__ import annotations

from dataclasses import replace

from report_extract.analyze.date_grammar import Core, Expression
from report_extract.extract.date_clock import timed
from report_extract.extract.date_nearest import NEAREST
from report_extract.extract.date_parts import part_of
from report_extract.extract.date_readers import READERS, READERS_OF_KNOWN, days_of
from report_extract.extract.date_relatives import read_relative
from report_extract.extract.date_story import is_story, read_story
from report_extract.extract.date_values import Known, When, span


def read_when(found: Expression, known: Known, *, ahead: bool | None = None) -> When | None:
    """The value of an expression, or None where it cannot be told; `ahead` says whether it lies in the future.

    >>> from report_extract.analyze.date_grammar import read_expression
    >>> read_when(read_expression("30 November to 12 December 2023", 0), Known()).edtf
    '2023-11-30/2023-12-12'
    """
    if found.part is not None:
        whole = _of_core(found.first, known, ahead, None)
        when = part_of(found.part, whole) if whole is not None else None
    elif found.last is None:
        when = _of_core(found.first, known, ahead, found.this_year)
    else:
        when = _of_range(found, known, ahead)
    return timed(when, found.clock, found.end_clock) if when is not None and found.clock is not None else when


def _of_core(core: Core, known: Known, ahead: bool | None, this_year: str | None) -> When | None:
    if core.rule in {"dates.days-month", "dates.month-days", "dates.spelled-day"}:
        return days_of(core, known, this_year)
    reader = READERS.get(core.rule)
    if reader is not None:
        return reader(core.groups)
    if core.rule in READERS_OF_KNOWN:
        return READERS_OF_KNOWN[core.rule](core.groups, known)
    if core.rule in NEAREST:
        return NEAREST[core.rule](core.groups, known, ahead)
    if is_story(core):
        return read_story(core.groups, known.before)
    return read_relative(core, known, ahead)


def _of_range(found: Expression, known: Known, ahead: bool | None) -> When | None:
    """A range of two cores: what the first leaves unsaid (its year) the last says."""
    assert found.last is not None
    last = _of_core(found.last, known, ahead, found.this_year)
    if last is None:
        return None
    first_core = found.first
    if not {"y1", "y2"} & first_core.groups.keys() and first_core.rule not in {"dates.weekday", "dates.numeric"}:
        key = "y1" if first_core.rule == "dates.month-days" else "y2"
        year = last.first.year
        first = _of_core(_with_year(first_core, key, year), known, ahead, None)
        if first is not None and first.first > last.last:
            first = _of_core(_with_year(first_core, key, year - 1), known, ahead, None)
    else:
        first = _of_core(first_core, known, ahead, None)
    joined = span(first, last) if first is not None else None
    return replace(joined, anchored=last.anchored) if joined else None


def _with_year(core: Core, key: str, year: int) -> Core:
    groups = {**core.groups, key: str(year)}
    rule = "dates.month-year" if core.rule == "dates.month" else core.rule
    return replace(core, groups=groups, rule=rule)
