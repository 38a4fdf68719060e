"""What a single line of a release is, judged by itself: prose, menu entry, contact, label, date, end mark ...

Where the line stands, and what its neighbours are, is the business of `sections`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from report_extract.rules import load_rules

_CHROME, _SECTIONS = load_rules("chrome"), load_rules("sections")
_ALWAYS = frozenset(_CHROME.terms("always"))
_MENU = frozenset(_CHROME.terms("menu")) | frozenset(_CHROME.terms("languages"))
_TEASERS = frozenset(_CHROME.terms("teasers"))
_CHROME_RULES = tuple(rule.pattern for rule in _CHROME.rules)
_RULES = {rule.id.removeprefix("sections."): rule.pattern for rule in _SECTIONS.rules}

_LATIN, _LETTER = re.compile(r"[A-Za-zÀ-ɏ]"), re.compile(r"[^\W\d_]")
_FORM_WORD = re.compile(
    r"\b(?:the|of|and|to|in|a|that|for|is|was|on|with|as|by|at|from|de|la|der|die|und|et|le|en|el|que)\b"
)
# A headline may well end in a question mark; a stop after a whole word inside a line ends a sentence too.
_PROSE_END, _INNER_END = re.compile(r"[.!…:][\"'”’)\]*»]*$"), re.compile(r"[a-z]{3}[”\"’)]?\. ")
# What stands between the entries of a menu on one line: "Previous | Next | Home".
_BETWEEN = re.compile(r"\s*[|·•»]\s*")
# What a line is stands at its beginning; a line of a megabyte is data.
_LONGEST_READ = 4000
_LONGEST_SHORT, _LONGEST_ENTRY = 60, 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty, where it stands, and what it is by itself."""

    start: int
    text: str
    words: int
    is_chrome: bool  # unmistakable, wherever it stands
    is_entry: bool  # an ordinary menu entry: proves something only among others
    is_prose: bool

    @property
    def is_short(self) -> bool:
        """Whether it could be an entry of a menu or a part of an address."""
        return (
            len(self.text) <= _LONGEST_SHORT
            and self.words <= _LONGEST_ENTRY
            and not self.text.endswith((".", "!", "?", ","))
        )

    def matches(self, kind: str) -> bool:
        """Whether a rule of `sections.toml` (named without its field) finds itself in the line."""
        return _RULES[kind].search(self.text[:_LONGEST_READ]) is not None

    @property
    def is_date(self) -> bool:
        """Whether the line is a day (and perhaps a clock time) and nothing else."""
        return len(self.text) <= _LONGEST_SHORT and self.matches("date-line")

    @property
    def is_teaser_heading(self) -> bool:
        """Whether other releases are listed after this line."""
        return _plain(self.text) in _TEASERS


def read_lines(text: str) -> list[Line]:
    """The lines that are not empty."""
    foreign_is_odd = _is_mostly_latin(text[:4000])
    lines: list[Line] = []
    at = 0
    for piece in text.split("\n"):
        if piece.strip():
            chrome = _is_chrome(piece) or (foreign_is_odd and _is_foreign(piece))
            # One letter alone is what is left of a name set letter by letter.
            entry = len(piece) <= _LONGEST_SHORT and (_plain(piece) in _MENU or (len(piece) == 1 and piece.isalpha()))
            lines.append(Line(at, piece, piece.count(" ") + 1, chrome, entry, _is_prose(piece)))
        at += len(piece) + 1
    return lines


@lru_cache(maxsize=8192)
def _is_chrome(text: str) -> bool:
    if len(text) > 400:
        return False
    if _plain(text) in _ALWAYS or any(pattern.search(text) for pattern in _CHROME_RULES):
        return True
    entries = [_plain(entry) for entry in _BETWEEN.split(text)]
    return len(entries) > 1 and all(entry in _MENU or entry in _ALWAYS for entry in entries)


def _plain(text: str) -> str:
    return text.casefold().strip(" \t-–—•·*|>»«<#:.…!?/[]()+→←↑↓")


def _is_prose(text: str) -> bool:
    """A sentence or more: long enough, with form words, and with a stop unless it is very long."""
    words = text.count(" ") + 1
    if words < 12 or not _FORM_WORD.search(text):
        return False
    return words >= 45 or bool(_PROSE_END.search(text) or _INNER_END.search(text))


def _is_mostly_latin(text: str) -> bool:
    letters = _LETTER.findall(text)
    return len(letters) > 200 and sum(map(str.isascii, letters)) > 0.7 * len(letters)


def _is_foreign(text: str) -> bool:
    """A short line in another script than the release: the rest of a menu in the page's first language."""
    if len(text) > _LONGEST_SHORT or text.isascii() or any(char.isdigit() for char in text):
        return False
    return not _LATIN.search(text) and _LETTER.search(text) is not None
