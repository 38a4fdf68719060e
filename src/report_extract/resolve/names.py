"""Names of persons as words to compare: folding, suffixes, particles, initials and short forms of given names.

Compare-form and display-form are two things: nothing here changes a name that a table shows, it only says what two
names have in common.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from report_extract.rules import load_rules

_INITIALS = re.compile(r"(?:[a-z]\.-?)+[a-z]?", re.I)
_LONGEST_ASIAN_WORD = 8


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart, in display form."""

    given: str | None
    family: str | None
    suffix: str | None


def fold(word: str) -> str:
    """A word without case, accents, dots and apostrophes.

    >>> fold("D’Álva")
    'dalva'
    """
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(char for char in plain if char.isalnum() or char == "-")


def words_of(name: str) -> tuple[str, ...]:
    """The folded words of a name without its suffix; initials written together are taken apart.

    >>> words_of("J.P. Quill, Jr.")
    ('j', 'p', 'quill')
    """
    words: list[str] = []
    for word in _without_suffix(name)[0].split():
        is_initials = _INITIALS.fullmatch(word) and len(word) > 1
        words.extend(fold(word) if is_initials else [fold(word)])
    return tuple(word for word in words if word)


def split_name(name: str, *, family_hint: str | None = None, is_family: bool = False) -> NameParts:
    """Given name and family name of a person.

    Args:
        name: the name in display form.
        family_hint: a word by which the text calls the person alone ("Mr Wu"): it shows which part is the family name.
        is_family: whether a name of one word is a family name ("President Quill").

    >>> split_name("Maria de la Cruz, Jr.")
    NameParts(given='Maria', family='de la Cruz', suffix='Jr.')
    >>> split_name("Wu Kai", family_hint="Wu")
    NameParts(given='Kai', family='Wu', suffix=None)
    """
    plain, suffix = _without_suffix(name)
    words = plain.split()
    if len(words) == 1:
        return NameParts(None if is_family else words[0], words[0] if is_family else None, suffix)
    if not words:
        return NameParts(None, None, suffix)
    if _has_family_first(words, family_hint):
        return NameParts(" ".join(words[1:]), words[0], suffix)
    at = _family_start(words)
    return NameParts(" ".join(words[:at]), " ".join(words[at:]), suffix)


def is_same_given(one: str, other: str) -> bool:
    """Whether two folded given names can be one person's: equal, an initial, a short form.

    >>> is_same_given("jim", "james"), is_same_given("j", "james"), is_same_given("ann", "james")
    (True, True, False)
    """
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    if len(short) == 1:
        return long.startswith(short)
    return (short, long) in _nicknames() or (long, short) in _nicknames()


def _without_suffix(name: str) -> tuple[str, str | None]:
    """A name and the post-nominals written at its end."""
    words = name.split()
    suffixes: list[str] = []
    while len(words) > 1 and words[-1].strip(",") in _suffixes():
        suffixes.insert(0, words.pop().strip(","))
    if words:
        words[-1] = words[-1].rstrip(",")
    return " ".join(words), " ".join(suffixes) or None


def _family_start(words: list[str]) -> int:
    """The index of the first word of the family name: its particle, or the last word."""
    particles = _particles()
    for i in range(1, len(words) - 1):
        # "Jose E. Cruz" has an initial, not a particle; a capital "Al", "El", "De" or "Van" is one as well.
        if words[i].rstrip(".") == words[i] and fold(words[i]) in particles and len(words[i]) > 1 - words[i].islower():
            return i
    return len(words) - 1


def _has_family_first(words: list[str], family_hint: str | None) -> bool:
    if family_hint is not None and fold(family_hint) in (fold(words[0]), fold(words[-1])):
        return fold(family_hint) == fold(words[0])
    known = _family_first()
    is_short = len(words) <= 3 and all(word.isalpha() and len(word) <= _LONGEST_ASIAN_WORD for word in words[1:])
    if fold(words[0]) not in known or (fold(words[-1]) in known and len(words) == 2):
        return False
    return is_short and all(_could_be_syllables(fold(word)) for word in words[1:])


# Romanised Chinese and Korean given names: one or two syllables that end in a vowel, n, ng, r or (Korean, Cantonese)
# k, l, m, p, t.
_SYLLABLES = re.compile(
    r"(?:(?:zh|ch|sh|ng|kw|hw|hy|ky|my|[bcdfghjklmnpqrstwxyz])?[aeiou]{1,3}(?:ng|[nmrkltph])?){1,2}"
)


def _could_be_syllables(word: str) -> bool:
    return _SYLLABLES.fullmatch(word) is not None


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(load_rules("names").terms("post_nominals"))


@cache
def _particles() -> frozenset[str]:
    return frozenset(load_rules("names").terms("particles"))


@cache
def _family_first() -> frozenset[str]:
    return frozenset(fold(name) for name in load_rules("names").terms("family_first"))


@cache
def _nicknames() -> frozenset[tuple[str, str]]:
    pairs = (pair.partition("=") for pair in load_rules("names").terms("nicknames"))
    return frozenset((short, long) for short, _, long in pairs)
