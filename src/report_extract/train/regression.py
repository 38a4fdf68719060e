"""Logistic regression with a penalty on the squares of its weights, by Newton's method; for a few hundred features."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

_STEPS = 25
Feature = tuple[str, float]


def regress(
    rows: Sequence[Sequence[Feature]],
    right: NDArray[np.float64],
    penalty: Callable[[str], float],
    counts: NDArray[np.float64] | None = None,
) -> dict[str, float]:
    """The weight of each feature; `penalty` says how firmly it is held at 0, `counts` how much each row counts.

    >>> weights = regress([[("wet", 1.0)], [("wet", 1.0)], [("dry", 1.0)]], np.array([1.0, 1.0, 0.0]), lambda name: 0.5)
    >>> sorted((name, weight > 0) for name, weight in weights.items())
    [('dry', False), ('wet', True)]
    """
    names = {name: n for n, name in enumerate(sorted({name for row in rows for name, _ in row}))}
    table = np.zeros((len(rows), len(names)))
    for n, row in enumerate(rows):
        for name, value in row:
            table[n, names[name]] = value
    counts = np.ones(len(rows)) if counts is None else counts
    held = np.array([penalty(name) for name in names])
    weights = np.zeros(len(names))
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (counts * (chances - right)) + held * weights
        bend = (table.T * (counts * chances * (1 - chances))) @ table + np.diag(held)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-4:
            break
    return {name: float(weights[n]) for name, n in names.items()}
