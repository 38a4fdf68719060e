"""Acronyms: what a bracket behind a long form says, and capital letters that act as a body.

"Long Form (LF)": where the letters of the short form begin words of the long one, both are the same thing, and the
short form has the long form's label everywhere in the release; a long form in small letters makes it no name at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from report_extract.analyze.candidates import Board, Candidate
from report_extract.analyze.lexicon import Lexicon
from report_extract.analyze.words import Words

_NAME = "cCNnSGgLDABOKTMEFXYIy01"
_LINKS = "frh&io,-s"
_FIELDS = {"ORG": "organizations", "EVENT": "events"}
# A short form may have a second part: "(NUS-K)".
BRACKET = re.compile(r"(?<=..)\((?=(?P<short>[ACBTKSNM](?:-[ACBIO0])?)[),;].)", re.DOTALL)


def find_long_form(words: Words, bracket: int) -> tuple[int, int] | None:
    """The tokens before the opening bracket at `bracket` whose initials spell the word behind it.

    What follows a hyphen tells two bodies with the same letters apart and need not be spelled.
    """
    short = words.words[bracket + 1]
    letters = [c.lower() for c in short if c.isupper() or (c.islower() and len(short) < 4)]
    at, left = bracket - 1, len(letters) - 1
    if words.tags[at] == '"':
        at -= 1
    stop = at + 1
    while at >= 0 and left >= 0 and stop - at < 3 * len(letters) + 4:
        word = words.words[at].lower()
        if words.tags[at] in "|.()":
            return None
        left -= 1 if word[0] == letters[left] else _inner(word, letters, left)
        if left < 0:
            return at, stop
        at -= 1
    return None


def _inner(word: str, letters: list[str], left: int) -> int:
    """How many letters up to `left` the word alone gives, its first letter included ("BioDiversity": bd)."""
    for count in (3, 2):
        part = letters[left - count + 1 : left + 1]
        if left < count - 1 or word[0] != part[0]:
            continue
        at = 0
        for letter in part:
            at = word.find(letter, at) + 1
            if not at:
                break
        else:
            return count
    return 0


def bracketed(words: Words, board: Board) -> tuple[list[Candidate], set[str]]:
    """Long forms before a bracket with their short forms, and the short forms that name no body."""
    found: list[Candidate] = []
    never: set[str] = set()
    for match in BRACKET.finditer(words.tags):
        bracket, stop = match.start(), match.end("short")
        short = words.surface(bracket + 1, stop)
        if sum(c.isupper() for c in short) < 2:
            continue
        owner, span = board.owner[bracket - 1], find_long_form(words, bracket)
        if owner is not None and owner.label in _FIELDS:
            found.extend(_both(words, owner, span, (bracket, stop)))
        elif owner is None and span is not None:
            tags = words.tags[span[0] : span[1]]
            if "O" in tags and tags[-1] != "T" and is_name(tags) and sum(tag in _NAME for tag in tags) > 1:
                found.append(Candidate(*span, "ORG", "organizations.long-form", 9))
                found.append(Candidate(bracket + 1, stop, "ORG", "organizations.bracketed", 9))
            elif not any(tag in "CNSGDABL" for tag in tags):
                never.add(short)
    return found, never


def _both(words: Words, owner: Candidate, span: tuple[int, int] | None, short: tuple[int, int]) -> Iterator[Candidate]:
    """The short form of a body or event on the board, and its long form where the letters say that it is longer.

    `short` is where the bracket stands and where the short form in it ends.
    """
    bracket, stop = short
    field = _FIELDS[owner.label]
    if span and span[0] < owner.first and is_name(words.tags[span[0] : owner.first]):
        yield Candidate(span[0], bracket, owner.label, field + ".long-form", 9)
    yield Candidate(bracket + 1, stop, owner.label, field + ".bracketed", 9)


def is_name(tags: str) -> bool:
    """Whether these tags can stand in a name, and begin one."""
    return tags[0] in _NAME and all(tag in _NAME + _LINKS for tag in tags)


# How often capitals that name a body stand beside each of these, against capitals that do not: log odds, counted on
# 286 hand-annotated releases of public bodies.
_BEFORE = {
    "(": 0.3, ",": 0.7, "a": -1.4, "an": 0.9, "and": 0.5, "at": -0.2, "by": 1.2, "for": 0.5, "from": 0.7, "in": 0.6,
    "of": 0.5, "the": -0.3, "with": 0.9,
}  # fmt: skip
_BEHIND = {
    "'s": 2.7, "’s": 1.6, "(": 0.3, ")": 0.4, ",": 0.3, "-": -1.0, ".": 0.3, "and": 0.2, "has": 1.4, "in": -0.6,
    "is": 0.5, "to": -0.2, "was": 1.2, "will": 0.4,
}  # fmt: skip
_INSIDE, _BEFORE_CAPITAL, _BEFORE_MARK, _BEFORE_WORD = -1.8, -0.7, -1.1, 0.1
_LINE_BEGINS, _OTHER = 0.4, -0.2
# One place alone must say a little more than several together.
_ENOUGH, _ENOUGH_ONCE = -0.1, 0.1


def find_acronyms(words: Words, lexicon: Lexicon, board: Board, never: set[str]) -> Iterator[Candidate]:
    """Capital letters and CamelCase words that stand where bodies stand, taking all their places together."""
    no = lexicon.lists["organizations.no_acronyms"]
    places: dict[str, list[int]] = {}
    for i, tag in enumerate(words.tags):
        word = words.words[i]
        if tag == "A" and board.owner[i] is None and word not in no and word not in never and len(word) > 2:
            places.setdefault(word, []).append(i)
    for word, found in places.items():
        if word[-1] == "s" and word[-2].isupper():
            continue
        score = sum(_evidence(words, board, i) for i in found) / len(found)
        if score > (_ENOUGH_ONCE if len(found) == 1 else _ENOUGH):
            for i in found:
                yield Candidate(i, i + 1, "ORG", "organizations.acronym", 2)


def _evidence(words: Words, board: Board, i: int) -> float:
    """How far the words beside one place of an acronym speak for a body."""
    before, after = words.words[i - 1] if i else "\n", words.words[i + 1] if i + 1 < len(words.words) else "\n"
    if before[0].isupper() and words.tags[i - 1] != "T" and board.owner[i - 1] is None:
        score = _INSIDE
    else:
        score = _BEFORE.get(before.lower(), _LINE_BEGINS if "\n" in before else _OTHER)
    if after in _BEHIND:
        return score + (_BEHIND[after] if after != "-" or words.tags[i + 1] == "-" else 0.0)
    if after[0].isupper():
        return score + (_BEFORE_CAPITAL if words.tags[i + 1] not in "TNH" else 0.0)
    if after[0].isspace():
        return score
    return score + (_BEFORE_WORD if after[0].islower() else _BEFORE_MARK)
