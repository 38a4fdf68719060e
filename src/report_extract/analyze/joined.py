"""Readings that are halves of one name, and names that only the reading beside them tells.

"Vice-Chancellor and President Ana Ruiz" has one office; "King Tavo's College" is one body, named for somebody of whom
the release tells nothing; in "Tuvalu High Commissioner" the country belongs to the office; "Tide Museum Director Ana
Ruiz" has an office in a museum, which by itself could be a building.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import replace

from report_extract.analyze.acronyms import BRACKET, find_long_form, is_name
from report_extract.analyze.candidates import Board, Candidate
from report_extract.analyze.lexicon import Lexicon
from report_extract.analyze.words import Words

# Behind "and": modifiers and the head of a second office.
_SECOND_OFFICE = re.compile(r"(?:M-?)*T(?=[^,])")
_IN_NAME = "CcNnSGgDLAOFM"
_CROWNS = frozenset(
    {"King", "Queen", "Prince", "Princess", "Emperor", "Empress", "Sultan", "Saint", "St", "St.", "Sainte"}
)
# Whose bodies are named after them ("the Prime Minister's Task Force on Tides"), and what such bodies are.
_OWNERS = frozenset({"President", "Minister", "Governor", "Mayor", "Premier", "Chancellor"})
_OWNED = frozenset({"Task", "Office", "Commission", "Council", "Committee", "Board", "Secretariat", "Fund", "Delivery"})


def join(words: Words, lexicon: Lexicon, board: Board) -> None:
    """Puts the whole on the board in place of its halves, and the country beside an office."""
    for office in board.of("TITLE"):
        _join_offices(words, board, office)
    for office in board.of("TITLE"):
        board.place(_country(words, board, office))
    for body in board.of("ORG"):
        _join_crown(words, board, body)
        _join_owner(words, board, body)
    for match in BRACKET.finditer(words.tags):
        _spell_out(words, board, match.start())
    for person in board.of("PERSON"):
        _site_before(words, board, person, lexicon.lists["organizations.acting_sites"])


def _join_offices(words: Words, board: Board, office: Candidate) -> None:
    """ "Vice-Chancellor and President Ana Ruiz": joins offices, if neither has a matter of its own."""
    stop = office.stop
    if board.owner[office.first] is not office or words.tags[stop : stop + 1] != "&" or words.begins[stop]:
        return
    match = _SECOND_OFFICE.match(words.tags, stop + 1)
    if match is None or set(words.tags[office.first : stop]) - set("TM-"):
        return
    read = board.touching(stop, match.end())
    named = board.owner[match.end()] if match.end() < len(words.words) else None
    if named is None or any(c.label != "TITLE" for c in read):
        return
    # "The Prime Minister and President Ruiz" are two.
    is_full = named.label == "PERSON" and named.stop - named.first > 1
    if (not is_full and named.label != "HONORIFIC") or words.tags[max(office.first - 1, 0)] == "h":
        return
    if any(c.first < stop or c.stop > match.end() for c in read):
        return
    board.add(replace(office, stop=match.end()))


def _country(words: Words, board: Board, office: Candidate) -> Iterator[Candidate]:
    """The country that stands before an office and is read as nothing: "Tuvalu High Commissioner"."""
    first = office.first
    while first > 0 and words.tags[first - 1] == "G" and board.owner[first - 1] is None:
        first -= 1
    if first < office.first:
        yield Candidate(first, office.first, "GPE", "places.before-title", office.weight)


def _join_crown(words: Words, board: Board, body: Candidate) -> None:
    """ "King Tavo's College": a body named for somebody, of whom nothing else is told."""
    owned = body.first - 1
    named = board.owner[owned - 1] if owned > 0 and words.tags[owned] == "s" else None
    if named is None or named.label != "PERSON":
        return
    first = named.first - 1
    if first < 0 or words.words[first] not in _CROWNS:
        return
    before = board.owner[first]
    if before is not None and before.label in ("TITLE", "HONORIFIC") and before.first < first:
        return
    board.add(replace(body, first=first))


def _join_owner(words: Words, board: Board, body: Candidate) -> None:
    """ "Prime Minister's Task Force on Tides": a body named for an office, which is nobody's there."""
    last = body.first - 2
    if (
        last < 0
        or words.tags[last + 1] != "s"
        or words.words[last] not in _OWNERS
        or board.owner[body.first] is not body
    ):
        return
    if words.words[body.first] not in _OWNED:
        return
    owner = board.owner[last]
    first = last - (last > 0 and words.words[last - 1] in ("Prime", "Chief", "First") and not words.begins[last])
    if owner is None or (owner.label in ("TITLE", "ORG") and owner.first >= first and owner.stop == last + 1):
        board.add(replace(body, first=first))


def _spell_out(words: Words, board: Board, bracket: int) -> None:
    """ "Director of Education and Culture Division (ECD)": what the letters spell is the body, the rest the office."""
    short, before = board.owner[bracket + 1], board.owner[bracket - 1]
    span = find_long_form(words, bracket)
    if short is None or short.label != "ORG" or span is None or words.tags[span[1] - 1] != "O":
        return
    if not is_name(words.tags[slice(*span)]):
        return
    if before is not None and before.label != "TITLE" and (before.label != "ORG" or before.first <= span[0]):
        return
    first = span[0]
    read = board.touching(first, bracket)
    if any(c.label not in ("TITLE", "ORG", "GPE") or (c.first < first and c.label != "TITLE") for c in read):
        return
    office = next((c for c in read if c.first < first), None)
    if office is not None:
        stop = first
        while stop > office.first and words.tags[stop - 1] in "fhr":
            stop -= 1
        if stop in (first, office.first):
            return
        board.add(replace(office, stop=stop))
    board.add(Candidate(first, bracket, "ORG", "organizations.long-form", short.weight))


def _site_before(words: Words, board: Board, person: Candidate, heads: Set[str]) -> None:
    """ "Tide Museum Chief Executive Ana Ruiz": the museum and the office, where nothing stronger reads their words."""
    behind = person.first
    while behind > 0 and (before := board.owner[behind - 1]) is not None and before.label == "HONORIFIC":
        behind = before.first
    office = behind
    while office > 0 and words.tags[office - 1] in "MT" and words.words[office - 1] not in heads:
        office -= 1
    if office == behind or words.tags[behind - 1] != "T" or office == 0 or words.words[office - 1] not in heads:
        return
    first = office - 1
    while first > 0 and not words.begins[first] and words.tags[first - 1] in _IN_NAME:
        first -= 1
    read = board.touching(first, behind)
    if first == office - 1 or any(c.first < first or c.label in ("PERSON", "DATE", "EVENT") for c in read):
        return
    board.add(Candidate(first, office, "ORG", "organizations.before-title", person.weight))
    board.add(Candidate(office, behind, "TITLE", "titles.before-name", person.weight))
