"""Words torn by a stray space, as text taken out of PDF files has them: "expertis e", "mo bility", "t rends".

Mended only where a piece is no word, and the two together are a well-known one; the space goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from report_extract.clean.glue import is_english
from report_extract.clean.words import zipf
from report_extract.evidence import Edit

_WORD, _LEFT, _RIGHT = re.compile(r"[a-z]+"), re.compile(r"(?<![\w'’./@-])[A-Za-z]+ $"), re.compile(r" [a-z]+")
_GOES_ON = re.compile(r"[\w'’@]|[-.]\w")
# A piece is no word below the first (lists know many slips), unlikely one below the second, and the whole is a word for
# sure above the third.
_PIECE, _ODD, _WHOLE = 2.4, 2.9, 3.2
_REAL, _LOST_APOSTROPHE = frozenset(("a", "i", "o")), frozenset(("s", "t", "d", "m"))
_LONGEST_WORD = 30


def join_torn_words(text: str) -> Iterator[Edit]:
    """The stray spaces inside words; each edit removes one.

    >>> [edit.start for edit in join_torn_words("The expertis e of urban mo bility teams was shown to Ng i Kai.")]
    [12, 26]
    """
    pieces = [word for word in set(_WORD.findall(text)) if _is_piece(word)]
    if pieces and is_english(text):
        places = {place for word in pieces for at in _occurrences(word, text) for place in _tears(word, at, text)}
        for place in sorted(places):
            yield Edit(place, place + 1, "")


def _is_piece(word: str) -> bool:
    return word not in _REAL and (len(word) == 1 or zipf(word) < _PIECE)


def _occurrences(word: str, text: str) -> Iterator[int]:
    # Letters are too many to look at each; one that is torn off has spaces on both sides.
    sought = f" {word} " if len(word) == 1 else f" {word}"
    at = text.find(sought)
    while at >= 0:
        yield at + 1
        at = text.find(sought, at + 1)


def _tears(word: str, at: int, text: str) -> Iterator[int]:
    """The spaces before and after the piece that do not belong there."""
    end = at + len(word)
    if _GOES_ON.match(text, end):
        return
    left, right = _LEFT.search(text[max(0, at - _LONGEST_WORD) : at]), _RIGHT.match(text, end)
    if left and _is_torn(left.group()[:-1], word):
        yield at - 1
    elif right and not _GOES_ON.match(text, right.end()) and _is_torn(word, right.group()[1:]):
        yield end


def _is_torn(left: str, right: str) -> bool:
    if len(left) + len(right) < 4 or right in _LOST_APOSTROPHE or zipf(left + right) < _WHOLE:
        return False
    # "Senator s plan" lost an apostrophe: a single letter needs a second piece that is no word either.
    return min(len(left), len(right)) > 1 or max(zipf(part) for part in (left, right) if len(part) > 1) < _ODD
