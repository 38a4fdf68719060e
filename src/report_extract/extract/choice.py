"""A choice among candidates by the signs that speak for each: the headline among the lines of a head, the issuer.

A candidate has signs, each a number from 0 to 1; a sign has a weight, and the weights are data (`rules/*.toml`), fitted
by `report_extract.train.choices`. The chance of a candidate is its share of exp(sum of weights) among all of them and
the possibility that none is right, which stands at 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

Signs = Mapping[str, float]


def chances(candidates: Sequence[Signs], weights: Mapping[str, float]) -> list[float]:
    """How likely each candidate is the one; what is missing to 1 is the chance that there is none.

    >>> [round(chance, 2) for chance in chances([{"first": 1.0}, {"menu": 1.0}], {"first": 2.0, "menu": -2.0})]
    [0.87, 0.02]
    """
    scores = [sum(weights.get(sign, 0.0) * value for sign, value in signs.items()) for signs in candidates]
    highest = max([0.0, *scores])
    shares = [exp(score - highest) for score in scores]
    total = sum(shares) + exp(-highest)
    return [share / total for share in shares]
