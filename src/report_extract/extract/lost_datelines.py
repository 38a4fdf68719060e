"""The dateline of a release that lost its commas and dashes: "May 3 2007  LIMA  Peru  The hall was opened".

What is left is a place that two spaces set off from the sentence behind it: right after a full date, or in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from report_extract.analyze.date_grammar import read_expression
from report_extract.extract.date_values import Known
from report_extract.extract.datelines import full_day
from report_extract.extract.head_lines import starts_of_words

_REACH, _LONGEST_DATE, _SHORTEST = 1200, 32, 4
# What goes on with the place: its state or country, "D C".
_GOES_ON = re.compile(r",?[ ]{1,2}(?:D\.? ?C\b\.?|[A-Z]{2}\b(?= ))")
_BEGINS = re.compile(r"[ ]+(?=[A-ZÀ-Þ“\"])")
_SET_OFF = re.compile(r"[ ]{2,}(?=[A-ZÀ-Þ“\"])|[ ]â[ ]?(?=[A-ZÀ-Þ“\"])")
_CAPITALS = re.compile(r"(?:^|\n|[ ]{2}|[a-z][ ])$")


def read_lost_dateline(text: str, places: Sequence[tuple[int, int]], known: Known) -> tuple[str | None, str | None]:
    """Place, as written, and day (ISO) where it stands before the place; None for what is not there."""
    taken = 0
    for start, end in places:
        if start > _REACH:
            break
        if start < taken or _is_own(text[start:end]):
            continue
        taken = _whole_place(text, end, places)
        day = _day_before(text, start, known)
        if not (_BEGINS if day else _SET_OFF).match(text, taken):
            continue
        written = text[start:taken]
        opens = written.isupper() and len(written) >= _SHORTEST and _CAPITALS.search(text[max(0, start - 3) : start])
        if day or opens or ((start == 0 or text[start - 1] == "\n") and "â" in text[taken : taken + 3]):
            return written, day
    return None, None


def _whole_place(text: str, end: int, places: Sequence[tuple[int, int]]) -> int:
    """Where the place ends with the state or country that is named behind it."""
    following = next(((a, b) for a, b in places if a >= end), None)
    beside = following is not None and text[end : following[0]] in {"  ", " ", ", "}
    if following is not None and beside and not _is_own(text[slice(*following)]):
        return following[1]
    match = _GOES_ON.match(text, end)
    return match.end() if match and not _is_own(match[0]) else end


def _is_own(place: str) -> bool:
    """Whether a place belongs to the sentence: "U S  Senator Quill"."""
    return re.sub(r"[\s.,]", "", place) in {"US", "UK"}


def _day_before(text: str, start: int, known: Known) -> str | None:
    """The day of the full date that ends where the place begins."""
    before = text[max(0, start - _LONGEST_DATE) : start]
    for at in starts_of_words(before):
        found = read_expression(before, at)
        if found is not None and found.end == len(before.rstrip()) and (day := full_day(found, known)):
            return day
    return None
