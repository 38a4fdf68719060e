"""Names within names: whether one is another shortened, and whose name a unit's own name begins or ends with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from report_extract.extract.organization_names import (
    LARGEST,
    distinct_words,
    fold_name,
    head_of,
    is_acronym,
    is_droppable,
    kind_of,
    rank_of,
)

# Organs carry the name of their body; commissions and programmes "of the United Nations" have it in their own names.
_ORGANS = frozenset({"Council", "Assembly", "Secretariat", "Committee"})
# "HTC4Reefs", "HTC-UK" of the HTC.
_GLUED = re.compile(r"^([A-Z]{3,})(?:\d[A-Z]\w*|-[A-Z]{2})$")
_ACRONYM_WORD = re.compile(r"^[A-Z][A-Z&*\d]{2,} [A-Z][\w-]*$")
_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "at", "to"})


def is_shortened(short: str, long: str) -> bool:
    """Whether `short` is `long` with words left out, so that one may stand for the other.

    >>> is_shortened("Harbour University", "Harbour International University")
    True
    >>> is_shortened("Harbour University", "Harbour University Faculty of Law")
    False
    """
    one, other = fold_name(short).split(), fold_name(long).split()
    if (_content(one) == _content(other) and len(one) > 1) or "".join(one) == "".join(other):
        return True
    if fold_name(short) in _halves(long):
        return True
    if len(one) >= len(other):
        return False
    rest = long.split()[-(len(other) - len(one)) :]
    if is_acronym(short) and len(one) == 1:
        # The Council of a body is an organ of it.
        return other[0] == one[0] and len(rest) == 1 and is_droppable(rest[0]) and rest[0] not in _ORGANS
    if len(one) > 1 and [word.rstrip("s") for word in other[-len(one) :]] == [word.rstrip("s") for word in one]:
        is_another = kind_of(short) in ("university", "museum") and distinct_words() & set(other[: -len(one)])
        return not is_another and not _is_unit_of(other[: -len(one)], one)
    if other[: len(one)] == one:
        # "Committee on Harbours" for "Committee on Harbours and Tides".
        goes_on = rest[0] in ("and", "&") and any(word in ("of", "on", "for") for word in short.split())
        return goes_on or _can_drop(rest, len(one), short)
    # "Harbour Mediation Centre" beside "Harbour International Mediation Centre" may be another body; of universities
    # and museums there is one.
    is_only_one = (kind_of(short) == "university" and rank_of(short) == LARGEST) or kind_of(short) == "museum"
    return is_only_one and len(one) > 1 and (one[0], one[-1]) == (other[0], other[-1]) and _leaves_out(one, other)


def is_syllabic(short: str, long: str) -> bool:
    """Whether an acronym takes the first letters, up to four of each, of all the words of a name in their order.

    >>> is_syllabic("HARCOMTRA", "Harbour Commission on Trade"), is_syllabic("HARTRA", "Harbour Commission on Trade")
    (True, False)
    """
    words = [word for word in fold_name(long).split() if word not in _SMALL]
    letters = fold_name(short).replace(" ", "")
    return len(words) > 1 and len(letters) > len(words) and _takes(letters, words)


def _takes(letters: str, words: Sequence[str]) -> bool:
    if not words or not letters:
        return not words and not letters
    longest = next((n for n in range(4, 0, -1) if letters[:n] == words[0][:n] and len(letters) >= n), 0)
    return any(_takes(letters[n:], words[1:]) for n in range(longest, 0, -1))


def _content(words: Sequence[str]) -> list[str]:
    return sorted(word.rstrip("s") for word in words if word not in _SMALL)


def _halves(name: str) -> tuple[str, ...]:
    """The two names of a body that has one in each language, or the part before ", Place"."""
    halves = re.split(r"\s[–—-]\s", name)
    return tuple(fold_name(half) for half in halves if half.strip()) if len(halves) == 2 else ()


def _can_drop(rest: Sequence[str], kept: int, short: str) -> bool:
    """Whether a short form may leave out these last words of a name."""
    if all(is_droppable(word.strip(",")) for word in rest):
        return True
    if len(rest) == 1 and rest[0] in ("Department", "Bureau", "Committee"):
        return kind_of(short) != "university" and (kept > 1 or kind_of(short) is None)
    if rest[0] in ("of", "for", "on") or rest[0].endswith(","):
        return kept > 1 and (rank_of(short) == LARGEST or head_of(short) != short)
    return kept > 1 and len(rest) == 1 and rank_of(rest[0]) == LARGEST and kind_of(short) is not None


def _is_unit_of(before: Sequence[str], short: Sequence[str]) -> bool:
    return before[-1] in _SMALL or short[0] in _SMALL


def _leaves_out(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether the words stand in the same order in the whole, of which they leave out none that tells bodies apart."""
    rest = iter(whole)
    return all(word in rest for word in part) and not distinct_words() & (set(whole) - set(part))


def owner_length(words: Sequence[str], form: str, other: Sequence[str]) -> int:
    """The number of words of a larger body's name that a unit's name begins with, or ends with after "of"."""
    n = len(other)
    glued = _GLUED.match(form)
    if glued and [glued[1].casefold()] == list(other):
        return 1
    if n >= len(words):
        return 0
    if list(words[:n]) == list(other):
        name = " ".join(form.split()[:n])
        is_unit = rank_of(form) < LARGEST or head_of(form) in _ORGANS
        if n > 1 and kind_of(name) == "igo":
            is_unit = head_of(form) in _ORGANS
        can_own = n > 1 or is_acronym(name) or kind_of(name) is not None
        return n if (is_unit and can_own) or _is_acronym_word(form) else 0
    link = words[-n - 2 : -n] if words[-n - 1] == "the" else words[-n - 1 : -n]
    is_after_of = list(words[-n:]) == list(other) and link[:1] == ["of"]
    return n if is_after_of and (rank_of(form) < LARGEST or kind_of(form) == "court") else 0


def _is_acronym_word(form: str) -> bool:
    """Whether a name is an acronym and one more word: "ISTC Moscow", "ISTC WP2"."""
    return _ACRONYM_WORD.match(form) is not None
