"""Where the date expressions of a text are: every stretch that says when, resolvable or not.

Found: days, months, years, ranges, seasons, quarters, decades, centuries, relative days ("yesterday", "next week"),
weekdays and some holidays, with their clock times. Not found: durations ("20 years"), ages, recurrences ("every
Monday", "Mondays"), clock times alone, and "recently". A bare number of four digits is a year only after a word that
makes it one ("since 2010"), in brackets, or after "the"; a bare month only after a preposition.
"""

from __future__ import annotations

import re
from functools import cache

from report_extract.analyze.date_grammar import Expression, grammar, read_expression
from report_extract.rules import alternation

_GATED = (
    "month", "weekday", "season", "quarter", "numeral", "ordinal_day", "decade_word", "fixed_holiday", "other_holiday",
)  # fmt: skip
_OPENERS = (
    "early", "late", "mid", "end", "beginning", "start", "middle", "the", "this", "last", "next", "past", "coming",
    "upcoming", "following", "current", "fiscal", "financial", "academic", "school", "calendar", "FY", "about",
    "around", "circa", "ca.", "c.", "between", "Q", "first", "second", "earlier", "later", "today", "tonight",
    "yesterday", "tomorrow", "a", "an", "noon", "midday", "midnight", "month", "approximately", "final", "week",
    "weekend", "year-end",
)  # fmt: skip
_GATE = re.compile(r"(?<!\w)(?:\d|[^\W\d_]+)")
_DIGITS_AROUND = re.compile(r"[\w$€£#@]\Z|\d[.,:/–-]\Z|[\w/]-\Z|[A-Z]\.\Z|/\Z")
# Before "next year", "two years ago", "today": words that make them a stretch or "nowadays".
_STRETCH = re.compile(
    r"(?i)\bwithin\s+the\s+\Z|\b(?:for|over|in|during)\s+the\s+\Z|\b(?:more|less)\s+than\s+\Z|\bover\s+\Z"
)
# What must stand before a wording that is a date only there: "on the 15th", "over the weekend", "since the nineties".
_AFTER_WORDS = {
    "dates.day-alone": re.compile(
        r"(?i)\b(?:on|until|till|by|from|between|(?:morning|afternoon|evening|night)\s+of)\s+the\s+\Z"
    ),
    "dates.quarter-alone": re.compile(
        r"(?i)\b(?:in|for|of|by|during|until|since)\s+the\s+\Z|(?:\A|[\n.:“\"]\s?)The \Z"
    ),
    "dates.weekend": re.compile(r"(?i)\b(?:over|at|during|on|course\s+of)\s+the\s+\Z"),
    "dates.decade-word": re.compile(
        r"(?i)\b(?:in|since|until|from|during|by|through|throughout)\s+the\s+(?:(?:early|late|mid)[\s-]+)?\Z"
    ),
    "christmas": re.compile(r"(?i)\b(?:by|since|before|until|after|at|over)\s+\Z"),
}
_ENDS = re.compile(
    r"\s*(?:[.,;:()\n–—]|\Z)|\s+(?:in|at|to|and|with|when|the|for|from|by|but|as|is|was|or|of\s+[A-Z])\b"
)
_NOWADAYS = re.compile(r"(?i)\bof\s+\Z")
_UPDATED = re.compile(r"(?i)\b(?:updated|modified|reviewed)(?:\s+on)?:?\s+\Z")


def date_spans(text: str) -> list[tuple[int, int, str]]:
    """Start, end and rule id of every date expression, in text order and without overlap.

    >>> date_spans("It met from 30 November to 12 December 2023, and since 2010 every Monday.")
    [(12, 43, 'dates.range'), (55, 59, 'dates.year')]
    """
    spans, here = [], 0
    openers = _openers()
    for gate in _GATE.finditer(text):
        if gate.start() < here or not (gate[0].isdigit() or gate[0].lower() in openers):
            continue
        found = read_expression(text, gate.start())
        if found is None:
            continue
        if _is_date(text, found):
            spans.append((found.start, found.end, found.rule))
        # What the whole is not, its parts are not either: "Last updated on 4 March 2024" has no "March 2024".
        here = found.end
    return spans


@cache
def _openers() -> frozenset[str]:
    """First words of dates: a cheap test before the whole grammar is tried."""
    words = [word for name in _GATED for word in grammar().terms(name)]
    return frozenset(re.split(r"[\W\d_]", word.lower())[0] for word in (*words, *_OPENERS))


def _is_date(text: str, found: Expression) -> bool:
    """Whether the words around leave it a date."""
    before = text[max(0, found.start - 40) : found.start]
    if found.first.rule in {"dates.year", "dates.month"} and found.last is None and found.part is None:
        return _has_cue(text, found, before)
    if text[found.start].isdigit() and _DIGITS_AROUND.search(before):
        return False
    if found.first.rule == "dates.weekday" and found.last is None and found.part is None:
        return not re.search(r"(?i)\b(?:{})\s+\Z".format("|".join(grammar().terms("every"))), before)
    if found.first.rule == "dates.numeric":
        return _is_numeric_date(found)
    return not _is_vague(text, found, before)


def _is_vague(text: str, found: Expression, before: str) -> bool:
    """Whether it is a stretch ("within the next year"), "nowadays" ("today's world"), or the page's own clock."""
    cue = _cue_for(text, found)
    if cue is not None:
        ends = found.first.rule in {"dates.weekend", "dates.decade-word"} or _ENDS.match(text, found.end)
        return not (cue.search(before) and ends)
    if found.first.rule in {"dates.next-days", "dates.ago"}:
        return bool(_STRETCH.search(before))
    if found.first.rule == "dates.unit":
        return bool(re.search(r"(?i)\bwithin\s+the\s+\Z", before))
    if found.first.rule == "dates.today":
        return bool(
            _NOWADAYS.search(before) or (re.search(r"(?i)\bin\s+\Z", before) and text.startswith(("'", "’"), found.end))
        )
    return bool(_UPDATED.search(before))


def _cue_for(text: str, found: Expression) -> re.Pattern[str] | None:
    """What must stand before an expression that has other meanings, too; None for one that is a date anywhere."""
    if "in" in found.first.groups or {"y1", "when", "when2"} & found.first.groups.keys():
        return None
    word = text[found.start : found.end].lower()
    return _AFTER_WORDS.get("christmas" if word in {"christmas", "easter"} else found.first.rule)


def _has_cue(text: str, found: Expression, before: str) -> bool:
    """Whether a bare year or month has the words around it that make it one."""
    if found.first.rule == "dates.month":
        if {"part", "when", "when2"} & found.first.groups.keys():
            return True
        if before.endswith("(") and text.startswith(")", found.end):
            return True
        return bool(_month_cue().search(before)) and not re.match(r"\s[A-Z][a-z]", text[found.end : found.end + 3])
    if _DIGITS_AROUND.search(before) or found.clock is not None:
        return False
    if _year_cue().search(before):
        return True
    if text[found.end : found.end + 1] in {")", "]"} and before.endswith(("(", "[", ", ")):
        return True
    return bool(re.search(r"\b[Tt]he\s+\Z", before))


def _is_numeric_date(found: Expression) -> bool:
    """Whether three numbers can be a day, a month and a year in either order."""
    first, second = int(found.first.groups["a"]), int(found.first.groups["b"])
    return 0 < min(first, second) <= 12 and 0 < max(first, second) <= 31


@cache
def _year_cue() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{alternation(grammar().terms('year_cue'))})\s+(?:the\s+year\s+)?\Z")


@cache
def _month_cue() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{alternation(grammar().terms('month_cue'))})\s+\Z")
