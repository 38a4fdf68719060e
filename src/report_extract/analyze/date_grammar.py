"""Reading one date expression at a given place of the text: what was written, not yet what it means.

Theory. A core is one date, or several days of one month ("12 to 15 March 2009"), and is read by one rule. Around a core
may stand a clock time ("at 3:00 PM", "11am on ..."), after a yearless one "this year", before one the part of it that
is meant ("the last week of"); two cores joined by a word or a dash are a range ("30 November to 12 December 2023"). The
longest reading at a place wins, so that "5 November 2013" is never read as "5 November"; none goes beyond a blank line.
The shapes are in `rules/dates.toml`; their named groups are all that a reader needs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from report_extract.rules import Rule, RuleFile, load_rules

Groups = dict[str, str]
_NOT_CORES = frozenset(
    {
        "dates.clock",
        "dates.clock-after",
        "dates.clock-before",
        "dates.range-join",
        "dates.this-year-after",
        "dates.part",
    }
)
# Cores that two of make a range; the others ("today", "Q3 2020") do not join.
_JOINABLE = frozenset(
    {
        "dates.iso", "dates.numeric", "dates.days-month", "dates.month-days", "dates.month-year", "dates.month",
        "dates.weekday", "dates.season-year", "dates.spelled-day",
    }
)  # fmt: skip
# With a year of their own these make a range of unlike ends, too: "2014 through May 2018".
_MIXED = _JOINABLE - {"dates.weekday", "dates.numeric"} | {"dates.year", "dates.part-of-year"}
_TIMED = frozenset(
    {
        "dates.iso", "dates.numeric", "dates.days-month", "dates.month-days", "dates.spelled-day", "dates.weekday",
        "dates.today",
    }
)  # fmt: skip
_YEARLESS = frozenset({"dates.days-month", "dates.month-days", "dates.spelled-day"})
_DAYS = _YEARLESS | {"dates.iso", "dates.numeric"}
_MONTHS = frozenset({"dates.month", "dates.month-year"})
_YEARS = frozenset({"dates.year", "dates.unit", "dates.fiscal-year"})
# What a part may be a part of.
_WHOLES = {
    "half": _MONTHS | _YEARS,
    "quarter": _YEARS,
    "week": _MONTHS,
    "weekend": _MONTHS,
    "day": _MONTHS,
    "around": _DAYS,
    "of_week": frozenset({"dates.unit"}),
    "side": _DAYS | {"dates.holiday"},
}
# Most places where a date may begin are words, and most rules begin with one sort of character only.
_DIGIT_FIRST = frozenset({"dates.iso", "dates.year", "dates.century", "dates.nine-eleven", "dates.day-alone"})
_LETTER_FIRST = frozenset(
    {
        "dates.month-days", "dates.spelled-day", "dates.month-year", "dates.month", "dates.between-years",
        "dates.fiscal-year", "dates.about-year", "dates.part-of-year", "dates.season-year", "dates.season",
        "dates.half", "dates.first-days", "dates.unit", "dates.next-days", "dates.end-of-year", "dates.weekday",
        "dates.holiday", "dates.weekday-numbers", "dates.quarter-alone", "dates.weekend", "dates.decade-word",
    }
)  # fmt: skip
_BLANK_LINE = re.compile(r"\n[ \t\r\xa0]*\n")
_LONGEST = 160

_BETWEEN = re.compile(r"(?i)between\s+")


@dataclass(frozen=True, slots=True)
class Core:
    """One date as written: the rule that read it and what its groups caught."""

    start: int
    end: int
    rule: str
    groups: Groups


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, or from one to another, as written; `about` where the text hedges it."""

    start: int
    end: int
    groups: Groups
    about: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """A whole date expression: one core or two, and the clock times of each."""

    start: int
    end: int
    first: Core
    last: Core | None = None
    clock: Clock | None = None
    end_clock: Clock | None = None
    this_year: str | None = None
    weak_join: bool = False
    part: Groups | None = None

    @property
    def rule(self) -> str:
        """The id by which the expression can be found."""
        return "dates.range" if self.last else "dates.part" if self.part else self.first.rule


def read_expression(text: str, at: int) -> Expression | None:
    """The longest date expression that begins at this character.

    >>> text = "Held on Wednesday, September 14, 2016 at 3:00 PM in Lima."
    >>> found = read_expression(text, 8)
    >>> found.rule, text[found.start:found.end], found.clock.groups["t1"]
    ('dates.month-days', 'Wednesday, September 14, 2016 at 3:00 PM', '3:00')
    """
    blank = _BLANK_LINE.search(text, at, at + _LONGEST)
    if blank is not None:
        text = text[: blank.start()]
    if at >= len(text):
        return None
    part, whole = _part(text, at), _whole(text, at)
    return part if part is not None and (whole is None or part.end > whole.end) else whole


def _part(text: str, at: int) -> Expression | None:
    """A date of which a part is meant: "the last week of July", "Tuesday of next week", "two days after 3 May"."""
    match = grammar().rule("dates.part").pattern.match(text, at)
    core = _core(text, match.end()) if match and match.end() < len(text) else None
    if match is None or core is None:
        return None
    kind = match["piece"] or next(name for name in ("around", "of_week", "side") if match[name])
    if core.rule not in _WHOLES.get(kind.lower(), _MONTHS) or {"d1", "when2"} <= core.groups.keys():
        return None
    return Expression(at, core.end, core, part=_caught(match))


def _whole(text: str, at: int) -> Expression | None:
    """A date, with its clock time, or a range of two."""
    before = _clock_before(text, at)
    core = _core(text, before[1]) if before else _core(text, at)
    if core is None:
        return None
    if core.rule == "dates.today" and core.end < len(text) and text[core.end - 1].isspace():
        # "Tomorrow, Friday, October 7": the date says all that the word says, and more.
        named = _core(text, core.end)
        if named is not None and named.rule in _TIMED:
            core = replace(named, start=core.start)
        else:
            core = replace(core, end=core.start + len(text[core.start : core.end].rstrip(" ,\n")))
    whole = _after(text, Expression(at, core.end, core, clock=before[0] if before else None))
    return _joined(text, whole, at)


def _core(text: str, at: int) -> Core | None:
    best: re.Match[str] | None = None
    best_rule = ""
    for rule in cores(text[at : at + 1].isdigit()):
        match = rule.pattern.match(text, at)
        if match is not None and (best is None or match.end() > best.end()):
            best, best_rule = match, rule.id
    if best is None:
        return None
    groups = _caught(best)
    if ordinal := groups.get("o1") or groups.get("o2"):
        groups["d2"] = str(grammar().terms("ordinal_day").index(ordinal.lower()) + 1)
    return Core(at, best.end(), best_rule, groups)


def _clock_before(text: str, at: int) -> tuple[Clock, int] | None:
    """A clock time here and the place of the date that it belongs to: "6.30pm, Tuesday 26th November 2002"."""
    if not (text[at].isdigit() or text[at] in "nmNM"):
        return None
    match = grammar().rule("dates.clock").pattern.match(text, at)
    if match is None or not (match["p1"] or match["p2"] or ":" in match[0] or match["t1"][0] in "nmNM"):
        return None
    link = grammar().rule("dates.clock-before").pattern.match(text, match.end())
    if link is None:
        return None
    core = _core(text, link.end())
    if core is None or core.rule not in _TIMED or core.rule == "dates.today":
        return None
    return Clock(at, match.end(), _caught(match)), link.end()


def _after(text: str, whole: Expression) -> Expression:
    """The expression with what may follow its only core: "this year", a clock time."""
    if whole.first.rule in _YEARLESS and not {"y1", "y2"} & whole.first.groups.keys():
        year = grammar().rule("dates.this-year-after").pattern.match(text, whole.end)
        if year is not None:
            whole = replace(whole, end=year.end(), this_year=year["when"])
    if whole.clock is not None or whole.first.rule not in _TIMED:
        return whole
    link = grammar().rule("dates.clock-after").pattern.match(text, whole.end)
    match = grammar().rule("dates.clock").pattern.match(text, link.end()) if link else None
    if link is None or match is None or "\n\n" in link[0]:
        return whole
    clock = Clock(match.start(), match.end(), _caught(match), about=link["about"] is not None)
    return replace(whole, end=match.end(), clock=clock)


def _joined(text: str, whole: Expression, at: int) -> Expression:
    """The expression as the first part of a range, where a second date follows a joining word."""
    if whole.first.rule not in _JOINABLE | _MIXED:
        return whole
    link = grammar().rule("dates.range-join").pattern.match(text, whole.end)
    worded = link is not None and any(map(str.isalpha, link[0]))
    # A line may end beside the joining word, not beside a dash: that opens an item of a list.
    if link is None or link.end() >= len(text) or ("\n" in link[0].strip(" ") and not worded):
        return whole
    core = _core(text, link.end())
    weak = link["weak"] is not None
    if core is None or not (_alike(whole.first, core) or (worded and _both_dated(whole.first, core))):
        return whole
    if weak and not _adjacent(whole.first, core) and not _BETWEEN.search(text, max(0, at - 12), at):
        return whole
    second = _after(text, Expression(core.start, core.end, core))
    end_clock = second.clock if whole.clock else None
    clock = whole.clock or second.clock
    return replace(
        whole, end=second.end, last=core, clock=clock, end_clock=end_clock, this_year=second.this_year, weak_join=weak
    )


def _alike(first: Core, last: Core) -> bool:
    """Whether two cores are of one sort: days with days, months with months."""
    if last.rule not in _JOINABLE or ("d2" in first.groups and "d1" in first.groups):
        return False
    # "mid-April to June" is a range, "Friday and June" is not.
    return _grain(first) == _grain(last) and ("w1" in first.groups or first.rule != "dates.weekday")


def _both_dated(first: Core, last: Core) -> bool:
    """Whether two cores of unlike sort each have a year of their own."""
    both = ({"y1", "y2"} & core.groups.keys() and core.rule in _MIXED for core in (first, last))
    return all(both) and not ("d1" in first.groups and "d2" in first.groups)


def _grain(core: Core) -> str:
    if core.rule in _DAYS:
        return "day"
    return "month" if core.rule in {"dates.month", "dates.month-year"} else core.rule


def _adjacent(first: Core, last: Core) -> bool:
    """Whether "and" joins neighbours ("Friday 15 August and Saturday 16 August"), not two dates of their own."""
    days = first.groups.get("d1") or first.groups.get("d2"), last.groups.get("d1") or last.groups.get("d2")
    if first.rule == "dates.weekday":
        return _grain(last) == _grain(first)
    if days[0] is None or days[1] is None:
        return False
    return int(days[1]) - int(days[0]) == 1


def _caught(match: re.Match[str]) -> Groups:
    return {key: value for key, value in match.groupdict().items() if value is not None}


def grammar() -> RuleFile:
    """The rules and word lists of `rules/dates.toml`."""
    return load_rules("dates")


@cache
def cores(digit: bool) -> tuple[Rule, ...]:
    """The rules that read one date which begins with a digit, or with a letter."""
    never = _NOT_CORES | (_LETTER_FIRST if digit else _DIGIT_FIRST)
    return tuple(rule for rule in grammar().rules if rule.id not in never)
