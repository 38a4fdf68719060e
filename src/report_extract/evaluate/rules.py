"""How often each rule was right, and whether the program knows how sure it may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from report_extract.evaluate.judge import Verdict

_BINS = 10


@dataclass(slots=True)
class RuleScore:
    """One rule's rows in one table."""

    table: str
    rule: str
    rows: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Share of its rows that are right."""
        return self.right / self.rows if self.rows else 0.0


def rule_scores(verdicts: Iterable[Verdict]) -> list[RuleScore]:
    """Every rule that made a row, by table; within a table the rule with most wrong rows first."""
    scores: dict[tuple[str, str], RuleScore] = {}
    for verdict in verdicts:
        score = scores.setdefault((verdict.table, verdict.rule), RuleScore(verdict.table, verdict.rule))
        score.rows += 1
        score.right += verdict.is_right
    return sorted(scores.values(), key=lambda s: (s.table, s.right - s.rows, s.rule))


@dataclass(frozen=True, slots=True)
class Bin:
    """The rows whose confidence is in one tenth: how sure the program was of them, and how often rightly."""

    low: float
    high: float
    rows: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """Confidence against truth. `error` is the expected calibration error: the mean distance between the two over all
    rows, taken bin by bin.
    """

    rows: int
    confidence: float
    right: float
    error: float
    bins: tuple[Bin, ...] = field(repr=False)


def reliability(verdicts: Sequence[Verdict]) -> Reliability:
    """How far confidence can be believed.

    >>> rows = [Verdict("people", "r", 0.85, True, {})] * 4 + [Verdict("people", "r", 0.85, False, {})]
    >>> reliability(rows).bins
    (Bin(low=0.8, high=0.9, rows=5, confidence=0.85, right=0.8),)
    >>> round(reliability(rows).error, 2)
    0.05
    """
    groups: dict[int, list[Verdict]] = {}
    for verdict in verdicts:
        groups.setdefault(min(_BINS - 1, int(verdict.confidence * _BINS)), []).append(verdict)
    bins = tuple(
        Bin(n / _BINS, (n + 1) / _BINS, len(some), *_means(some)) for n, some in sorted(groups.items()) if some
    )
    total = len(verdicts)
    error = sum(one.rows * abs(one.confidence - one.right) for one in bins) / total if total else 0.0
    return Reliability(total, *_means(verdicts), error, bins)


def _means(verdicts: Sequence[Verdict]) -> tuple[float, float]:
    if not verdicts:
        return 0.0, 0.0
    sure = sum(verdict.confidence for verdict in verdicts) / len(verdicts)
    return round(sure, 6), sum(verdict.is_right for verdict in verdicts) / len(verdicts)
