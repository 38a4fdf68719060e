"""One release, one meaning: what a name means where it is clear, it means everywhere in the release."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from report_extract.analyze.candidates import Board, Candidate
from report_extract.analyze.words import Words
from report_extract.rules import load_rules

# A place right behind a body's short name, and then an end to it.
_BRANCH = re.compile(r"G+(?=[,.;:)|]|$)")
_FIELD = {"ORG": "organizations", "EVENT": "events", "PERSON": "people", "GPE": "places"}


def positions(words: Words) -> dict[str, list[int]]:
    """Where each form stands."""
    at: dict[str, list[int]] = defaultdict(list)
    for i, form in enumerate(words.forms):
        at[form].append(i)
    return at


def _places(words: Words, at: dict[str, list[int]], name: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where the words of a name stand."""
    for first in at[name[0]]:
        if words.forms[first : first + len(name)] == name:
            yield first, first + len(name)


def repeated(words: Words, board: Board, at: dict[str, list[int]], *labels: str) -> Iterator[Candidate]:
    """Other places where a whole name stands."""
    names = {
        (c.label, words.forms[c.first : c.stop])
        for c in board.of(*labels)
        if c.stop - c.first > 1
        or words.tags[c.first] == "A"
        or c.rule.endswith(("bracketed", "about", "employer", "in-context", "beside"))
    }
    for label, name in names:
        for first, stop in _places(words, at, name):
            yield Candidate(first, stop, label, f"{_FIELD[label]}.repeated", 5 + 0.1 * len(name))


def company_names(words: Words, board: Board, at: dict[str, list[int]]) -> Iterator[Candidate]:
    """Companies without their legal form, and by the first word alone where it is no everyday word."""
    tags = words.tags
    # Each form once: a list of a thousand companies would otherwise propose each of its places a thousand times.
    names: dict[tuple[str, ...], None] = {}
    for company in board.of("ORG"):
        if company.rule != "organizations.company":
            continue
        stop = next(i for i in range(company.first, company.stop) if tags[i] == "K")
        stop -= tags[stop - 1] == ","
        for size in range(1, stop - company.first + 1):
            is_telling = size == stop - company.first > 1 or (size == 1 and tags[company.first] in "CAB")
            if is_telling:
                names[words.forms[company.first : company.first + size]] = None
    for name in names:
        for first, stop in _places(words, at, name):
            yield Candidate(first, stop, "ORG", "organizations.short-form", 3 + 0.1 * len(name))


def universities(words: Words, board: Board, at: dict[str, list[int]]) -> Iterator[Candidate]:
    """ "Varn U", "Varn Univ." for the Varn University that the release names."""
    names = {words.forms[c.first : c.stop - 1] for c in board.of("ORG") if words.forms[c.stop - 1] == "University"}
    short = load_rules("organization_kinds").terms("short_universities")
    for name in names - {()}:
        for first, stop in _places(words, at, name):
            if "".join(words.words[stop : stop + 1]).removesuffix(".") in short:
                yield Candidate(first, stop + 1, "ORG", "organizations.short-form", 0.8)


def branches(words: Words, board: Board) -> Iterator[Candidate]:
    """The office of a body at a place, named by both alone: "write to Ana Ruiz, ISTC Moscow, or call"."""
    for body in board.of("ORG"):
        match = _BRANCH.match(words.tags, body.stop)
        if match and words.tags[body.first : body.stop] in ("A", "B"):
            yield Candidate(body.first, match.end(), "ORG", "organizations.branch", 6)


def short_names(words: Words, board: Board, at: dict[str, list[int]]) -> Iterator[Candidate]:
    """Family and given names alone, of persons whom the release names in full."""
    tags = words.tags
    parts: set[str] = set()
    for person in board.of("PERSON"):
        if person.stop - person.first < 2 or person.rule == "people.unknown":
            continue
        for i in (person.first, person.stop - 1):
            if tags[i] in "CSNncgGDTFXYO" and len(words.forms[i]) > 1 and (i == person.stop - 1 or tags[i] in "NSC"):
                parts.add(words.forms[i])
    for part in parts:
        for i in at[part]:
            if tags[i] in "CSNncgGwDTFXYO" and words.words[i][:1].isupper() and _stands_alone(words, board, i):
                yield Candidate(i, i + 1, "PERSON", "people.short-form", 4)


def _stands_alone(words: Words, board: Board, i: int) -> bool:
    tags, owner = words.tags, board.owner
    before, after = tags[i - 1] if i else "|", tags[i + 1] if i + 1 < len(tags) else "|"
    if before == "-" or (after == "-" and words.ends[i] == words.starts[i + 1]):
        return False
    if after in "CSNncOEKAGB" and owner[i + 1] is None:
        return False
    return not (before in "CSNB" and owner[i - 1] is None and not words.begins[i - 1])


def bare_heads(words: Words, board: Board) -> Iterator[Candidate]:
    """ "the University" with its capital, where the release names one."""
    tags = words.tags
    heads = {
        words.forms[i]
        for c in board.of("ORG")
        if c.stop - c.first > 1
        for i in range(c.first, c.stop)
        if tags[i] == "O"
    }
    for i in range(1, len(tags)):
        if (
            tags[i] == "O"
            and tags[i - 1] == "h"
            and words.forms[i] in heads
            and words.words[i][0].isupper()
            and words.forms[i] != "Government"
            and tags[i + 1 : i + 2] not in tuple("cCOETAMfrNSGFY-")
        ):
            yield Candidate(i, i + 1, "ORG", "organizations.standing-for", 3)
