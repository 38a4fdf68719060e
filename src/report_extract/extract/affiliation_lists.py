"""Lists of persons under a line that says to which body all of them belong.

"Members of the Harbour Council:", then a name to each line: every one of them is of the Council. The list ends with
the first line that names nobody at its beginning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from report_extract.extract.affiliation_pieces import Piece, Pieces
from report_extract.extract.affiliation_row import Office
from report_extract.rules import load_rules

_SEPARATORS = " \t\n|•*–-·"
_LONGEST_HEADING = 200


def read_headed_lists(pieces: Pieces, bounds: Sequence[tuple[int, int]]) -> Iterator[Office]:
    """The membership of every person in such a list."""
    body: Piece | None = None
    for start, end in bounds:
        row = pieces.between(start, end)
        if pieces.text[start:end].rstrip().endswith(":") and end - start < _LONGEST_HEADING:
            body = next((piece for piece in row if _is_members_body(pieces, piece, start, end)), None)
            continue
        if body is None or not pieces.text[start:end].strip(_SEPARATORS):
            continue
        person = _listed(pieces, row, start)
        if person is None:
            body = None
        else:
            yield Office(person, None, (body,), "affiliations.list-heading", 0.6)


def _is_members_body(pieces: Pieces, piece: Piece, start: int, end: int) -> bool:
    """Whether "members of the" leads to a body, and nothing but "are", "listed below" follows it."""
    rules, text = load_rules("affiliations"), pieces.text
    before = rules.rule("affiliations.members-of").pattern.search(text[start : piece.lead])
    after = rules.rule("affiliations.members-follow").pattern.match(text[piece.tail : end])
    return piece.kind == "O" and before is not None and after is not None


def _listed(pieces: Pieces, row: Sequence[Piece], start: int) -> Piece | None:
    """The person with whom a line begins, an office before the name allowed."""
    for i, piece in enumerate(row[:2]):
        if piece.kind == "P":
            lead = row[0] if i else piece
            return piece if not pieces.text[start : lead.lead].strip(_SEPARATORS) else None
        if piece.kind != "T":
            return None
    return None
