"""Words as a trained reader sees them: word pieces, a letter-case class, and the tag that the lists give.

The vocabulary of the encoder knows no capitals, so each word's case is a feature of its own; so is its tag in
`words`, which tells what our lists know. A line break is the piece that parts sentences in the encoder's own training.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tokenizers import Tokenizer

LABELS = ("PERSON", "HONORIFIC", "TITLE", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "DATE", "SESSION")
CASES = ("lower", "title", "upper", "mixed", "digit", "mark")
# Letters of `words.tags`; a letter that is not here reads as unknown (0), so the lists may grow without a new model.
_TAGS = "OKTMHEFXYBZGgLDNnSIACcpfr&hiojsvw01y,.():-_;\"'/|#"
TAGS = {letter: number for number, letter in enumerate(_TAGS, 1)}
# An address can have dozens of pieces and says no more than its beginning.
_MOST_PIECES = 8
# Words whose pieces are kept from release to release.
_CACHED = 100_000


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of one text; `sizes` says how many each word has (never none), `cases` and `tags` go by word."""

    ids: tuple[tuple[int, ...], ...]
    cases: tuple[int, ...]
    tags: tuple[int, ...]

    @property
    def sizes(self) -> list[int]:
        """How many pieces each word has."""
        return [len(ids) for ids in self.ids]


@dataclass(frozen=True, slots=True)
class WordPieces:
    """Splits words into the pieces of an encoder's vocabulary."""

    tokenizer: Tokenizer
    begin: int
    end: int
    unknown: int
    cache: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def __call__(self, words: Sequence[str], tags: str) -> Pieces:
        """The pieces of a text's words; `tags` has one letter for each."""
        if len(self.cache) > _CACHED:
            self.cache.clear()
        new = [word for word in dict.fromkeys(words) if word not in self.cache]
        for word, encoding in zip(new, self.tokenizer.encode_batch(new, add_special_tokens=False), strict=True):
            self.cache[word] = (self.end,) if word.isspace() else tuple(encoding.ids[:_MOST_PIECES]) or (self.unknown,)
        return Pieces(
            tuple(self.cache[word] for word in words),
            tuple(case_class(word) for word in words),
            tuple(TAGS.get(tag, 0) for tag in tags),
        )


def read_word_pieces(path: Path) -> WordPieces:
    """The word pieces of a model folder's `tokenizer.json`."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    special = [tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]", "[UNK]")]
    begin, end, unknown = (-1 if number is None else int(number) for number in special)
    if min(begin, end, unknown) < 0:
        raise ValueError(f"{path}: not a WordPiece vocabulary with [CLS], [SEP] and [UNK]")
    return WordPieces(tokenizer, begin, end, unknown)


def case_class(word: str) -> int:
    """The number of the word's class in `CASES`.

    >>> [CASES[case_class(word)] for word in ("house", "House", "UN", "McRae", "COP28", ",")]
    ['lower', 'title', 'upper', 'mixed', 'digit', 'mark']
    """
    if word.islower() and word.isalpha():
        return 0
    if any(c.isdigit() for c in word):
        return 4
    if not any(c.isalpha() for c in word):
        return 5
    if word.isupper() and len(word) > 1:
        return 2
    if word[0].isupper() and word[1:] == word[1:].lower():
        return 1
    return 0 if word.islower() else 3
