"""The lines at the top of a release: where each stands, and which are labels, dates or running text.

A label says what sort of paper this is ("PRESS RELEASE No. 12"); beside a date only labels, numbers and marks may stand
("Media Release H28/2003 - 20 March 2003"). A line of many words, or a full sentence, is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from report_extract.analyze.date_grammar import Expression, read_expression
from report_extract.analyze.seam import text_of
from report_extract.rules import alternation, load_rules

_CODE = re.compile(r"[A-Z]{0,4}\d[\w/.-]*|[–—|:,.()#*-]+|\d\d?:\d\d(?::\d\d)?")
_LONGEST = 45
_TOP_LINES = 40


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line that is not empty, with the section it stands in."""

    start: int
    text: str
    section: str

    @property
    def end(self) -> int:
        """Where the line ends."""
        return self.start + len(self.text)


def read_text_lines(doc: Doc) -> list[TextLine]:
    """The lines of the release that are not empty, each with the label of its section ("" where none is known)."""
    sections = [(s.start_char, s.end_char, s.label_) for s in doc.spans.get("report_sections", ())]
    lines, at, n = [], 0, 0
    for raw in text_of(doc).split("\n"):
        start = at + len(raw) - len(raw.lstrip())
        at += len(raw) + 1
        while n < len(sections) - 1 and sections[n][1] <= start:
            n += 1
        label = sections[n][2] if sections and sections[n][0] <= start < sections[n][1] else ""
        if raw.strip():
            lines.append(TextLine(start, raw.strip(), label))
    return lines


def top_lines(lines: list[TextLine]) -> list[TextLine]:
    """The lines before the body, the page's chrome left out."""
    top = []
    for line in lines[:_TOP_LINES] if not any(line.section for line in lines) else lines:
        if line.section == "BODY" or (not line.section and is_prose(line.text)):
            break
        if line.section in {"", "HEADLINE", "CONTACT"}:
            top.append(line)
    return top


def is_prose(text: str) -> bool:
    """Whether a line reads as text, not as a heading."""
    return len(text.split()) > _LONGEST or (text.endswith((".", "!", "?")) and len(text.split()) > 14)


def is_label(text: str) -> bool:
    """Whether a line says only what sort of paper this is: "FOR IMMEDIATE RELEASE", "Press release No. 12"."""
    return _label_line().match(text) is not None


def is_label_and_date(text: str) -> bool:
    """Whether a line holds a full date, labels, numbers, and nothing else: "Media Release H28/2003 - 20 March 2003"."""
    found = first_day(text)
    return found is not None and is_company(f"{text[: found.start]} {text[found.end :]}")


def starts_of_words(text: str) -> Iterator[int]:
    """Where each word begins."""
    for word in re.finditer(r"(?<!\w)(?=\w)", text):
        yield word.start()


def first_day(text: str) -> Expression | None:
    """The first expression that names a day."""
    read = (read_expression(text, at) for at in starts_of_words(text))
    return next((one for one in read if one is not None and {"d1", "d2", "a"} & one.first.groups.keys()), None)


def is_company(rest: str) -> bool:
    """Whether what stands beside a date are labels, numbers and marks."""
    words = [word for word in rest.split() if not is_code(word) and not is_code(word.rstrip(",:"))]
    return all(word.lower().strip(".:,;()-–—|#/") in _company() for word in words)


def without_date(text: str) -> str:
    """The line without the date at its beginning: "June 5, 2026: Hall Opened"."""
    found = read_expression(text, 0) if text[:1].isalnum() else None
    if (
        found is None
        or not {"y1", "y2"} & found.first.groups.keys()
        or found.first.rule in {"dates.year", "dates.year-range"}
    ):
        return text
    return text[found.end :].lstrip(" :–—-|,")


def is_code(word: str) -> bool:
    """Whether a word is a number, a reference or a mark: "H28/2003", "–"."""
    return _CODE.fullmatch(word) is not None


@cache
def _company() -> frozenset[str]:
    return frozenset((*load_rules("document").terms("date_company"), ""))


@cache
def _label_line() -> re.Pattern[str]:
    terms = alternation(load_rules("document").terms("label"))
    return re.compile(
        rf"(?i)^\W*{terms}(?:\W+(?:no\.?|nr\.?|number|ref\.?|\d[\w/.-]*|[A-Z]{{1,4}}\d[\w/.-]*|{terms}))*\W*$"
    )
