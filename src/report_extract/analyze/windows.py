"""How a text is cut into windows for the encoder: whole lines if they fit, whole sentences if not; nothing is lost.

A window that does not begin with a line sees some words before it, so that every word is read with its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

# A window is never cut before this share of its room is used, if a line or a sentence allows it.
_FULLEST = 0.5


@dataclass(frozen=True, slots=True)
class Window:
    """Words `first` to `stop` (exclusive) are read together; what is read of them counts from `begin` on."""

    first: int
    begin: int
    stop: int


def find_windows(
    sizes: Sequence[int], is_break: Sequence[bool], is_start: Sequence[bool], *, limit: int, context: int = 0
) -> Iterator[Window]:
    """Windows of at most `limit` pieces whose counting parts tile the words.

    Args:
        sizes: pieces of each word.
        is_break: for each word, whether it is a line break.
        is_start: for each word, whether a sentence begins with it.
        limit: the most pieces in a window.
        context: the most pieces before a window that begins within a line.

    >>> list(find_windows([1] * 9, [False] * 9, [n in (0, 4) for n in range(9)], limit=6, context=2))
    [Window(first=0, begin=0, stop=4), Window(first=2, begin=4, stop=8), Window(first=6, begin=8, stop=9)]
    """
    ends = [0, *accumulate(sizes)]
    begin = 0
    while begin < len(sizes):
        first = begin
        if begin and not is_break[begin - 1]:
            while first > 0 and ends[begin] - ends[first - 1] <= context and not is_break[first - 1]:
                first -= 1
        stop = begin + 1
        while stop < len(sizes) and ends[stop + 1] - ends[first] <= limit:
            stop += 1
        if stop < len(sizes):
            stop = _cut(begin, stop, is_break, is_start)
        yield Window(first, begin, stop)
        begin = stop


def _cut(begin: int, stop: int, is_break: Sequence[bool], is_start: Sequence[bool]) -> int:
    """The last place to cut at or before `stop`: behind a line break, else before a sentence, else at `stop`."""
    lowest = begin + max(1, int((stop - begin) * _FULLEST))
    for at in range(stop, lowest - 1, -1):
        if is_break[at - 1]:
            return at
    for at in range(stop, begin, -1):
        if is_start[at]:
            return at
    return stop
