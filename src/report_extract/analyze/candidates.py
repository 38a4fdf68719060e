"""A reading that a rule proposes, and how readings that exclude each other are settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens `first` to `stop` (exclusive) read as `label` by `rule`; of two that overlap, the higher weight stands."""

    first: int
    stop: int
    label: str
    rule: str
    weight: float


class Board:
    """The readings chosen so far; each token belongs to one of them at most."""

    def __init__(self, size: int) -> None:
        self.owner: list[Candidate | None] = [None] * size
        self.chosen: list[Candidate] = []

    def place(self, candidates: Iterable[Candidate]) -> None:
        """Chooses from these what is free, the heaviest first, then the longest, then the first in the text."""
        ordered = sorted(candidates, key=lambda c: (-c.weight, c.first - c.stop, c.first, c.label, c.rule))
        for candidate in ordered:
            if self.is_free(candidate.first, candidate.stop):
                self.add(candidate)

    def add(self, candidate: Candidate) -> None:
        """Puts a reading on the board, over whatever it touches."""
        for other in self.touching(candidate.first, candidate.stop):
            self.remove(other)
        self.owner[candidate.first : candidate.stop] = [candidate] * (candidate.stop - candidate.first)
        self.chosen.append(candidate)

    def remove(self, candidate: Candidate) -> None:
        """Takes a reading off the board."""
        self.owner[candidate.first : candidate.stop] = [None] * (candidate.stop - candidate.first)
        self.chosen.remove(candidate)

    def touching(self, first: int, stop: int) -> list[Candidate]:
        """Every reading that holds a token from `first` to `stop`, once, in text order."""
        return list({id(c): c for c in self.owner[first:stop] if c is not None}.values())

    def is_free(self, first: int, stop: int) -> bool:
        """Whether no token from `first` to `stop` belongs to a reading."""
        return not any(self.owner[first:stop])

    def of(self, *labels: str) -> list[Candidate]:
        """The chosen readings with one of these labels, in text order."""
        return sorted((c for c in self.chosen if c.label in labels), key=lambda c: c.first)
