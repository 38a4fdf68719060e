"""The space that is missing after a comma or a stop, and between a word and a figure.

"workshop.There", "Tokyo,Japan", "Mr.Syed", "more than100 persons", "5November2013". Internet names, abbreviations
with inner stops, decimal and grouped numbers, identifiers and product names keep their form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from report_extract.clean.glue import is_english
from report_extract.clean.words import zipf
from report_extract.evidence import Edit
from report_extract.rules import load_rules

_RULES = load_rules("glue")
_ABBREVIATIONS = frozenset(_RULES.terms("abbreviations"))
_DOMAINS = frozenset(_RULES.terms("domains"))
_BEFORE_FIGURE, _AFTER_FIGURE = frozenset(_RULES.terms("before_figure")), frozenset(_RULES.terms("after_figure"))
_MONTHS = frozenset(_RULES.terms("months"))

# One set of characters first, here and below: it is what makes the search fast.
_MARK = re.compile(r"[.,;?!][”\"’)]?(?=(?P<right>[^\W\d_]+))")
_LEFT = re.compile(r"(?P<left>[^\W\d_]+|\d+)[)\]”’\"%]{0,2}$")
_BEFORE = re.compile(r"(?<![\w@/.#&$-])[A-Za-z]{2,}$")
_LONGEST_WORD = 40
# What surrounds the mark without white space: an address or a file name shows itself.
_ADDRESS = re.compile(r"[@/\\_]|www\.|\w\.\w+\.\w", re.I)
_FIGURE = re.compile(r"\d(?<=[A-Za-z]\d)\d{0,3}(?:,\d{3})*(?=[\s,.;)]|[A-Z]|$)(?!\.\d|,\d)")
_AFTER = re.compile(r"\d(?<![\w@/.,#&$-]\d)\d{0,3}(?:,\d{3})*(?P<word>[A-Za-z]{2,})(?=[\s,.;)\d]|$)")
_KNOWN, _COMMON = 2.0, 3.5


def space_after_stops(text: str) -> Iterator[Edit]:
    """One inserted space after each stop or comma that surely lost it.

    >>> [edit.start for edit in space_after_stops("The workshop.There spoke Mr.Syed of example.com,Japan and U.S.A.")]
    [13, 28, 48]
    """
    for match in _MARK.finditer(text):
        left = _LEFT.search(text[max(0, match.start() - _LONGEST_WORD) : match.start()])
        if left and _is_two_words(left["left"], match) and not _is_address(text, match):
            yield Edit(match.end(), match.end(), " ")


def part_figures(text: str) -> Iterator[Edit]:
    """One inserted space between a figure and the form word, month or counted noun glued to it.

    >>> [edit.start for edit in part_figures("more than100 persons, 25students, web2, 5th, on 5November2013")]
    [9, 24, 49, 57]
    """
    if not is_english(text):
        return
    places = {match.start() for match in _FIGURE.finditer(text) if _is_before_figure(text, match.start())}
    for match in _AFTER.finditer(text):
        if match["word"] in _AFTER_FIGURE:
            places.add(match.start("word"))
            end = match.end()
            if match["word"] in _MONTHS and text[end : end + 4].isdigit():
                places.add(end)
    for place in sorted(places):
        yield Edit(place, place, " ")


def _is_before_figure(text: str, start: int) -> bool:
    word = _BEFORE.search(text[max(0, start - _LONGEST_WORD) : start])
    return word is not None and (word.group() in _BEFORE_FIGURE or word.group() in _MONTHS)


def _is_two_words(left: str, match: re.Match[str]) -> bool:
    mark, right = match.group()[0], match["right"]
    if mark in ",;":
        return not (left.isdigit() and len(right) < 2) and (right.isalpha() and len(right) > 1)
    if left in _ABBREVIATIONS and mark == ".":
        return right[0].isupper() and len(right) > 1
    if not right[0].isupper() or right.lower() in _DOMAINS or (len(right) > 1 and not right[1:].islower()):
        return False
    if left.isdigit():
        return len(left) == 4 and len(right) > 1 and zipf(right) >= _COMMON
    # "I.The" and "Ph.D" are initials; three letters before the stop and a known word after it are two sentences.
    ends = len(left) > 2 and (left.islower() or zipf(left) >= _KNOWN)
    return ends and (zipf(right) >= _COMMON if len(right) > 1 else right in "AI")


def _is_address(text: str, match: re.Match[str]) -> bool:
    start, end = match.start(), match.end("right")
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace() and end - start < 80:
        end += 1
    word = text[start:end]
    return _ADDRESS.search(word) is not None and match.group()[0] in ".?"
