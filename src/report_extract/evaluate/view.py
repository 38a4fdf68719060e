"""An evaluation to look at: scores by field, tiers of affiliations, rules that were wrong, and how sure to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table

from report_extract.evaluate.compare import Tally
from report_extract.evaluate.fields import CORE
from report_extract.evaluate.levels import LEVELS
from report_extract.evaluate.report import Comparison, Evaluation, Log, tally_of
from report_extract.evaluate.rules import RuleScore, reliability, rule_scores

# Under these widths of the terminal the levels are shown by F1 alone, and then in a table of their own.
_WIDE, _MIDDLING = 138, 92
# The first column keeps this width, so that names stay readable.
_NAME = 14
# A rule that is more often wrong than right, and not by chance of one or two rows, is shown in red.
_BAD, _ENOUGH = 0.5, 4
# A table's calibration error over this is shown in red.
_UNSURE = 0.05


def evaluation_view(result: Evaluation, width: int) -> RenderableType:
    """The whole report, for a terminal of this width."""
    scores = rule_scores(result.verdicts)
    parts: list[RenderableType] = [_fields(result, width)]
    if width < _MIDDLING:
        parts.append(_levels(result))
    core, every = (f"{whole} of {result.releases}" for whole in result.whole)
    parts += [
        f"headline (mean F1 of the * fields) [bold]{result.headline:.4f}[/bold]",
        f"releases wholly right: {core} in the * fields, {every} in all",
        "",
        _tiers(scores, result.tallies["affiliations"].support),
        "",
        _rules(scores),
        *_steady(scores),
        "",
        reliability_view(result),
    ]
    return Group(*parts)


def reliability_view(result: Evaluation) -> RenderableType:
    """How far confidence can be believed, by tenths and by table."""
    return Group(_bins(result), "", _calibration(result))


def comparison_view(change: Comparison, before: dict[str, Log], now: Evaluation) -> RenderableType:
    """What each field gained and lost since another run."""
    table = _table("F1 and facts since the baseline", "field", "before", "now", "gained", "lost", "wrong", "mended")
    for name, tally in now.tallies.items():
        lists = (change.gained, change.lost, change.mistaken, change.mended)
        counts = [sum(fact[0] == name for fact in facts) for facts in lists]
        if any(counts):
            was = f"{tally_of(before[name]).f1:.3f}" if name in before else ""
            table.add_row(name, was, f"{tally.f1:.3f}", *(str(count or "") for count in counts))
    total = f"[green]{len(change.gained)} gained[/green], [red]{len(change.lost)} lost[/red]"
    more = f"{len(change.mistaken)} new mistakes, {len(change.mended)} mended"
    return Group(table, f"{total}; {more}") if table.row_count else f"{total}; {more}"


def _fields(result: Evaluation, width: int) -> Table:
    names = ["field", "P", "R", "F1", "gold", "whole"]
    if width >= _WIDE:
        names += [f"{short}\n{part}" for short in ("exact", "norm.", "overlap") for part in ("P", "R", "F1")]
    elif width >= _MIDDLING:
        names += LEVELS
    table = _table(f"{result.releases} releases", *names)
    for name, tally in result.tallies.items():
        levels = [result.levels[name][level] for level in LEVELS] if width >= _MIDDLING else []
        near = (_prf(levels) if width >= _WIDE else (one.f1 for one in levels)) if levels else ()
        whole = f"{tally.whole}/{tally.told}"
        table.add_row(_marked(name), *_numbers(_prf([tally])), str(tally.support), whole, *_numbers(near))
    return table


def _levels(result: Evaluation) -> Table:
    table = _table("F1 by how near a fact must come", "field", *LEVELS)
    for name, levels in result.levels.items():
        table.add_row(_marked(name), *_numbers(levels[level].f1 for level in LEVELS))
    return table


def _tiers(scores: Sequence[RuleScore], support: int) -> Table:
    """The ways in which an office is tied to its person: how often right, and which share of all offices they find."""
    table = _table(f"affiliations by tier ({support} to find)", "tier", "rows", "right", "P", "R")
    tiers = [score for score in scores if score.table == "affiliations"]
    for tier in sorted(tiers, key=lambda one: (-one.right, one.rule)):
        recall = tier.right / support if support else 0.0
        table.add_row(_colored(tier), str(tier.rows), str(tier.right), *_numbers((tier.precision, recall)))
    return table


def _rules(scores: Iterable[RuleScore]) -> Table:
    table = _table("rules that were wrong, by table", "rule", "rows", "wrong", "right")
    before = ""
    for score in scores:
        if score.right < score.rows:
            if score.table != before:
                table.add_row(f"[bold]{score.table}[/bold]")
            wrong = str(score.rows - score.right)
            table.add_row(f"  {_colored(score)}", str(score.rows), wrong, f"{score.precision:.3f}")
            before = score.table
    return table


def _steady(scores: Sequence[RuleScore]) -> Iterator[str]:
    steady = [score for score in scores if score.right == score.rows]
    if steady:
        yield f"never wrong: {len(steady)} other rules with {sum(s.rows for s in steady)} rows"


def _bins(result: Evaluation) -> Table:
    table = _table("confidence against truth", "confidence", "rows", "mean", "right")
    for one in reliability(result.verdicts).bins:
        table.add_row(f"{one.low:.1f}-{one.high:.1f}", str(one.rows), *_numbers((one.confidence, one.right)))
    return table


def _calibration(result: Evaluation) -> Table:
    table = _table("by table, with its calibration error", "table", "rows", "mean", "right", "error")
    for name in sorted({verdict.table for verdict in result.verdicts}):
        one = reliability([verdict for verdict in result.verdicts if verdict.table == name])
        style = "red" if one.error > _UNSURE else ""
        table.add_row(name, str(one.rows), *_numbers((one.confidence, one.right, one.error)), style=style)
    one = reliability(result.verdicts)
    table.add_row("[bold]all[/bold]", str(one.rows), *_numbers((one.confidence, one.right, one.error)))
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="italic", box=SIMPLE_HEAD, collapse_padding=True)
    for n, name in enumerate(columns):
        # Numbers are never broken; the long name of a rule may be, where the terminal is narrow.
        least = 0 if n else _NAME
        table.add_column(name, justify="right" if n else "left", no_wrap=bool(n), overflow="fold", min_width=least)
    return table


def _prf(tallies: Iterable[Tally]) -> Iterator[float]:
    for tally in tallies:
        yield from (tally.precision, tally.recall, tally.f1)


def _numbers(values: Iterable[float]) -> list[str]:
    return [f"{value:.3f}" for value in values]


def _marked(name: str) -> str:
    return f"[bold]{name}[/bold] *" if name in CORE else name


def _colored(score: RuleScore) -> str:
    is_bad = score.precision < _BAD and score.rows >= _ENOUGH
    return f"[red]{score.rule}[/red]" if is_bad else score.rule
