"""How well a network reads: exact spans against the annotation, label by label."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from report_extract.analyze.decoding import best, decode, probabilities
from report_extract.analyze.pieces import LABELS, WordPieces
from report_extract.train.batches import fill, groups_of, rows_of
from report_extract.train.config import TrainConfig
from report_extract.train.data import IGNORED, Example, gold_spans
from report_extract.train.network import Tagger

Array = NDArray[Any]
Scores = dict[str, float]


def score_network(network: Tagger, examples: Sequence[Example], pieces: WordPieces, config: TrainConfig) -> Scores:
    """F1 by label, and over all labels as `all`; spans on words where a label is not annotated do not count."""
    tally: Counter[tuple[str, str]] = Counter()
    for scores, gold in _windows(network, examples, pieces, config):
        found, right = {span for span, _ in _found(scores, gold)}, set(gold_spans(gold))
        for outcome, spans in (("hit", found & right), ("wrong", found - right), ("missed", right - found)):
            for _, _, label in spans:
                tally[label, outcome] += 1
                tally["all", outcome] += 1
    return dict(_f1(tally))


def best_temperature(network: Tagger, examples: Sequence[Example], pieces: WordPieces, config: TrainConfig) -> float:
    """The temperature under which the confidence of spans predicts best whether they are right."""
    windows = list(_windows(network, examples, pieces, config))
    losses = {t / 10: _surprise(windows, t / 10) for t in range(7, 31)}
    return min(losses, key=losses.__getitem__)


def _surprise(windows: Sequence[tuple[Array, Array]], temperature: float) -> float:
    """How much the truth surprises who believes the confidence: mean negative log likelihood."""
    losses = []
    for scores, gold in windows:
        right = set(gold_spans(gold))
        for span, confidence in _found(scores, gold, temperature):
            believed = min(max(confidence, 1e-4), 1 - 1e-4)
            losses.append(-np.log(believed if span in right else 1 - believed))
    return float(np.mean(losses)) if losses else 0.0


def _windows(
    network: Tagger, examples: Sequence[Example], pieces: WordPieces, config: TrainConfig
) -> Iterator[tuple[Array, Array]]:
    """Scores and gold of the annotated words of each window."""
    rows = [row for example in examples for row in rows_of(example, pieces, limit=config.longest_window)]
    network.eval()
    with torch.inference_mode():
        for group in groups_of(rows, 4 * config.batch_pieces, random.Random(0)):
            there = fill(group).to(next(network.parameters()).device)
            scores = network(there.ids, there.cases, there.tags, there.mask).float().cpu().numpy()
            for row, gold in zip(scores, there.gold.cpu().numpy(), strict=True):
                known = (gold != IGNORED).any(axis=1)
                yield row[known], gold[known]


def _found(scores: Array, gold: Array, temperature: float = 1.0) -> Iterator[tuple[tuple[int, int, str], float]]:
    """The spans that the scores say, with their confidence, where their label is annotated."""
    for reading in best(decode(probabilities(scores, temperature))):
        if gold[reading.first, LABELS.index(reading.label)] != IGNORED:
            yield (reading.first, reading.stop, reading.label), reading.confidence


def _f1(tally: Counter[tuple[str, str]]) -> Iterator[tuple[str, float]]:
    for label in (*LABELS, "all"):
        hit = tally[label, "hit"]
        total = 2 * hit + tally[label, "wrong"] + tally[label, "missed"]
        if total:
            yield label, round(2 * hit / total, 4)
