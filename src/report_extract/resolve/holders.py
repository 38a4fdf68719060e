"""Offices that stand for their holder: "the Minister", "the Vice-Chancellor" where only one person fits.

An office with "the" before it and no name beside it is the one person who was named with that office before it: "the
Minister" takes up "Ada Quill, Minister for Tides", "the Prime Minister" does not. It stands for nobody where two
persons have the office, where words go on to say which office is meant ("the Minister of Reefs"), and where its holder
is said to be a former one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from report_extract.evidence import Evidence
from report_extract.extract.mentions import AffiliationMention, PersonEntity, PersonMention
from report_extract.rules import load_rules

_LOOKBACK = 12
_LOOKAHEAD = 40
_CONFIDENCE = 0.8
# An office of a deputy is another office.
_LESSER = frozenset({"vice", "deputy", "assistant", "associate", "acting", "prime", "under", "co", "former", "general"})


@dataclass(frozen=True, slots=True)
class StandIn:
    """An office at a place, as a mention of the person for whom it stands."""

    mention: PersonMention
    person: PersonEntity


@dataclass(frozen=True, slots=True)
class _Holder:
    person: PersonEntity
    start: int
    keys: frozenset[str]


def resolve_holders(
    text: str,
    titles: Iterable[tuple[int, int]],
    people: Sequence[PersonEntity],
    affiliations: Sequence[AffiliationMention],
) -> Iterator[StandIn]:
    """Every office, of those at the places `titles`, that stands for somebody, in text order."""
    holders = tuple(_holders(people, affiliations))
    if not holders:
        return
    told = {(one.title.evidence.start, one.title.evidence.end) for one in affiliations if one.title}
    named = sorted(mention.evidence.start for person in people for mention in person.mentions)
    for start, end in sorted(set(titles) - told):
        key = _folded(text[start:end])
        fitting = {id(holder.person): holder for holder in holders if key in holder.keys}
        if len(fitting) != 1 or not _stands_alone(text, start, end, named):
            continue
        holder = next(iter(fitting.values()))
        if holder.start < start:
            evidence = Evidence(start, end, "people.office", _CONFIDENCE)
            yield StandIn(PersonMention(holder.person.name, evidence), holder.person)


def _holders(people: Sequence[PersonEntity], affiliations: Sequence[AffiliationMention]) -> Iterator[_Holder]:
    persons = {mention.evidence: person for person in people for mention in person.mentions}
    first: set[tuple[int, frozenset[str]]] = set()
    for one in sorted(affiliations, key=lambda affiliation: affiliation.evidence):
        person = persons.get(one.person.evidence)
        if person is None or one.title is None or one.current is False:
            continue
        keys = _short_forms(one.title.title)
        if (id(person), keys) not in first:
            first.add((id(person), keys))
            yield _Holder(person, one.evidence.start, keys)


def _short_forms(title: str) -> frozenset[str]:
    """The forms by which an office is taken up again.

    >>> sorted(_short_forms("Minister for Tides")), sorted(_short_forms("Deputy Prime Minister"))
    (['minister', 'minister for tides'], ['deputy prime minister'])
    """
    whole = _folded(title)
    short = load_rules("titles").rule("titles.matter").pattern.split(whole, maxsplit=1)[0]
    words = short.split()
    is_plain = len(words) > 1 and not _LESSER & set(words[-2:])
    return frozenset({whole, short, words[-1]} if is_plain else {whole, short})


def _stands_alone(text: str, start: int, end: int, named: Sequence[int]) -> bool:
    """Whether "the" leads to an office, and neither a name nor words of its matter stand beside it."""
    rules = load_rules("titles")
    before = rules.rule("titles.definite").pattern.search(text[max(0, start - _LOOKBACK) : start])
    at = bisect_left(named, end)
    gap = text[end : named[at]] if at < len(named) and named[at] - end < _LOOKAHEAD else " ... "
    is_beside_name = rules.rule("titles.gap-to-name").pattern.match(gap) is not None
    return before is not None and not is_beside_name and not rules.rule("titles.goes-on").pattern.match(text, end)


def _folded(title: str) -> str:
    return " ".join(title.casefold().replace("-", " ").split())
