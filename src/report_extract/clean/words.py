"""How common a word is in English: the one word list that the repairs ask.

The list has every form that stands at least once in a hundred million words, so "not in it" means unknown.
"""

from __future__ import annotations

import math
from functools import cache

from wordfreq import get_frequency_dict


@cache
def load_frequencies() -> dict[str, float]:
    """Share of English running text by lower-case word; read on first use, once a process."""
    frequencies: dict[str, float] = get_frequency_dict("en", wordlist="best")
    return frequencies


def zipf(word: str) -> float:
    """The word's Zipf frequency (the: 7.7, symposium: 3.6, once in a hundred million: 1), 0 where it is unknown.

    >>> round(zipf("The"), 1), zipf("Yukimatsu")
    (7.7, 0.0)
    """
    frequency = load_frequencies().get(word.lower())
    return math.log10(frequency) + 9 if frequency else 0.0
