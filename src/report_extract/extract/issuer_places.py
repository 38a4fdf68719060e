"""Where a release names an organisation, as far as that tells whether it is the one that speaks.

Each sign is about one mention: that it opens the headline, makes up a line of the letterhead, is the subject of the
lead, stands in the contact block, is defined there ("(HCT)"), comes behind "organized by", and so on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

from report_extract.analyze.seam import text_of
from report_extract.extract.head_lines import TextLine
from report_extract.rules import load_rules

_LEAD, _LEAD_BEGINS, _DEFINED = 500, 130, 900
_TAIL_LINES, _NEAR = 8, 9
_BEFORE, _AFTER = 70, 120
_CONTACT_PARTS = re.compile(r"\s*[|,•·/;]\s*|\s{3,}|\s[–—-]\s")
_LABELS = re.compile(
    r"(?i)\([^)]*\)|\b(?:the|press|media|news|release|statement|bulletin|communiqu\w*|no|by|from|for|immediate|\d[\d./-]*)\b"
)
_PART_MARK = "|–—·:/>,-"
# Right behind the dateline.
_WIRED = re.compile(r"[–—-]\s*(?:[Tt]he\s|THE\s)?$")
_VENUE = re.compile(r"(?i)^\W*(?:venue|where|place|location|date|time|when)\b")


@dataclass(frozen=True, slots=True)
class Place:
    """A mention with the line it stands in and the text around it on that line."""

    start: int
    end: int
    name: str
    line: TextLine
    before: str
    after: str


class Release:
    """A release's text, its lines, its headline, and where offices and organisations are named."""

    def __init__(self, doc: Doc, lines: Sequence[TextLine], title: str | None) -> None:
        self.text, self.lines, self.title = text_of(doc), lines, title or ""
        spans = doc.spans.get("report_mentions", ())
        self.offices = [(s.start_char, s.end_char) for s in spans if s.label_ == "TITLE"]
        self.body = next((line.start for line in lines if line.section == "BODY"), 0)
        self.title_at = self._find_title()
        shown = [line for line in lines if line.section not in {"CHROME", "CONTACT"}]
        self.first = shown[0].start if shown else 0
        self.tail = {line.start for line in shown[-_TAIL_LINES:]}
        self._starts = [line.start for line in lines]

    @cached_property
    def lead(self) -> str:
        """The beginning of the text."""
        return self.text[self.body : self.body + _LEAD]

    def place(self, start: int, end: int, name: str) -> Place:
        """The mention with its surroundings."""
        line = self.lines[max(0, bisect_right(self._starts, start) - 1)]
        before = self.text[max(line.start, start - _BEFORE) : start]
        return Place(start, end, name, line, before, self.text[end : end + _AFTER])

    def line_before(self, line: TextLine) -> TextLine | None:
        """The line above."""
        n = bisect_right(self._starts, line.start) - 2
        return self.lines[n] if n >= 0 else None

    def _find_title(self) -> tuple[int, int]:
        if not self.title:
            return -1, -1
        match = re.search(r"\s+".join(map(re.escape, self.title.split())), self.text)
        return match.span() if match else (-1, -1)


def signs_of_place(place: Place, release: Release) -> Iterator[str]:
    """What the mention's place says."""
    above_text = place.start < release.body or (not release.body and place.line.section in {"", "HEADLINE"})
    if release.title_at[0] <= place.start < release.title_at[1]:
        yield from _in_title(place, release)
    elif above_text:
        yield from _in_head(place, release)
    if place.start >= release.body:
        yield from _in_text(place, release)
        if place.start < release.body + _LEAD:
            yield from _in_lead(place, release)
    yield from _in_section(place, release)


def _in_section(place: Place, release: Release) -> Iterator[str]:
    if place.line.section == "CONTACT":
        yield "contact_has"
        if place.name in _CONTACT_PARTS.split(place.line.text.strip(" .")):
            yield "contact_part"
    if place.line.section == "ABOUT":
        yield from _in_about(place)
    if place.line.start in release.tail:
        yield from _in_tail(place, release)


def _in_title(place: Place, release: Release) -> Iterator[str]:
    before = release.text[release.title_at[0] : place.start]
    yield "title_has"
    if _rule("article").fullmatch(before):
        yield "title_opens"
    if _rule("at").search(before) or _rule("by").search(before):
        yield "title_at_by"
    if _rule("of").search(before):
        yield "title_of"
    if re.match(r"['’]s", place.after):
        yield "title_possessive"
    if _rule("joint").match(place.after) or re.search(r"(?:,|&|\b(?:and|y|und|et|e))\s*$", before):
        yield "title_joint"


def _in_head(place: Place, release: Release) -> Iterator[str]:
    if place.line.section not in {"", "HEADLINE", "CONTACT"}:
        return
    yield "head_has"
    before = place.line.text[: max(0, place.start - place.line.start)]
    after = place.line.text[place.end - place.line.start :]
    if not _LABELS.sub("", f"{before} {after}").strip(" .:,;|–—-·"):
        yield "head_alone"
        if place.line.start == release.first:
            yield "head_first"
            if place.name.isupper():
                yield "head_capitals"
    elif after.strip()[:1] in _PART_MARK or before.rstrip()[-1:] in _PART_MARK:
        yield "head_part"


def _in_about(place: Place) -> Iterator[str]:
    yield "about_has"
    before = place.line.text[: place.start - place.line.start]
    if re.fullmatch(r"(?i)\W*about\s(?:the\s)?", before):
        yield "about_heading"
    elif re.fullmatch(rf"(?:.*[.:]\s)?{_rule('article').pattern}", before) and _rule("is").match(place.after):
        yield "about_is"


def _in_tail(place: Place, release: Release) -> Iterator[str]:
    yield "tail_has"
    above = release.line_before(place.line)
    beside = above is not None and (_VENUE.match(above.text) or above.text.endswith(","))
    if place.start > release.body and place.line.text.strip(" .") == place.name and not beside:
        yield "tail_alone"
        if place.name.isupper():
            yield "tail_capitals"


def _in_text(place: Place, release: Release) -> Iterator[str]:
    opens, acts = _rule("opens").search(place.before), _rule("acts").match(place.after)
    if opens and acts and place.start >= release.body + _LEAD:
        yield "text_subject"
    if place.start < release.body + _DEFINED and _rule("defined").match(place.after):
        yield "defined"
    if _has_holder(place, release):
        yield "holder"
    if _rule("said-today").match(place.after):
        yield "said_today"
    if _rule("said").match(place.after):
        yield "said"
    if _rule("organized-by").search(place.before):
        yield "organized_by"


def _in_lead(place: Place, release: Release) -> Iterator[str]:
    opens, acts = _rule("opens").search(place.before), _rule("acts").match(place.after)
    if place.start < release.body + _LEAD_BEGINS:
        yield "lead_begins"
    if opens:
        yield "lead_opens"
    if opens and acts:
        yield "lead_subject"
        if _WIRED.search(place.before):
            yield "lead_wired"
    if _rule("our").search(place.before):
        yield "lead_our"
    if re.match(r"['’]s?\s", place.after):
        yield "lead_possessive"
    if _has_holder(place, release):
        yield "lead_holder"


def _has_holder(place: Place, release: Release) -> bool:
    """Whether an office in this body is named beside it: "President of the Guild", "Guild President"."""
    before = (release.text[end : place.start] for _, end in release.offices if 0 <= place.start - end <= _NEAR)
    if any(_rule("in-body").fullmatch(gap) for gap in before):
        return True
    gap = re.match(r"(?:['’]s)?\s+", place.after)
    return gap is not None and any(start == place.end + gap.end() for start, _ in release.offices)


def _rule(name: str) -> re.Pattern[str]:
    return load_rules("issuer").rule(f"issuer.{name}").pattern
