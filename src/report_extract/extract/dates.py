"""Date expressions and what they mean: EDTF, days, precision, and what each is for.

Every DATE mention of the release is yielded, also those that cannot be resolved (`edtf` is null): relative ones in a
release without a date of its own, yearless ones where no year is given for that time, 05/11/2013 where nothing tells
the order of day and month. A date that is part of an event's name, and any in the page's chrome, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cache, lru_cache

import dateparser
from spacy.tokens import Doc, Span

from report_extract.analyze.date_grammar import Expression, grammar, read_expression
from report_extract.analyze.seam import mentions_of, text_of
from report_extract.evidence import Evidence
from report_extract.extract.date_context import read_known
from report_extract.extract.date_reading import read_when
from report_extract.extract.date_values import Known, When, day, day_or_none
from report_extract.extract.mentions import DateMention
from report_extract.rules import alternation
from report_extract.schema import DateRole

_LANGUAGES = ["en", "de", "fr", "es", "it", "pt"]
# "The September 11 attacks" are not those of the year of the release.
_NAMES_AN_ATTACK = re.compile(r"\s+(?:terror(?:ist)?\s+)?(?:attacks?|terror|tragedy|bombings?)\b")
_WINDOW = 90
_BY = re.compile(r"(?i)\b(?:by|until|till|before)\s+(?:the\s+)?\Z")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
# What gives its year to the yearless dates after it: not a bare year, which may be that of a founding.
_BARE = frozenset({"dates.year", "dates.part-of-year"})
_DATED = frozenset({"dates.iso", "dates.days-month", "dates.month-days", "dates.month-year", "dates.month"})
_IN_NAMES = frozenset({"and", "of", "de", "del", "la", "a"})


def find_dates(doc: Doc, *, published: str | None) -> Iterator[DateMention]:
    """Every date expression in text order; `published` is the release's day, against which relative ones are read."""
    text = text_of(doc)
    read = [(span, read_expression(text, span.start_char)) for span in _date_spans(doc)]
    places = [" ".join(span.text.split()) for span in mentions_of(doc, "GPE")]
    known = read_known(text, [found for _, found in read if found is not None], published, places)
    here = 0
    for span, found in read:
        if _BLANK_LINE.search(text, here, span.start_char):
            known = replace(known, before=None, near_year=None)
        here = span.end_char
        if found is not None and found.end != span.end_char:
            found = _within(span)
        when = read_when(found, known, ahead=_ahead(text, span)) if found else _by_dateparser(span.text, known)
        if when is not None and when.anchored and _NAMES_AN_ATTACK.match(text, span.end_char):
            when = None
        if when is not None:
            known = replace(known, near_year=_near_year(found, when, known))
        mention = _mention(text, span, when, published)
        if when is not None and mention.role != "published":
            known = replace(known, before=when)
        yield mention


def _date_spans(doc: Doc) -> Iterator[Span]:
    chrome = [s for s in doc.spans.get("report_sections", ()) if s.label_ == "CHROME"]
    events = [s for s in doc.spans.get("report_mentions", ()) if s.label_ == "EVENT"]
    for span in doc.spans.get("report_mentions", ()):
        if span.label_ != "DATE" or any(span.start < s.end and s.start < span.end for s in chrome):
            continue
        if not any(s.start <= span.start and span.end <= s.end for s in events):
            yield span


def _near_year(found: Expression | None, when: When, known: Known) -> int | None:
    """The year for the dates without one that follow: that of the last date of days or a month that has it written."""
    core = (found.last or found.first) if found is not None else None
    if core is not None and core.rule in _BARE and known.near_year:
        return when.last.year
    if core is None or core.rule not in _DATED:
        return known.near_year
    return when.last.year if {"y1", "y2"} & core.groups.keys() or known.near_year else None


def _within(span: Span) -> Expression | None:
    """The expression inside a mention that the grammar alone would have read further; None if it reads otherwise."""
    found = read_expression(span.text, 0)
    return found if found is not None and found.end == len(span.text) else None


def _ahead(text: str, span: Span) -> bool | None:
    """Whether the sentence speaks of what is to come, or of what was; None where it does not tell."""
    before = text[max(0, span.start_char - _WINDOW) : span.start_char]
    if _BY.search(before):
        return True
    around = text[max(0, span.start_char - _WINDOW) : span.end_char + _WINDOW]
    if _future().search(around):
        return True
    return False if _past().search(around) else None


def _mention(text: str, span: Span, when: When | None, published: str | None) -> DateMention:
    rule = span.id_ or "dates.model"
    if when is None:
        return DateMention(None, None, None, None, "mentioned", None, Evidence.of(span, rule, 0.6))
    role = _role(text, span, when, published)
    anchor = (published or str(when.first.year)) if when.anchored else None
    evidence = Evidence.of(span, rule, 0.75 if when.anchored else 0.9)
    first, last = when.first.isoformat(), when.last.isoformat()
    return DateMention(when.edtf, first, last, when.precision, role, anchor, evidence, when.time, when.end_time)


def _role(text: str, span: Span, when: When, published: str | None) -> DateRole:
    """What the date is for, by the words before it."""
    line = text.rfind("\n", 0, span.start_char) + 1
    before = text[max(line, span.start_char - _WINDOW) : span.start_char]
    after = text[span.end_char : span.end_char + _WINDOW]
    is_day = published is not None and when.edtf[:10] == published[:10] and not when.anchored
    if is_day and (_is_dateline(before) or grammar_search("published_cue", before)):
        return "published"
    if grammar_search("deadline_cue", before):
        return "deadline"
    if when.precision in {"day", "minute", "interval"} and grammar_search("event_cue", before + " " + after):
        return "event"
    return "mentioned"


def _is_dateline(before: str) -> bool:
    """Whether nothing or only names stand before a date on its line: "LIMA, Peru, 4 May 2021 -"."""
    return all(word[0].isupper() or not word[0].isalnum() or word in _IN_NAMES for word in before.split())


def grammar_search(name: str, text: str) -> bool:
    """Whether one of a list's phrases stands in the text."""
    return bool(_phrases(name).search(text))


@cache
def _phrases(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w){alternation(grammar().terms(name))}(?!\w)")


@cache
def _future() -> re.Pattern[str]:
    return _phrases("future_cue")


@cache
def _past() -> re.Pattern[str]:
    return _phrases("past_cue")


def _by_dateparser(text: str, known: Known) -> When | None:
    """A full date in words that our grammar does not know, as dateparser reads it: strict, and never by the clock."""
    if not re.search(r"\d{4}", text) or len(text) > 40:
        return None
    if re.fullmatch(r"(?:19|20)\d{6}", text):
        value = day_or_none(int(text[:4]), int(text[4:6]), int(text[6:]))
        return day(value) if value is not None else None
    base = datetime(known.published.year, known.published.month, known.published.day) if known.published else None
    value = _parse(" ".join(text.split()), base or datetime(2000, 1, 1), known.order or "DMY")
    return day(value) if value is not None else None


@lru_cache(maxsize=4096)
def _parse(text: str, base: datetime, order: str) -> date | None:
    settings = {"RELATIVE_BASE": base, "STRICT_PARSING": True, "DATE_ORDER": order, "PREFER_DATES_FROM": "past"}
    parsed = dateparser.parse(text, languages=_LANGUAGES, settings=settings)
    return parsed.date() if parsed is not None else None
