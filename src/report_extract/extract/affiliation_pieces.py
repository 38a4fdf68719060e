"""A stretch of text as a row of persons, offices and bodies, with what stands between them.

Each piece knows where its name stands (`start`, `end`) and how far it reaches with what belongs to it (`lead`,
`tail`): a person with honorifics before and post-nominals after, an office with its country, a body with its acronym
in brackets and the place after it. The gap between two pieces is the text from one's tail to the next one's lead; its
kind says how they hang together.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from spacy.tokens import Doc

from report_extract.analyze.seam import mentions_of, text_of
from report_extract.extract.before_names import leads_to_name
from report_extract.extract.mentions import OrganizationMention, PersonMention
from report_extract.rules import load_rules

Gap = Literal[
    "touch", "comma", "line", "of", "and", "semicolon", "possessive", "copula", "member", "appointed", "as", "other"
]
_GAPS: tuple[Gap, ...] = (
    "touch", "of", "comma", "line", "and", "semicolon", "possessive", "appointed", "as", "member", "copula",
)  # fmt: skip
_LONGEST_GAP = 110
_PRIORITY = {"PERSON": 0, "TITLE": 1, "ORG": 2, "HONORIFIC": 3, "GPE": 4, "NORP": 4}
_BRACKET = re.compile(r"\s*\(\s*[\"“]?[^()\n]{1,40}[\"”]?\s*\)")
# "Chief Executive Officer (CEO) of", also where the title's own mention has swallowed the bracket's beginning.
_SHORT_OFFICE = re.compile(r"\s*\([A-Z][A-Za-z&]{1,7}\)|\)")
_PLACE_AFTER = re.compile(r"^(?:,\s*|\s+in\s+|\s+of\s+(?:the\s+)?|\s+to\s+(?:the\s+)?|\s+for\s+(?:the\s+)?|\s*\()$")
_PLACE_BEFORE = re.compile(r"^(?:['’]s?\s+|\s+)(?:(?:former|new|then|incoming|first)\s+)*$")
_LOOKBACK = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """A person (P), an office (T) or a body (O) in a stretch of text."""

    kind: Literal["P", "T", "O"]
    start: int
    end: int
    lead: int
    tail: int
    person: PersonMention | None = None
    organization: OrganizationMention | None = None
    has_honorific: bool = False
    is_pronoun: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mention on its way to becoming a piece."""

    label: str
    start: int
    end: int


class Pieces:
    """All pieces of a release, in text order."""

    def __init__(self, doc: Doc, people: Sequence[PersonMention], organizations: Sequence[OrganizationMention]) -> None:
        self.text = text_of(doc)
        self._people = {(p.evidence.start, p.evidence.end): p for p in people}
        self._organizations = {(o.evidence.start, o.evidence.end): o for o in organizations}
        marks = _without_overlaps(
            _Mark(span.label_, span.start_char, span.end_char) for span in mentions_of(doc, *_PRIORITY)
        )
        self.row = tuple(self._grown(marks))
        self._starts = [piece.start for piece in self.row]

    def between(self, start: int, end: int) -> tuple[Piece, ...]:
        """The pieces of a stretch of text."""
        return self.row[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def gap(self, one: Piece, other: Piece) -> Gap:
        """How two neighbouring pieces hang together."""
        if other.lead - one.tail > _LONGEST_GAP:
            return "other"
        return _kind_of_gap(self.text[min(one.tail, other.lead) : other.lead])

    def _grown(self, marks: Sequence[_Mark]) -> Iterator[Piece]:
        i, floor = 0, 0
        while i < len(marks):
            mark = marks[i]
            # Letters behind a name are part of it, whatever they are read as: "Ana Ruiz, PhD, FRS".
            if mark.label in ("HONORIFIC", "GPE", "NORP") or mark.end <= floor:
                i += 1
                continue
            piece, used = self._grow(marks, i, floor)
            i += used
            if piece is not None:
                floor = piece.tail
                yield piece

    def _grow(self, marks: Sequence[_Mark], i: int, floor: int) -> tuple[Piece | None, int]:
        """The piece at a mark with all that belongs to it, and how many marks it takes."""
        mark = marks[i]
        place = (mark.start, mark.end)
        if mark.label == "PERSON":
            person = self._people.get(place)
            lead, has_honorific = self._person_lead(marks, i)
            tail = self._person_tail(_bracketed_place(self.text, marks, i) or mark.end)
            piece = Piece("P", *place, max(lead, floor), tail, person=person, has_honorific=has_honorific)
            return (piece if person else None), 1
        if mark.label == "TITLE":
            tail, used = self._place_tail(marks, i, is_office=True)
            return Piece("T", *place, max(self._office_lead(marks, i), floor), tail), used
        organization = self._organizations.get(place)
        tail, used = self._place_tail(marks, i, is_office=False)
        return (Piece("O", *place, mark.start, tail, organization=organization) if organization else None), used

    def _person_lead(self, marks: Sequence[_Mark], i: int) -> tuple[int, bool]:
        lead, has_honorific = marks[i].start, False
        for mark in reversed(marks[max(i - 4, 0) : i]):
            if mark.label != "HONORIFIC" or not leads_to_name(
                self.text[mark.start : mark.end], self.text[mark.end : lead]
            ):
                break
            lead, has_honorific = mark.start, True
        # "‘Ofa": the mark that opens a name of the Pacific.
        lead -= lead > 0 and self.text[lead - 1] in "‘'ʻ’`"
        if self.text[max(lead - 4, 0) : lead].lower() == "the ":
            lead -= 4
        return lead, has_honorific

    def _person_tail(self, end: int) -> int:
        patterns = (load_rules("names").rule("names.suffix"), load_rules("affiliations").rule("affiliations.aside"))
        for _ in range(2):
            for rule in patterns:
                match = rule.pattern.match(self.text[end : end + 70])
                end += match.end() if match else 0
        return end

    def _office_lead(self, marks: Sequence[_Mark], i: int) -> int:
        """Where an office begins with its country and "the former": these say nothing of a body."""
        lead = marks[i].start
        for mark in reversed(marks[max(i - 2, 0) : i]):
            if mark.label in ("GPE", "NORP") and _PLACE_BEFORE.match(self.text[mark.end : lead]):
                lead = mark.start
        words = (
            load_rules("affiliations")
            .rule("affiliations.lead")
            .pattern.search(self.text, max(lead - _LOOKBACK, 0), lead)
        )
        return words.start() if words else lead

    def _place_tail(self, marks: Sequence[_Mark], i: int, *, is_office: bool) -> tuple[int, int]:
        """Where a body or office ends with its acronym in brackets and the places after it, and the marks it takes."""
        end, used = marks[i].end, 1
        bracket = None if is_office else _BRACKET.match(self.text, end)
        if bracket:
            inside = [mark for mark in marks[i + 1 : i + 4] if mark.end <= bracket.end()]
            if all(mark.label in ("ORG", "GPE") for mark in inside) and len(inside) < 2:
                end, used = bracket.end(), 1 + len(inside)
        if is_office and (short := _SHORT_OFFICE.match(self.text, end)) and self._is_closed(marks[i], short.group()):
            end = short.end()
        while i + used < len(marks) and marks[i + used].label == "GPE":
            gap = self.text[end : marks[i + used].start]
            following = self.text[marks[i + used].end : marks[i + used].end + 3]
            if not _PLACE_AFTER.match(gap) or following[:2] in ("’s", "'s"):
                break
            if _is_before_office(self.text, marks, i + used):
                break
            end, used = marks[i + used].end, used + 1
            if gap.endswith("("):
                end += self.text[end : end + 1] == ")"
        return end, used

    def _is_closed(self, mark: _Mark, bracket: str) -> bool:
        """Whether a bracket behind an office closes the one inside it, or stands by itself."""
        return bracket != ")" or "(" in self.text[mark.start : mark.end].rpartition(")")[2]


def _bracketed_place(text: str, marks: Sequence[_Mark], i: int) -> int | None:
    """Where a place alone in brackets ends right behind the name: "Ana Ruiz (Peru) as Treasurer"."""
    following = marks[i + 1] if i + 1 < len(marks) else None
    if following is None or following.label != "GPE":
        return None
    is_bracketed = (
        text[marks[i].end : following.start].strip() in ("(", "(the") and text[following.end : following.end + 1] == ")"
    )
    return following.end + 1 if is_bracketed else None


def _is_before_office(text: str, marks: Sequence[_Mark], i: int) -> bool:
    """Whether the place at a mark stands right before an office and so belongs to that one ("China Minister ...")."""
    if i + 1 >= len(marks) or marks[i + 1].label not in ("TITLE", "ORG"):
        return False
    return text[marks[i].end : marks[i + 1].start].strip() in ("", "’s", "'s")


def _without_overlaps(marks: Iterator[_Mark]) -> list[_Mark]:
    """The marks that stay where several cover the same words: the longest; of equal ones the person."""
    kept: list[_Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end, _PRIORITY[m.label])):
        if kept and mark.start < kept[-1].end:
            if mark.end - mark.start > kept[-1].end - kept[-1].start:
                kept[-1] = mark
            continue
        kept.append(mark)
    return kept


@cache
def _kind_of_gap(gap: str) -> Gap:
    rules = load_rules("affiliations")
    return next((kind for kind in _GAPS if rules.rule(f"affiliations.gap-{kind}").pattern.match(gap)), "other")
