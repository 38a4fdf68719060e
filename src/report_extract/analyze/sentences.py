"""Where sentences begin.

A line break ends a sentence: cleaned text has joined the lines that belong together. Within a line, a full stop,
question mark, exclamation mark or ellipsis ends one where the next word can begin one; closing marks go with it. An
abbreviation ends a sentence only where the next word is one that begins sentences ("in the U.S. The ..."), so titles
and initials never do.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from report_extract.rules import load_rules

_ENDS = frozenset({".", "!", "?", "…", "。", "！", "？"})
_CLOSERS = frozenset("\"”’')]»›")
_OPENERS = frozenset("\"“‘'([«‹*•")


def sentence_starts(words: Sequence[str], spaces: Sequence[bool]) -> list[bool]:
    """For each token (`spaces` tells whether a space follows it) whether a sentence begins with it.

    White space belongs to the sentence before it.

    >>> words = ["In", "the", "U.S.", "Dr.", "J.", "Doe", "won", ".", "”", "He", "left", ".", "\\n", "End"]
    >>> starts = sentence_starts(words, [word not in "won.”" for word in words])
    >>> [word for word, is_start in zip(words, starts) if is_start]
    ['In', 'He', 'End']
    """
    starts = [False] * len(words)
    line_begins, has_ended = True, False
    for i, word in enumerate(words):
        if word.isspace():
            line_begins = line_begins or "\n" in word
            continue
        if has_ended and not line_begins and word in _CLOSERS and not spaces[i - 1]:
            continue
        starts[i] = line_begins or (has_ended and _can_start(words, i))
        line_begins = False
        has_ended = (word in _ENDS and not _is_number_mark(words, i)) or (
            word[-1] == "." and len(word) > 1 and _ends(words, i)
        )
    if words:
        starts[0] = True
    return starts


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    """Words that begin sentences, and abbreviations that never end one."""
    rules = load_rules("tokenizer")
    return frozenset(rules.terms("starters")), frozenset(rules.terms("never_end"))


def _is_number_mark(words: Sequence[str], i: int) -> bool:
    """Whether a stop belongs to "No." before a number; "No." alone is an answer."""
    following = next((word for word in words[i + 1 : i + 3] if not word.isspace()), "")
    return i > 0 and words[i - 1] in ("No", "Nos", "NO") and following[:1].isdigit()


def _ends(words: Sequence[str], i: int) -> bool:
    """Whether an abbreviation or an ellipsis ends its sentence."""
    word = words[i]
    if word.startswith(".."):
        return True
    following = next((w for w in words[i + 1 : i + 4] if not w.isspace() and w not in _CLOSERS), "")
    starters, never = _lists()
    return word not in never and following in starters


def _can_start(words: Sequence[str], i: int) -> bool:
    word = words[i]
    if word in _OPENERS:
        word = words[i + 1] if i + 1 < len(words) else ""
        return word[:1].isupper() or word[:1].isdigit() or word in _OPENERS
    return word[0].isupper() or word[0].isdigit()
