"""Counting and printing that the benchmarks share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from report_extract.evaluate.compare import Equal, Tally


class Figures:
    """Right, wrong and missed facts of one question."""

    def __init__(self) -> None:
        self.tally = Tally()

    def count(self, gold: Sequence[Any], found: Sequence[Any], equal: Equal) -> list[bool]:
        """Pair the facts of one text; says of each found fact whether it is right."""
        return self.tally.add("", gold, found, equal)


def show(name: str, figures: Figures, published: str = "") -> None:
    """Print one line: precision, recall, F1, how many there are to find, and the published figure, if any."""
    tally = figures.tally
    line = f"  {name:34} P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}  of {tally.support}"
    print(f"{line}  {published}".rstrip())
