"""Counted people in other people's sentences, from gold trees of Universal Dependencies.

    python tests/benchmarks/outside_counts.py FOLDER [--set dev|train] [--errors]

FOLDER holds `dev.jsonl` and `train.jsonl` made from UD English GUM: a sentence a line with its counts of persons (number,
value, hedge, noun). Most count no one who takes part in anything ("her two brothers", victims), which the table
`attendance` is right to leave out. So two questions are asked: with the sentence as it is, how many are told as attendance;
and with the counted words in a sentence that speaks of attending, whether number and hedge are read rightly.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from figures import Figures, show

from report_extract.extractor import load
from report_extract.schema import Attendance

FRAME = "The organisers said that {} attended the conference."
HEDGES = {
    "about": ("about", "some", "around", "approximately", "roughly", "nearly", "almost", "ca", "only"),
    "more_than": ("more than", "over"),
    "at_least": ("at least",),
    "up_to": ("up to", "as many as"),
    "less_than": ("less than", "fewer than", "under"),
}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--set", choices=("dev", "train"), default="dev")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    extractor = load()
    as_is, framed, hedged = Figures(), Figures(), Figures()
    wrong = []
    for line in (options.folder / f"{options.set}.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        counts = [count for count in case["counts"] if count["value"] is not None]
        told = [value_of(row) for row in extractor.extract(case["text"]).attendance if row.share is None]
        as_is.count([count["value"] for count in counts], told, lambda g, f: g == f)
        for count in counts:
            words = spoken(case["text"], count)
            # A bare number and a share count nobody by name.
            if words is None:
                continue
            rows = extractor.extract(FRAME.format(words)).attendance
            right = framed.count([count["value"]], [value_of(row) for row in rows], lambda g, f: g == f)
            if count["approx"]:
                hedged.count([hedge_of(count["approx"])], [row.comparator for row in rows], lambda g, f: g == f)
            if right != [True]:
                wrong.append(f"{words!r} = {count['value']:g}: {[value_of(row) for row in rows]}")
    print(f"counts of persons, {options.set}")
    show("told as attendance", as_is)
    show("value in a sentence of attending", framed)
    show("hedge there", hedged)
    print("(published: none)")
    for one in wrong if options.errors else ():
        print(f"      {one}")


def spoken(text: str, count: dict[str, object]) -> str | None:
    """The hedge, number and noun as the sentence has them; None where it has no noun of persons."""
    head, number = str(count["head"]), count["number"]
    assert isinstance(number, list)
    found = re.match(rf".{{0,60}}?\b{re.escape(head)}\b", text[number[1] :], re.DOTALL)
    if found is None or head == count["number_text"] or head in ("percent", "more", "us"):
        return None
    return f"{count['approx']} {text[number[0] : number[1]]}{found.group()}".strip().lower()


def value_of(row: Attendance) -> float | None:
    """The number of a figure, whichever bound it gives."""
    return row.low if row.low is not None else row.high


def hedge_of(words: object) -> str:
    """The comparator that a hedge means."""
    return next((name for name, some in HEDGES.items() if str(words).lower().startswith(some)), "exact")


if __name__ == "__main__":
    main()
