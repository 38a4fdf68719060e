"""Whom to ask: one row for each person or desk, with the e-mail, telephone, link and address that stand with the name.

A point (e-mail, number, link) belongs to the last name before it, as long as no sentence ends in between; "A and B,
number" gives the number to both. A point without a name makes a row of its own, unless it stands beside another such
point. A link makes a contact only where it is offered for contact or more information. What a page hides ("[email
protected]", "e-mail:,") is null with a warning, and so is the international form of a number that is not valid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from spacy.tokens import Doc

from report_extract.analyze.seam import text_of
from report_extract.clean.spaces import COLUMN_GAP
from report_extract.evidence import Evidence
from report_extract.extract.contact_points import Point, find_points, phone_e164
from report_extract.extract.mentions import ContactMention
from report_extract.extract.side_by_side import column_at
from report_extract.rules import alternation, load_rules

_MAY_CONTACT = re.compile(
    r"(?i)@|\[at\]|\(at\)|\bdot\b|mail|https?:|www\.|\d{3}|\+\s?\d|\d\d[ .-]\d\d|\.(?:com|org|net|gov|edu)\b"
)
_FROM_ABROAD = re.compile(r"\(?(?:\+|00)")
_NAME_REACH = 230
_LINES = 6
_NEIGHBOURS = 60
_UNDER = 60
_UNDER_BODY = re.compile(
    r"[ \t]*(?:\([^()\n]{1,20}\))?[^\n]{0,60}\n\s*"
    r"(?:(?i:(?:media |press )?contact(?: person)?)\s*:\s*)?(?:M[rs]s?\.?\s*)?"
)
# A sentence that leads to the body: "She holds a degree from Reef College."
_IN_PROSE = re.compile(r"[a-z][^\n:]{0,80}\b(?:from|of|the|and|at|in|with|for)\s+$")
_PROSE = 100
_SENTENCE_END = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bNo)(?<!\bTel)(?<!\bPh)(?<!\bExt)(?<![\W_].)[.!?]\s+(?=[A-Z“\"])"
)
# The name before these words heads the release; the number after them is somebody else's.
_RELEASED = re.compile(r"(?i:\bfor (?:immediate )?release|\b(?:press|news|media) (?:release|statement))(?![a-z])")


@dataclass(slots=True)
class _Holder:
    """A person, desk or organisation that points may belong to."""

    start: int
    end: int
    name: str
    kind: str
    points: list[Point] = field(default_factory=list)


def find_contacts(doc: Doc, *, region: str | None = None) -> Iterator[ContactMention]:
    """The contacts of a release in text order; `region` (ISO 3166) reads national numbers as that country's."""
    text = text_of(doc)
    if not _MAY_CONTACT.search(text):
        return
    people, bodies = _holders(doc)
    named = sorted([*people, *bodies], key=lambda holder: holder.start)
    points = find_points(text, tuple((holder.start, holder.end) for holder in named), region)
    points = [point for point in points if point.kind != "url" or _is_offered(text, point)]
    rows = _grouped(text, people, bodies, points)
    seen: set[tuple[str | None, ...]] = set()
    for row in sorted(rows, key=lambda row: min([row.start, *(p.start for p in row.points)])):
        mention = _mention(text, row, people, bodies, region)
        ways = (mention.email, mention.phone, mention.url)
        # A page repeats its address in the footer; the second time adds nothing without a new name.
        if (mention.name, *ways) not in seen and (mention.name or (None, *ways) not in seen):
            yield mention
        seen.update({(mention.name, *ways), (None, *ways)})


def _holders(doc: Doc) -> tuple[list[_Holder], list[_Holder]]:
    spans = doc.spans.get("report_mentions", ())
    people = [_Holder(s.start_char, s.end_char, s.text, "person") for s in spans if s.label_ == "PERSON"]
    bodies = [_Holder(s.start_char, s.end_char, s.text, "organization") for s in spans if s.label_ == "ORG"]
    taken = [(s.start_char, s.end_char) for s in spans if s.label_ in {"ORG", "TITLE"}]
    people += [
        _Holder(match.start(), match.end(), match.group(), "desk")
        for match in _desks().finditer(text_of(doc))
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    people.sort(key=lambda holder: holder.start)
    # "Ada Quill / Corporate Communications": the function under a name is hers, not a desk of its own.
    beside = [h for h in people if h.kind == "person"]
    desks = [h for h in people if h.kind == "desk" and not any(_is_under(text_of(doc), p, h) for p in beside)]
    return sorted([*beside, *desks], key=lambda holder: holder.start), bodies


def _is_under(text: str, person: _Holder, desk: _Holder) -> bool:
    return 0 <= desk.start - person.end <= _UNDER and not _RELEASED.search(text[person.end : desk.start])


def _is_offered(text: str, point: Point) -> bool:
    """Whether the sentence or line offers the link for contact or more information."""
    start = text.rfind("\n", 0, point.start) + 1
    before = text[max(start, point.start - 160) : point.start]
    ends = list(_SENTENCE_END.finditer(before))
    return bool(
        load_rules("contacts").rule("contacts.url-offer").pattern.search(before[ends[-1].end() if ends else 0 :])
    )


def _grouped(text: str, people: list[_Holder], bodies: list[_Holder], points: list[Point]) -> list[_Holder]:
    rows: list[_Holder] = []
    for index, point in enumerate(points):
        column = _column(text, people, points[:index], point)
        owners = [column] if column else _owners(text, people, point)
        if point.kind == "hidden" and not owners:
            continue
        if not owners:
            owners = [_unnamed(text, rows, bodies, point)]
        for owner in owners:
            row = _with_room(owner, point)
            row.points.append(point)
            if not any(row is other for other in rows):
                rows.append(row)
    return rows


def _owners(text: str, people: list[_Holder], point: Point) -> list[_Holder]:
    """The person or desk named last before the point, and who is joined to that name by "and"."""
    before = [h for h in people if h.end <= point.start and point.start - h.end <= _NAME_REACH]
    if not before:
        return []
    last = before[-1]
    gap = text[last.end : point.start]
    if gap.count("\n") > _LINES or "\n\n\n" in gap or _SENTENCE_END.search(gap):
        return []
    if _RELEASED.search(gap) and not _is_offered_by_name(text, last):
        return []
    if "\n" in gap and (_stands_in_prose(text, last) or (point.kind == "url" and not last.points)):
        return []
    return _joined(text, before, point)


def _is_offered_by_name(text: str, holder: _Holder) -> bool:
    """Whether words before a name say that the person is to be asked: "Contact: Ada Quill"."""
    return holder.kind == "desk" or bool(_offer_words().search(text[max(0, holder.start - 40) : holder.start]))


def _stands_in_prose(text: str, holder: _Holder) -> bool:
    """Whether the name's line is running text: then it heads no contact block."""
    start, end = text.rfind("\n", 0, holder.start) + 1, text.find("\n", holder.end)
    return end - start > _PROSE and not _offer_words().search(text[max(start, holder.start - 80) : holder.start])


def _joined(text: str, before: list[_Holder], point: Point) -> list[_Holder]:
    last = before[-1]
    owners = [last]
    for other in reversed(before[:-1]):
        between = text[other.end : owners[-1].start]
        if other.points or (last.points and last.points[0] is not point and not _shares(other, last)):
            break
        if not re.fullmatch(r"(?:\s*(?:,|and|&|/)\s*|  )(?:and\s+)?(?:[A-Z][a-z]{1,4}\.?\s+)?", between):
            break
        owners.append(other)
    return owners[::-1]


def _shares(other: _Holder, last: _Holder) -> bool:
    return bool(other.points) and other.points[0] is last.points[0]


def _column(text: str, people: list[_Holder], earlier: list[Point], point: Point) -> _Holder | None:
    """Names side by side on one line, points of one kind side by side below: the first belongs to the first."""
    before = [h for h in people if h.end <= point.start and point.start - h.end <= _NAME_REACH]
    if len(before) < 2:
        return None
    line_start, line_end = text.rfind("\n", 0, before[-1].start) + 1, text.find("\n", before[-1].end)
    side = [h for h in before if line_start <= h.start]
    if len(side) < 2 or not 0 <= line_end <= point.start or text[side[-1].end : line_end].strip():
        return None
    if any(text[a.end : b.start].strip() for a, b in pairwise(side)):
        return None
    own_line = text.rfind("\n", 0, point.start) + 1
    place = sum(p.kind == point.kind and p.start >= own_line for p in earlier)
    return side[min(place, len(side) - 1)]


def _with_room(holder: _Holder, point: Point) -> _Holder:
    """The holder, or a second row of the same name where it already has a different point of this kind."""
    if not any(p.kind == point.kind and p.value != point.value for p in holder.points):
        return holder
    if point.kind == "email" and any(p.kind == "hidden" for p in holder.points):
        return holder
    return _Holder(holder.start, holder.end, holder.name, holder.kind)


def _unnamed(text: str, rows: list[_Holder], bodies: list[_Holder], point: Point) -> _Holder:
    """The row of the unnamed point just before, or a new one under the organisation that the sentence names."""
    if rows and rows[-1].kind != "person" and rows[-1].points:
        last = rows[-1].points[-1]
        near = point.start - last.end <= _NEIGHBOURS and not _SENTENCE_END.search(text[last.end : point.start])
        if near and not any(p.kind == point.kind for p in rows[-1].points):
            return rows[-1]
    for body in reversed([b for b in bodies if b.end <= point.start and point.start - b.end <= _NAME_REACH]):
        gap = text[body.end : point.start]
        if gap.count("\n") <= _LINES - 1 and not _SENTENCE_END.search(gap):
            return _Holder(point.start, point.start, body.name, "organization")
        break
    return _Holder(point.start, point.start, "", "nobody")


def _mention(
    text: str, row: _Holder, people: list[_Holder], bodies: list[_Holder], region: str | None
) -> ContactMention:
    by_kind = {point.kind: point for point in reversed(row.points)}
    email, phone, url = by_kind.get("email"), by_kind.get("phone"), by_kind.get("url")
    start, end = min([row.start, *(p.start for p in row.points)]), max([row.end, *(p.end for p in row.points)])
    e164 = phone_e164(_first_number(phone.value), region) if phone else None
    warnings = []
    if phone and _FROM_ABROAD.match(phone.value) and e164 is None:
        warnings.append(f"the telephone number {phone.value} is not valid")
    if "hidden" in by_kind and email is None:
        warnings.append("the page hides the e-mail address")
    named = row.kind in {"person", "desk"}
    return ContactMention(
        evidence=Evidence(start, end, row.points[0].rule, 0.9 if named else 0.75),
        name=_fullest(row, people) if named else None,
        organization=_organization(text, row, people, bodies, (start, end)),
        email=email.value if email else None,
        phone=" ".join(phone.value.split()) if phone else None,
        phone_e164=e164,
        url=url.value if url else None,
        address=_address(text, start, end),
        warnings=tuple(warnings),
    )


def _fullest(row: _Holder, people: list[_Holder]) -> str:
    """The name, in the longest form of the release where only the surname stands with the number."""
    name = " ".join(row.name.split())
    if row.kind == "person" and " " not in name:
        longer = {" ".join(h.name.split()) for h in people if h.name.split()[-1:] == [name] and " " in h.name}
        return longer.pop() if len(longer) == 1 else name
    return name


def _first_number(phone: str) -> str:
    return re.split(r"\s*(?:\bor\b|\||(?<=\d{4})/)\s*", phone)[0]


def _organization(
    text: str, row: _Holder, people: list[_Holder], bodies: list[_Holder], extent: tuple[int, int]
) -> str | None:
    """The organisation within the row, on the line before the name, or right after the last point."""
    start, end = extent
    if row.kind == "organization":
        return row.name
    inside = [b for b in bodies if row.end <= b.start and b.end <= end]
    if any(_is_beside(text, row, one) for one in people):
        inside = [b for b in inside if column_at(text, b.start) == column_at(text, row.start)]
    if inside:
        return inside[0].name
    before = [b for b in bodies if b.end <= start]
    is_under = before and _UNDER_BODY.fullmatch(text, before[-1].end, start) is not None
    if is_under and not _IN_PROSE.search(text, max(0, before[-1].start - _PROSE), before[-1].start):
        return before[-1].name
    after = [b for b in bodies if b.start >= end]
    if row.kind == "person" and after and re.fullmatch(r"\n[^\n]{0,40}\n?", text[end : after[0].start]):
        return after[0].name
    return None


def _is_beside(text: str, row: _Holder, other: _Holder) -> bool:
    """Whether another name stands on the same line, in a column of its own."""
    first, last = sorted((row, other), key=lambda holder: holder.start)
    between = text[first.end : last.start]
    return COLUMN_GAP in between and "\n" not in between and not between.strip()


def _address(text: str, start: int, end: int) -> str | None:
    """The lines of a postal address between the name and the last point."""
    pattern = load_rules("contacts").rule("contacts.address-line").pattern
    lines = [line.strip() for line in text[max(0, start - 160) if start == end else start : end].split("\n")]
    found = [line for line in lines if pattern.match(line)]
    return ", ".join(found) if found else None


@cache
def _offer_words() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b{alternation(load_rules('contacts').terms('offers'))}\b")


@cache
def _desks() -> re.Pattern[str]:
    return re.compile(rf"\b{alternation(load_rules('contacts').terms('desks'))}(?![a-z])")
