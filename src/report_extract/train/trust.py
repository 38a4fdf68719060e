"""How far to believe the network and each rule, found on annotated releases that the network has not seen.

A logistic regression over all proposals, fitted by Newton's method; few enough weights for a hundred releases. The
least probability with which a proposal of a label stands is the one that gives the best F1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from spacy.language import Language

from report_extract.analyze.barred import barred_words
from report_extract.analyze.components import Mentions
from report_extract.analyze.mentions import read_words
from report_extract.analyze.names import names_of
from report_extract.analyze.pieces import LABELS
from report_extract.analyze.pipeline import load_pipeline
from report_extract.analyze.seam import sections_of
from report_extract.analyze.settle import Feature, Place, Proposals, Trust, choose, probability, write_trust
from report_extract.analyze.tagged import tagged_words
from report_extract.train.config import TrainConfig, find_data
from report_extract.train.data import Annotated, cleaned, gold_spans, gold_states, read_corpus
from report_extract.train.regression import regress

_PENALTY = 2.0
_LEAST = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
Found = tuple[set[Place], frozenset[Place]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A release's proposals with their features, and the places that are right; the page's chrome is in neither."""

    proposals: Proposals
    features: Mapping[Place, tuple[Feature, ...]]
    right: frozenset[Place]


def weigh(folder: Path, config: TrainConfig, data: Sequence[Path]) -> dict[str, float]:
    """Fits the weights of network and rules on the releases for tuning, writes them, and gives their F1 by label."""
    nlp = load_pipeline(folder)
    corpora = [corpus for corpus in config.watch if corpus.form == "releases"]
    judged = [[judge(item, nlp) for item in read_corpus(c, find_data(c.path, data))] for c in corpora]
    releases = [one for corpus, some in zip(corpora, judged, strict=True) for one in some * corpus.repeat]
    if not releases:
        return {}
    write_trust(fit_trust(releases), folder / "report_mentions" / "trust.json")
    return cross_validate([one for some in judged for one in some])


def judge(item: Annotated, nlp: Language) -> Judged:
    """What network and rules propose for an annotated release."""
    clean = cleaned(item) if item.is_raw else item
    doc = nlp(clean.text)
    mentions = nlp.get_pipe("report_mentions")
    assert isinstance(mentions, Mentions)
    words = tagged_words(doc, mentions.lexicon, mentions.gazetteer)
    starts, ends = words.starts, words.ends
    proposals = Proposals(
        words, names_of(doc) or [], read_words(words, mentions.lexicon), barred_words(words, mentions.lexicon)
    )
    chrome = [(section.start_char, section.end_char) for section in sections_of(doc, "CHROME")]
    places = [p for p in proposals if not any(start <= starts[p[0]] < end for start, end in chrome)]
    features = {place: tuple(proposals.features(place)) for place in places}
    return Judged(proposals, features, frozenset(gold_spans(gold_states(clean, starts, ends))))


def fit_trust(releases: Sequence[Judged]) -> Trust:
    """The weights and thresholds that fit these releases best."""
    rows = [(features, place in one.right) for one in releases for place, features in one.features.items()]
    right = np.array([right for _, right in rows], dtype=np.float64)
    weights = regress([features for features, _ in rows], right, _penalty)
    chances = [_chances(one, weights) for one in releases]
    least = dict.fromkeys(LABELS, 0.4)
    for label in LABELS:
        tried = {value: {**least, label: value} for value in _LEAST}
        least = max(tried.values(), key=lambda one: _f1(_found(releases, chances, one), label))
    return Trust(weights, least)


def cross_validate(releases: Sequence[Judged], folds: int = 4) -> dict[str, float]:
    """F1 by label when each part of the releases is judged by weights fitted on the others."""
    found: list[Found] = []
    for fold in range(folds):
        trust = fit_trust([one for n, one in enumerate(releases) if n % folds != fold])
        others = [one for n, one in enumerate(releases) if n % folds == fold]
        found += _found(others, [_chances(one, trust.weights) for one in others], trust.least)
    return {label: _f1(found, label) for label in LABELS}


def _penalty(_: str) -> float:
    return _PENALTY


def _chances(one: Judged, weights: Mapping[str, float]) -> dict[Place, float]:
    trust = Trust(weights, {})
    return {place: probability(features, trust) for place, features in one.features.items()}


def _found(
    releases: Sequence[Judged], chances: Sequence[Mapping[Place, float]], least: Mapping[str, float]
) -> list[Found]:
    """For each release the places that stand and those that are right."""
    boards = (choose(one.proposals, some, least) for one, some in zip(releases, chances, strict=True))
    return [
        ({(c.first, c.stop, c.label) for c in board.chosen}, one.right)
        for one, board in zip(releases, boards, strict=True)
    ]


def _f1(found: Iterable[Found], label: str) -> float:
    hits = total = 0
    for chosen, right in found:
        ours, theirs = ({place for place in some if place[2] == label} for some in (chosen, right))
        hits += len(ours & theirs)
        total += len(ours) + len(theirs)
    return round(2 * hits / total, 4) if total else 0.0
