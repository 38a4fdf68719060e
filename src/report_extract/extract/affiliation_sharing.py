"""What offices share: one office of several persons, one body of several offices or persons.

"Co-chairs A and B", "A and B, Co-chairs" give everybody in the list the office; "A and B of the Institute" give both
the body; "co-founder and former director of the Institute" is two offices at one body. A person who has an office
between shares nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from report_extract.extract.affiliation_row import Office, Row
from report_extract.rules import alternation, load_rules

_JOINED = re.compile(r"^\s*(?:,|,?\s*and|&)\s*(?:the\s+)?$")
_AND = re.compile(r"^\s*(?:and|&)\s*$")
# Offices that a body has besides its head; "Minister" or "President" behind it may be somebody else's.
_LESSER = re.compile(
    r"(?i)(?:(?:executive |senior )?(?:vice|deputy|associate|assistant|pro)[ -]|dean\b|provost\b|registrar\b|curator\b)"
)
_DEPUTY = re.compile(r"(?i)(?:vice|deputy|associate|assistant)[ -](?P<head>[\w -]+)")
_PLACED = re.compile(r"\s(?:of|for|to|in)\s(?:the\s)?[A-Z]")
_MATTER = re.compile(r",|\s(?:of|for|to|in)\s")


def share_plural(row: Row, i: int, offices: Sequence[Office]) -> Iterator[Office]:
    """A plural office is also that of the persons joined to the one it stands beside."""
    plural = [office for office in offices if row.has_plural_title(office)]
    if not plural:
        return
    step = 1 if plural[0].rule.startswith("affiliations.title") else -1
    k = i
    while row.kind(k + step) == "P" and _JOINED.match(row.words_after(min(k, k + step))):
        k += step
        for office in plural:
            yield replace(office, person=row.pieces[k], rule="affiliations.shared", confidence=0.8)


def share_body(row: Row, i: int, offices: Sequence[Office], has_office: Sequence[bool]) -> Iterator[Office]:
    """The body of "A and B of the Institute", "A and B (Institute)" is A's, too, who has nothing else."""
    alone = [office for office in offices if office.title is None and office.organizations]
    is_for_both = len(offices) == 1 and alone and alone[0].rule in ("affiliations.from", "affiliations.bracket")
    k = i
    while is_for_both and k and row.kind(k - 1) == "P" and not has_office[k - 1]:
        if not (_AND if k == i else _JOINED).match(row.words_after(k - 1)):
            return
        # "Ben Roe and Professor Quill of the Institute": the honorific sets her apart, and the body is hers.
        if row.pieces[i].has_honorific and not row.pieces[k - 1].has_honorific:
            return
        k -= 1
        yield replace(alone[0], person=row.pieces[k], rule="affiliations.shared-body", confidence=0.7)


def share_led_body(row: Row, i: int, offices: list[Office], before: Sequence[Office]) -> list[Office]:
    """The body before one name is that of the next one's lesser office, too: "Reef College Dean A, Vice Dean B"."""
    alone = len(offices) == len(before) == 1 and offices[0].title and not offices[0].organizations
    if not alone or {offices[0].rule, before[0].rule} != {"affiliations.title-name"} or not before[0].organizations:
        return offices
    text, title = row.source.text, offices[0].title
    body = before[0].organizations[0]
    if title is None or body.start > before[0].person.start or not _JOINED.match(row.words_after(i - 2)):
        return offices
    if not _LESSER.match(text[title.start : title.end]):
        return offices
    return [replace(offices[0], organizations=before[0].organizations, rule="affiliations.shared-body", confidence=0.7)]


def share_deputy(row: Row, offices: list[Office], before: Sequence[Office]) -> list[Office]:
    """The deputy named next is of the same body: "Bo Roe, Rector of Reef College, Ada Quill, Vice-Rector"."""
    if len(offices) != 1 or offices[0].organizations or offices[0].title is None:
        return offices
    text, title = row.source.text, offices[0].title
    deputy = _DEPUTY.fullmatch(text, title.start, title.end)
    if deputy is None or title.start < offices[0].person.start:
        return offices
    for head in before:
        shown = text[head.title.start : head.title.end] if head.title and head.organizations else ""
        if shown.casefold() == deputy["head"].casefold():
            return [
                replace(offices[0], organizations=head.organizations, rule="affiliations.shared-body", confidence=0.7)
            ]
    return offices


def join_offices(row: Row, offices: Sequence[Office]) -> list[Office]:
    """Offices joined by "and" at one body, with no matter of their own, are one: "founder and chairman of the Fund"."""
    found: list[Office] = []
    for office in offices:
        joined = _joined(row, found[-1], office) if found else None
        if joined is None:
            found.append(office)
        else:
            found[-1] = joined
    return found


def _joined(row: Row, one: Office, other: Office) -> Office | None:
    """Two offices of a person as one, if they are."""
    if one.title is None or other.title is None or one.person != other.person:
        return None
    text = row.source.text
    shown = text[one.title.start : one.title.end], text[other.title.start : other.title.end]
    if one.organizations != other.organizations or any(map(_MATTER.search, shown)):
        return None
    if not _AND.match(text[one.title.end : other.title.start]):
        return None
    return replace(one, title=replace(one.title, end=other.title.end, tail=other.title.tail))


def share_backwards(row: Row, offices: Sequence[Office]) -> Iterator[Office]:
    """The offices, each that is only joined by "and" to one with a body, at that body.

    An office with a matter of its own is held there only where a comma or "at" leads to the body: "Dean of Science and
    Head of Tides, Reef College", not "Minister for Law and President of the Club".
    """
    titles = {piece: i for i, piece in enumerate(row.pieces) if piece.kind == "T"}
    body: tuple[Office, int] | None = None
    found = []
    for office in reversed(offices):
        at = titles.get(office.title) if office.title else None
        if (
            at is not None
            and not office.organizations
            and body is not None
            and body[1] == at + 1
            and _AND.match(row.words_after(at))
            and _may_share(row, at, at + 1)
        ):
            office = replace(office, organizations=body[0].organizations)
        if at is not None and office.organizations and office.organizations[0].start > row.pieces[at].start:
            body = (office, at)
        found.append(office)
    yield from reversed(found)


def _may_share(row: Row, at: int, held: int) -> bool:
    """Whether the office at a place may be held at the body of the one at `held`."""
    text, piece = row.source.text, row.pieces[at]
    title = text[piece.start : piece.end]
    if _PLACED.match(text, piece.end, row.pieces[held].start):
        # "Prime Minister of Fiji and Chair of the Board".
        return False
    if not _MATTER.search(title):
        return True
    leads = row.gap(held) == "comma" or row.words_after(held).strip().startswith("at")
    return leads and _heads().search(_MATTER.split(title, maxsplit=1)[0]) is not None


@cache
def _heads() -> re.Pattern[str]:
    terms = (*load_rules("titles").terms("of_a_body"), "professor", "lecturer", "researcher")
    return re.compile(rf"(?i)(?<!\w){alternation(terms)}$")
