"""Whole numbers in digits or words: "1,200", "2.5 million", "a hundred and twenty", "forty-six", "two dozen"."""

from __future__ import annotations

import re
from functools import cache

from report_extract.rules import load_rules

# Nobody counts more of anything in a release; a longer run of digits is a damaged or an invented number.
_LARGEST = 10**12


def parse_number(text: str, scale: str | None = None) -> int | None:
    """The number that the words or digits give, times its scale word; None for what is no number.

    >>> parse_number("1,200"), parse_number("2.5", "million"), parse_number("a hundred and twenty")
    (1200, 2500000, 120)
    >>> parse_number("3 000")
    3000
    >>> parse_number("forty-six"), parse_number("two dozen"), parse_number("plenty")
    (46, 24, None)
    """
    factor = _scales()[scale.lower()] if scale else 1
    value = (
        float(re.sub(r"[,\s]", "", text)) if text[:1].isdigit() else _words_value(re.findall(r"[a-z]+", text.lower()))
    )
    return round(value * factor) if value is not None and value * factor <= _LARGEST else None


def _words_value(words: list[str]) -> int | None:
    total, here, seen = 0, 0, False
    for word in words:
        if word == "and":
            continue
        if word in _scales():
            scale = _scales()[word]
            here = (here or 1) * scale
            if scale >= 1000:
                total, here = total + here, 0
        elif word in _numbers():
            here += _numbers()[word]
        else:
            return None
        seen = True
    return total + here if seen else None


@cache
def _numbers() -> dict[str, int]:
    return _values("number_")


@cache
def _scales() -> dict[str, int]:
    return _values("scale_")


def _values(prefix: str) -> dict[str, int]:
    lists = load_rules("attendance").lists
    return {
        term: int(name.removeprefix(prefix))
        for name, terms in lists.items()
        if name.startswith(prefix)
        for term in terms
    }
