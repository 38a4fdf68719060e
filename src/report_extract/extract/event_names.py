"""Whether two names are names of one event."""

from __future__ import annotations

import re

from report_extract.extract.event_kinds import ORDINALS, heads_pattern
from report_extract.extract.mentions import EventMention

_YEAR = re.compile(r"(?:19|20)\d\d")
_DOTTED = re.compile(r"\b(?:[A-Z]\.)+[A-Z]\b\.?")
# "ReefConf 9" and "REEF-9" are written "ReefConf9" and "REEF9" too.
_LOOSE_NUMBER = re.compile(r"\b([A-Z]\w*[A-Z]\w*)[ -](\d{1,2})\b")
_ROUND_TABLE = re.compile(r"\bround[- ]table\b")
_NUMBERS = {
    word: f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number, 'th') }"
    for word, number in {"zeroth": 0, **ORDINALS}.items()
    if number < 20 and word != "inaugural"
}
_LONG = 10
# Words that a release leaves out as soon as it has said them once.
_UNSAID = frozenset({"inaugural", "annual", "the"})
_SMALL = frozenset(
    [
        "the",
        "of",
        "on",
        "for",
        "and",
        "in",
        "to",
        "a",
        "an",
        "at",
        "with",
        "annual",
        "national",
        "international",
        "first",
    ]
)


def is_same_name(a: str, b: str) -> bool:
    """Whether the shorter name's words all stand in the longer, spelled out or as initials, and the years agree.

    >>> is_same_name("HR Week 2021", "Harbour Reef Week 2021"), is_same_name("Reef Week 2020", "Reef Week 2021")
    (True, False)
    """
    left, right = _words(a), _words(b)
    years = [{word for word in words if _YEAR.fullmatch(word)} for words in (left, right)]
    if years[0] and years[1] and years[0] != years[1]:
        return False
    small, large = sorted((left, right), key=len)
    # "the 2015 Summit" is the summit of a longer name that leaves its year out.
    bare = small - _UNSAID - years[0] - years[1]
    if small - _UNSAID <= large or (len(bare) == 1 and len(large) < _LONG and bare <= large):
        return True
    short, long = sorted((a, b), key=len)
    initials = "".join(word[0] if word[0].isupper() else " " for word in re.findall(r"\w+", long))
    spelled = {word.lower() for word in re.findall(r"\w+", short) if not _is_acronym_in(word, initials)}
    return len(spelled) < len(small) and spelled <= large


def is_same_day(a: EventMention, b: EventMention) -> bool:
    """Whether two named events of one kind fall on one day (or into its year) and share a word of their own."""
    if a.kind != b.kind or a.kind == "other" or not a.start_date or not b.start_date:
        return False
    first, second = sorted((a.start_date, b.start_date), key=len)
    heads = {word for head in heads_pattern().findall(f"{a.name} {b.name}") for word in _words(head)}
    own = [{w for w in _words(e.name or "") - heads - _SMALL if not _YEAR.fullmatch(w)} for e in (a, b)]
    return second.startswith(first) and bool(own[0] & own[1])


def is_named_by_town(a: EventMention, b: EventMention) -> bool:
    """Whether one name says only what the other event is and in which town: "the Lima Summit"."""
    pairs = ((a, b), (b, a)) if a.kind == b.kind else ()
    return any(
        one.city is not None
        and other.start_date is None
        and _words(other.name or "") - _own_heads(other.name or "") - _UNSAID == _words(one.city)
        for one, other in pairs
    )


def _own_heads(name: str) -> set[str]:
    return {word for head in heads_pattern().findall(name) for word in _words(head)}


def _words(name: str) -> set[str]:
    joined = _DOTTED.sub(lambda match: match.group().replace(".", ""), _LOOSE_NUMBER.sub(r"\1\2", name))
    joined = _ROUND_TABLE.sub("roundtable", joined.lower())
    return {_NUMBERS.get(word, word) for word in re.findall(r"\w+", joined)}


def _is_acronym_in(word: str, initials: str) -> bool:
    """Whether the letters of a word begin words of a name, side by side, or three or more in their order."""
    if not word.isupper() or len(word) < 2:
        return False
    rest = iter(initials)
    return word in initials or (len(word) > 2 and all(letter in rest for letter in word))
