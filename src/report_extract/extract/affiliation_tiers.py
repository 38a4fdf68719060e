"""Which office and body belong to which person in a row of pieces.

The tiers, for each person from left to right: an office before the name ("Harbour Institute Director Ada Quill", "the
President of the Institute, Ada Quill"); offices after it ("Ada Quill, Director of the Institute", "Ada Quill is the
Director ..."); a body alone ("Ada Quill (Harbour Institute)", "Ada Quill of ..."). What one person has taken, no other
gets, except a plural office, which all persons of its list share.

Nearness alone is no tier. On the annotated releases (train, dev, wide and corpus/dev together) the only body of the
sentence was that of an office without one in 5 cases of 42, and the only body of the sentence before in 5 of 77; a
person with nothing else in the sentence but one body was of that body in 13 cases of 98, with a noun of membership
("team", "researchers") between in none of 2; and the only free office of a sentence was that of its only person in
4 of 27.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace

from report_extract.extract.affiliation_pieces import Gap
from report_extract.extract.affiliation_respective import read_respective
from report_extract.extract.affiliation_row import Office, Row
from report_extract.extract.affiliation_sharing import (
    join_offices,
    share_backwards,
    share_body,
    share_deputy,
    share_led_body,
    share_plural,
)
from report_extract.extract.organization_names import kind_of
from report_extract.rules import load_rules

_ARTICLE = re.compile(r"\b[Tt]he\b")
_A = re.compile(r"\ban?\s+(?:[\w-]+\s+){0,3}$")
# "was elected to the Council"
_TO_BODY = re.compile(r"\bto\s+(?:the\s+)?$")
_LINE_LEAD = re.compile(r"[\s•*–-]*(?:[Tt]he\s+)?$")
_REPRESENTING = re.compile(r"\bRepresenting\s+(?:the\s+)?$")
_WERE = re.compile(r"\s*(?:\([^()\n]{1,20}\))?(?:,\s[^,\n]{2,24},)?\s+(?:were|was|are|is)\s")
_DELEGATION = re.compile(r"\b(?:delegation|team|mission|group)\s+(?:from|of)\s+(?:the\s+)?$")
_LED_BY = re.compile(
    r"\s*(?:\([^()\n]{1,20}\))?,?\s*(?:(?:consist(?:ed|s|ing)\s+of|comprised|comprising|of)\s+[^.,;:\n]{3,40}?\s)?"
    r"(?:was\s+|is\s+)?(?:led|headed)\s+by\s"
)
_REPRESENTED_BY = re.compile(r"\s*(?:\([^()\n]{1,20}\))?\s+(?:was|were)\s+represented\s+by\s")
_ON_BEHALF = re.compile(r"\b[Oo]n\s+behalf\s+of\s+(?:the\s+)?$")
_WHERE = re.compile(r"^\s*,?\s*where\s+$")
# An office before the name was held before the appointment: "named Professor Ada Quill its dean".
_TOLD_OTHERWISE = frozenset({"affiliations.title-name", "affiliations.title-comma-name"})
_GOES_ON = re.compile(r"\s*\)?\s*(?:and|&)\s+(?:also\s+|concurrently\s+)?$")
_HAS_MATTER = re.compile(r"\s(?:of|to)\s")
# What may join a further office to those already read after a name.
_JOINING: frozenset[Gap] = frozenset({"and", "comma", "semicolon", "line", "touch", "copula", "member"})
_OPENINGS: dict[Gap, tuple[str, float]] = {
    "comma": ("affiliations.apposition", 0.9),
    "touch": ("affiliations.apposition", 0.85),
    "line": ("affiliations.list", 0.8),
    "semicolon": ("affiliations.list", 0.75),
    "of": ("affiliations.from", 0.75),
    "copula": ("affiliations.copula", 0.8),
    "member": ("affiliations.member-of", 0.6),
    "appointed": ("affiliations.appointed", 0.85),
    "as": ("affiliations.as", 0.7),
}


def read_offices(row: Row) -> Iterator[Office]:
    """The offices and memberships of every person in a row."""
    has_office = [False] * len(row.pieces)
    last, told_last = -1, list[Office]()
    yield from read_respective(row)
    for i, piece in enumerate(row.pieces):
        if piece.kind != "P":
            continue
        before = _with_body_after(row, i, list(_read_before(row, i)))
        after = share_backwards(row, list(_read_after(row, i, has_office=bool(before))))
        told = [office for office in after if not _is_occupation(row, office)]
        found = [_with_heading(row, office) for office in (*before, *told)] or list(_read_body_before(row, i))
        found = [_with_represented(row, _with_appointer(row, i, _with_where(row, i, office))) for office in found]
        has_office[i] = bool(found)
        found = join_offices(row, found)
        if last == i - 2:
            found = share_led_body(row, i, found, told_last)
        found = share_deputy(row, found, told_last)
        last, told_last = i, found
        yield from found
        yield from share_plural(row, i, found)
        yield from share_body(row, i, found, has_office)


def _read_before(row: Row, i: int) -> Iterator[Office]:
    """Offices that lead up to a name: "[Body] Title Name", "Title of Body, Name", "Title and Title, Name"."""
    end, gap = i - 1, row.gap(i - 1)
    if gap not in ("touch", "comma"):
        return
    rule, confidence = ("title-name", 0.9) if gap == "touch" else ("title-comma-name", 0.85)
    while True:
        span = _office_ending_at(row, end)
        if span is None or any(k in row.taken for k in range(span[0], end + 1)):
            return
        start, title, bodies = span
        row.taken.update(range(start, end + 1))
        for group in row.groups(bodies):
            yield Office(row.pieces[i], row.pieces[title], group, f"affiliations.{rule}", confidence)
        if not _is_joined_before(row, start, gap):
            return
        end = start - 1


def _office_ending_at(row: Row, end: int) -> tuple[int, int, tuple[int, ...]] | None:
    """First piece, title and bodies of the office whose last piece is `end`."""
    title = end
    while row.kind(title) == "O" and (
        row.gap(title - 1) in ("of", "comma", "and", "touch")
        or (row.gap(title - 1) == "possessive" and row.kind(title - 1) == "O")
    ):
        title -= 1
    if row.kind(title) != "T":
        return None
    bodies = _nearest_first(row, range(title + 1, end + 1))
    # "The Chairman RSC, Quill"; but "the director Navy Captain Quill" has no body.
    is_led = row.gap(title) in ("of", "comma") or (row.gap(title) == "touch" and row.gap(end) == "comma")
    if bodies and not is_led:
        return None
    start = title
    if not bodies and row.kind(title - 1) == "O" and row.has_title_at(title - 1):
        start, bodies = title - 1, (title - 1,)
        if row.kind(start - 1) == "O" and row.gap(start - 1) == "possessive":
            start, bodies = start - 1, (title - 1, start - 1)
    return start, title, bodies


def _nearest_first(row: Row, bodies: Iterable[int]) -> tuple[int, ...]:
    """Bodies in the order of their chain: "Director of the Board's Tide Office" directs the office."""
    found: list[int] = []
    for n in bodies:
        found.insert(found.index(n - 1) if found and row.gap(n - 1) == "possessive" else len(found), n)
    return tuple(found)


def _is_joined_before(row: Row, start: int, gap: Gap) -> bool:
    """Whether the office before `start` is the same person's: not in "the Minister and President Quill met"."""
    joined = row.gap(start - 1)
    if joined == "touch":
        return row.kind(start - 1) == "T" == row.kind(start)
    if joined == "comma" and gap == "touch":
        return row.kind(start - 1) == "O" and _opens_line(row, start)
    if joined != "and" or row.kind(start - 1) == "P":
        return False
    first, second = row.pieces[start - 1], row.pieces[start]
    if _ARTICLE.search(row.source.text[first.tail : second.start]):
        return False
    return gap == "comma" or not _ARTICLE.search(row.source.text[first.lead : first.start])


def _opens_line(row: Row, start: int) -> bool:
    """Whether offices alone lead up to the one at `start`: "The Dean of Arts at Varn College, Ambassador Ada Quill"."""
    if any(row.kind(k) == "P" for k in range(start)):
        return False
    text = row.source.text
    return _LINE_LEAD.match(text[text.rfind("\n", 0, row.pieces[0].lead) + 1 : row.pieces[0].start]) is not None


def _with_represented(row: Row, office: Office) -> Office:
    """ "Representing the Institute were Dean Ada Quill and ...": offices without a body are held at this one."""
    if office.organizations:
        return office
    n = min(row.pieces.index(piece) for piece in (office.title, office.person) if piece is not None)
    sent = row.pieces[n - 1] if n else None
    text = row.source.text
    if sent is not None and (_leads_delegation(row, n - 1) or _acts_for(row, n - 1)):
        return replace(office, organizations=(sent,), rule="affiliations.represents", confidence=0.7)
    body = row.pieces[0]
    if body.organization is None or body.start > office.person.start:
        return office
    led = _REPRESENTING.search(text[max(0, body.lead - 30) : body.start]) and _WERE.match(row.words_after(0))
    if not led and not _REPRESENTED_BY.match(row.words_after(0)):
        return office
    return replace(office, organizations=(body,), rule="affiliations.represents", confidence=0.7)


def _leads_delegation(row: Row, i: int) -> bool:
    """Whether the next person leads the delegation of the body at a place."""
    body = row.pieces[i]
    if body.organization is None or not _LED_BY.match(row.words_after(i)):
        return False
    return _DELEGATION.search(row.source.text[max(0, body.lead - 30) : body.start]) is not None


def _acts_for(row: Row, i: int) -> bool:
    """Whether the next person acts for the body at a place: "On behalf of the Institute, Ada Quill thanked them"."""
    body = row.pieces[i]
    if body.organization is None or row.gap(i) != "comma":
        return False
    return _ON_BEHALF.search(row.source.text[max(0, body.lead - 30) : body.start]) is not None


def _with_body_after(row: Row, i: int, offices: list[Office]) -> list[Office]:
    """The only office before a name takes the body after it: "Secretary Ada Quill, Department of Harbours"."""
    if len(offices) != 1 or offices[0].organizations or row.kind(i + 1) != "O" or row.has_title_at(i + 1):
        return offices
    is_of = row.gap(i) == "of" and row.opens_with_of(i)
    if not is_of and not (row.gap(i) == "comma" and row.stands_apart(i)):
        return offices
    chain = row.chain(i + 1)
    row.taken.update(chain)
    return [replace(offices[0], organizations=row.ordered(chain), rule="affiliations.title-name-body", confidence=0.8)]


def _read_after(row: Row, i: int, *, has_office: bool) -> Iterator[Office]:
    """What follows a name: the first item by comma, bracket, line or verb, the others joined by "and" or commas."""
    gap = row.gap(i)
    rule, confidence = _opening(row, i)
    if not rule:
        return
    is_first, k = True, i + 1
    while k < len(row.pieces) and (is_first or gap in _JOINING):
        title = k if row.kind(k) == "T" else k + 1 if row.kind(k) == "O" and row.has_title_at(k) else None
        if k in row.taken:
            return
        if title is not None:
            if _is_pretitle(row, title, has_office=has_office or not is_first):
                return
            k = yield from _read_office(row, title, Office(row.pieces[i], None, (), rule, confidence), before=title - k)
        elif row.kind(k) == "O" and (_is_body_alone(row, i) if is_first else _is_further_body(row, k, gap, rule)):
            if gap == "member":
                rule, confidence = _OPENINGS[gap]
            chain = row.chain(k)
            row.taken.update(chain)
            k = max(chain) + 1
            held = row.pieces[k] if row.kind(k) == "T" and row.gap(k - 1) == "as" else None
            yield Office(row.pieces[i], held, row.ordered(chain), _body_rule(row, i, rule), 0.7)
            k += held is not None
        else:
            return
        gap, is_first = row.gap(k - 1), False


def _opening(row: Row, i: int) -> tuple[str, float]:
    """The tier that the gap after a name opens, and its confidence."""
    gap = row.gap(i)
    if (gap == "semicolon" and not row.is_list) or (gap == "of" and not row.opens_with_of(i)):
        return "", 0.0
    return _OPENINGS.get(gap, ("", 0.0))


def _read_office(row: Row, title: int, office: Office, *, before: int) -> Generator[Office, None, int]:
    """The office whose title is at `title`, with the body `before` it or those after it; returns the index after."""
    bodies = [title - 1] if before else []
    n = title + 1
    while not before and row.kind(n) == "O" and (how := _body_joins(row, n, has_body=bool(bodies))):
        # "Director of the Ministry's Harbour Office": the office is the more specific one.
        bodies.insert(bodies.index(n - 1) if how == "possessive" else len(bodies), n)
        n += 1
    row.taken.update({title, *bodies})
    for group in row.groups(bodies):
        yield replace(office, title=row.pieces[title], organizations=group)
    return n


def _body_joins(row: Row, n: int, *, has_body: bool) -> Gap | None:
    """How the body at n joins the office read so far; nothing where it belongs to what follows."""
    gap = row.gap(n - 1)
    if gap in ("of", "touch") or (gap == "possessive" and has_body):
        return gap
    if gap in ("comma", "line") and not row.has_title_at(n):
        return gap
    return gap if gap == "and" and has_body and not row.has_title_at(n) and row.kind(n + 1) != "P" else None


def _is_pretitle(row: Row, k: int, *, has_office: bool) -> bool:
    """Whether the office at k belongs to the next person rather than to the one before it."""
    n = k + 1
    while row.kind(n) == "O" and row.gap(n - 1) in ("of", "comma", "and"):
        n += 1
    while row.kind(n) == "T" and row.gap(n - 1) == "and":
        n += 1
    if row.kind(n) != "P":
        return False
    gap = row.gap(n - 1)
    if gap != "comma" or not has_office:
        return gap == "touch"
    if _GOES_ON.match(row.words_after(k - 1)):
        # "A, Chair of X and Dean of Y, B and C came": both are A's, as neither comma nor article parts them.
        return False
    # "A, Chair of X, and the Dean of Y, B, said": B has no office of its own after the name.
    return row.kind(n + 1) != "T" or row.gap(n) != "comma" or row.kind(k - 1) == "P"


def _is_body_alone(row: Row, i: int) -> bool:
    """Whether the body after a name is the person's: "Name (Body)", "Name of Body", "Name, Body" with an end to it."""
    if row.gap(i) in ("of", "member") or "(" in row.words_after(i):
        return True
    if row.gap(i) == "appointed":
        return _TO_BODY.search(row.words_after(i)) is not None
    return row.gap(i) in ("comma", "line") and row.stands_apart(i)


def _is_further_body(row: Row, k: int, gap: Gap, rule: str) -> bool:
    """Whether a body goes on about the same person: "worked at A and B", "sits on the board of A and leads B"."""
    if gap in ("semicolon", "member"):
        return True
    is_listed = rule == "affiliations.member-of" and gap in ("and", "comma")
    return is_listed and not row.has_title_at(k) and row.kind(k + 1) != "P"


def _body_rule(row: Row, i: int, rule: str) -> str:
    if "(" in row.words_after(i):
        return "affiliations.bracket"
    return "affiliations.name-body" if rule == "affiliations.apposition" else rule


def _is_occupation(row: Row, office: Office) -> bool:
    """ "Ada Quill is a journalist" tells of a living, and of no office; "at the Herald" would make it one."""
    title = office.title
    if title is None or office.organizations or office.rule != "affiliations.copula":
        return False
    text = row.source.text
    return text[title.start].islower() and _A.search(text[office.person.tail : title.start]) is not None


def _with_heading(row: Row, office: Office) -> Office:
    """In a contact block, an office without a body is held at the body on the line above the name."""
    heading = row.pieces[0]
    is_above = row.is_list or "\n" in row.source.text[heading.tail : office.person.lead]
    if not is_above or office.organizations or heading.organization is None or heading.start > office.person.start:
        return office
    return replace(office, organizations=(heading,))


def _with_where(row: Row, i: int, office: Office) -> Office:
    """ "of the Institute, where she is Dean": an office told of a pronoun is held at the body before "where"."""
    body = i - 1 if row.pieces[i].is_pronoun and not office.organizations else -1
    if row.kind(body) != "O" or not _WHERE.match(row.words_after(body)):
        return office
    return replace(office, organizations=(row.pieces[body],), rule="affiliations.where", confidence=0.75)


def _with_appointer(row: Row, i: int, office: Office) -> Office:
    """ "The Institute has named Ada Quill director": an office without a body is held at the body that gives it."""
    body = row.pieces[i - 1].organization if i else None
    if body is None or office.title is None or office.organizations or office.rule in _TOLD_OTHERWISE:
        return office
    text = row.source.text
    if " " not in body.name or _HAS_MATTER.search(text[office.title.start : office.title.end]):
        return office
    if not load_rules("affiliations").rule("affiliations.appoints").pattern.match(row.words_after(i - 1)):
        return office
    return replace(office, organizations=(row.pieces[i - 1],), rule="affiliations.appointed-by", confidence=0.75)


def _read_body_before(row: Row, i: int) -> Iterator[Office]:
    """A body right before a name: "Harbour Institute's Ada Quill", and a party before an honorific."""
    organization = row.pieces[i - 1].organization if i else None
    if organization is None or i - 1 in row.taken:
        return
    is_party = row.gap(i - 1) == "touch" and row.pieces[i].has_honorific and kind_of(organization.name) == "party"
    acts = _acts_for(row, i - 1)
    if acts or is_party or row.gap(i - 1) == "possessive":
        row.taken.add(i - 1)
        rule = "affiliations." + ("represents" if acts else "party" if is_party else "possessive")
        yield Office(row.pieces[i], None, (row.pieces[i - 1],), rule, 0.65)
