"""Persons named in the text, each with the honorific before and the post-nominals after the name.

A person is a PERSON mention outside menus and footers. A name inside a longer name of a body, event or building
("Ada Quill Institute") is no person. Honorifics that stand together are one ("Prof. Dr."), also across "the" ("Senator
the Hon") and across an office ("His Excellency President Quill"); a plural one ("Senators Quill and Roe") is that of
everybody in the list that follows. A headline's honorific counts only where the body gives the person none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span

from report_extract.analyze.seam import mentions_of, sections_of, text_of
from report_extract.evidence import Evidence
from report_extract.extract.before_names import leads_to_name
from report_extract.extract.mentions import PersonMention
from report_extract.rules import load_rules

_LONGEST_LIST_GAP = 100
_OF_THE = re.compile(r"\s(?:of|at)\s+(?:the\s+)?")
_CONTAINERS = ("ORG", "EVENT", "FAC", "SESSION")
# How sure a lone surname is to be a person of its own depends on the words around it; `resolve` asks for 0.6.
_TITLED, _FULL, _OFFICE, _SPEAKING, _BARE = 0.95, 0.85, 0.75, 0.65, 0.5
_SAYS_AFTER = re.compile(r"\s+(?:also\s+)?(?:said|says|added|explained|concluded)\b")
_SAYS_BEFORE = re.compile(r"\b(?:said|says|added)\s+$")
_SHORTEST = 3


def find_people(doc: Doc) -> Iterator[PersonMention]:
    """Every mention of a person, in text order.

    >>> import spacy
    >>> from report_extract.analyze.seam import MENTIONS, write_spans
    >>> doc = spacy.blank("en")("Prof. Dr. Ada Quill, MP, spoke.")
    >>> write_spans(doc, MENTIONS, [(0, 5, "HONORIFIC", ""), (6, 9, "HONORIFIC", ""), (10, 19, "PERSON", "")])
    >>> [(person.name, person.honorific, person.suffix) for person in find_people(doc)]
    [('Ada Quill', 'Prof. Dr.', 'MP')]
    """
    found = list(_read_people(doc))
    headlines = [(section.start_char, section.end_char) for section in sections_of(doc, "HEADLINE")]
    titled = {_last_word(p.name) for p in found if p.honorific and not _is_inside(p.evidence.start, headlines)}
    for person in found:
        if _is_inside(person.evidence.start, headlines) and _last_word(person.name) in titled:
            yield replace(person, honorific=None)
        else:
            yield person


def _read_people(doc: Doc) -> Iterator[PersonMention]:
    """The mentions with their own honorifics, those of a headline included."""
    text, before = text_of(doc), list[Span]()
    offices = [(span.start_char, span.end_char) for span in mentions_of(doc, "TITLE", "ORG")]
    containers = [(span.start_char, span.end_char) for span in mentions_of(doc, *_CONTAINERS)]
    chrome = [(section.start_char, section.end_char) for section in sections_of(doc, "CHROME")]
    shared, shared_end = None, 0
    for span in mentions_of(doc, "PERSON", "HONORIFIC", "TITLE"):
        if span.label_ != "PERSON":
            before.append(span)
            continue
        start, end = span.start_char, span.end_char
        if _is_inside(start, chrome) or any(a <= start and end <= b and b - a > end - start for a, b in containers):
            continue
        honorific, has_office = _read_honorific(text, before, start)
        if honorific is None and shared and _is_list_gap(text, offices, shared_end, start):
            honorific = shared
        shared = honorific if honorific in load_rules("names").terms("plural_honorifics") else None
        suffix = load_rules("names").rule("names.suffix").pattern.match(text[end : end + 60])
        shared_end = end
        yield PersonMention(
            " ".join(span.text.split()),
            Evidence.of(span, confidence=_confidence(text, span, honorific, has_office)),
            honorific,
            " ".join(suffix["suffix"].split()) if suffix else None,
        )
        before.clear()


def _read_honorific(text: str, before: list[Span], start: int) -> tuple[str | None, bool]:
    """The honorific that leads up to a name as written, and whether an office stands right before the name."""
    first: int | None = None
    last, has_office = start, False
    for span in reversed(before):
        if not leads_to_name(span.text, text[span.end_char : start]):
            break
        if span.label_ == "TITLE":
            if first is not None or has_office:
                has_office = True
                break
            has_office = True
        else:
            last = span.end_char if first is None else last
            first = span.start_char
        start = min(start, span.start_char)
    if first is None:
        return None, has_office
    return " ".join(text[first : last + (text[last : last + 1] == ".")].split()), has_office


def _is_list_gap(text: str, offices: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether two names stand in one list, with nothing between them but party, state, an office and "and"."""
    if end - start > _LONGEST_LIST_GAP:
        return False
    between, at = "", start
    for first, stop in offices:
        if start <= first and stop <= end:
            between, at = between + text[at:first], stop
    gap = load_rules("names").rule("names.shared-honorific").pattern
    return gap.match(_OF_THE.sub("", between + text[at:end])) is not None


def _confidence(text: str, span: Span, honorific: str | None, has_office: bool) -> float:
    if honorific:
        return _TITLED
    if len(span.text.split()) > 1:
        return _FULL
    if has_office:
        return _OFFICE
    return _SPEAKING if _speaks(text, span.start_char, span.end_char) else _BARE


def _speaks(text: str, start: int, end: int) -> bool:
    """Whether a name stands beside the plainest verbs of saying: "said Quill", "Quill added"."""
    if len(text[start:end]) < _SHORTEST or text[start:end].isupper():
        return False
    return bool(_SAYS_AFTER.match(text, end) or _SAYS_BEFORE.search(text[max(0, start - 8) : start]))


def _last_word(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1].casefold()


def _is_inside(at: int, stretches: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in stretches)
