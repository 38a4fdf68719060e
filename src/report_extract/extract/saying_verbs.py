"""Verbs of saying: their forms, where they stand in a scene, and the adverbs beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from report_extract.extract.scene import Scene, Verb
from report_extract.rules import alternation, load_rules


def find_verbs(scene: Scene) -> Iterator[Verb]:
    """Every form of a verb of saying outside quotation marks."""
    table = _verb_table()
    for match in verb_pattern().finditer(scene.masked):
        participle, cue = table[" ".join(match.group().split())]
        yield Verb(match.start(), match.end(), match.group(), participle, cue)


@cache
def _verb_table() -> dict[str, tuple[bool, bool]]:
    """For each form: whether it is a participle, and whether it may stand beside a quotation."""
    rules = load_rules("speech")
    table: dict[str, tuple[bool, bool]] = dict.fromkeys(rules.terms("foreign_verbs"), (False, True))
    for name, cue in (("clause_verbs", False), ("cue_verbs", True)):
        for entry in rules.terms(name):
            past, third, participle, _ = (form.replace("_", " ") for form in entry.split())
            table |= {past: (False, cue), third: (False, cue), participle: (True, cue)}
    return table


@cache
def verb_pattern() -> re.Pattern[str]:
    """Any form of a verb of saying; grouped by first letter, which spares the matcher most of the comparisons."""
    groups: dict[str, list[str]] = {}
    for form in _verb_table():
        groups.setdefault(form[0], []).append(form[1:])
    branches = [initial + alternation_of_tails(tails) for initial, tails in sorted(groups.items())]
    return re.compile(r"(?<![\w'’-])(?:" + "|".join(branches) + r")(?![\w’'-])")


def alternation_of_tails(tails: list[str]) -> str:
    """An alternation of word endings, longest first; spaces match any white space within a line."""
    return "(?:" + "|".join(re.escape(t).replace(r"\ ", "[ \xa0]+") for t in sorted(tails, key=len, reverse=True)) + ")"


def without_adverbs(left: str) -> str:
    """What stands before the verb, without "also", "has", "in his speech" and their like next to it."""
    while True:
        match = re.search(r",?\s+\(?([a-z]+),?\s*$", left)
        if match and (match.group(1) in _adverbs() or (match.group(1).endswith("ly") and len(match.group(1)) > 4)):
            left = left[: match.start()] + " "
            continue
        phrase = _adverb_phrases().search(left)
        if not phrase:
            return left
        left = left[: phrase.start()] + " "


@cache
def _adverbs() -> frozenset[str]:
    return frozenset(load_rules("speech").terms("adverbs"))


@cache
def _adverb_phrases() -> re.Pattern[str]:
    phrases = tuple(term for term in _adverbs() if " " in term)
    days = r"on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    return re.compile(rf",?\s+(?:{alternation(phrases)}|{days}),?\s*$")
