"""Scores of a whole gold folder, the floors they must keep, and what changed since another run."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from report_extract.errors import EnvironmentFault
from report_extract.evaluate.compare import Tally
from report_extract.evaluate.fields import CORE, Rows, field_facts
from report_extract.evaluate.gold import GoldRelease
from report_extract.schema import TABLES, PressRelease

_NOTHING: Rows = {table.name: [] for table in TABLES}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The tally of each field over all releases, and the rows whose evidence does not stand in the text."""

    releases: int
    tallies: dict[str, Tally]
    broken_evidence: int

    @property
    def headline(self) -> float:
        """Mean F1 of the core fields."""
        return sum(self.tallies[name].f1 for name in CORE) / len(CORE)

    def to_json(self) -> str:
        """Scores and every right, wrong and missed fact; `read_baseline` reads it."""
        scores = {
            name: {"precision": t.precision, "recall": t.recall, "f1": t.f1, "support": t.right + t.missed}
            for name, t in self.tallies.items()
        }
        facts = {name: t.log for name, t in self.tallies.items()}
        return json.dumps(
            {"releases": self.releases, "headline": self.headline, "scores": scores, "facts": facts},
            ensure_ascii=False,
            indent=1,
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Facts that are right now and were not before, and the other way round: (field, release, fact)."""

    gained: list[tuple[str, str, str]]
    lost: list[tuple[str, str, str]]


def evaluate(pairs: Iterable[tuple[GoldRelease, PressRelease | None]]) -> Evaluation:
    """Score records against their gold; None stands for a release that could not be read."""
    tallies: dict[str, Tally] = {}
    releases = broken = 0
    for gold, record in pairs:
        releases += 1
        rows = record.to_rows() if record is not None else _NOTHING
        broken += _broken_evidence(rows)
        for facts in field_facts(gold, rows):
            tallies.setdefault(facts.name, Tally()).add(gold.key, facts.gold, facts.found, facts.equal)
    return Evaluation(releases, tallies, broken)


def _broken_evidence(rows: Rows) -> int:
    if not rows["documents"]:
        return 0
    text = rows["documents"][0]["text"]
    placed = (row for name, table in rows.items() if name != "documents" for row in table if "start" in row)
    return sum(text[row["start"] : row["end"]] != row["text"] for row in placed)


def read_baseline(path: Path) -> dict[str, list[tuple[str, str, str]]]:
    """The facts of an evaluation that was saved with `Evaluation.to_json`.

    Raises:
        EnvironmentFault: when the file is missing or is not a saved evaluation.
    """
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))["facts"]
        return {name: [(str(a), str(b), str(c)) for a, b, c in log] for name, log in facts.items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EnvironmentFault(f"{path}: not an evaluation saved with `evaluate --json`: {error!r}") from error


def compare(baseline: dict[str, list[tuple[str, str, str]]], now: Evaluation) -> Comparison:
    """Right facts gained and lost against a baseline, in order of field and release."""
    before = Counter((name, a, c) for name, log in baseline.items() for a, outcome, c in log if outcome == "right")
    after = Counter((n, a, c) for n, tally in now.tallies.items() for a, outcome, c in tally.log if outcome == "right")
    return Comparison(sorted((after - before).elements()), sorted((before - after).elements()))


def floor_faults(evaluation: Evaluation, floors: Path, split: str) -> list[str]:
    """One line for each field under its floor in a TOML file of `[split]` tables; empty when all is well.

    Raises:
        EnvironmentFault: when the file has no floors for this split, or names a field that is not scored.
    """
    try:
        wanted = tomllib.loads(floors.read_text(encoding="utf-8"))[split]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise EnvironmentFault(f"{floors}: no floors for {split!r}: {error!r}") from error
    unknown = set(wanted) - set(evaluation.tallies) - {"headline"}
    if unknown:
        raise EnvironmentFault(f"{floors}: floors for fields that are not scored: {sorted(unknown)}")
    scores = {name: tally.f1 for name, tally in evaluation.tallies.items()} | {"headline": evaluation.headline}
    return [
        f"{name}: {scores[name]:.3f} is under its floor {floor:.3f}"
        for name, floor in wanted.items()
        if scores[name] < floor
    ]
