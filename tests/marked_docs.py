"""Documents with marked mentions, written as "[Ada Quill](PERSON), [Director](TITLE) of the [Harbour Institute](ORG)"."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypedDict, cast

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from report_extract.analyze.quotes import quote_spans
from report_extract.analyze.seam import MENTIONS, QUOTES, SECTIONS, write_spans
from report_extract.analyze.sentences import sentence_starts
from report_extract.extract.affiliations import find_affiliations
from report_extract.extract.mentions import (
    AffiliationMention,
    OrganizationEntity,
    OrganizationMention,
    PersonEntity,
    PersonMention,
)
from report_extract.extract.organizations import find_aliases, find_organizations, find_parents
from report_extract.extract.people import find_people
from report_extract.resolve import resolve_organizations, resolve_people

_MARK = re.compile(r"\[([^\[\]]+)\]\(([A-Z]+)\)")
_CASES = Path(__file__).parent / "cases"


class Case(TypedDict):
    """A line of a case file."""

    id: str
    text: str
    expect: list[dict[str, object]]
    origin: str
    status: str
    note: str


class Reading(NamedTuple):
    """What the extractors and resolvers make of a marked text."""

    people: list[PersonEntity]
    organizations: list[OrganizationEntity]
    affiliations: list[AffiliationMention]

    def offices(self) -> list[tuple[str, str | None, str | None]]:
        persons = {mention: entity.name for entity in self.people for mention in entity.mentions}
        bodies = {mention: entity.name for entity in self.organizations for mention in entity.mentions}
        return [
            (
                persons.get(found.person, found.person.name),
                found.title.title if found.title else None,
                bodies[found.organization] if found.organization else None,
            )
            for found in self.affiliations
        ]


@cache
def _blank() -> Language:
    return spacy.blank("en")


def marked_doc(marked: str, *, headline: bool = False) -> Doc:
    """The document of a marked text; with `headline`, its first line is a HEADLINE section."""
    plain, marks, here = "", [], 0
    for match in _MARK.finditer(marked):
        plain += marked[here : match.start()]
        marks.append((len(plain), len(plain) + len(match[1]), match[2], f"test.{match[2].lower()}"))
        plain, here = plain + match[1], match.end()
    doc = _blank()(plain + marked[here:])
    for token, is_start in zip(
        doc, sentence_starts([token.text for token in doc], [bool(token.whitespace_) for token in doc]), strict=True
    ):
        token.is_sent_start = is_start
    write_spans(doc, MENTIONS, marks)
    write_spans(doc, QUOTES, [(start, end, "QUOTE", rule) for start, end, rule in quote_spans(doc.text)])
    if headline:
        cut = next(token.i for token in doc if "\n" in token.text) + 1
        doc.spans[SECTIONS] = [Span(doc, 0, cut, label="HEADLINE"), Span(doc, cut, len(doc), label="BODY")]
    return doc


def read(marked: str, *, headline: bool = False) -> Reading:
    """People, organisations and affiliations of a marked text."""
    doc = marked_doc(marked, headline=headline)
    people: tuple[PersonMention, ...] = tuple(find_people(doc))
    bodies: tuple[OrganizationMention, ...] = tuple(find_organizations(doc))
    return Reading(
        resolve_people(people),
        resolve_organizations(bodies, tuple(find_aliases(doc)), tuple(find_parents(doc, bodies))),
        list(find_affiliations(doc, people, bodies)),
    )


def load_cases(field: str) -> list[object]:
    """The cases of a field as parameters of a test; known failures are strict xfail."""
    lines = (_CASES / f"{field}.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [cast(Case, json.loads(line)) for line in lines if line.strip()]
    return [
        pytest.param(
            case,
            id=case["id"],
            marks=[pytest.mark.xfail(strict=True, reason=case["note"])] if case["status"] == "known_failure" else [],
        )
        for case in cases
    ]
