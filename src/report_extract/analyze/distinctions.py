"""Letters of distinctions behind a name ("Ana Ruiz, OBE, KStJ"): part of no name, and neither an office nor a body."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace

from report_extract.analyze.candidates import Board, Candidate
from report_extract.analyze.lexicon import Lexicon
from report_extract.analyze.words import Words

_FEWEST_NAMES = 2
_LONGEST_LETTERS, _FEWEST_CAPITALS = 6, 2


def drop_distinctions(words: Words, lexicon: Lexicon, board: Board) -> None:
    """Takes the letters off the names of persons, and off the board what is read in those behind a name."""
    letters = lexicon.lists["names.post_nominals"]
    for person in board.of("PERSON"):
        _shorten(words, board, person, letters - lexicon.lists["names.generations"])
    for person in board.of("PERSON"):
        for candidate in list(_behind(words, board, person, letters)):
            board.remove(candidate)


def _shorten(words: Words, board: Board, person: Candidate, letters: Set[str]) -> None:
    """Takes the letters of a distinction off a name: "Ana Ruiz MBE"."""
    stop = person.stop
    while stop - person.first > _FEWEST_NAMES and words.words[stop - 1] in letters:
        stop -= 1
    if stop < person.stop and not words.surface(person.first, stop).isupper():
        board.add(replace(person, stop=stop))


def _behind(words: Words, board: Board, person: Candidate, letters: Set[str]) -> Iterator[Candidate]:
    """What is read in the letters behind a name; one that no list has counts where it follows one that a list has."""
    at, is_known = person.stop, False
    while at + 1 < len(words.words):
        at += words.tags[at] == ","
        word = words.words[at]
        is_letters = word in letters or (is_known and word.isalpha() and _is_short(word))
        read = board.owner[at]
        if not is_letters or (read is not None and (read.first, read.stop) != (at, at + 1)):
            return
        if read is not None and read.label in ("ORG", "TITLE"):
            yield read
        at, is_known = at + 1, True


def _is_short(word: str) -> bool:
    return len(word) <= _LONGEST_LETTERS and sum(letter.isupper() for letter in word) >= _FEWEST_CAPITALS
