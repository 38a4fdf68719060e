"""Words that lost the space between them: "heldthe", "thatHU", "Russiamust", "scientificcooperation".

A word is split only where the whole is unknown to a large word list, exactly one split is clearly likely, and nothing
speaks for a name, a compound, a brand, a formula, an identifier or an address. A word that the release uses twice is
its own. Text that is not English is left alone. Each split is one inserted space.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from report_extract.clean.words import load_frequencies, zipf
from report_extract.evidence import Edit
from report_extract.rules import load_rules

_RULES = load_rules("glue")
_LEADING, _TRAILING, _AFTER_NAME, _PREFIXES, _SUFFIXES = (
    frozenset(_RULES.terms(name)) for name in ("leading", "trailing", "after_name", "prefixes", "suffixes")
)
_PAIRS = {pair.replace(" ", ""): pair.index(" ") for pair in _RULES.terms("pairs")}
_SURE, _HEADS = frozenset(_RULES.terms("sure")), frozenset(_RULES.terms("heads"))
_LEFT_ENDINGS = _RULES.terms("left_endings")

# A word with nothing around it that makes it part of an address, a compound, a hashtag or a possessive.
_WORD = re.compile(r"(?<![\w@/\\.#&$’'_-])[A-Za-z]{4,}(?![\w@/\\_&-]|\.\w|['’](?!s\b)\w)")
_BEFORE_NAME = re.compile("|".join(_RULES.terms("before_name")))
_TITLED = re.compile(rf"(?P<titles>(?:(?:{_BEFORE_NAME.pattern})(?=[A-Z]))+)[A-Z][a-z]+(?:[A-Z][a-z]+)?")
_ANY_WORD = re.compile(r"[A-Za-z]+")
_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")
_INNER_CAPITAL = re.compile(
    r"(?P<left>[A-Z]?[a-z]+)(?P<right>[A-Z][A-Za-z]*)$|(?P<acronym>[A-Z]{2,})(?P<word>[a-z]{2,})$"
)
# Zipf frequencies: known, common enough to be half of a pair with a short word, common enough for two long words.
_KNOWN, _HALF, _CONTENT, _SHORTEST_CONTENT = 1.0, 3.2, 3.7, 5
_LEAD = 0.7
# No two words are longer; what is, is data.
_LONGEST = 60
# Short words that also begin real ones ("in-", "as-", "a-") need a long, very common right half.
_SHORT_LEADING = frozenset(_RULES.terms("short_leading"))
_VERY_COMMON = 4.0
# Below the first, a word may be in the list by mistake; two everyday words are above the second.
_RARE, _EVERYDAY = 1.6, 4.6


def split_glued_words(text: str) -> Iterator[Edit]:
    """One inserted space for each place where two words surely lost theirs.

    >>> [edit.start for edit in split_glued_words("In Yukimatsu heldthe talks thatHU led on scientificcooperation.")]
    [17, 31, 51]
    """
    if not is_english(text):
        return
    counts = Counter(_ANY_WORD.findall(text))
    cuts = {word: _cuts_of(word, times, counts) for word, times in counts.items() if 3 < len(word) <= _LONGEST}
    if not any(cuts.values()):
        return
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    for match in _WORD.finditer(text):
        found = cuts.get(match.group(), ())
        if found and not any(start < match.start() < end for start, end in addresses):
            yield from (Edit(match.start() + cut, match.start() + cut, " ") for cut in found)


def is_english(text: str) -> bool:
    """Whether enough of the text's words are English form words; a short text is given the benefit of the doubt."""
    words = re.findall(r"[A-Za-zÀ-ÿ]+", text[:6000].lower())
    return len(words) < 20 or sum(word in _LEADING or word in _TRAILING for word in words) >= 0.12 * len(words)


def _cuts_of(word: str, times: int, counts: Counter[str]) -> tuple[int, ...]:
    titled = _TITLED.fullmatch(word)
    if titled and zipf(word) < _KNOWN:
        return tuple(one.end() for one in _BEFORE_NAME.finditer(titled["titles"]))
    cut = _cut_of(word, times, counts)
    return (cut,) if cut else ()


def _cut_of(word: str, times: int, counts: Counter[str]) -> int:
    if word.lower() in _PAIRS and (word.islower() or (len(word) > 4 and word[1:].islower())):
        return _PAIRS[word.lower()]
    if times > 1:
        return 0
    if word.lower() in load_frequencies():
        return _rare_cut(word) if word.islower() else 0
    if word.islower():
        return _lower_cut(word)
    if word[1:].islower():
        return _capital_cut(word)
    inner = _INNER_CAPITAL.match(word)
    return _inner_cut(inner, counts) if inner else 0


@lru_cache(maxsize=65536)
def _lower_cut(word: str) -> int:
    """Where an unknown word in small letters falls in two, 0 where it does not or where doubt remains."""
    scores = sorted(((_score(word[:cut], word[cut:]), cut) for cut in range(1, len(word) - 1)), reverse=True)
    if not scores or not scores[0][0] or (len(scores) > 1 and scores[0][0] - scores[1][0] < _LEAD):
        return 0
    return scores[0][1]


@lru_cache(maxsize=65536)
def _rare_cut(word: str) -> int:
    """Where a word falls in two that stands in the word list only because others lost the space too: "themost"."""
    if zipf(word) >= _RARE:
        return 0
    pairs = [(word[:cut], word[cut:]) for cut in range(3, len(word) - 2)]
    cuts = [len(a) for a, b in pairs if (a in _SURE or b in _SURE) and min(zipf(a), zipf(b)) >= _EVERYDAY]
    return cuts[0] if len(cuts) == 1 else 0


def _score(left: str, right: str) -> float:
    """How likely the pair is, 0 where it may not be split."""
    low = min(zipf(left), zipf(right))
    if left in _LEADING and len(right) > 2 and low >= _HALF:
        return low + 2
    if right in _TRAILING and len(left) > 2 and low >= _HALF and not (len(right) == 2 and len(left) < 5):
        return low + 2
    if left in _SHORT_LEADING and len(right) > 4 and low >= _VERY_COMMON:
        return low + 1
    if left in _PREFIXES or right in _SUFFIXES or min(len(left), len(right)) < _SHORTEST_CONTENT:
        return 0.0
    return low if low >= (_CONTENT if left.endswith(_LEFT_ENDINGS) else _VERY_COMMON) else 0.0


@lru_cache(maxsize=65536)
def _capital_cut(word: str) -> int:
    """A capitalised unknown word is a name, unless a known one and a short verb make it up: "Russiamust"."""
    for cut in range(3, len(word) - 1):
        left, right = word[:cut], word[cut:]
        if right in _AFTER_NAME and len(left) > 3 and zipf(left) >= _CONTENT:
            return cut
        if right == "of" and left in _HEADS:
            return cut
        if left.lower() in ("the", "this", "these") and len(right) > 4 and zipf(right) >= _CONTENT:
            return cut
    return 0


def _inner_cut(inner: re.Match[str], counts: Counter[str]) -> int:
    """Where a capital begins a second word: only after a form word, or where the release has that word alone too."""
    left, right = inner["left"] or inner["acronym"], inner["right"] or inner["word"]
    if inner["acronym"]:
        return len(left) if right in _TRAILING and len(right) > 2 and counts[left] else 0
    if left[0].isupper() and len(left) > 3 and len(right) > 3:
        return len(left) if counts[left] and counts[right] and min(zipf(left), zipf(right)) >= _HALF else 0
    alone = (
        counts[right] > 0
        or (len(left) > 3 and right.isupper())
        or (len(right) > 3 and right[1:].islower() and zipf(right) >= _CONTENT)
    )
    form_word = left.lower() in _LEADING and (len(left) > 2 or counts[right] > 0)
    content = left.islower() and len(left) > 4 and zipf(left) >= _CONTENT
    return len(left) if alone and (form_word or content) else 0
