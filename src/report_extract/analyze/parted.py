"""Readings that hold two names: a body before an office, a word before a person.

"HIT President" is an office and the body whose letters the release explains; in "NUT alumna Mele Vuki" the name begins
behind the word that tells who she is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from report_extract.analyze.candidates import Board, Candidate
from report_extract.analyze.words import Words

# Tags of words in small letters that are no part of a name.
_NO_NAME = "w"
_FEWEST_NAMES = 2


def part(words: Words, board: Board) -> None:
    """Puts the parts of such readings on the board in place of the whole."""
    bodies = {words.forms[c.first : c.stop] for c in board.of("ORG")}
    for candidate in board.of("TITLE", "PERSON"):
        parts = list(_parts(words, candidate, bodies))
        if parts:
            board.remove(candidate)
            board.place(parts)


def _parts(words: Words, candidate: Candidate, bodies: set[tuple[str, ...]]) -> Iterator[Candidate]:
    first, stop = candidate.first, candidate.stop
    if candidate.label == "TITLE":
        for cut in range(first + 1, stop):
            if words.forms[first:cut] in bodies and words.words[first].isupper() and words.words[cut][:1].isupper():
                yield replace(candidate, first=first, stop=cut, label="ORG", rule="organizations.before-title")
                yield replace(candidate, first=cut)
                return
        return
    small = [i for i in range(first, stop) if words.tags[i] == _NO_NAME and words.words[i].islower()]
    if small and stop - small[-1] > _FEWEST_NAMES and len(words.words[small[-1]]) > _FEWEST_NAMES + 1:
        yield replace(candidate, first=small[-1] + 1)
        before = words.forms[first : small[0]]
        if before in bodies:
            yield replace(candidate, first=first, stop=small[0], label="ORG", rule="organizations.before-title")
