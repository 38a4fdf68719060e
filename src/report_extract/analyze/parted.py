"""Readings that hold two names: a body before an office, two bodies, a word before a person.

"HIT President" is an office and the body whose letters the release explains; "Lima University and Tide Board" are two
bodies where the release names the second by itself; in "NUT alumna Mele Vuki" the name begins behind the word that
tells who she is; "Director Professor Ana Ruiz" has an office and a form of address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from report_extract.analyze.candidates import Board, Candidate
from report_extract.analyze.words import Words

# Tags of words in small letters that are no part of a name.
_NO_NAME = "w"
_FEWEST_NAMES = 2
_RANKS = frozenset({"Professor", "Emeritus", "Emerita", "University", "Distinguished", "Associate", "Adjunct"})
_ADDRESSES = frozenset({"Professor", "Prof.", "Prof", "Dr", "Dr."})
Bodies = set[tuple[str, ...]]


def part(words: Words, board: Board) -> None:
    """Puts the parts of such readings on the board in place of the whole."""
    bodies = {words.forms[c.first : c.stop] for c in board.of("ORG")}
    for candidate in board.of(*_PARTS):
        parts = list(_PARTS[candidate.label](words, candidate, bodies))
        if parts:
            board.remove(candidate)
            board.place(parts)


def _office(words: Words, office: Candidate, bodies: Bodies) -> Iterator[Candidate]:
    first, last = office.first, office.stop - 1
    is_led = last > first and words.words[last] in _ADDRESSES and words.tags[last - 1] == "T"
    if is_led and _leads_name(words, office):
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


def _leads_name(words: Words, office: Candidate) -> bool:
    return office.stop < len(words.words) and words.words[office.stop][:1].isupper()


def _is_rank(words: Words, office: Candidate) -> bool:
    """Whether "Professor Emeritus" stands before a name as a form of address."""
    ranks = words.words[office.first : office.stop]
    return _leads_name(words, office) and "Emeritus" in ranks and "Professor" in ranks and set(ranks) <= _RANKS


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
