"""Readings that hold two names: a body before an office, two bodies, a word before a person.

"HIT President" is an office and the body whose letters the release explains; "Lima University and Tide Board" are two
bodies where the release names the second by itself; in "NUT alumna Mele Vuki" the name begins behind the word that
tells who she is. Two that are one are joined: "Vice-Chancellor and President Ana Ruiz" names one office, "King Tavo's College" one body. Letters of
distinctions behind a name ("Ana Ruiz, OBE, KStJ") are neither an office nor a body.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import replace

from report_extract.analyze.candidates import Board, Candidate
from report_extract.analyze.lexicon import Lexicon
from report_extract.analyze.words import Words

# Tags of words in small letters that are no part of a name.
_NO_NAME = "w"
_FEWEST_NAMES = 2
_RANKS = frozenset({"Professor", "Emeritus", "Emerita", "University", "Distinguished", "Associate", "Adjunct"})
_ADDRESSES = frozenset({"Professor", "Prof.", "Prof", "Dr", "Dr."})
_SECOND_OFFICE = re.compile(r"(?:M-?)*T(?=[^,])")
_CROWNS = frozenset(
    "King Queen Prince Princess Emperor Empress Sultan Saint St St. Sainte Santa Our Blessed Good Imperial".split()
)
_LONGEST_LETTERS, _FEWEST_CAPITALS = 6, 2
Bodies = set[tuple[str, ...]]


def part(words: Words, lexicon: Lexicon, board: Board) -> None:
    """Puts the parts of such readings on the board in place of the whole, and the whole in place of halves."""
    letters = lexicon.lists["names.post_nominals"]
    for person in board.of("PERSON"):
        _shorten(words, board, person, letters - lexicon.lists["names.generations"])
    for person in board.of("PERSON"):
        for candidate in _distinctions(words, board, person, letters):
            board.remove(candidate)
    for office in board.of("TITLE"):
        _join(words, lexicon, board, office)
    for office in board.of("TITLE"):
        board.place(_country(words, board, office))
    for body in board.of("ORG"):
        _crown(words, board, body)
    bodies = {words.forms[c.first : c.stop] for c in board.of("ORG")}
    for candidate in board.of(*_PARTS):
        parts = list(_PARTS[candidate.label](words, candidate, bodies))
        if parts:
            board.remove(candidate)
            board.place(parts)


def _shorten(words: Words, board: Board, person: Candidate, letters: Set[str]) -> None:
    """Takes the letters of a distinction off a name: "Ana Ruiz MBE"."""
    stop = person.stop
    while stop - person.first > _FEWEST_NAMES and words.words[stop - 1] in letters:
        stop -= 1
    if stop < person.stop and not words.surface(person.first, stop).isupper():
        board.remove(person)
        board.add(replace(person, stop=stop))


def _distinctions(words: Words, board: Board, person: Candidate, letters: Set[str]) -> Iterator[Candidate]:
    """What is read in the letters behind a name; one that no list has counts where it follows one that a list has."""
    at, is_known = person.stop, False
    while at + 1 < len(words.words):
        at += words.tags[at] == ","
        word = words.words[at]
        is_letters = word in letters or (is_known and word.isalpha() and word.upper() != word.lower() and _is_short(word))
        read = board.owner[at]
        if not is_letters or (read is not None and (read.first, read.stop) != (at, at + 1)):
            return
        if read is not None and read.label in ("ORG", "TITLE"):
            yield read
        at, is_known = at + 1, True


def _is_short(word: str) -> bool:
    return len(word) <= _LONGEST_LETTERS and sum(letter.isupper() for letter in word) >= _FEWEST_CAPITALS


def _join(words: Words, lexicon: Lexicon, board: Board, office: Candidate) -> None:
    """ "Vice-Chancellor and President Ana Ruiz": joins an office to the next one, if neither has a matter of its own."""
    stop = office.stop
    if board.owner[office.first] is not office or words.tags[stop : stop + 1] != "&" or words.begins[stop]:
        return
    match = _SECOND_OFFICE.match(words.tags, stop + 1)
    if match is None or set(words.tags[office.first : stop]) - set("TM-"):
        return
    read = {id(c): c for c in board.owner[stop : match.end()] if c is not None}.values()
    named = board.owner[match.end()] if match.end() < len(words.words) else None
    if named is None or any(c.label != "TITLE" for c in read):
        return
    # "The Prime Minister and President Ruiz" are two.
    is_full = named.label == "PERSON" and named.stop - named.first > 1
    if not is_full and named.label != "HONORIFIC" or words.tags[max(office.first - 1, 0)] == "h":
        return
    if any(c.first < stop or c.stop > match.end() for c in read):
        return
    for candidate in (office, *read):
        board.remove(candidate)
    board.add(replace(office, stop=match.end()))


def _country(words: Words, board: Board, office: Candidate) -> Iterator[Candidate]:
    """The country that stands before an office and is read as nothing: "Tuvalu High Commissioner"."""
    first = office.first
    while first > 0 and words.tags[first - 1] == "G" and board.owner[first - 1] is None:
        first -= 1
    if first < office.first:
        yield Candidate(first, office.first, "GPE", "places.before-title", office.weight)


def _crown(words: Words, board: Board, body: Candidate) -> None:
    """ "King Tavo's College": a body named for somebody, of whom nothing else is told."""
    owned = body.first - 1
    named = board.owner[owned - 1] if owned > 0 and words.tags[owned] == "s" else None
    if named is None or named.label != "PERSON":
        return
    before = board.owner[named.first - 1] if named.first > 0 else None
    first = before.first if before is not None and before.label in ("TITLE", "HONORIFIC") else named.first - 1
    if first < 0 or words.words[first] not in _CROWNS or first != named.first - 1:
        return
    for candidate in (named, *((before,) if before is not None and before.label != "PERSON" else ())):
        board.remove(candidate)
    board.add(replace(body, first=first))


def _office(words: Words, office: Candidate, bodies: Bodies) -> Iterator[Candidate]:
    first, last = office.first, office.stop - 1
    named = office.stop < len(words.words) and words.words[office.stop][:1].isupper()
    if named and last > first and words.words[last] in _ADDRESSES and words.tags[last - 1] == "T":
        yield replace(office, stop=last)
        yield replace(office, first=last, label="HONORIFIC", rule="people.rank")
        return
    if _is_rank(words, office):
        yield replace(office, label="HONORIFIC", rule="people.rank")
        return
    for cut in range(first + 1, office.stop):
        named = words.forms[first:cut] in bodies and words.words[first].isupper()
        if named and words.words[cut][:1].isupper():
            yield replace(office, stop=cut, label="ORG", rule="organizations.before-title")
            yield replace(office, first=cut)
            return


def _is_rank(words: Words, office: Candidate) -> bool:
    """Whether "Professor Emeritus" stands before a name as a form of address."""
    named = office.stop < len(words.words) and words.words[office.stop][:1].isupper()
    ranks = words.words[office.first : office.stop]
    return named and "Emeritus" in ranks and "Professor" in ranks and set(ranks) <= _RANKS


def _two_bodies(words: Words, body: Candidate, bodies: Bodies) -> Iterator[Candidate]:
    for cut in (i for i in range(body.first + 1, body.stop - 1) if words.tags[i] == "&"):
        if words.forms[cut + 1 : body.stop] in bodies and body.stop - cut > _FEWEST_NAMES:
            yield replace(body, stop=cut)
            yield replace(body, first=cut + 1)
            return


def _person(words: Words, person: Candidate, bodies: Bodies) -> Iterator[Candidate]:
    first, stop = person.first, person.stop
    small = [i for i in range(first, stop) if words.tags[i] == _NO_NAME and words.words[i].islower()]
    if not small or stop - small[-1] <= _FEWEST_NAMES or len(words.words[small[-1]]) <= _FEWEST_NAMES + 1:
        return
    yield replace(person, first=small[-1] + 1)
    if words.forms[first : small[0]] in bodies:
        yield replace(person, stop=small[0], label="ORG", rule="organizations.before-title")


_PARTS: dict[str, Callable[[Words, Candidate, Bodies], Iterator[Candidate]]] = {
    "TITLE": _office,
    "ORG": _two_bodies,
    "PERSON": _person,
}
