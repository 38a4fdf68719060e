"""Fits how sure to be of each row (`rules/confidence.json`) on annotated releases; needs no extra.

The releases on which network and rules were made serve, so that every rule has rows; what they overstate, the check on
other releases shows. Releases of another kind (fictional, more difficult) may stand beside: they count little, and
their own share right is set apart, so that they tell rules from one another and not how often real releases are right.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
from spacy.language import Language

import report_extract.rules
from report_extract.confidence import Calibration, Feature, Seen
from report_extract.errors import InputError
from report_extract.evaluate import Evaluation, GoldRelease, evaluate
from report_extract.ingest import read_path
from report_extract.pipeline import read_release
from report_extract.schema import EvidenceRow, PressRelease
from report_extract.train.regression import regress

# A rule that is right half the time is half believed after 16 rows, one that is nearly always right after some 40;
# this came out best on releases not fitted on. The prior of a table is left free.
_RULE, _OTHERS, _FREE = 4.0, 0.1, 0.01
_BESIDE = 0.1
_ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row with what its confidence is read from, whether it is right, and how much it counts."""

    release: str
    table: str
    features: tuple[Feature, ...]
    is_right: bool
    count: float = 1.0


def judged_rows(releases: Iterable[GoldRelease], nlp: Language, *, beside: bool = False) -> Iterator[JudgedRow]:
    """The rows of the releases as they are before they are graded; a release that cannot be read gives none."""
    aside: tuple[Feature, ...] = ((_ASIDE, 1.0),) if beside else ()
    for gold in releases:
        record = ungraded(gold, nlp)
        if record is None:
            continue
        seen = Seen(record)
        for verdict in evaluate([(gold, record)]).verdicts:
            row = cast(EvidenceRow, SimpleNamespace(**verdict.row))
            features = (*seen.features(verdict.table, row), *aside)
            yield JudgedRow(gold.key, verdict.table, features, verdict.is_right, _BESIDE if beside else 1.0)


def fit_confidence(rows: Iterable[JudgedRow]) -> Calibration:
    """The weights that fit these rows best, table by table."""
    tables: dict[str, list[JudgedRow]] = {}
    for row in rows:
        tables.setdefault(row.table, []).append(row)
    return Calibration({table: _weights(some) for table, some in sorted(tables.items())})


def write_calibration(calibration: Calibration, path: Path | None = None) -> Path:
    """Writes the weights, a line a feature, so that a new fit shows what it changed; into the package by default."""
    path = path or Path(report_extract.rules.__file__).with_name("confidence.json")
    path.write_text(json.dumps(calibration.weights, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return path


def check(releases: Iterable[GoldRelease], nlp: Language, calibration: Calibration) -> Evaluation:
    """The evaluation of releases with rows graded so."""
    return evaluate((gold, ungraded(gold, nlp, calibration)) for gold in releases)


def ungraded(gold: GoldRelease, nlp: Language, calibration: Calibration | None = None) -> PressRelease | None:
    """The record of a release with the confidence that its extractors gave, or with this one's; None on failure."""
    try:
        return read_release(read_path(gold.path), nlp, calibration=calibration or Calibration({}))
    except InputError:
        return None


def _weights(rows: list[JudgedRow]) -> dict[str, float]:
    right = np.array([row.is_right for row in rows], dtype=np.float64)
    counts = np.array([row.count for row in rows])
    weights = regress([row.features for row in rows], right, _penalty, counts)
    weights.pop(_ASIDE, None)
    shown = {**weights, **_usual(rows, weights)}
    return {name: round(weight, 3) for name, weight in shown.items() if abs(weight) >= 0.0005}


def _penalty(name: str) -> float:
    if name in ("prior", _ASIDE):
        return _FREE
    return _RULE if name.startswith("rule ") else _OTHERS


def _usual(rows: list[JudgedRow], weights: dict[str, float]) -> dict[str, float]:
    """What the mentions come to in the mean, for pipelines that do not say how sure of them they are."""
    values: dict[str, list[float]] = {}
    for row in rows:
        features = dict(row.features)
        label = next((name.removeprefix("label ") for name in features if name.startswith("label ")), None)
        if label is not None:
            value = sum(weights[name] * features[name] for name in ("given", f"given {label}"))
            values.setdefault(f"usual {label}", []).append(value)
        elif "least" in features:
            values.setdefault("usual least", []).append(weights["least"] * features["least"])
    return {name: sum(some) / len(some) for name, some in sorted(values.items())}
