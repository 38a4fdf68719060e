"""Places and peoples: countries, cities, regions, sites, and the adjectives of peoples.

A city whose name is also an everyday word or a person's name is one only where the words around it say so: "in X", or
"X, Country".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from report_extract.analyze.candidates import Candidate
from report_extract.analyze.lexicon import Lexicon
from report_extract.analyze.words import Words

_SITE = re.compile(r"(?:(?:[CcNSnGgDLABOMEI01y]|(?<=[nNScCTM])s)-?){1,5}F+(?![cCOE])")
_LAND = re.compile(r"(?:[CcNSnGgDL]-?){1,3}X+(?![cCOETNF])")
_DIVISION = re.compile(r"[CNSGg](?:-?[CNSGgn])?Y(?!s?[OE])")
# "the People's Republic of China", "the Hashemite Kingdom of Jordan": states by their full names, as one.
_FORMS = frozenset({"Republic", "Kingdom", "Sultanate", "Principality"})
_SORTS = frozenset(
    {"People", "Peoples", "Islamic", "Democratic", "Federal", "Federative", "Socialist", "Plurinational", "Arab"}
    | {"Hashemite", "Oriental", "Bolivarian", "Hellenic", "Independent", "Cooperative", "Co-operative", "United"}
)


def find_places(words: Words, lexicon: Lexicon) -> Iterator[Candidate]:
    """Places told by the lists, by their own last word, and by the words around them."""
    for label, tag in (("GPE", "G"), ("LOC", "L"), ("NORP", "D")):
        for first, stop in _runs(words, lexicon, tag):
            yield Candidate(first, stop, label, "places.known", 3)
    yield from _states_in_full(words)
    yield from _headed(words)
    yield from _in_context(words, lexicon)
    yield from _regions(words, lexicon)


def _headed(words: Words) -> Iterator[Candidate]:
    """Names with the head of a site, a land or a division of a country."""
    for pattern, label, rule, weight in (
        (_SITE, "FAC", "places.site", 5.8),
        (_LAND, "LOC", "places.land", 5.2),
        (_DIVISION, "GPE", "places.division", 5.6),
    ):
        for match in pattern.finditer(words.tags):
            first, stop = match.span()
            while first < stop - 1 and (
                (words.begins[first] and words.tags[first] == "c") or words.tags[first] in "-s"
            ):
                first += 1
            if stop - first > 1:
                yield Candidate(first, stop, label, rule, weight)


def _in_context(words: Words, lexicon: Lexicon) -> Iterator[Candidate]:
    """Names that may be cities, where a preposition, a state or a place beside them says so; from right to left."""
    tags, forms = words.tags, words.forms
    before, states = lexicon.lists["place_names.before"], lexicon.lists["place_names.states"]
    found = {i for i, tag in enumerate(tags) if tag == "G"}
    for i in range(len(tags) - 1, -1, -1):
        tag = tags[i]
        if tag not in "gNnSCA" or (tag != "g" and (tags[i - 1 : i] or "|") in "CSNnIHcT"):
            continue
        known = tag == "g" or forms[i] in lexicon.weak_places
        if tags[i + 1 : i + 2] in ("C", "S", "N", "I", "c", "O", "E", "A") and (tag != "g" or tags[i + 1] in "SC"):
            continue
        follows = i + 2 < len(tags) and tags[i + 1] == "," and (i + 2 in found or words.words[i + 2] in states)
        placed = i > 0 and forms[i - 1].lower() in before and not words.begins[i]
        if known and (follows or placed or (i > 1 and tags[i - 1] == "," and tags[i - 2] == "G")):
            found.add(i)
            yield Candidate(i, i + 1, "GPE", "places.in-context", 2.5 if tag == "g" or follows else 2)
        elif follows and placed and tag in "CS":
            found.add(i)
            yield Candidate(i, i + 1, "GPE", "places.beside", 2.5)
    yield from _states(words, states)


def _states_in_full(words: Words) -> Iterator[Candidate]:
    """ "the Islamic Republic of Iran": from the first word that says what sort of state it is to the country's name."""
    tags, forms = words.tags, words.forms
    for match in re.finditer("(?<=.)fh?G+", tags):
        first = match.start() - 1
        if forms[first] not in _FORMS or words.begins[match.start()]:
            continue
        while first > 0 and (forms[first - 1] in _SORTS or (tags[first - 1] == "s" and forms[first - 2] in _SORTS)):
            first -= 1 + (tags[first - 1] == "s")
        yield Candidate(first, match.end(), "GPE", "places.known", 5.9)


def _states(words: Words, states: frozenset[str]) -> Iterator[Candidate]:
    tags = words.tags
    for i in range(2, len(tags)):
        if words.words[i] not in states or tags[i - 1] not in ",-(" or tags[i - 2] not in "GgCScnNA)Y":
            continue
        if tags[i + 1 : i + 2] not in ("c", "O", "E", "C") and (tags[i - 1] != "-" or len(words.words[i - 2]) == 1):
            yield Candidate(i, i + 1, "GPE", "places.state", 7)


def _regions(words: Words, lexicon: Lexicon) -> Iterator[Candidate]:
    """A direction before a country or city: "Far Eastern Russia", "Greater Suva"."""
    directions = lexicon.lists["place_names.directions"]
    for match in re.finditer(r"(?<![cCOEG-])[cCMn]{1,2}G+(?![OEF])", words.tags):
        first = match.start()
        stop = match.end()
        if words.tags[first + 1] in "cCMn" and words.forms[first] not in directions:
            first += 1
        if words.forms[first] in directions:
            yield Candidate(first, stop, "LOC", "places.region", 3.5)


def _runs(words: Words, lexicon: Lexicon, tag: str) -> Iterator[tuple[int, int]]:
    """The stretches of a tag, cut into the phrases of the lexicon."""
    for match in re.finditer(tag + "+", words.tags):
        first = match.start()
        while first < match.end():
            entries = lexicon.phrases.get(words.forms[first], ())
            fits = (len(p) for p, t in entries if t == tag and words.forms[first : first + len(p)] == p)
            stop = first + next(fits, 1)
            yield first, stop
            first = stop
