"""The chain of repairs: each looks at the text, names its edits, and the map takes them along."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from report_extract.clean.characters import normalize_characters
from report_extract.clean.garbled import mend_entities, mend_mojibake
from report_extract.clean.glue import split_glued_words
from report_extract.clean.hyphens import join_hyphenated
from report_extract.clean.spaces import squeeze_spaces, tighten_punctuation
from report_extract.clean.stops import part_figures, space_after_stops
from report_extract.clean.torn import join_torn_words
from report_extract.clean.wrapping import join_wrapped
from report_extract.evidence import Edit, TextMap

Repair = Callable[[str], Iterable[Edit]]
REPAIRS: tuple[Repair, ...] = (
    mend_entities,
    mend_mojibake,
    normalize_characters,
    squeeze_spaces,
    tighten_punctuation,
    join_torn_words,
    join_hyphenated,
    join_wrapped,
    space_after_stops,
    part_figures,
    split_glued_words,
)
# What one repair mends may show another its damage ("&amp;nbsp;", a word glued where a line was joined), so the chain
# runs again until it finds nothing: mostly twice, which is what makes cleaning twice the same as cleaning once.
_MOST_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Repaired text, its map to the text as received, and the names of the repairs that changed something."""

    text: str
    map: TextMap
    steps: tuple[str, ...]


def clean_text(text: str) -> Cleaned:
    """The text as it was meant: the same words, undamaged, one paragraph a line.

    Quotation marks, capitals and spelling stay as they are. Cleaning a cleaned text changes nothing.

    >>> cleaned = clean_text("The Centre heldthe meeting,  more than100 per-\\nsons came.")
    >>> cleaned.text
    'The Centre held the meeting, more than 100 persons came.'
    >>> cleaned.map.to_raw(cleaned.text.index("persons"), cleaned.text.index(" came"))
    (42, 51)
    """
    text_map, steps = TextMap.identity(len(text)), list[str]()
    for _ in range(_MOST_ROUNDS):
        received = text
        for repair in REPAIRS:
            before = text
            text, text_map = text_map.apply(text, repair(text))
            if text != before and repair.__name__ not in steps:
                steps.append(repair.__name__)
        if text == received:
            break
    return Cleaned(text, text_map, tuple(steps))
