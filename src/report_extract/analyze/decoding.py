"""From the scores of the heads to spans: for each label the likeliest legal row of outside, beginning, inside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from report_extract.analyze.pieces import LABELS

Scores = NDArray[np.float32]
OUTSIDE, BEGIN, INSIDE = range(3)
# A word that is surely outside parts the rows that are searched; the search is exact for all others.
_SURELY_OUTSIDE = 0.985


@dataclass(frozen=True, slots=True)
class Reading:
    """Words `first` to `stop` (exclusive) read as `label`, and how sure that is (0 to 1)."""

    first: int
    stop: int
    label: str
    confidence: float


def log_softmax(scores: Scores, temperature: float = 1.0) -> Scores:
    """Logarithms of probabilities over the last axis; a temperature above 1 makes them more modest."""
    scaled = scores / np.float32(temperature)
    scaled = scaled - scaled.max(axis=-1, keepdims=True)
    result: Scores = scaled - np.log(np.exp(scaled).sum(axis=-1, keepdims=True))
    return result


def decode(logs: Scores) -> Iterator[Reading]:
    """The spans of a text, label by label; `logs` has a row for each word, with three values for each label."""
    for number, label in enumerate(LABELS):
        rows = logs[:, number]
        for first, stop in _runs(rows[:, OUTSIDE] < np.log(_SURELY_OUTSIDE)):
            yield from _best(rows[first:stop].tolist(), first, label)


def _runs(maybe: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], maybe, [False])).astype(np.int8)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _best(rows: list[list[float]], offset: int, label: str) -> Iterator[Reading]:
    """The spans on the likeliest path; a word can be inside only behind a beginning or an inside."""
    path = _path(rows)
    first = None
    for i, state in enumerate([*path, OUTSIDE]):
        if first is not None and state != INSIDE:
            yield Reading(offset + first, offset + i, label, _confidence(rows, first, i))
            first = None
        if state == BEGIN:
            first = i


def _path(rows: list[list[float]]) -> list[int]:
    never = float("-inf")
    best, back = [rows[0][OUTSIDE], rows[0][BEGIN], never], list[tuple[int, int, int]]()
    for row in rows[1:]:
        before = max(range(3), key=best.__getitem__)
        inside = max((BEGIN, INSIDE), key=best.__getitem__)
        back.append((before, before, inside))
        best = [best[before] + row[OUTSIDE], best[before] + row[BEGIN], best[inside] + row[INSIDE]]
    path = [max(range(3), key=best.__getitem__)]
    for step in reversed(back):
        path.append(step[path[-1]])
    return path[::-1]


def _confidence(rows: list[list[float]], first: int, stop: int) -> float:
    """How likely exactly this span is, as if its words were independent of each other."""
    total = rows[first][BEGIN] + sum(row[INSIDE] for row in rows[first + 1 : stop])
    if stop < len(rows):
        total += float(np.log(max(1e-6, 1 - np.exp(rows[stop][INSIDE]))))
    return float(np.exp(total))
