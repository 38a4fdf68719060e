"""Scores of a whole gold folder, the floors they must keep, and what changed since another run."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from report_extract.errors import EnvironmentFault
from report_extract.evaluate.compare import Tally
from report_extract.evaluate.fields import CORE, FieldFacts, Rows, field_facts
from report_extract.evaluate.gold import GoldRelease
from report_extract.evaluate.judge import Verdict, field_verdicts, other_verdicts
from report_extract.evaluate.levels import LEVELS, exact, normalized
from report_extract.evaluate.rules import reliability, rule_scores
from report_extract.schema import TABLES, PressRelease

_NOTHING: Rows = {table.name: [] for table in TABLES}


# A fact of an evaluation: the release, "right", "wrong" or "missed", the fact in words, the rule that found it.
Log = list[tuple[str, str, str, str]]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The tally of each field over all releases, the verdict on each row, and the rows whose evidence does not stand
    in the text.

    `levels` tallies each field by each of `LEVELS`; `whole` counts the releases in which every core field is right,
    and those in which every scored field is.
    """

    releases: int
    tallies: dict[str, Tally]
    levels: dict[str, dict[str, Tally]]
    whole: tuple[int, int]
    verdicts: list[Verdict]
    broken_evidence: int

    @property
    def headline(self) -> float:
        """Mean F1 of the core fields."""
        return sum(self.tallies[name].f1 for name in CORE) / len(CORE)

    def to_json(self) -> str:
        """Scores and every right, wrong and missed fact; `read_baseline` reads it."""
        tables = sorted({verdict.table for verdict in self.verdicts})
        sure = {table: reliability([v for v in self.verdicts if v.table == table]) for table in tables}
        content = {
            "releases": self.releases,
            "headline": self.headline,
            "whole_releases": {"core_fields": self.whole[0], "all_fields": self.whole[1]},
            "scores": {name: self._scores(name) for name in self.tallies},
            "rules": [{**asdict(score), "precision": score.precision} for score in rule_scores(self.verdicts)],
            "reliability": {name: asdict(one) for name, one in {"all": reliability(self.verdicts), **sure}.items()},
            "facts": {name: tally.log for name, tally in self.tallies.items()},
        }
        return json.dumps(content, ensure_ascii=False, indent=1)

    def _scores(self, name: str) -> dict[str, object]:
        tally = self.tallies[name]
        near = {level: _figures(self.levels[name][level]) for level in LEVELS}
        whole = {"releases": tally.told, "right": tally.whole}
        return {**_figures(tally), "support": tally.support, **near, "whole": whole}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since another run: (field, release, fact, rule).

    `gained` and `lost` are right facts that are new and that are gone (with the rule that had found them); `mistaken`
    and `mended` are wrong ones.
    """

    gained: list[tuple[str, str, str, str]]
    lost: list[tuple[str, str, str, str]]
    mistaken: list[tuple[str, str, str, str]]
    mended: list[tuple[str, str, str, str]]


def evaluate(pairs: Iterable[tuple[GoldRelease, PressRelease | None]]) -> Evaluation:
    """Score records against their gold; None stands for a release that could not be read."""
    tallies: dict[str, Tally] = {}
    levels: dict[str, dict[str, Tally]] = {}
    verdicts: list[Verdict] = []
    releases = broken = core = every = 0
    for gold, record in pairs:
        releases += 1
        rows = record.to_rows() if record is not None else _NOTHING
        broken += _broken_evidence(rows)
        faulty = set()
        for facts in field_facts(gold, rows):
            tally = tallies.setdefault(facts.name, Tally())
            told, whole = tally.told, tally.whole
            verdicts += field_verdicts(facts, _add(tally, levels.setdefault(facts.name, {}), gold.key, facts))
            if tally.told - told > tally.whole - whole:
                faulty.add(facts.name)
        verdicts += other_verdicts(gold, rows)
        core += faulty.isdisjoint(CORE)
        every += not faulty
    return Evaluation(releases, tallies, levels, (core, every), verdicts, broken)


def _add(tally: Tally, levels: dict[str, Tally], key: str, facts: FieldFacts) -> list[bool]:
    equals = {"exact": (exact,), "normalized": (normalized,), "overlapping": (normalized, facts.equal, facts.touch)}
    for level in LEVELS:
        levels.setdefault(level, Tally()).add(key, facts.gold, facts.found, *equals[level])
    return tally.add(key, facts.gold, facts.found, facts.equal, rules=[row["rule"] for row in facts.rows])


def _figures(tally: Tally) -> dict[str, float]:
    return {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1}


def _broken_evidence(rows: Rows) -> int:
    if not rows["documents"]:
        return 0
    text = rows["documents"][0]["text"]
    placed = (row for name, table in rows.items() if name != "documents" for row in table if "start" in row)
    return sum(text[row["start"] : row["end"]] != row["text"] for row in placed)


def read_baseline(path: Path) -> dict[str, Log]:
    """The facts of an evaluation that was saved with `Evaluation.to_json`.

    Raises:
        EnvironmentFault: when the file is missing or is not a saved evaluation.
    """
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))["facts"]
        # Older files have no rules.
        return {n: [(str(a), str(b), str(c), str(*r)) for a, b, c, *r in log] for n, log in facts.items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EnvironmentFault(f"{path}: not an evaluation saved with `evaluate --json`: {error!r}") from error


def tally_of(log: Log) -> Tally:
    """The counts that a saved log of facts comes to."""
    counts = Counter(outcome for _, outcome, _, _ in log)
    return Tally(counts["right"], counts["wrong"], counts["missed"])


def compare(baseline: dict[str, Log], now: Evaluation) -> Comparison:
    """Facts gained and lost against a baseline, in order of field and release."""
    before, after = baseline, {name: tally.log for name, tally in now.tallies.items()}
    return Comparison(
        _only_in(after, before, "right"),
        _only_in(before, after, "right"),
        _only_in(after, before, "wrong"),
        _only_in(before, after, "wrong"),
    )


def _only_in(these: dict[str, Log], those: dict[str, Log], outcome: str) -> list[tuple[str, str, str, str]]:
    """Facts of one outcome that only the first run has; the rule that found a fact may change."""
    known = Counter((name, key, fact) for name, log in those.items() for key, told, fact, _ in log if told == outcome)
    only = []
    for name, log in these.items():
        for key, told, fact, rule in log:
            if told == outcome and known[name, key, fact]:
                known[name, key, fact] -= 1
            elif told == outcome:
                only.append((name, key, fact, rule))
    return sorted(only)


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
