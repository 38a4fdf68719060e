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
from report_extract.rules import alternation, load_rules

LONGEST_DATELINE = 90
# Small words inside the names of places.
IN_NAMES = frozenset(
    {"and", "of", "de", "del", "la", "da", "do", "di", "el", "al", "the", "for", "und", "et", "y", "no", "no."}
)
_FULL = frozenset({"dates.days-month", "dates.month-days", "dates.numeric", "dates.iso"})
_NAME = r"(?:[dl]['’]|[ae]l-)?[A-ZÀ-Þʻ‘][\w.'’ʻ‘&-]*"
_PLACED = re.compile(
    rf"[(\[•*]?\s*(?P<place>{_NAME}(?:[\s,/]+(?:{_NAME}|\({_NAME}\)|and|of|de|del|la|da|do|el|al|the)){{0,9}})"
    r"(?P<link>\s*[,.:(|–—-]*\s*)"
)
# What closes a dateline, right behind the day.
_CLOSED = re.compile(
    r"\s*(?:\)\s+(?=[A-ZÀ-Þ“\"])|[)\]]*\s*(?:\.?\s*[–—]|[|:•·]|\.?\s*-{1,2}(?=[\s(“\"])|\.(?=\s+[A-ZÀ-Þ“\"])"
    r"|/[^/\n]{2,40}/\s*(?:[–—]|-{1,2}|$)|\([A-Z]{2,12}\)\s*(?::|[–—-])))"
)
# The day first: "Friday 21 July 2023, LIMA, Peru - The".
_PLACE_BEHIND = re.compile(rf"\s*,\s*(?P<place>{_NAME}(?:[ ,]+{_NAME}){{0,5}})\s*(?:[–—]|-{{1,2}}(?=\s))")
_MOST_PLACE_WORDS = 7


def read_dateline(
    text: str, known: Known, owned: Sequence[tuple[int, int]], *, whole: bool
) -> tuple[str | None, str] | None:
    """Place and day (ISO) of a line that opens with both; the place is None where it is who speaks.

    `owned` is where organisations and persons are named in the line; with `whole`, a line that is nothing but a
    dateline counts too.
    """
    for at in starts_of_words(text[:LONGEST_DATELINE]):
        found = read_expression(text, at)
        day = full_day(found, known) if found is not None else None
        if found is None or day is None:
            continue
        behind = _PLACE_BEHIND.match(text, found.end) if not text[:at].strip() else None
        if behind is not None:
            return behind["place"], day
        match = _PLACED.fullmatch(text, 0, at)
        ends = not text[found.end :].strip(" )]|.–—-:")
        if match is None or not (_closes_line(match, whole=whole) if ends else _CLOSED.match(text, found.end)):
            return None
        if match["place"].split()[0].lower().strip(".,") in not_places() or is_company(match["place"]):
            return None
        is_place = not any(a < match.end("place") and match.start("place") < b for a, b in owned)
        return (match["place"].strip(" ,") if is_place else None), day
    return None


def _closes_line(match: re.Match[str], *, whole: bool) -> bool:
    """Whether what stands before a day that ends its line is a place: few words and a comma or dash."""
    few = len(match["place"].split()) <= _MOST_PLACE_WORDS
    event = company_words("event_company").match(match["place"].lower())
    return whole and few and event is None and match["link"].strip() in {",", "–", "—", "-", "("}


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
    return frozenset(words | {"the", "on", "in", "at", "about", "note", "session", "contact", "q", "a"})
