"""Words, numbers and marks: a tokenizer that knows what releases are made of.

Abbreviations ("Prof.", "Lt.", "U.S."), initials ("J."), amounts ("S$1.5m"), spans of years ("2013-14"), addresses and
file-like names ("Data.gov", "Text+") stay whole; a possessive 's and every hyphen is a token of its own, so that
"UK-France Summit" and "the Minister's" fall into the parts that names are made of.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from spacy import util
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from report_extract.rules import alternation, load_rules


@cache
def _pattern() -> re.Pattern[str]:
    rules = load_rules("tokenizer")
    return re.compile(
        r"""
        (?:https?://|www\.)[^\s<>()"“”]*[^\s<>()"“”.,;:!?'’]            # addresses
        | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
        | (?<![\w.])(?:ABBREVIATIONS|RANKS)\.(?!\w)
        | (?:(?<=\d)|(?<!\w))[AaPp]\.[Mm]\.?(?!\w)
        | (?<![\w.])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?             # U.S., a.m., J.F.
        | (?<![\w.])(?:Ph|Psy|Ed|Sc|M|B|D|LL)\.(?:Phil|Sc|Ed|D|A|M)\.?(?:D\.)?(?!\w)
        | (?<![\w.&])[A-ZÀ-Þ]\.(?=[ -]?[A-ZÀ-Þ])                      # initials
        | (?:19|20)\d\d[-–/]\d\d(?:\d\d)?(?![\w-])
        | CURRENCIES?\d+(?:[.,:/]\d+)*(?:st|nd|rd|th|[kKmM]|bn|tn)?(?!\w)
        | [^\W_]+(?:\*[^\W_]+)+                                       # A*STAR
        | [^\W\d_]+\.(?:com|org|gov|net|edu|io|eu)(?!\w)
        | [^\W_]+(?:['’ʻ`](?![sS](?!\w))[^\W\d_]+)*(?:\+(?!\w))?       # O'Neill, Text+
        | ['’][sS](?!\w)
        | \.{2,} | -{2,}
        | \S
        """.replace("RANKS", alternation(tuple(term.upper() for term in rules.terms("ranks"))))
        .replace("ABBREVIATIONS", alternation(rules.terms("abbreviations")))
        .replace("CURRENCIES", alternation(rules.terms("currencies"))),
        re.VERBOSE,
    )


class ReportTokenizer:
    """A spaCy tokenizer made of one regular expression; it never changes the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The text as a doc; one space after a token belongs to it, other white space is a token."""
        words, spaces = split_words(text)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_disk(self, path: str | Path, exclude: tuple[str, ...] = ()) -> None:
        """Nothing to keep: the rules are part of the package."""

    def from_disk(self, path: str | Path, exclude: tuple[str, ...] = ()) -> ReportTokenizer:
        """Nothing to read."""
        del path, exclude
        return self

    def to_bytes(self, exclude: tuple[str, ...] = ()) -> bytes:
        """Nothing to keep."""
        del exclude
        return b""

    def from_bytes(self, data: bytes, exclude: tuple[str, ...] = ()) -> ReportTokenizer:
        """Nothing to read."""
        del data, exclude
        return self


@util.registry.tokenizers("report_extract.Tokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], ReportTokenizer]:
    """The tokenizer for a pipeline's config."""
    return lambda nlp: ReportTokenizer(nlp.vocab)


def split_words(text: str) -> tuple[list[str], list[bool]]:
    """The tokens of a text, and for each whether one space that belongs to it follows.

    >>> split_words("Prof. Dr. J. F. O’Neill’s team won S$1.5m in 2013-14.")[0]
    ['Prof.', 'Dr.', 'J.', 'F.', 'O’Neill', '’s', 'team', 'won', 'S$1.5m', 'in', '2013-14', '.']
    """
    words: list[str] = []
    spaces: list[bool] = []
    at = 0
    for match in _pattern().finditer(text):
        start = match.start()
        if start > at:
            _add_space(words, spaces, text[at:start])
        words.append(match.group())
        spaces.append(False)
        at = match.end()
    if at < len(text):
        _add_space(words, spaces, text[at:])
    return words, spaces


def _add_space(words: list[str], spaces: list[bool], gap: str) -> None:
    if gap[0] == " " and words:
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)
