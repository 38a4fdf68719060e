"""Persons and their titles in other people's sentences, from gold trees of Universal Dependencies.

    python tests/benchmarks/outside_titles.py FOLDER [--set dev|train] [--errors]

FOLDER holds `*_dev.jsonl` and `*_train.jsonl` made from UD English EWT and GUM: a sentence a line, with pairs of person and
title: before the name, behind it in apposition, before it in apposition. They hold more than we call a title ("his wife",
"Shiite cleric"), and were made by rule, so recall by kind tells more than one figure. A pair is found where the person has
an honorific, or an office whose title shares words with the annotated one.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from pathlib import Path

from figures import Figures, show

from report_extract.evaluate.compare import token_overlap
from report_extract.extractor import Extractor, load
from report_extract.schema import PressRelease

Pair = tuple[str, str]
# Kin and friends hold no office.
KIN = re.compile(
    r"\b(?:wife|husband|brothers?|sisters?|sons?|daughters?|father|mother|parents?|cousin|uncle|aunt|friends?|lover|nephew)\b"
    r"|^(?:his|her|their|my|our|your|its|two|three|other) ",
    re.IGNORECASE,
)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--set", choices=("dev", "train"), default="dev")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    extractor = load()
    for path in sorted(options.folder.glob(f"*_{options.set}.jsonl")):
        score(path, extractor, errors=options.errors)
    print("(published: none for these pairs)")


def score(path: Path, extractor: Extractor, *, errors: bool) -> None:
    """Print the figures of one file."""
    every, offices = Figures(), Figures()
    kinds: defaultdict[str, Figures] = defaultdict(Figures)
    missed = []
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        found = found_pairs(extractor.extract(case["text"]))
        wanted = [(pair["person_text"], pair["title_text"]) for pair in case["pairs"]]
        every.count(wanted, found, is_same)
        # What matches a relative is neither right nor wrong among offices.
        kin = [pair for pair in wanted if KIN.search(pair[1])]
        rest = [pair for pair in found if not any(is_same(one, pair) for one in kin)]
        offices.count([pair for pair in wanted if pair not in kin], rest, is_same)
        for kind in {pair["kind"] for pair in case["pairs"]}:
            some = [(p["person_text"], p["title_text"]) for p in case["pairs"] if p["kind"] == kind]
            kinds[kind].count(some, [pair for pair in found if any(is_same(one, pair) for one in some)], is_same)
        missed += [(pair, case["text"]) for pair in wanted if not any(is_same(pair, one) for one in found)]
    print(path.stem)
    show("pairs", every)
    show("without kin", offices)
    for kind, figures in sorted(kinds.items()):
        print(f"  {kind:34} R {figures.tally.recall:.3f}  of {figures.tally.support}")
    for (person, title), text in missed if errors else ():
        print(f"      missed {title!r} of {person!r}: {text[:150]}")


def found_pairs(record: PressRelease) -> list[Pair]:
    """Each person with their honorific and with each of their titles."""
    pairs = [(person.name, person.honorific) for person in record.people if person.honorific]
    pairs += [
        (office.person, office.title) for person in record.people for office in person.affiliations if office.title
    ]
    return pairs


def is_same(expected: Pair, found: Pair) -> bool:
    """Whether person and title share words."""
    return all(token_overlap(wanted, got) >= 0.25 for wanted, got in zip(expected, found, strict=True))


if __name__ == "__main__":
    main()
