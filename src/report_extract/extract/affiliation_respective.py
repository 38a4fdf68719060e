"""Offices told in the order of their holders: "Ada Quill and Ben Roe, respectively Director and Clerk of the Fund".

The word may stand before the offices or after all of them. It counts only where there are as many offices as persons;
an office without a body is held at the next one's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from report_extract.extract.affiliation_pieces import Piece
from report_extract.extract.affiliation_row import Office, Row

_WORD = re.compile(r"\brespectively\b")
_JOINED = re.compile(r"^\s*(?:,|,?\s*and|&)\s*(?:the\s+)?$")
_SHARING = re.compile(r"^\s*(?:and|&|,)\s*(?:the\s+)?$")
_RULE, _CONFIDENCE = "affiliations.respectively", 0.85
_REACH = 30


def read_respective(row: Row) -> Iterator[Office]:
    """One office for each of the persons; the pieces read are taken."""
    text = row.source.text
    word = _WORD.search(text, row.pieces[0].start, row.pieces[-1].tail + _REACH)
    if word is None:
        return
    first, last = _persons(row, word.start())
    titles = [k for k in range(last + 1, len(row.pieces)) if row.kind(k) == "T"][: last - first + 1]
    if last == first or len(titles) != last - first + 1 or any(row.kind(k) == "P" for k in range(last + 1, titles[-1])):
        return
    end = titles[-1]
    while row.kind(end + 1) == "O" and row.gap(end) in ("of", "comma"):
        end += 1
    is_before = row.pieces[last].tail <= word.start() < row.pieces[titles[0]].start
    if not is_before and text[row.pieces[end].tail : word.start()].strip(" ,"):
        return
    row.taken.update(range(last + 1, end + 1))
    bodies = _bodies(row, titles, end)
    for person, title, body in zip(range(first, last + 1), titles, bodies, strict=True):
        yield Office(row.pieces[person], row.pieces[title], body, _RULE, _CONFIDENCE)


def _persons(row: Row, at: int) -> tuple[int, int]:
    """First and last of the persons joined to each other by commas and "and", the last such list before a place."""
    named = [k for k, piece in enumerate(row.pieces) if piece.kind == "P" and piece.start < at]
    last = first = named[-1] if named else 0
    while row.kind(first - 1) == "P" and _JOINED.match(row.words_after(first - 1)):
        first -= 1
    return first, last


def _bodies(row: Row, titles: Sequence[int], end: int) -> list[tuple[Piece, ...]]:
    """The bodies of each office: those named behind it, else those of the office that "and" joins to it."""
    found: list[tuple[Piece, ...]] = []
    following: tuple[Piece, ...] = ()
    for title, stop in reversed(list(zip(titles, [*titles[1:], end + 1], strict=True))):
        own = range(title + 1, stop)
        joins = row.words_after(title) if title + 1 < len(row.pieces) else ""
        body = row.ordered(own) if own else following if _SHARING.match(joins) else ()
        found.append(body)
        following = body
    return found[::-1]
