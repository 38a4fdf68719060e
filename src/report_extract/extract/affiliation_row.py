"""The pieces of one sentence or list block as a row, and the questions that every tier of affiliations asks of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from report_extract.extract.affiliation_pieces import Gap, Piece, Pieces
from report_extract.extract.organization_names import LARGEST, kind_of, rank_of
from report_extract.rules import load_rules

_LIST_END = re.compile(r"^\s*(?:[,;.)\n]|$|and\b|\s[-–—]\s|:)")
_LEADS_ON = re.compile(r"\s*,?\s*(?:(?:both|all)\s+(?:of|from)|who\s+\w+\s+from|of|from|representing|on\s+behalf)\b")
MATTER = re.compile(r"\s+(?:of|for|on|in|at)\s")


@dataclass(frozen=True, slots=True)
class Office:
    """A title, the bodies it is held at (most specific first, the others are its parents), and the tier's rule id."""

    person: Piece
    title: Piece | None
    organizations: tuple[Piece, ...]
    rule: str
    confidence: float


@dataclass(slots=True)
class Row:
    """The pieces of one sentence or list block, and which of them are taken."""

    pieces: Sequence[Piece]
    source: Pieces
    is_list: bool = False
    taken: set[int] = field(default_factory=set)

    def kind(self, i: int) -> str:
        """The kind of the i-th piece; empty outside the row."""
        return self.pieces[i].kind if 0 <= i < len(self.pieces) else ""

    def gap(self, i: int) -> Gap:
        """How the i-th piece and the next one hang together."""
        if not 0 <= i < len(self.pieces) - 1:
            return "other"
        return self.source.gap(self.pieces[i], self.pieces[i + 1])

    def words_after(self, i: int) -> str:
        """The text between the i-th piece and the next one."""
        return self.source.text[self.pieces[i].tail : self.pieces[i + 1].lead]

    def has_title_at(self, k: int) -> bool:
        """Whether the piece at k has an office of its own right after it: "Body's Title", "Body Title"."""
        return self.kind(k + 1) == "T" and self.gap(k) in ("touch", "possessive")

    def opens_with_of(self, i: int) -> bool:
        """Whether "of" or "from", not "with" or "at", leads on from the i-th piece."""
        return self.gap(i) == "of" and _LEADS_ON.match(self.words_after(i)) is not None

    def chain(self, k: int) -> list[int]:
        """A body and the larger bodies named after it; "the University's School" is the School, then its owner."""
        if self.gap(k) == "possessive" and self.kind(k + 1) == "O" and not self.has_title_at(k + 1):
            return [k + 1, k]
        found = [k]
        while self.kind(k + 1) == "O" and self.gap(k) in ("comma", "of", "line"):
            is_larger = self._rank(k) < self._rank(k + 1)
            is_listed = self.gap(k + 1) == "and" and self.kind(k + 2) == "O"
            if self.has_title_at(k + 1):
                break
            if (k > found[0] or is_listed) and self.gap(k) == "comma" and not is_larger:
                break
            k += 1
            found.append(k)
        return found

    def groups(self, bodies: Sequence[int]) -> Iterator[tuple[Piece, ...]]:
        """The bodies of an office: one chain from unit to parents, or several chains joined by "and"."""
        if not bodies:
            yield ()
            return
        chain, is_list = [bodies[0]], self._is_list_of_bodies(bodies)
        for b in bodies[1:]:
            if b > chain[-1] and self.gap(b - 1) in (("and", "comma") if is_list else ("and",)):
                yield self.ordered(chain)
                chain = []
            chain.append(b)
        yield self.ordered(chain)

    def _is_list_of_bodies(self, bodies: Sequence[int]) -> bool:
        """Whether commas only separate bodies, none of them larger than the one before: "of A, B and C"."""
        gaps = [self.gap(b - 1) for b in bodies[1:]]
        if len(gaps) < 2 or gaps[-1] != "and" or set(gaps) != {"and", "comma"}:
            return False
        ranks = [self._rank(b) for b in bodies]
        return all(one >= other for one, other in pairwise(ranks))

    def ordered(self, chain: Sequence[int]) -> tuple[Piece, ...]:
        """A chain as written, unit before body; turned round where it begins with a university or ministry."""
        first = self.pieces[chain[0]].organization
        if first and kind_of(first.name) in ("university", "government") and rank_of(first.name) == LARGEST:
            chain = sorted(chain, key=self._rank)
        return tuple(self.pieces[b] for b in chain)

    def stands_apart(self, i: int) -> bool:
        """Whether the body after "Name," is an apposition, not the next item of a list: something must close it."""
        k = i + 1
        while self.kind(k + 1) == "O" and self.gap(k) in ("comma", "of"):
            k += 1
        if self.kind(k + 1) == "O" and self.gap(k) == "and":
            return False
        after = self.source.text[self.pieces[k].tail :][:6]
        return _LIST_END.match(after) is not None

    def has_plural_title(self, office: Office) -> bool:
        """Whether an office is one of several persons: "Co-chairs"."""
        return office.title is not None and is_plural(self.source.text[office.title.start : office.title.end])

    def _rank(self, k: int) -> int:
        organization = self.pieces[k].organization
        return rank_of(organization.name) if organization else LARGEST


def is_plural(title: str) -> bool:
    """Whether a title names an office of several persons.

    >>> is_plural("Co-chairs of the panel"), is_plural("Director of Operations")
    (True, False)
    """
    words = MATTER.split(title)[0].split()
    return bool(words) and words[-1] in load_rules("affiliations").terms("plural_heads")
