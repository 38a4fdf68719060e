"""What offices share: one office of several persons, one body of several offices or persons.

"Co-chairs A and B", "A and B, Co-chairs" give everybody in the list the office; "A and B of the Institute" give both
the body; "co-founder and former director of the Institute" is two offices at one body. A person who has an office
between shares nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from report_extract.extract.affiliation_row import Office, Row

_JOINED = re.compile(r"^\s*(?:,|,?\s*and|&)\s*(?:the\s+)?$")
_AND = re.compile(r"^\s*(?:and|&)\s*$")
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
        k -= 1
        yield replace(alone[0], person=row.pieces[k], rule="affiliations.shared-body", confidence=0.7)


def share_backwards(row: Row, offices: Sequence[Office]) -> Iterator[Office]:
    """The offices, each that is only joined by "and" to one with a body, and has no matter of its own, at that body."""
    titles = {piece: i for i, piece in enumerate(row.pieces) if piece.kind == "T"}
    body: tuple[Office, int] | None = None
    found = []
    for office in reversed(offices):
        at = titles.get(office.title) if office.title else None
        if at is not None and not office.organizations and body is not None and body[1] == at + 1:
            title = office.title
            if (
                title
                and _AND.match(row.words_after(at))
                and not _MATTER.search(row.source.text[title.start : title.end])
            ):
                office = replace(office, organizations=body[0].organizations)
        if at is not None and office.organizations and office.organizations[0].start > row.pieces[at].start:
            body = (office, at)
        found.append(office)
    yield from reversed(found)
