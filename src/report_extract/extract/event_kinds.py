"""What sort of event a name or noun phrase is, and which edition."""

from __future__ import annotations

import re
from functools import cache
from typing import cast, get_args

from report_extract.rules import alternation, load_rules
from report_extract.schema import EventKind

ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
        ],
        1,
    )
} | {"inaugural": 1, "twentieth": 20}


def kind_of(name: str) -> EventKind:
    """The kind of its last head noun; "other" where none is known.

    >>> kind_of("Pacific Reef Symposium and Dinner"), kind_of("World Congress on Bees"), kind_of("COP28")
    ('symposium', 'conference', 'conference')
    """
    before, *_ = re.split(r"\s(?:on|for|of|in|about|towards?|and)\s|:", name, maxsplit=1)
    for part in (before, name):
        heads = list(heads_pattern().finditer(part))
        if heads:
            return _kinds()[" ".join(heads[-1].group().lower().split())]
    return "conference" if load_rules("events").rule("events.conference-name").pattern.search(name) else "other"


def edition_of(name: str) -> int | None:
    """The number of the edition that the name gives.

    >>> edition_of("The 3rd Harbour Forum"), edition_of("Inaugural Harbour Forum"), edition_of("Harbour Forum")
    (3, 1, None)
    """
    match = load_rules("events").rule("events.edition").pattern.search(name)
    if not match:
        return None
    return int(match["ordinal"]) if match["ordinal"] else ORDINALS[match["word"].lower()]


@cache
def heads_pattern() -> re.Pattern[str]:
    """Any head noun of an event."""
    return re.compile(rf"(?i)\b{alternation(tuple(_kinds()))}\b")


@cache
def _kinds() -> dict[str, EventKind]:
    rules = load_rules("events")
    names = [cast(EventKind, kind) for kind in get_args(EventKind)]
    return {term: kind for kind in names for term in rules.terms(kind)}
