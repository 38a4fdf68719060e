"""How likely each row is right, from the rule that made it and from how sure the mentions are that it stands on.

For each table a logistic regression says what its rules are worth: a rule seen often counts by how often it was right,
one seen seldom hardly moves the table's own share, one never seen not at all. Beside the rule count the confidence that
the extractor gave by hand and that of the least certain mention. The weights are fitted on annotated releases by
`report-extract calibrate` and lie in `rules/confidence.json`.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TypeVar

from report_extract.errors import RuleError
from report_extract.schema import TABLE_OF, EvidenceRow, PressRelease

Feature = tuple[str, float]
R = TypeVar("R", bound=EvidenceRow)

# The mentions within a row's evidence that it stands or falls with.
_STANDS_ON = {
    "people": ("PERSON",),
    "affiliations": ("PERSON", "TITLE", "ORG"),
    "organizations": ("ORG",),
    "events": ("EVENT",),
    "event_organizations": ("ORG",),
    "participations": ("PERSON",),
    "dates": ("DATE",),
    "places": ("GPE", "LOC", "FAC"),
}
# Rows that stand within other rows of a record.
_NESTED = {"people": ("affiliations",), "events": ("organizations", "sessions")}
# No probability is believed beyond these; a confidence given by hand says little of how far it is off.
_NEVER, _GIVEN = 0.001, 0.1


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights by table and feature; a table without weights keeps the confidence that its extractor gave."""

    weights: Mapping[str, Mapping[str, float]]

    def chance(self, table: str, features: Iterator[Feature]) -> float:
        """How likely a row with these features is right."""
        weights = self.weights.get(table, {})
        total = sum(weights.get(name, 0.0) * value for name, value in features)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def load_calibration() -> Calibration:
    """The weights that ship with the package; read once a process.

    Raises:
        RuleError: when they are missing or no JSON.
    """
    try:
        raw = resources.files("report_extract.rules").joinpath("confidence.json").read_text(encoding="utf-8")
        return Calibration(json.loads(raw))
    except (OSError, ValueError) as error:
        raise RuleError(f"rules/confidence.json cannot be read: {error}") from error


def grade(record: PressRelease, calibration: Calibration, *, weighed: bool = True) -> PressRelease:
    """The record with the confidence of each row calibrated.

    `weighed` says whether the pipeline tells how sure it is of each mention; where it does not, the usual is assumed.
    """
    if not calibration.weights:
        return record
    seen = Seen(record, weighed=weighed)

    def graded(row: R) -> R:
        table = TABLE_OF[type(row)].name
        changes: dict[str, object] = {
            name: tuple(graded(child) for child in vars(row)[name]) for name in _NESTED.get(table, ())
        }
        if table in calibration.weights:
            changes["confidence"] = round(calibration.chance(table, seen.features(table, row)), 4)
        return row.model_copy(update=changes)

    names = [name for name in type(record).model_fields if name != "document"]
    return record.model_copy(update={name: tuple(graded(row) for row in getattr(record, name)) for name in names})


class Seen:
    """The mentions of a record as its assembly left them, by their places."""

    def __init__(self, record: PressRelease, *, weighed: bool = True) -> None:
        self._weighed = weighed
        ordered = sorted(record.mentions, key=lambda mention: mention.start)
        self._mentions: list[tuple[int, int, str, float]] = [
            (mention.start, mention.end, mention.label, mention.confidence) for mention in ordered
        ]
        self._starts = [mention[0] for mention in self._mentions]
        chances = {mention[:3]: mention[3] for mention in self._mentions}
        people = ((person.person_id, (person.start, person.end, "PERSON")) for person in record.people)
        bodies = ((body.organization_id, (body.start, body.end, "ORG")) for body in record.organizations)
        self._entities = {key: chances[place] for key, place in (*people, *bodies) if place in chances}

    def features(self, table: str, row: EvidenceRow) -> Iterator[Feature]:
        """What the confidence of a row is read from."""
        yield "prior", 1.0
        yield f"rule {row.rule}", 1.0
        if table == "mentions":
            yield from self._of_mention(vars(row)["label"], log_odds(row.confidence))
            return
        yield "given", log_odds(row.confidence, least=_GIVEN)
        least = min(self._stood_on(table, row), default=None)
        if least is not None:
            yield "mention", 1.0
            yield ("least", log_odds(least)) if self._weighed else ("usual least", 1.0)

    def _of_mention(self, label: str, given: float) -> Iterator[Feature]:
        yield f"label {label}", 1.0
        if self._weighed:
            yield "given", given
            yield f"given {label}", given
        else:
            yield f"usual {label}", 1.0

    def _stood_on(self, table: str, row: EvidenceRow) -> Iterator[float]:
        for name in ("person_id", "organization_id"):
            key = vars(row).get(name)
            if key in self._entities:
                yield self._entities[key]
        labels = _STANDS_ON.get(table, ())
        for n in range(bisect_left(self._starts, row.start), len(self._starts) if labels else 0):
            start, end, label, sure = self._mentions[n]
            if start >= row.end:
                return
            if label in labels and end <= row.end:
                yield sure


def log_odds(chance: float, *, least: float = _NEVER) -> float:
    """The probability, held off 0 and 1, on the scale on which evidence adds up.

    >>> log_odds(0.5), round(log_odds(0.9), 2), round(log_odds(1.0, least=0.1), 2)
    (0.0, 2.2, 2.2)
    """
    chance = max(least, min(1 - least, chance))
    return math.log(chance / (1 - chance))
