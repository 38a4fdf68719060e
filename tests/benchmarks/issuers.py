"""Does it read releases of issuers that nobody tuned it on as well? The headline by issuers, and by leaving issuers out.

    python tests/benchmarks/issuers.py GOLD_FOLDER... [--parts N] [--by name|issuer] [--trust]

The releases are parted by issuer (the id before its number, "mint-12" and "mint-13"; with --by issuer the annotated
issuer): every issuer lies in one part whole. Printed are

- the headline of each part, its spread, and that of each issuer with five releases or more;
- the confidence of rows: calibration error and surprise (mean negative log likelihood) when fitted on all these releases,
  when fitted on the other parts, and as shipped;
- with --trust, the headline with the weights of network and rules (`trust.json`) as shipped, fitted on all these
  releases, and fitted on the other parts. The network should not have been trained on them.

In a part the headline is the mean F1 of those of its fields that have something to find there.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean, pstdev

from spacy.language import Language

from report_extract.analyze import load_pipeline
from report_extract.analyze.components import Mentions
from report_extract.analyze.pieces import LABELS
from report_extract.analyze.settle import Trust
from report_extract.confidence import Calibration, load_calibration
from report_extract.evaluate import Evaluation, GoldRelease, evaluate, read_gold
from report_extract.evaluate.fields import CORE
from report_extract.evaluate.judge import Verdict
from report_extract.evaluate.rules import reliability
from report_extract.schema import PressRelease
from report_extract.train.confidence import JudgedRow, fit_confidence, judged_rows, ungraded
from report_extract.train.data import Annotated
from report_extract.train.trust import fit_trust, judge

Pair = tuple[GoldRelease, PressRelease | None]
LEAST = 5


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--parts", type=int, default=5)
    parser.add_argument("--by", choices=("name", "issuer"), default="name")
    parser.add_argument("--trust", action="store_true")
    options = parser.parse_args()
    releases = [release for folder in options.gold for release in read_gold(folder)]
    issuers = by_issuer(releases, of_name if options.by == "name" else of_annotation)
    parts = parted(issuers, options.parts)
    nlp = load_pipeline()
    pairs = {release.path: (release, ungraded(release, nlp)) for release in releases}
    print(f"{len(releases)} releases of {len(issuers)} issuers in {len(parts)} parts")
    show_headlines(parts, issuers, pairs)
    show_confidence(parts, nlp)
    if options.trust:
        show_trust(parts, nlp, evaluate(pairs.values()).headline)


def of_name(release: GoldRelease) -> str:
    """The id without its number."""
    return re.sub(r"[-_.]?\d+\w*$", "", release.key) or release.key


def of_annotation(release: GoldRelease) -> str:
    """The annotated issuer; releases without one stand together with those of their name."""
    return str(release.annotation["document"]["issuer"] or of_name(release))


def by_issuer(releases: Sequence[GoldRelease], name: Callable[[GoldRelease], str]) -> dict[str, list[GoldRelease]]:
    """The releases of each issuer."""
    issuers: defaultdict[str, list[GoldRelease]] = defaultdict(list)
    for release in releases:
        issuers[name(release)].append(release)
    return dict(issuers)


def parted(issuers: dict[str, list[GoldRelease]], count: int) -> list[list[GoldRelease]]:
    """Parts of about the same size, no issuer in two of them; always the same ones."""
    parts: list[list[GoldRelease]] = [[] for _ in range(min(count, len(issuers)))]
    for _, some in sorted(issuers.items(), key=lambda one: (-len(one[1]), one[0])):
        min(parts, key=len).extend(some)
    return parts


def headline(result: Evaluation) -> float:
    """Mean F1 of the core fields that have something to find."""
    return mean(result.tallies[name].f1 for name in CORE if result.tallies[name].support)


def show_headlines(
    parts: list[list[GoldRelease]], issuers: dict[str, list[GoldRelease]], pairs: dict[Path, Pair]
) -> None:
    """Print the headline of each part and each large issuer."""
    found = [headline(evaluate(pairs[release.path] for release in part)) for part in parts]
    print(f"\nheadline of all {evaluate(pairs.values()).headline:.4f}; by part", *(f"{one:.4f}" for one in found))
    print(f"mean {mean(found):.4f}, deviation {pstdev(found):.4f}, from {min(found):.4f} to {max(found):.4f}")
    large = {name: some for name, some in issuers.items() if len(some) >= LEAST}
    scores = {name: headline(evaluate(pairs[release.path] for release in some)) for name, some in large.items()}
    for name, score in sorted(scores.items(), key=lambda one: one[1]):
        print(f"  {name:24} {len(large[name]):4} releases  {score:.4f}")
    small = [release for name, some in issuers.items() if name not in large for release in some]
    if small:
        score = headline(evaluate(pairs[release.path] for release in small))
        print(f"  {'all others together':24} {len(small):4} releases  {score:.4f}")


def show_confidence(parts: list[list[GoldRelease]], nlp: Language) -> None:
    """Print how confidence comes out on releases that it was, and was not, fitted on."""
    rows = [list(judged_rows(part, nlp)) for part in parts]
    every = [row for some in rows for row in some]
    others = [fit_confidence([row for m, some in enumerate(rows) if m != n for row in some]) for n in range(len(rows))]
    whole = fit_confidence(every)
    print("\nconfidence of rows          calibration error  surprise  mean confidence  share right")
    for name, ways in (
        ("fitted on the same", [whole] * len(rows)),
        ("fitted on other issuers", others),
        ("as shipped", [load_calibration()] * len(rows)),
    ):
        told = [verdict(row, way) for some, way in zip(rows, ways, strict=True) for row in some]
        one, loss = reliability(told), surprise(told)
        print(f"{name:28} {one.error:16.4f} {loss:9.4f} {one.confidence:16.3f} {one.right:12.3f}")


def verdict(row: JudgedRow, calibration: Calibration) -> Verdict:
    """The row with the confidence that these weights give it."""
    return Verdict(row.table, "", calibration.chance(row.table, iter(row.features)), row.is_right, {})


def surprise(verdicts: Sequence[Verdict]) -> float:
    """How much the truth surprises who believes the confidence."""
    believed = (v.confidence if v.is_right else 1 - v.confidence for v in verdicts)
    return -mean(math.log(max(chance, 0.001)) for chance in believed)


def show_trust(parts: list[list[GoldRelease]], nlp: Language, shipped: float) -> None:
    """Print the headline with weights of network and rules that were, and were not, fitted on the releases scored."""
    mentions = nlp.get_pipe("report_mentions")
    assert isinstance(mentions, Mentions)
    kept = mentions.trust
    judged = [[judge(annotated(release), nlp) for release in part] for part in parts]

    def score(ways: Sequence[Trust]) -> float:
        pairs: list[Pair] = []
        for part, trust in zip(parts, ways, strict=True):
            mentions.trust = trust
            pairs += [(release, ungraded(release, nlp)) for release in part]
        return evaluate(pairs).headline

    same = fit_trust([one for some in judged for one in some])
    others = [fit_trust([one for m, some in enumerate(judged) if m != n for one in some]) for n in range(len(parts))]
    print("\nweights of network and rules, headline of all")
    print(f"{'as shipped':28} {shipped:.4f}")
    print(f"{'fitted on the same':28} {score([same] * len(parts)):.4f}")
    print(f"{'fitted on other issuers':28} {score(others):.4f}")
    mentions.trust = kept


def annotated(release: GoldRelease) -> Annotated:
    """The release as training reads it."""
    return Annotated(release.text, tuple(release.mention_spans()), (), frozenset(LABELS), is_raw=True)


if __name__ == "__main__":
    main()
