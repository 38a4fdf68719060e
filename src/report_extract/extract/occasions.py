"""Events without a name: the sentence that tells of one, and of which kind it is.

A noun tells ("a two-day meeting was held in Lima"), or a verb that is only said of something that people attend
("swore in its officers", "laid the foundation stone"). A noun needs a verb of holding, or a day and a place beside it;
a verb frame always needs a day of its own, and a place or a crowd. A headline alone tells of none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import cast

from report_extract.evidence import Evidence
from report_extract.extract.event_details import Details
from report_extract.extract.event_kinds import heads_pattern, kind_of
from report_extract.extract.mentions import DateMention
from report_extract.rules import alternation, load_rules
from report_extract.schema import EventKind

_UNNAMED = (
    r"(?:\b(?:[Aa]n?|[Tt]he|[Tt]his|[Tt]oday['’]s|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Pp]ublic|[Aa]t|[Oo]ur)|(?<=\w)['’]s)\s+"
    r"(?P<phrase>(?:(?!{verbs}\b)[\w'’-]+\s+){0,4}?(?P<head>{heads}))\b"
)
_CROWD = re.compile(
    r"(?i)\b(?:guests|participants|people|delegates|attend\w*|in the presence of|witnessed|audience|invited|residents"
    r"|villagers|farmers|dignitaries|crowd|spectators|well-wishers|onlookers)\b"
)
# Kinds whose verb frames need no place beside the day, and frames that need none either.
_FREE = frozenset({"meeting", "hearing", "press_conference", "visit"})
_FREE_FRAMES = frozenset(f"occasions.ceremony-{frame}" for frame in ("signed", "sworn", "opened", "stone", "unveiled"))
# Those of the lead that may have happened on the day of publication.
_MET = frozenset({"meeting", "visit"})
_SOMEWHERE = re.compile(r"\b(?:at|in) (?:the )?[A-Z][\w’-]+ [A-Z]")
_DAY, _SEASON = len("2015-05-05"), 100
Told = tuple[EventKind, Evidence]


def occasions_in(details: Details, bounds: tuple[int, int], *, lead: bool) -> Iterator[Told]:
    """What a sentence tells of, the surest reading first: a noun, a verb frame, a noun of many meanings."""
    text = details.text
    held = _held().search(text, *bounds) is not None
    days = details.days_in(bounds)
    placed = bool(details.where.sites_in(bounds)) or any(p.search(text, *bounds) for p in (_CROWD, _SOMEWHERE))
    nouns = [match for match in _unnamed_pattern().finditer(text, *bounds) if not _in_name(match, text)]
    sure = [noun for noun in nouns if noun["head"].lower() not in _loose()]
    if held or (days and placed):
        yield from (_noun(match, text, bounds) for match in sure)
    exact = any(day.start and len((day.edtf or "").partition("/")[0]) >= _DAY for day in days)
    recent = exact and any(_is_recent(day, details.published) for day in days)
    for told in _frames(text, bounds) if days or lead else ():
        free = told[0] in (_FREE if days else _MET) or (recent and told[1].rule in _FREE_FRAMES)
        if free or (exact and placed):
            yield told
    if held and (lead or days):
        yield from (_noun(match, text, bounds) for match in nouns if match not in sure)


def _is_recent(day: DateMention, published: DateMention | None) -> bool:
    """Whether a day is at most a season away from the publication, so far as that is known."""
    if published is None or not published.start or not day.start:
        return True
    return abs((date.fromisoformat(day.start) - date.fromisoformat(published.start)).days) <= _SEASON


def frame_in(text: str, bounds: tuple[int, int]) -> EventKind | None:
    """The kind that the first verb frame in a piece of text tells."""
    return next((kind for kind, _ in _frames(text, bounds)), None)


def _in_name(match: re.Match[str], text: str) -> bool:
    """Whether the noun is a piece of a name: "the Trade Fair Hall", "the Convention"; "a virtual Meeting" is none."""
    if match["head"][0].islower():
        return False
    before = match["phrase"][: -len(match["head"])].split()
    return (
        not before or any(word[0].isupper() for word in before) or text[match.end() : match.end() + 2].strip().isupper()
    )


def _noun(match: re.Match[str], text: str, bounds: tuple[int, int]) -> Told:
    kind = kind_of(match["phrase"])
    if kind == "other":
        kind = frame_in(text, bounds) or kind
    return kind, Evidence(match.start("phrase"), match.end(), "events.unnamed", 0.5)


def _frames(text: str, bounds: tuple[int, int]) -> Iterator[Told]:
    for rule in load_rules("occasions").rules:
        match = rule.pattern.search(text, *bounds)
        if match:
            kind = rule.id.removeprefix("occasions.").partition("-")[0]
            yield cast(EventKind, kind), Evidence(match.start(), match.end(), rule.id, 0.5)


def _held() -> re.Pattern[str]:
    return load_rules("events").rule("events.takes-place").pattern


@cache
def _unnamed_pattern() -> re.Pattern[str]:
    heads = heads_pattern().pattern.removeprefix("(?i)\\b").removesuffix("\\b")
    verbs = alternation((*load_rules("events").terms("held"), "a", "an", "the", "its"))
    return re.compile(_UNNAMED.replace("{heads}", f"(?i:{heads})").replace("{verbs}", verbs))


@cache
def _loose() -> frozenset[str]:
    return frozenset(load_rules("events").terms("loose"))
