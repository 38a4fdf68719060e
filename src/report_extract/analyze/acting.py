"""Museums, libraries, gardens that act are bodies, though their names are a building's.

The network reads "Harbour Museum" as a building wherever nothing speaks against it. Where the release lets it do or own
something ("Harbour Museum opens a wing", "Harbour Museum's director", "a study by the Harbour Museum"), the name is a
body's in the whole release, and what speaks for the building speaks for the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from report_extract.analyze.decoding import Reading
from report_extract.analyze.lexicon import Lexicon
from report_extract.analyze.words import Words

# What a body does has an ending of a verb; small words that have one too are left out by their tag.
_VERB = re.compile(r"(?:[a-z]{3,}(?:ed|es)|[a-z]{2,}[a-rt-z]s|has|have|had|will|is|was|are|says?|said)")
_LED_BY = frozenset({"by"})


def as_bodies(words: Words, lexicon: Lexicon, readings: Iterable[Reading]) -> Iterator[Reading]:
    """The readings, those of buildings that act somewhere in the release as readings of bodies."""
    readings = list(readings)
    heads = lexicon.lists["organizations.acting_sites"]
    sites = [
        one
        for one in readings
        if one.label == "FAC" and words.words[one.stop - 1] in heads and one.stop - one.first > 1
    ]
    acting = {words.forms[one.first : one.stop] for one in sites if _acts(words, one)}
    for one in readings:
        is_acting = one.label == "FAC" and words.forms[one.first : one.stop] in acting
        yield replace(one, label="ORG") if is_acting else one


def _acts(words: Words, reading: Reading) -> bool:
    """Whether a name is the subject of a verb, an owner, or who did something."""
    stop, before = reading.stop, reading.first - 1
    if stop < len(words.words) and (words.tags[stop] == "s" or _is_verb(words, stop)):
        return not (before >= 0 and words.tags[before] == "i") and not (
            before > 0 and words.tags[before - 1 : before + 1] == "ih"
        )
    if before >= 0 and words.tags[before] == "h":
        before -= 1
    return before >= 0 and words.words[before].lower() in _LED_BY


def _is_verb(words: Words, at: int) -> bool:
    return words.tags[at] in "wv" and _VERB.fullmatch(words.words[at]) is not None
