""" "He" and "she" before an office, put into the row of a sentence as the person whom they stand for.

"He was Head of the School" goes on about the only person of the last sentence that names one; "..., where she also
serves as Dean" about the only person named before it in its own sentence. Between two persons, and inside quotation
marks, where the words are somebody else's, a pronoun stands for nobody.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from report_extract.analyze.seam import quotes_of, text_of
from report_extract.extract.affiliation_pieces import Piece
from report_extract.rules import load_rules


class Pronouns:
    """Finds the pronouns of a release that stand for a person with an office or a body behind them."""

    def __init__(self, doc: Doc) -> None:
        self.text = text_of(doc)
        self._quotes = [(span.start_char, span.end_char) for span in quotes_of(doc)]
        self._starts = [start for start, _ in self._quotes]

    def placed(self, bounds: tuple[int, int], row: Sequence[Piece], last: Sequence[Piece]) -> tuple[Piece, ...]:
        """The row of a sentence with its pronouns; `last` are the persons of the last sentence that names any."""
        found = list(self._find(bounds, row, last))
        return tuple(sorted((*row, *found), key=lambda piece: piece.start)) if found else tuple(row)

    def _find(self, bounds: tuple[int, int], row: Sequence[Piece], last: Sequence[Piece]) -> Iterator[Piece]:
        for match in load_rules("affiliations").rule("affiliations.pronoun").pattern.finditer(self.text, *bounds):
            start, end = match.span("pronoun")
            if any(piece.start <= start < piece.tail for piece in row) or self._is_quoted(start):
                continue
            named = [piece for piece in row if piece.kind == "P" and piece.start < start] or last
            people = {piece.person.name.split()[-1]: piece.person for piece in named if piece.person}
            if len(people) == 1:
                yield Piece("P", start, end, start, end, person=next(iter(people.values())), is_pronoun=True)

    def _is_quoted(self, at: int) -> bool:
        i = bisect_right(self._starts, at) - 1
        return i >= 0 and at < self._quotes[i][1]
