"""The words of attendance: hedges, and lists as patterns; shared by its counts and its shares."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from report_extract.rules import RuleFile, alternation, load_rules
from report_extract.schema import Comparator

COMPARATORS: tuple[Comparator, ...] = ("more_than", "at_least", "less_than", "up_to", "about")


def attendance_rules() -> RuleFile:
    """The rules and word lists of `rules/attendance.toml`."""
    return load_rules("attendance")


def comparator_of(hedge: str | None) -> Comparator:
    """What a hedge says of the number after it; none, or "a total of", is exact."""
    words = " ".join((hedge or "").lower().split())
    for name in COMPARATORS:
        if words in attendance_rules().terms(name):
            return name
    return "exact"


@cache
def any_of(name: str) -> re.Pattern[str]:
    """Any phrase of a list, as whole words."""
    return re.compile(rf"(?i)(?<!\w){alternation(attendance_rules().terms(name))}(?!\w)")


def sentence_at(sentences: list[tuple[int, int]], char: int) -> tuple[int, int]:
    """The sentence in which a character stands."""
    return sentences[max(0, bisect_right(sentences, (char, 1 << 60)) - 1)]
