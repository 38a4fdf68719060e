"""The weights by which headline and issuer are chosen among their candidates, fitted on annotated releases.

Run after the model or the signs have changed; it writes `[weights]` of `rules/headline.toml` and `rules/issuer.toml`:

    python -m report_extract.train.choices corpus/train other/train:3

Each folder holds ID.txt beside ID.json; ":3" counts its releases three times. A release whose annotation names a
headline or issuer that is no candidate teaches nothing and is left out; one whose annotation says null teaches that
none is right. The likelihood, with a penalty on the squares of the weights, is climbed in a fixed number of steps, so
that the same releases always give the same weights.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from report_extract.analyze.pipeline import load_pipeline
from report_extract.clean import clean_text
from report_extract.evaluate.fields import FieldFacts, field_facts
from report_extract.evaluate.gold import GoldRelease, read_gold
from report_extract.extract.choice import Signs
from report_extract.extract.head_lines import read_text_lines
from report_extract.extract.headline import find_title, read_candidates
from report_extract.extract.headline_signs import read_signs as headline_signs
from report_extract.extract.issuer import read_candidates as read_bodies
from report_extract.extract.issuer import read_statement
from report_extract.extract.issuer_places import Release
from report_extract.extract.issuer_signs import read_signs as issuer_signs
from report_extract.extract.organizations import find_aliases, find_organizations, find_parents
from report_extract.ingest import read_bytes
from report_extract.resolve import resolve_organizations
from report_extract.rules import load_rules

_PENALTY, _STEPS, _STEP = 1.0, 350, 0.06
_RULES = Path(__file__).parent.parent / "rules"
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of a release and which of them are right; none are where the annotation says null."""

    candidates: Sequence[Signs]
    right: Sequence[bool]
    times: float = 1.0


@dataclass(frozen=True, slots=True)
class _Read:
    """An annotated release, analyzed."""

    doc: Doc
    facts: dict[str, FieldFacts]
    times: float


def fit_weights(examples: Sequence[Example]) -> dict[str, float]:
    """The weight of each sign that makes the annotated choices most likely."""
    names = sorted({sign for example in examples for signs in example.candidates for sign in signs})
    tables = [_table(example, names) for example in examples]
    weights = np.zeros(len(names))
    mean, spread = np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, _STEPS + 1):
        slope = _PENALTY * weights
        for table, right, times in tables:
            slope = slope + times * (_surplus(table @ weights, right) @ table)
        mean, spread = 0.9 * mean + 0.1 * slope, 0.99 * spread + 0.01 * slope * slope
        size = _STEP if step < 0.6 * _STEPS else 0.3 * _STEP
        weights -= size * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def _table(example: Example, names: Sequence[str]) -> tuple[Floats, Floats, float]:
    table = np.array([[signs.get(name, 0.0) for name in names] for signs in example.candidates])
    return table, np.array(example.right, dtype=np.float64), example.times


def _surplus(scores: Floats, right: Floats) -> Floats:
    """By how much each candidate's chance is higher than it should be."""
    every = np.append(scores, 0.0)
    chances = np.exp(every - every.max())
    chances /= chances.sum()
    own = chances[:-1]
    wanted = own * right
    return own - wanted / wanted.sum() if wanted.sum() > 0 else own


def headline_example(read: _Read) -> Example | None:
    """The lines of the head, and which is the annotated headline."""
    lines = read_text_lines(read.doc)
    candidates = read_candidates(lines)
    signs = headline_signs(read.doc, lines, candidates)
    return _example(signs, [one.text for one in candidates], read.facts["document.title"], read.times)


def issuer_example(read: _Read) -> Example | None:
    """The organisations of a release that does not say outright who issues it, and which the annotation gives."""
    lines = read_text_lines(read.doc)
    release = Release(read.doc, lines, find_title(read.doc, lines)[0])
    mentions = tuple(find_organizations(read.doc))
    bodies = resolve_organizations(mentions, find_aliases(read.doc), find_parents(read.doc, mentions))
    if read_statement(release, bodies):
        return None
    bodies = read_bodies(bodies)
    signs = issuer_signs(release, bodies)
    return _example(signs, [body.name for body in bodies], read.facts["document.issuer"], read.times)


def _example(signs: Sequence[Signs], names: Sequence[str], facts: FieldFacts, times: float) -> Example | None:
    right = [any(facts.equal(gold, name) for gold in facts.gold) for name in names]
    return Example(signs, right, times) if names and (any(right) or not facts.gold) else None


def read_releases(folder: Path, times: float, nlp: Language) -> Iterator[_Read]:
    """The annotated releases of a folder, analyzed."""
    for gold in read_gold(folder):
        yield _Read(_analyzed(gold, nlp), {facts.name: facts for facts in field_facts(gold, defaultdict(list))}, times)


def _analyzed(gold: GoldRelease, nlp: Language) -> Doc:
    return nlp(clean_text(read_bytes(gold.data, gold.key).text).text)


def main(folders: Sequence[str]) -> None:
    """Fits both choices on the folders and writes their weights into the package's rules."""
    nlp = load_pipeline()
    releases: list[_Read] = []
    for folder in folders:
        path, _, times = folder.partition(":")
        releases += read_releases(Path(path), float(times or 1), nlp)
    # The headline tells of the issuer, so its weights come first.
    makers: dict[str, Callable[[_Read], Example | None]] = {"headline": headline_example, "issuer": issuer_example}
    for name, make in makers.items():
        examples = [example for read in releases if (example := make(read)) is not None]
        write_weights(_RULES / f"{name}.toml", fit_weights(examples))
        load_rules.cache_clear()
        sys.stderr.write(f"{name}: {len(examples)} of {len(releases)} releases\n")


def write_weights(path: Path, weights: dict[str, float]) -> None:
    """Puts the weights, heaviest first, into the `[weights]` part of a rule file."""
    ordered = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    rows = "".join(f"{sign} = {weight}\n" for sign, weight in ordered)
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^\[weights\]\n(?:\w+ = .*\n)*", f"[weights]\n{rows}", text), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
