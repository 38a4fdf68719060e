"""Who holds which office at which body, read from how names stand beside each other.

A sentence is read as a row of persons, offices and bodies; `affiliation_tiers` says which belong together. Lines of a
signature or speakers' list ("Name" / "Title" / "Body") are read as one row. Nothing else crosses a sentence's end,
except "He is the Director of ...", which goes to the only person of the last sentence that
names one.

An office whose matter is part of it ("Minister for Law") has no body. The body is the most specific unit named; larger
ones after it are its parents. "former", "then" make an affiliation past, "current", "now" present; else nothing is
said. A bare "Minister" beside a fuller office of the same person is not a second office.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Span

from report_extract.evidence import Evidence
from report_extract.extract.affiliation_columns import read_columns
from report_extract.extract.affiliation_layout import rule_of
from report_extract.extract.affiliation_lists import read_headed_lists
from report_extract.extract.affiliation_pieces import Piece, Pieces
from report_extract.extract.affiliation_pronouns import Pronouns
from report_extract.extract.affiliation_row import MATTER, Office, Row, is_plural
from report_extract.extract.affiliation_tiers import read_offices
from report_extract.extract.mentions import AffiliationMention, OrganizationMention, PersonMention, TitleMention
from report_extract.rules import load_rules

_FORMER_TITLE = re.compile(r"^(?:former|ex|then|past|late|previous|retired)[\s-]+", re.I)
_SEPARATORS = " \t|•*–-"
_LONGEST_BLOCK_LINE = 160
_MOST_BLOCK_LINES = 4


def find_affiliations(
    doc: Doc, people: tuple[PersonMention, ...], organizations: tuple[OrganizationMention, ...]
) -> Iterator[AffiliationMention]:
    """Every place that gives a person an office or a body, in text order.

    >>> import spacy
    >>> from report_extract.analyze.seam import MENTIONS, write_spans
    >>> doc = spacy.blank("en")("Ada Quill, Director of the Harbour Institute, spoke.")
    >>> write_spans(doc, MENTIONS, [(0, 9, "PERSON", ""), (11, 19, "TITLE", ""), (27, 44, "ORG", "")])
    >>> person = PersonMention("Ada Quill", Evidence(0, 9))
    >>> body = OrganizationMention("Harbour Institute", Evidence(27, 44))
    >>> [(a.person.name, a.title.title, a.organization.name) for a in find_affiliations(doc, (person,), (body,))]
    [('Ada Quill', 'Director', 'Harbour Institute')]
    """
    pieces = Pieces(doc, people, organizations)
    bounds = [(sent.start_char, sent.end_char) for sent in _sentences(doc)]
    rows = _rows(doc, pieces, bounds)
    found = [_mention(office, pieces, rule_of(office, row)) for row in rows for office in read_offices(row)]
    found.extend(_mention(office, pieces, office.rule) for office in read_headed_lists(pieces, bounds))
    found.extend(_mention(office, pieces, office.rule) for office in read_columns(pieces))
    found.sort(key=lambda mention: mention.evidence)
    yield from _without_bare_repeats(found)


def _rows(doc: Doc, pieces: Pieces, bounds: Sequence[tuple[int, int]]) -> Iterator[Row]:
    """The sentences with a person in them, and the blocks of short lines around a line that is only a name."""
    i, persons, pronouns = 0, list[Piece](), Pronouns(doc)
    while i < len(bounds):
        start, end = bounds[i]
        row = pieces.between(start, end)
        used = 1
        if row and row[0].kind == "P" and len(row) == 1 and _is_alone(pieces.text, row[0], start, end):
            used = _block_length(pieces.text, pieces, bounds, i)
            row = (*_heading(pieces.text, pieces, bounds, i), *pieces.between(start, bounds[i + used - 1][1]))
        elif row and row[0].kind == "P" and _is_labelled(pieces.text, row[0], start):
            row = (*_heading(pieces.text, pieces, bounds, i), *row)
        named = [piece for piece in row if piece.kind == "P"]
        row = pronouns.placed((start, end), row, persons) if row and used == 1 else row
        if any(piece.kind == "P" for piece in row):
            yield Row(row, pieces, is_list=used > 1)
        persons = named or persons
        i += used


def _sentences(doc: Doc) -> Iterable[Span]:
    """The sentences; the whole text is one where nobody set them."""
    return doc.sents if doc.has_annotation("SENT_START") else (doc[:],)


def _is_alone(text: str, piece: Piece, start: int, end: int) -> bool:
    """Whether a line holds nothing but one name."""
    rest = _without_label(text[start : piece.lead]) + text[piece.tail : end]
    return not rest.strip().strip(_SEPARATORS + ",:") and "\n" not in text[start:end].strip()


def _is_labelled(text: str, piece: Piece, start: int) -> bool:
    """Whether a line begins with the label of its field, and then a name: "Contact: Ada Quill, Director"."""
    return bool(text[start : piece.lead].strip()) and not _without_label(text[start : piece.lead])


def _without_label(lead: str) -> str:
    """What leads up to a name, an office or a body, without the label of its field: "Name:", "Position:"."""
    return load_rules("affiliations").rule("affiliations.field-label").pattern.sub("", lead)


def _block_length(text: str, pieces: Pieces, bounds: Sequence[tuple[int, int]], i: int) -> int:
    """How many lines from a name's line on belong to it: those that begin with an office or a body."""
    used = 1
    while i + used < len(bounds) and used < _MOST_BLOCK_LINES:
        start, end = bounds[i + used]
        line = pieces.between(start, end)
        if not line or line[0].kind == "P" or any(piece.kind == "P" for piece in line):
            break
        if _without_label(text[start : line[0].lead]).strip(_SEPARATORS + "\n") or end - start > _LONGEST_BLOCK_LINE:
            break
        if text[line[-1].tail : end].strip(" .,\n"):
            used += 1 if used == 1 and len(text[line[-1].tail : end]) < 40 else 0
            break
        used += 1
    return used


def _heading(text: str, pieces: Pieces, bounds: Sequence[tuple[int, int]], i: int) -> tuple[Piece, ...]:
    """A body alone on the line before a name: the body of the contact block."""
    if i == 0:
        return ()
    start, end = bounds[i - 1]
    line = pieces.between(start, end)
    is_only_bodies = bool(line) and all(piece.kind == "O" for piece in line)
    return (
        line
        if is_only_bodies and _is_alone(text, line[0], start, line[0].tail) and end - start < _LONGEST_BLOCK_LINE
        else ()
    )


def _mention(office: Office, pieces: Pieces, rule: str) -> AffiliationMention:
    parts = [office.person, *([office.title] if office.title else []), *office.organizations]
    evidence = Evidence(min(part.start for part in parts), max(part.end for part in parts), rule, office.confidence)
    bodies = [piece.organization for piece in office.organizations if piece.organization]
    current = _tense(office, pieces)
    title = None
    if office.title:
        written = pieces.text[office.title.start : office.title.end]
        title = TitleMention(
            _display(written),
            Evidence(office.title.start, office.title.end, rule, office.confidence),
            current is False,
        )
    return AffiliationMention(
        office.person.person or PersonMention("", evidence),
        title,
        bodies[0] if bodies else None,
        evidence,
        tuple(bodies[1:]),
        current,
    )


def _display(title: str) -> str:
    """The title with single spaces, in the singular, without "former"."""
    plain = _FORMER_TITLE.sub("", " ".join(title.split())).strip(" ,;")
    if "(" in plain.rpartition(")")[2]:  # the bracket's end was cut off
        plain = plain.rpartition("(")[0].strip()
    if not is_plural(plain):
        return plain
    matter = MATTER.search(plain)
    head, rest = (plain[: matter.start()], plain[matter.start() :]) if matter else (plain, "")
    single = head[:-3] + "y" if head.endswith("ies") else head[:-3] + "man" if head.endswith("men") else head[:-1]
    return single + rest


def _tense(office: Office, pieces: Pieces) -> bool | None:
    """False where the words around say former, True where they say current."""
    piece = office.title
    if piece is None:
        return _membership_tense(office, pieces)
    is_told = office.rule in ("affiliations.copula", "affiliations.where")
    before = pieces.text[office.person.end if is_told else max(piece.start - 30, piece.lead, 0) : piece.end]
    words = set(re.findall(r"\w+", before))
    words |= {word.lower() for word in words}
    rules = load_rules("affiliations")
    if words & set(rules.terms("former_words")) or _FORMER_TITLE.match(pieces.text[piece.start : piece.end]):
        return False
    return True if words & set(rules.terms("current_words")) else None


def _membership_tense(office: Office, pieces: Pieces) -> bool | None:
    """False where somebody "previously worked at" a body or "taught" there."""
    if office.rule != "affiliations.member-of" or office.organizations[0].start < office.person.end:
        return None
    words = pieces.text[office.person.end : office.organizations[0].start]
    return False if load_rules("affiliations").rule("affiliations.was-member").pattern.search(words) else None


def _without_bare_repeats(mentions: Iterable[AffiliationMention]) -> Iterator[AffiliationMention]:
    """The mentions without those whose title is only the first or last words of a fuller title of the same person."""
    mentions = list(mentions)
    by_person: dict[str, list[AffiliationMention]] = {}
    for mention in mentions:
        by_person.setdefault(mention.person.name.split()[-1].casefold(), []).append(mention)
    for mention in mentions:
        if mention.organization is None and mention.title is not None:
            others = by_person[mention.person.name.split()[-1].casefold()]
            if any(other.title and _is_part(mention.title.title, other.title.title) for other in others):
                continue
        yield mention


def _is_part(short: str, long: str) -> bool:
    """Whether a bare title only repeats a fuller one: "Minister" and "Minister for Law", not "Vice President"."""
    one, other = short.casefold().split(), long.casefold().split()
    if len(one) >= len(other):
        return False
    if other[: len(one)] == one:
        return True
    return other[-len(one) :] == one and not {"vice", "deputy", "assistant", "associate", "co"} & set(
        other[: -len(one)]
    )
