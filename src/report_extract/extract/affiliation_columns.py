"""Persons side by side on a line, with their offices and bodies side by side on the lines below.

"Ada Quill   Ben Roe" over "Director   Clerk" over "Reef Trust   Tide Board": each person has what stands in the same
column. The block ends with the first line that has another number of columns, or words besides offices and bodies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from report_extract.clean.spaces import COLUMN_GAP
from report_extract.extract.affiliation_pieces import Piece, Pieces
from report_extract.extract.affiliation_row import Office
from report_extract.extract.side_by_side import cells_between

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_RULE, _CONFIDENCE = "affiliations.columns", 0.8
_SEPARATORS = " ,|/–-"


def read_columns(pieces: Pieces) -> Iterator[Office]:
    """The offices of every such block."""
    if COLUMN_GAP not in pieces.text:
        return
    persons: list[Piece] = []
    held: list[list[Piece]] = []
    for line in _LINE.finditer(pieces.text):
        cells = cells_between(pieces.text, *line.span()) if COLUMN_GAP in line.group() else []
        inside = [_only(pieces, *cell) for cell in cells]
        named = [row[0] for row in inside if len(row) == 1 and row[0].kind == "P"]
        if len(cells) > 1 and len(named) == len(cells):
            yield from _told(persons, held)
            persons, held = named, [[] for _ in named]
        elif persons and len(cells) == len(persons) and all(row and row[0].kind != "P" for row in inside):
            held = [[*before, *row] for before, row in zip(held, inside, strict=True)]
        else:
            yield from _told(persons, held)
            persons = []
    yield from _told(persons, held)


def _only(pieces: Pieces, start: int, end: int) -> Sequence[Piece]:
    """The pieces of a cell that holds nothing else; none where it does."""
    row, rest = pieces.between(start, end), pieces.text[start:end]
    for piece in reversed(row):
        rest = rest[: max(piece.lead - start, 0)] + rest[piece.tail - start :]
    return row if len(rest.strip(_SEPARATORS).split()) < 2 else ()


def _told(persons: Sequence[Piece], held: Sequence[Sequence[Piece]]) -> Iterator[Office]:
    """What the columns under the persons say: the office, and the bodies from the most specific one on."""
    for person, row in zip(persons, held, strict=False):
        titles = [piece for piece in row if piece.kind == "T"]
        bodies = tuple(piece for piece in row if piece.kind == "O")
        if len(titles) < 2 and row:
            yield Office(person, titles[0] if titles else None, bodies, _RULE, _CONFIDENCE)
