"""Damage and change that releases meet in the world, made on purpose, so that the network meets them in training.

Each change is an edit of the text; the spans move along. Names are swapped by the same new name in the whole release,
so that a surname still belongs to its full name.
"""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from report_extract.analyze.gazetteer import Gazetteer
from report_extract.evidence import Edit, TextMap
from report_extract.train.data import Annotated

_WORD = re.compile(r"[^\W\d_]{2,}")
_QUOTES = re.compile(r"[\"“”«»]")
_PLACES = frozenset({"city", "country", "region"})
_SYLLABLES = (
    "ta",
    "lo",
    "mer",
    "vi",
    "ka",
    "zen",
    "dor",
    "su",
    "ri",
    "bel",
    "no",
    "qua",
    "lum",
    "fi",
    "gra",
    "ex",
    "pro",
)


@dataclass(frozen=True, slots=True)
class NewNames:
    """What names are swapped for; `common` are the everyday words that stay as they are."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    places: tuple[str, ...]
    common: frozenset[str]


def new_names(names: Gazetteer) -> NewNames:
    """The new names that a model's lists offer, in a fixed order."""
    places = (phrase for phrase, label, tag in names.phrases if label == "GPE" and tag in _PLACES)
    return NewNames(tuple(sorted(names.given)), tuple(sorted(names.family)), tuple(places), names.common)


def augment(item: Annotated, names: NewNames, rng: random.Random) -> Annotated:
    """The text with some of these changes, drawn by chance; often none."""
    changes: list[tuple[float, Callable[[Annotated], Iterator[Edit]]]] = [
        (0.4, partial(swap_people, names=names, rng=rng)),
        (0.35, partial(swap_bodies, names=names, rng=rng)),
        (0.25, partial(swap_places, names=names, rng=rng)),
        (0.05, shout_people),
        (0.12, partial(change_case, rng=rng)),
        (0.06, lose_quotes),
    ]
    if item.is_raw:
        changes += [(0.05, wrap_lines), (0.04, garble_marks), (0.12, partial(glue_words, rng=rng))]
    for chance, change in changes:
        if rng.random() < chance:
            item = apply_edits(item, list(change(item)))
    return item


def apply_edits(item: Annotated, edits: list[Edit]) -> Annotated:
    """The text after the edits, with its spans and masks."""
    if not edits:
        return item
    apart: list[Edit] = []
    for edit in sorted(edits):
        if not apart or edit.start >= apart[-1].end:
            apart.append(edit)
    text, text_map = TextMap.identity(len(item.text)).apply(item.text, apart)
    spans = tuple((*text_map.to_clean(start, end), label) for start, end, label in item.spans)
    masked = tuple(text_map.to_clean(start, end) for start, end in item.masked)
    return replace(item, text=text, spans=tuple(s for s in spans if s[1] > s[0]), masked=masked)


def swap_people(item: Annotated, names: NewNames, rng: random.Random) -> Iterator[Edit]:
    """Other names for the persons: the last word of a name becomes a family name, the others given names."""
    new: dict[str, str] = {}
    people = sorted((s for s in item.spans if s[2] == "PERSON"), key=lambda s: s[0] - s[1])
    for start, end, _ in people:
        words = [m for m in _WORD.finditer(item.text, start, end) if m.group()[0].isupper() and len(m.group()) > 2]
        for n, word in enumerate(words):
            is_last = n == len(words) - 1
            chosen = rng.choice(names.family if is_last else names.given) if rng.random() < 0.7 else _coined(rng)
            new.setdefault(word.group().lower(), chosen)
    for start, end, _ in people:
        for word in _WORD.finditer(item.text, start, end):
            if word.group().lower() in new and word.group()[0].isupper():
                yield Edit(word.start(), word.end(), _like(new[word.group().lower()], word.group()))


def swap_bodies(item: Annotated, names: NewNames, rng: random.Random) -> Iterator[Edit]:
    """Other acronyms, and other proper words in the names of bodies; everyday words and heads stay."""
    new: dict[str, str] = {}
    for start, end, label in item.spans:
        if label not in ("ORG", "EVENT"):
            continue
        for word in _WORD.finditer(item.text, start, end):
            old = word.group()
            if not old[0].isupper() or (not old.isupper() and old.lower() in names.common):
                continue
            if old not in new:
                new[old] = _acronym(len(old), rng) if old.isupper() and len(old) < 7 else _proper(names, rng)
            yield Edit(word.start(), word.end(), _like(new[old], old))


def swap_places(item: Annotated, names: NewNames, rng: random.Random) -> Iterator[Edit]:
    """Other cities and countries."""
    new: dict[str, str] = {}
    for start, end, label in item.spans:
        old = item.text[start:end]
        if label == "GPE" and len(old) > 3 and "." not in old:
            yield Edit(start, end, _like(new.setdefault(old.lower(), rng.choice(names.places)), old))


def shout_people(item: Annotated) -> Iterator[Edit]:
    """Persons in capital letters."""
    for start, end, label in item.spans:
        if label == "PERSON" and len(item.text[start:end].upper()) == end - start:
            yield Edit(start, end, item.text[start:end].upper())


def change_case(item: Annotated, rng: random.Random) -> Iterator[Edit]:
    """One line, mostly the first, all in small or all in capital letters."""
    lines = list(re.finditer(r"[^\n]{12,180}", item.text))
    if not lines:
        return
    line = lines[0] if rng.random() < 0.6 else rng.choice(lines)
    new = line.group().lower() if rng.random() < 0.5 else line.group().upper()
    if len(new) == len(line.group()):
        yield Edit(line.start(), line.end(), new)


def lose_quotes(item: Annotated) -> Iterator[Edit]:
    """No quotation marks at all, as some archives have it."""
    for mark in _QUOTES.finditer(item.text):
        yield Edit(mark.start(), mark.end(), "")


def wrap_lines(item: Annotated) -> Iterator[Edit]:
    """Hard line breaks about every seventy characters."""
    begin = 0
    for gap in re.finditer(r"\s", item.text):
        if gap.group() == "\n":
            begin = gap.end()
        elif gap.start() - begin > 66 and gap.group() == " ":
            yield Edit(gap.start(), gap.end(), "\n")
            begin = gap.end()


def garble_marks(item: Annotated) -> Iterator[Edit]:
    """Letters and marks read in the wrong encoding."""
    for char in re.finditer(r"[’“”–éèüöáíó]", item.text):
        try:
            yield Edit(char.start(), char.end(), char.group().encode("utf-8").decode("cp1252"))
        except UnicodeDecodeError:
            continue


def glue_words(item: Annotated, rng: random.Random) -> Iterator[Edit]:
    """Two spaces in a hundred lost."""
    for gap in re.finditer(r"(?<=\w) (?=\w)", item.text):
        if rng.random() < 0.02:
            yield Edit(gap.start(), gap.end(), "")


def _acronym(length: int, rng: random.Random) -> str:
    return "".join(rng.choice(string.ascii_uppercase) for _ in range(max(2, length + rng.choice((-1, 0, 0, 1)))))


def _proper(names: NewNames, rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.4:
        return rng.choice(names.places)
    if kind < 0.7:
        return rng.choice(names.family)
    return _coined(rng) + rng.choice(("", "", "", "", "Tech", "Net", "GO", "Labs", "24", "X"))


def _coined(rng: random.Random) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(rng.choice((2, 2, 3)))).capitalize()


def _like(new: str, old: str) -> str:
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new.lower() if old.islower() else new
