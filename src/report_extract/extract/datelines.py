"""The dateline: the place and the day with which a release opens, in the forms that archives hold.

"GENEVA, 3 May 2010 –", "(LIMA – 3 May 2010)", "Windhoek, 30 November 2016. The", "APIA, May 4, 2025 /Wire/ --",
"Friday 21 July 2023, APIA, Samoa -", and a line that holds nothing but place and day. What stands before the day may be
who speaks instead of where ("Isles Ferries, 17.01.2020:"): then there is a day and no place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from report_extract.analyze.date_grammar import Expression, read_expression
from report_extract.extract.date_reading import read_when
from report_extract.extract.date_values import Known
from report_extract.extract.head_lines import is_company, starts_of_words
from report_extract.extract.place_names import is_site
from report_extract.rules import alternation, load_rules

LONGEST_DATELINE = 90
# Small words inside the names of places.
IN_NAMES = frozenset(
    {"and", "of", "de", "del", "la", "da", "do", "di", "el", "al", "the", "for", "und", "et", "y", "no", "no."}
)
_FULL = frozenset({"dates.days-month", "dates.month-days", "dates.numeric", "dates.iso"})
_NAME = r"(?:[dl]['’]|[ae]l-)?[A-ZÀ-ÞĀ-Žʻ‘][\w.'’ʻ‘&-]*"
_DAYS = r"(?i:mon|tues|wednes|thurs|fri|satur|sun)day"
# What stands between place and day: marks, the wire in brackets, a small word ("Cotonou, le 29 janvier").
_LINK = rf"(?:\s=\s|--?\([^()\n]{{2,40}}\)--?|\s*[,.:;()|–—-]*\s*(?:(?:le|am|den|a|the|on|{_DAYS}),?\s+)?)"
_PLACED = re.compile(
    rf"(?:\([A-Z]{{2,8}}\)\s+)?[(\[•*]?\s*"
    rf"(?P<place>{_NAME}(?:[\s,/]+(?:{_NAME}|\({_NAME}\)|and|of|de|del|la|da|do|el|al|the|am)){{0,9}})(?P<link>{_LINK})"
)
# What else may stand in brackets behind the day: the agency, the day by another calendar.
_ASIDE = r"(?:\s*\([^()\n]{2,70}\))?"
# What closes a dateline, right behind the day.
_CLOSED = re.compile(
    rf"{_ASIDE}"
    r"\s*(?:--(?=[A-ZÀ-Þ])|[)\]]\s+(?=[A-ZÀ-Þ“\"])|[)\]]*\s*(?:\.?\s*[–—]|[|:•·]|\.?\s*-{1,3}(?=[\s(“\"])|\.(?=\s+[A-ZÀ-Þ“\"])"
    r"|/[^/\n]{2,40}/\s*(?:[–—]|-{1,3}|$)|\([A-Z]{2,12}\)\s*(?::|[–—-])))"
)
# The day first: "Friday 21 July 2023, LIMA, Peru - The".
_PLACE_BEHIND = re.compile(
    rf"\s*(?:[,|]|[–—-]\s)\s*(?P<place>{_NAME}(?:[ ,]+(?:(?:of|and|the|de|la) )?{_NAME}){{0,5}})"
    rf"(?:\s*(?:[–—:]|-{{1,3}}(?=\s)|\.(?=\s+[A-ZÀ-Þ]))|(?P<alone>\s*$))"
)
_REST = re.compile(rf"{_ASIDE}[\s)\]|.–—:-]*")
_MOST_PLACE_WORDS = 7


def read_dateline(
    text: str, known: Known, owned: Sequence[tuple[int, int]], *, whole: bool
) -> tuple[str | None, str] | None:
    """Place and day (ISO, "" where its year is not told) of a line that opens with both; no place where that speaks.

    `owned` is where organisations and persons are named in the line; with `whole`, a line that is nothing but a
    dateline counts too.
    """
    label = label_before(text)
    for at in starts_of_words(text[:LONGEST_DATELINE]):
        found = read_expression(text, at) if at >= label else None
        full = full_day(found, known) if found is not None else None
        day = _day_and_month(found, known) if found is not None and full is None else full
        if found is None or day is None:
            continue
        behind = _PLACE_BEHIND.match(text, found.end) if not text[:at].strip() else None
        alone = behind is not None and behind["alone"] is not None
        if (
            behind is not None
            and not _is_owned(behind, owned)
            and (not alone or (whole and not is_site(behind["place"])))
        ):
            return behind["place"], day
        match = _PLACED.fullmatch(text, label, at)
        ends = _REST.fullmatch(text, found.end) is not None
        closes = full and match and _closes_line(match, whole=whole) if ends else _CLOSED.match(text, found.end)
        if match is None or not closes:
            return None
        event = company_words("event_company").match(match["place"].lower())
        if match["place"].split()[0].lower().strip(".,") in not_places() or is_company(match["place"]) or event:
            return None
        return (None if _is_owned(match, owned) else match["place"].strip(" ,")), day
    return None


def _is_owned(match: re.Match[str], owned: Sequence[tuple[int, int]]) -> bool:
    return any(a < match.end("place") and match.start("place") < b for a, b in owned)


def _day_and_month(found: Expression, known: Known) -> str | None:
    """The day (ISO) of an expression without a year, "" where the release does not tell the year elsewhere."""
    if found.first.rule not in {"dates.days-month", "dates.month-days", "dates.numeric"} or found.last is not None:
        return None
    when = read_when(found, known)
    return when.first.isoformat() if when is not None and when.first == when.last else ""


def label_before(text: str) -> int:
    """Where the line goes on after a label and its mark: "MEDIA ADVISORY — ..."."""
    match = _label().match(text)
    return match.end() if match else 0


def _closes_line(match: re.Match[str], *, whole: bool) -> bool:
    """Whether what stands before a day that ends its line is a place: few words and a comma or dash."""
    few = len(match["place"].split()) <= _MOST_PLACE_WORDS
    words = match["link"].split()
    return whole and few and bool(words) and words[0] in {",", "–", "—", "-", "(", "|", ":", ";"}


def full_day(found: Expression, known: Known) -> str | None:
    """The day (ISO) of an expression that names one with its year."""
    if found.first.rule not in _FULL or found.last is not None or not {"y1", "y2"} & found.first.groups.keys():
        return None
    when = read_when(found, known)
    return when.first.isoformat() if when is not None and when.first == when.last else None


@cache
def company_words(name: str) -> re.Pattern[str]:
    """What a list of `document.toml` holds, to be matched in small letters."""
    return re.compile(rf"{alternation(load_rules('document').terms(name))}\b")


@cache
def not_places() -> frozenset[str]:
    """Words that open a line and are no place."""
    words = {word for term in load_rules("document").terms("label") for word in term.split()}
    return frozenset(
        words
        | {"the", "on", "in", "at", "about", "note", "session", "contact", "q", "a", "today", "yesterday", "workshop"}
    )


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"(?i)\W*{alternation(load_rules('document').terms('label'))}\W*\s(?:[|–—-]\s+|\s+)")
