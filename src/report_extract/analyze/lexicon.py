"""What each known word or phrase can be in a name: the rule files and the model's lists, as tags of `words`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path

from report_extract.analyze.gazetteer import Gazetteer, read_gazetteer
from report_extract.analyze.tokenizer import split_words
from report_extract.rules import load_rules

_PLACE_TAGS = {"country": "G", "capital": "G", "city": "G", "region": "G", "weak": "g", "university": "B"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Tags of single words, and phrases by their first word, longest first."""

    tags: dict[str, str]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    lists: dict[str, frozenset[str]]
    particles: frozenset[str]
    saying: frozenset[str]
    headline_verbs: frozenset[str]
    family: frozenset[str]
    small_titles: frozenset[str]
    small_modifiers: frozenset[str]
    weak_places: frozenset[str]
    title_words: dict[str, str]
    cache: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=2)
def read_lists(folder: Path) -> tuple[Gazetteer, Lexicon]:
    """The lists of a model folder and the lexicon made of them; the components of a pipeline share them.

    Raises:
        EnvironmentFault: when a list is missing.
    """
    names = read_gazetteer(folder)
    return names, build_lexicon(names)


@lru_cache(maxsize=1)
def no_lists() -> tuple[Gazetteer, Lexicon]:
    """What a component has before its model's lists are read: the rule files alone."""
    names = Gazetteer()
    return names, build_lexicon(names)


def build_lexicon(gazetteer: Gazetteer) -> Lexicon:
    """The lexicon of the rule files and these lists; where two disagree about a word, the later named wins."""
    files = {name: load_rules(name) for name in ("honorifics", "titles", "organizations", "event_names", "place_names")}
    lists = {f"{name}.{key}": frozenset(terms) for name, file in files.items() for key, terms in file.lists.items()}
    names = load_rules("names")
    lists["names.plural_honorifics"] = frozenset(names.terms("plural_honorifics"))
    lists["names.generations"] = frozenset(names.terms("generations"))
    lists["names.post_nominals"] = frozenset(names.terms("post_nominals")) | {"S.C."}
    tags: dict[str, str] = {}
    phrases: dict[tuple[str, ...], str] = {}
    cautious = lists["place_names.cautious"]
    for phrase, _, tag in gazetteer.phrases:
        _add(phrases, [phrase], "g" if phrase in cautious else _PLACE_TAGS[tag])
    for key, tag in (
        ("titles.modifiers", "M"),
        ("place_names.land_heads", "X"),
        ("place_names.site_heads", "F"),
        ("place_names.divisions", "Y"),
        ("organizations.heads", "O"),
        ("event_names.heads", "E"),
        ("titles.heads", "T"),
        ("organizations.company", "K"),
    ):
        single = {term for term in lists[key] if len(split_words(term)[0]) == 1}
        tags.update(dict.fromkeys(single, tag))
        _add(phrases, lists[key] - single, tag)
    for key, tag in (
        ("place_names.places", "G"),
        ("place_names.countries", "G"),
        ("place_names.regions", "L"),
        ("place_names.peoples", "D"),
        ("organizations.known", "B"),
        ("event_names.known", "Z"),
        ("honorifics.honorifics", "H"),
    ):
        _add(phrases, lists[key], tag)
    for word in lists["place_names.cautious"] & {phrase[0] for phrase in phrases if len(phrase) == 1}:
        phrases[(word,)] = "g"
    tags.update(dict.fromkeys(lists["organizations.stop_words"], "w"))
    tags["The"] = "h"
    tags.update(dict.fromkeys(lists["event_names.inner_words"], "j"))
    tags.update(dict.fromkeys(("A.M", "P.M", "A.M.", "P.M.", "AM", "PM"), "w"))
    return Lexicon(
        tags=tags,
        phrases=_by_first(phrases),
        lists=lists,
        particles=frozenset(names.terms("particles")) | {"'t", "s/o", "d/o", "bte"},
        saying=frozenset(_saying()),
        headline_verbs=lists["organizations.headline_verbs"],
        family=gazetteer.family | gazetteer.given,
        small_titles=frozenset(term.lower() for term in lists["titles.heads"]),
        small_modifiers=lists["titles.small_modifiers"],
        weak_places=frozenset(phrase[0] for phrase, tag in phrases.items() if len(phrase) == 1 and tag == "g"),
        title_words=_title_words(lists),
    )


def _title_words(lists: dict[str, frozenset[str]]) -> dict[str, str]:
    """The words to which the view of `title_spans` gives letters of its own."""
    letters = dict.fromkeys(lists["titles.small_modifiers"], "m")
    letters.update(dict.fromkeys((term.lower() for term in lists["titles.heads"]), "t"))
    for name, letter in (
        ("general_after", "a"),
        ("being", "b"),
        ("determiners", "d"),
        ("pronouns", "e"),
        ("posts", "o"),
    ):
        letters.update(dict.fromkeys(lists["titles." + name], letter))
    letters["to"] = "k"
    return letters


def _add(phrases: dict[tuple[str, ...], str], terms: Iterable[str], tag: str) -> None:
    for term in terms:
        phrases[tuple(split_words(term)[0])] = tag


def _by_first(phrases: dict[tuple[str, ...], str]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, tag in phrases.items():
        by_first.setdefault(phrase[0], []).append((phrase, tag))
    return {
        first: tuple(sorted(entries, key=lambda entry: (-len(entry[0]), entry))) for first, entries in by_first.items()
    }


def _saying() -> Iterable[str]:
    """The finite forms of the verbs of saying."""
    speech = load_rules("speech")
    return chain.from_iterable(
        (form for form in verb.split()[:2] if "_" not in form) for verb in speech.terms("cue_verbs")
    )
