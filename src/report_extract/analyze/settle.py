"""Which readings stand: what the network and the rules propose, weighed by how often each has turned out right.

Theory. Every proposal is a span with a label. What speaks for it is how likely the network finds it, how likely it
finds the same words elsewhere in the release (a name means the same everywhere), and which rule proposes it; against
it speaks what the rules read in its place. Each of these has a weight, all weights together are a logistic regression,
so the sum is a probability; the most probable proposals stand, as far as they do not overlap. The weights belong to the
network whose faults they know; `train.trust` finds them on annotated releases that the network has not seen.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from report_extract.analyze.candidates import Board, Candidate
from report_extract.analyze.decoding import Reading
from report_extract.analyze.led import free_bodies, held_bodies, parts_of_names, second_offices
from report_extract.analyze.words import Words
from report_extract.errors import EnvironmentFault

Place = tuple[int, int, str]
Feature = tuple[str, float]
# What the network finds less likely than this it has not seen at all.
_NEVER = 0.01
_BEFORE_PERSON, _BEFORE_OTHERS, _BEHIND = "hH,&|", "h|", "s,|"
# An office does not end with the word that leads to the next ("Dean and"), a name not with a dash ("Ana Ruiz-Dean").
_BEHIND_LABEL = {"TITLE": "s,|&", "PERSON": "s,|-"}
# How many held an office before is no part of it: "the 4th President".
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)
_LONGEST = 6
# Names of several words that are this likely in one place stand wherever the network half believes them.
_REPEATED, _LIKELY, _BELIEVED = ("ORG",), 0.5, 0.1


@dataclass(frozen=True, slots=True)
class Trust:
    """The weight of each feature, and the least probability with which a proposal stands, by label."""

    weights: Mapping[str, float]
    least: Mapping[str, float]


def read_trust(path: Path) -> Trust | None:
    """The weights of a model folder's `trust.json`; None where it has none.

    Raises:
        EnvironmentFault: when the file cannot be read.
    """
    if not path.is_file():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Trust(data["weights"], data["least"])
    except (OSError, ValueError, KeyError) as error:
        raise EnvironmentFault(
            f"{path}: cannot read the weights of rules ({error}); install the model again"
        ) from error


def write_trust(trust: Trust, path: Path) -> None:
    """Writes the weights, those that say nothing left out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    weights = {name: round(value, 3) for name, value in sorted(trust.weights.items()) if abs(value) >= 0.001}
    data = {"least": dict(trust.least), "weights": weights}
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


class Proposals:
    """All proposals for one text: places, the network's probability of each, the rules that propose it.

    What consists of words that are barred for its label is not proposed.
    """

    def __init__(
        self, words: Words, readings: Iterable[Reading], by_rules: Board, barred: Mapping[str, frozenset[int]]
    ) -> None:
        self.words, self.owner = words, by_rules.owner
        self.chances: dict[Place, float] = {}
        for reading in readings:
            first, stop = _bare(words, reading)
            place = (first, stop, reading.label)
            if stop > first and not _is_barred(place, barred):
                self.chances[place] = min(1.0, self.chances.get(place, 0.0) + reading.confidence)
        self.rules: dict[Place, str] = {}
        self._barred = barred
        self.add(by_rules.chosen)
        self.at: dict[str, list[int]] = defaultdict(list)
        for i, form in enumerate(words.forms):
            self.at[form].append(i)
        # Kept, since a name that fills a long list would be sought as often as it stands there.
        self.means: dict[tuple[tuple[str, ...], str], float] = {}

    def add(self, candidates: Iterable[Candidate]) -> list[Place]:
        """Takes what further rules propose, and tells for which places; who proposes a place first is its rule."""
        added = []
        for candidate in candidates:
            place = (candidate.first, candidate.stop, candidate.label)
            if place not in self.rules and not _is_barred(place, self._barred):
                self.rules[place] = candidate.rule
                added.append(place)
        return added

    def __iter__(self) -> Iterator[Place]:
        """Every place that is proposed, once."""
        return iter({**self.chances, **self.rules})

    def features(self, place: Place) -> Iterator[Feature]:
        """What speaks for and against a proposal."""
        first, stop, label = place
        chance, elsewhere = _log_odds(self.chances.get(place, _NEVER)), _log_odds(self._mean(place))
        yield from (("bias", 1.0), (f"bias {label}", 1.0), ("chance", chance), (f"chance {label}", chance))
        yield from (("mean", elsewhere), (f"mean {label}", elsewhere))
        yield f"length {min(stop - first, _LONGEST)} {label}", 1.0
        rule = self.rules.get(place)
        if rule is not None:
            yield from ((f"rule {rule}", 1.0), (f"ruled {label}", 1.0))
            return
        others = {id(c): c for c in self.owner[first:stop] if c is not None}.values()
        if others:
            yield f"taken {label}", 1.0
        for other in others:
            yield f"taken {label} by {other.label}", 1.0

    def _mean(self, place: Place) -> float:
        """The network's mean probability over all places where the same words stand."""
        first, stop, label = place
        form, size = self.words.forms[first:stop], stop - first
        if (form, label) not in self.means:
            found = [i for i in self.at[form[0]] if self.words.forms[i : i + size] == form]
            total = sum(self.chances.get((i, i + size, label), _NEVER) for i in found)
            self.means[form, label] = total / len(found)
        return self.means[form, label]


def settle(proposals: Proposals, trust: Trust, further: Callable[[Board], Iterable[Candidate]] | None = None) -> Board:
    """The proposals that stand; `further` may propose more, beside those that stand without it."""
    chances = {place: probability(proposals.features(place), trust) for place in proposals}
    board = choose(proposals, free_bodies(proposals, chances), trust.least)
    added = proposals.add(further(board)) if further is not None else ()
    if not added:
        return board
    chances.update((place, probability(proposals.features(place), trust)) for place in added)
    return choose(proposals, free_bodies(proposals, chances), trust.least)


def choose(proposals: Proposals, chances: Mapping[Place, float], least: Mapping[str, float]) -> Board:
    """The most probable places that do not overlap, each as probable as its label demands."""
    board = Board(len(proposals.words.words))
    board.place(
        Candidate(*place, proposals.rules.get(place, f"model.{place[2]}"), chance)
        for place, chance in chances.items()
        if chance >= least.get(place[2], 0.5)
    )
    board.place(_repeated(proposals, board, chances))
    board.place(parts_of_names(proposals, board))
    board.place(second_offices(proposals, board))
    board.place(held_bodies(proposals, board, chances))
    return board


def _repeated(proposals: Proposals, board: Board, chances: Mapping[Place, float]) -> Iterator[Candidate]:
    """Further places of names that stand: what a name means where it is clear, it means everywhere in the release."""
    forms = proposals.words.forms
    likely = (c for c in board.of(*_REPEATED) if c.weight >= _LIKELY and c.stop - c.first > 1)
    for form, label in dict.fromkeys((forms[c.first : c.stop], c.label) for c in likely):
        for first in proposals.at[form[0]]:
            place = (first, first + len(form), label)
            if chances.get(place, 0.0) >= _BELIEVED and forms[first : place[1]] == form:
                yield Candidate(*place, proposals.rules.get(place, f"model.{label}"), chances[place])


def probability(features: Iterable[Feature], trust: Trust) -> float:
    """How likely a proposal with these features is right."""
    total = sum(trust.weights.get(name, 0.0) * value for name, value in features)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _is_barred(place: Place, barred: Mapping[str, frozenset[int]]) -> bool:
    first, stop, label = place
    return label in barred and all(i in barred[label] for i in range(first, stop))


def _log_odds(chance: float) -> float:
    chance = max(_NEVER, min(1 - _NEVER, chance))
    return math.log(chance / (1 - chance))


def _bare(words: Words, reading: Reading) -> tuple[int, int]:
    """The reading without article, honorific and possessive, which are no part of a name in our conventions."""
    first, stop = reading.first, reading.stop
    if reading.label == "EVENT":
        first, stop = _without_half_brackets(words, first, stop)
    before = _BEFORE_PERSON if reading.label == "PERSON" else _BEFORE_OTHERS
    while first < stop and words.tags[first] in before:
        first += 1
    if reading.label == "TITLE" and stop - first > 1 and _ORDINAL.fullmatch(words.words[first]):
        first += 1
    if reading.label == "PERSON":
        # In a headline the verb has a capital, too: "Ana Ruiz Promises Fair Tides".
        stop = next((i for i in range(first + 1, stop) if words.titled[i] and _is_raised(words, i)), stop)
    behind = _BEHIND_LABEL.get(reading.label, _BEHIND)
    while stop > first and words.tags[stop - 1] in behind:
        stop -= 1
    return first, stop


def _without_half_brackets(words: Words, first: int, stop: int) -> tuple[int, int]:
    """A name neither begins inside a bracket that it closes nor ends inside one that it opens: "TF) Tide Forum"."""
    marks = [i for i in range(first, stop) if words.words[i] in "()"]
    if marks and words.words[marks[0]] == ")":
        first = marks[0] + 1
    if marks and words.words[marks[-1]] == "(":
        stop = marks[-1]
    return first, stop


def _is_raised(words: Words, i: int) -> bool:
    """Whether a word that is none of a name has its capital from the line that it stands in."""
    return words.tags[i] == "w" and words.words[i][:1].isupper() and words.words[i][1:].islower()
