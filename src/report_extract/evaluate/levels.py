"""How near a found fact must come to the gold: exactly, but for what never matters, or by a part of its words.

Beside these three stands each field's own equality, by which the field is scored: it forgives what a reader of the
table would (a word more in a title, an acronym for its organisation), and lies between the last two.
"""

from __future__ import annotations

from report_extract.evaluate.compare import Equal, Fact, close_number, comparison_form, token_overlap

LEVELS = ("exact", "normalized", "overlapping")
# The least share of common words with which two values touch: one word of seven, in each of them.
_TOUCHING = 0.25


def exact(expected: Fact, found: Fact) -> bool:
    """Every part is the same, character by character.

    >>> exact(("Ana Ruiz", None), ("Ana Ruiz", None)), exact("Reef Society", "The Reef Society")
    (True, False)
    """
    return _each(expected, found, lambda a, b: bool((a or None) == (b or None)))


def normalized(expected: Fact, found: Fact) -> bool:
    """Every part is the same but for case, white space, the form of marks and a leading article.

    >>> normalized("Reef Society", "the  REEF Society."), normalized("Reef Society", "Society")
    (True, False)
    """
    return _each(expected, found, lambda a, b: comparison_form(a) == comparison_form(b))


def overlapping(expected: Fact, found: Fact) -> bool:
    """Every part shares words with its counterpart, or both are unknown.

    >>> overlapping(("Ruiz", "head"), ("Ana Ruiz", "head of school")), overlapping(("Ruiz", None), ("Ruiz", "head"))
    (True, False)
    """
    return _each(expected, found, _touches)


def _touches(expected: object, found: object) -> bool:
    wanted, got = comparison_form(expected), comparison_form(found)
    return wanted == got or (bool(wanted and got) and token_overlap(expected, found) >= _TOUCHING)


def _each(expected: Fact, found: Fact, equal: Equal) -> bool:
    left, right = _parts(expected), _parts(found)
    return len(left) == len(right) and all(
        close_number(a, b) if isinstance(a, float) or isinstance(b, float) else equal(a, b)
        for a, b in zip(left, right, strict=True)
    )


def _parts(fact: Fact) -> tuple[Fact, ...]:
    if isinstance(fact, dict):
        return tuple(fact[name] for name in sorted(fact))
    return fact if isinstance(fact, tuple) else (fact,)
