"""From the scores of the heads to spans: every span that is likely enough, with its probability.

A word's three scores say whether it is outside a name, begins one or goes on with one. A span is as likely as its first
word's beginning, times that each other word goes on, times that the word behind it does not. Several readings of the
same words may be likely at once; who uses them chooses, and may know more than the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from report_extract.analyze.pieces import LABELS

Scores = NDArray[np.float32]
OUTSIDE, BEGIN, INSIDE = range(3)
# Less likely spans are never right often enough to be worth a look.
LEAST = 0.05


@dataclass(frozen=True, slots=True)
class Reading:
    """Words `first` to `stop` (exclusive) read as `label`, and how sure that is (0 to 1)."""

    first: int
    stop: int
    label: str
    confidence: float


def probabilities(scores: Scores, temperature: float = 1.0) -> Scores:
    """Probabilities over the last axis; a temperature above 1 makes them more modest."""
    scaled = scores / np.float32(temperature)
    powers = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    result: Scores = powers / powers.sum(axis=-1, keepdims=True)
    return result


def decode(chances: Scores, least: float = LEAST) -> Iterator[Reading]:
    """The likely spans, label by label; `chances` has a row for each word, with three values for each label."""
    for number, label in enumerate(LABELS):
        rows = chances[:, number]
        inside = [*rows[:, INSIDE].tolist(), 0.0]
        for first in np.flatnonzero(rows[:, BEGIN] >= least).tolist():
            chance, stop = float(rows[first, BEGIN]), first + 1
            while chance >= least:
                here = chance * (1 - inside[stop])
                if here >= least:
                    yield Reading(first, stop, label, here)
                chance *= inside[stop]
                stop += 1


def best(readings: Iterable[Reading], least: float = 0.4) -> list[Reading]:
    """The likeliest readings that do not overlap within their label, in text order."""
    chosen: list[Reading] = []
    taken: set[tuple[str, int]] = set()
    for reading in sorted(readings, key=lambda r: (-r.confidence, r.first, r.stop, r.label)):
        words = {(reading.label, i) for i in range(reading.first, reading.stop)}
        if reading.confidence >= least and not words & taken:
            taken |= words
            chosen.append(reading)
    return sorted(chosen, key=lambda r: (r.first, r.stop, r.label))
