"""Columns: what stands side by side on a line, as in the contacts or signatures of two bodies.

The cleaned text parts the columns of a row by three spaces, whatever the source had there; so what belongs together
is told by the order on the line, and only where every line has as many columns.
"""

from __future__ import annotations

from report_extract.clean.spaces import COLUMN_GAP


def cells_between(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The columns of the line between two places.

    >>> cells_between("Quill   Roe", 0, 11), cells_between("Quill and Roe", 0, 13)
    ([(0, 5), (8, 11)], [(0, 13)])
    """
    cells, here = [], start
    for part in text[start:end].split(COLUMN_GAP):
        if part.strip():
            lead = here + len(part) - len(part.lstrip())
            cells.append((lead, lead + len(part.strip())))
        here += len(part) + len(COLUMN_GAP)
    return cells


def column_at(text: str, at: int) -> tuple[int, int]:
    """Which column of its line a place stands in, counted from 0, and how many the line has.

    >>> column_at("Tide Board   Reef Trust", 14)
    (1, 2)
    """
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    cells = cells_between(text, start, end if end >= 0 else len(text))
    return sum(cell_end <= at for _, cell_end in cells), len(cells)
