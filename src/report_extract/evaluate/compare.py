"""When two values are the same: comparison forms, token overlap, and one-to-one matching of facts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

Fact = Any  # a string, or a tuple or dict of strings and numbers: each field knows its own
Equal = Callable[[Fact, Fact], bool]

_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‑": "-", "\u00a0": " "})


def comparison_form(value: object) -> str:
    """The value without what never matters: NFKC, straight marks, one space, no case, no leading article.

    >>> comparison_form("The  Hokkaido University.")
    'hokkaido university'
    """
    if value is None:
        return ""
    text = unicodedata.normalize("NFKC", str(value)).translate(_STRAIGHT).casefold()
    text = re.sub(r"\s+", " ", text).strip(" .,;:\"'()[]")
    return re.sub(r"^(the|an?) ", "", text)


def token_overlap(a: object, b: object) -> float:
    """F1 of the two values' tokens, 0 to 1.

    >>> token_overlap("Board of Trustees", "the Board")
    0.5
    """
    left, right = (re.findall(r"\w+", comparison_form(value)) for value in (a, b))
    if not left or not right:
        return 0.0
    rest, hits = list(right), 0
    for token in left:
        if token in rest:
            rest.remove(token)
            hits += 1
    return 2 * hits / (len(left) + len(right))


def same(a: object, b: object) -> bool:
    """Equal in comparison form."""
    return comparison_form(a) == comparison_form(b)


def close(a: object, b: object, floor: float = 0.8) -> bool:
    """Equal in comparison form, or with a token overlap of at least `floor`."""
    return same(a, b) or token_overlap(a, b) >= floor


def close_number(a: float | None, b: float | None) -> bool:
    """Both unknown, or within 0.6 per cent of each other."""
    if a is None or b is None:
        return a is None and b is None
    return abs(float(a) - float(b)) <= 0.006 * max(1.0, abs(float(a)))


def digits(value: object) -> str:
    """The value's digits alone, the form in which telephone numbers are compared."""
    return re.sub(r"\D", "", str(value or ""))


def pair(gold: Sequence[Fact], found: Sequence[Fact], *equals: Equal) -> list[int | None]:
    """For each found fact the gold fact it is paired with, one to one, greedily in order.

    With several equalities, what is equal under an earlier one is paired before a later one is tried.
    """
    pairs: list[int | None] = [None] * len(found)
    left = list(range(len(gold)))
    for equal in equals:
        for place, fact in enumerate(found):
            if pairs[place] is None:
                match = next((n for n in left if equal(gold[n], fact)), None)
                if match is not None:
                    left.remove(match)
                    pairs[place] = match
    return pairs


@dataclass(slots=True)
class Tally:
    """Right, wrong and missed facts of one field; `log` tells each with its release, its outcome and its rule.

    `whole` counts the releases in which every fact of the field is right, `told` those with a fact, in gold or found.
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0
    whole: int = 0
    told: int = 0
    log: list[tuple[str, str, str, str]] = field(default_factory=list)

    def add(
        self, release: str, gold: Sequence[Fact], found: Sequence[Fact], *equals: Equal, rules: Sequence[str] = ()
    ) -> list[bool]:
        """Pair found facts with gold facts one to one; says of each found fact whether it is right."""
        pairs = pair(gold, found, *equals)
        for place, match in enumerate(pairs):
            rule = rules[place] if rules else ""
            shown = (found[place], "wrong") if match is None else (gold[match], "right")
            self.log.append((release, shown[1], _shown(shown[0]), rule))
        missed = [fact for n, fact in enumerate(gold) if n not in pairs]
        self.log += [(release, "missed", _shown(fact), "") for fact in missed]
        verdicts = [match is not None for match in pairs]
        self.right += sum(verdicts)
        self.wrong += len(verdicts) - sum(verdicts)
        self.missed += len(missed)
        self.told += bool(gold or found)
        self.whole += bool(gold or found) and all(verdicts) and not missed
        return verdicts

    @property
    def support(self) -> int:
        """How many facts the gold has."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        """Share of found facts that are right; 1 where nothing was to be found and nothing was."""
        found = self.right + self.wrong
        return self.right / found if found else float(not self.missed)

    @property
    def recall(self) -> float:
        """Share of gold facts that were found."""
        gold = self.right + self.missed
        return self.right / gold if gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


def _shown(fact: Fact) -> str:
    if isinstance(fact, dict):
        return " | ".join(f"{k}={v}" for k, v in fact.items() if v is not None)
    return " | ".join(str(part) for part in fact) if isinstance(fact, tuple) else str(fact)
