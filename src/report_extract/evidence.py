"""Where a value stands in the text, and the way back from repaired text to the text as received.

Theory of the map. Cleaning is a chain of substitutions. After each one we know, for every character of the new text,
which stretch of the old text it stands for; composing those stretches gives, for every cleaned character, its stretch
of the original. A character that was kept stands for itself (one character wide). The characters of a replacement
stand for the whole stretch that they replace, unless it is as long as they are: then letter stands for letter. An
inserted character stands for the empty stretch after its left neighbour. Both ends of the stretches never run
backwards, whatever the edits. A span of cleaned text therefore maps to the stretch from the start of its first
character to the end of its last, and nothing is ever searched for again afterwards.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Span


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The place of a value (character offsets, end exclusive), the rule that saw it there, and how sure that rule is.

    Offsets count in the cleaned text until `assemble`, in the text as received after it.
    """

    start: int
    end: int
    rule: str = ""
    confidence: float = 0.7

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}:{self.end}")

    @classmethod
    def of(cls, span: Span, rule: str | None = None, confidence: float = 0.7) -> Evidence:
        """The evidence of a spaCy span; the rule is the span's own id unless another is named."""
        return cls(span.start_char, span.end_char, rule if rule is not None else span.id_ or "model", confidence)

    def cover(self, other: Evidence) -> Evidence:
        """The stretch from the first start to the last end, under this evidence's rule."""
        return Evidence(min(self.start, other.start), max(self.end, other.end), self.rule, self.confidence)

    def overlaps(self, other: Evidence) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


class Edit(NamedTuple):
    """Replace `text[start:end]` by `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class TextMap:
    """For each cleaned character, the stretch of the original it stands for; see the module's theory.

    >>> text, text_map = TextMap.identity(9).apply("held the ", [Edit(0, 4, "HELD"), Edit(4, 5, "")])
    >>> text, text_map.to_raw(4, 7)
    ('HELDthe ', (5, 8))
    """

    starts: array[int]
    ends: array[int]
    raw_length: int

    @classmethod
    def identity(cls, length: int) -> TextMap:
        """The map of a text that nobody has touched."""
        return cls(array("l", range(length)), array("l", range(1, length + 1)), length)

    def __len__(self) -> int:
        return len(self.starts)

    def apply(self, text: str, edits: Iterable[Edit]) -> tuple[str, TextMap]:
        """The text after the edits, and its map to the same original.

        Edits are given in the text's own offsets, in order and without overlap.

        Raises:
            ValueError: when edits overlap, run backwards or leave the text.
        """
        pieces: list[str] = []
        starts, ends, here = array("l"), array("l"), 0
        for start, end, new in edits:
            if not here <= start <= end <= len(text):
                raise ValueError(f"edit {start}:{end} is out of order or outside the text")
            pieces += text[here:start], new
            starts += self.starts[here:start]
            ends += self.ends[here:start]
            if len(new) == end - start:
                # A replacement of the same length is read letter by letter: a space for a tab, "é" for "É".
                starts += self.starts[start:end]
                ends += self.ends[start:end]
            else:
                raw_start, raw_end = self.to_raw(start, end)
                starts += array("l", (raw_start,)) * len(new)
                ends += array("l", (raw_end,)) * len(new)
            here = end
        if not pieces:
            return text, self
        pieces.append(text[here:])
        starts += self.starts[here:]
        ends += self.ends[here:]
        return "".join(pieces), TextMap(starts, ends, self.raw_length)

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that a stretch of the cleaned text stands for.

        Raises:
            ValueError: when the stretch leaves the cleaned text.
        """
        if not 0 <= start <= end <= len(self.starts):
            raise ValueError(f"{start}:{end} is not a span of a text of {len(self.starts)} characters")
        if start < end:
            return self.starts[start], self.ends[end - 1]
        left = self.ends[start - 1] if start else 0
        right = self.starts[start] if start < len(self.starts) else self.raw_length
        # Between two characters of one replacement there is no empty stretch: the whole of it is meant.
        return (left, left) if left <= right else (right, left)

    def to_clean(self, start: int, end: int) -> tuple[int, int]:
        """The smallest stretch of the cleaned text that covers what is left of a stretch of the original.

        An original stretch that was deleted whole gives an empty stretch.

        Raises:
            ValueError: when the stretch leaves the original.
        """
        if not 0 <= start <= end <= self.raw_length:
            raise ValueError(f"{start}:{end} is not a span of a text of {self.raw_length} characters")
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end)
        return (first, last) if first < last else (first, first)


def is_monotone(text_map: TextMap) -> bool:
    """Whether the map never runs backwards: the law that makes bisection and evidence slices right."""

    def rising(values: Sequence[int]) -> bool:
        return all(a <= b for a, b in pairwise(values))

    return rising(text_map.starts) and rising(text_map.ends)
