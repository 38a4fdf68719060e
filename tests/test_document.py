"""What a release says of itself: headline, date, issuer, place, language, kind."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from report_extract.analyze.date_spans import date_spans
from report_extract.analyze.seam import MENTIONS, SECTIONS, write_spans
from report_extract.clean.sections import find_sections
from report_extract.extract.document import find_document_fields, find_language
from report_extract.extract.head_lines import is_label, is_label_and_date
from report_extract.extract.organizations import find_aliases, find_organizations, find_parents
from report_extract.resolve import resolve_organizations

NLP = spacy.blank("en")
CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "document.jsonl").read_text("utf-8").splitlines()
]


def parameters() -> list[Any]:
    marks = {"known_failure": lambda case: [pytest.mark.xfail(strict=True, reason=case["note"])]}
    return [pytest.param(case, id=case["id"], marks=marks.get(case["status"], lambda _: [])(case)) for case in CASES]


def read(text: str, *, orgs: tuple[str, ...] = (), gpes: tuple[str, ...] = (), sections: bool = True) -> Doc:
    doc = NLP(text)
    names = [
        (m.start(), m.end(), label, "x")
        for label, group in (("ORG", orgs), ("GPE", gpes))
        for name in group
        for m in re.finditer(re.escape(name), text)
    ]
    write_spans(doc, MENTIONS, [*names, *((start, end, "DATE", rule) for start, end, rule in date_spans(text))])
    if sections:
        write_spans(doc, SECTIONS, [(s.start, s.end, s.label, "") for s in find_sections(text)])
    return doc


@pytest.mark.parametrize("case", parameters())
def test_a_release_tells_of_itself(case: dict[str, Any]) -> None:
    doc = read(case["text"], orgs=tuple(case.get("orgs", ())), gpes=tuple(case.get("gpes", ())))
    mentions = tuple(find_organizations(doc))
    bodies = resolve_organizations(mentions, find_aliases(doc), find_parents(doc, mentions))
    fields = find_document_fields(doc, bodies)
    for field, value in case["expect"].items():
        assert getattr(fields, field) == value, field


def test_metadata_fill_only_what_the_text_leaves_open() -> None:
    bare = find_document_fields(NLP("..."), title_hint="Hall Opened", published_hint="2010-05-03")
    assert (bare.title, bare.published) == ("Hall Opened", "2010-05-03")
    full = find_document_fields(read(CASES[0]["text"]), title_hint="Other", published_hint="1999-01-01")
    assert (full.title, full.published) == ("Hall Opened in Lima", "2010-05-03")


def test_a_release_without_sections_is_read_too() -> None:
    fields = find_document_fields(read(CASES[0]["text"], sections=False))
    assert (fields.title, fields.published, fields.dateline) == ("Hall Opened in Lima", "2010-05-03", "GENEVA")


def test_a_headline_broken_in_two_is_joined() -> None:
    text = "Office of Roads to Host a Meeting of\nRoad Builders\n\nThe meeting of the builders of roads will be held in the old hall of the town on Monday."
    assert find_document_fields(read(text)).title == "Office of Roads to Host a Meeting of Road Builders"


def test_an_empty_release_tells_nothing() -> None:
    fields = find_document_fields(NLP(""))
    assert fields == type(fields)()


@pytest.mark.parametrize(
    "line", ["FOR IMMEDIATE RELEASE", "Press release", "MEDIA RELEASE No. 12", "Pressemitteilung 12/2010"]
)
def test_labels_are_no_headlines(line: str) -> None:
    assert is_label(line)


def test_a_label_with_a_date_is_no_headline() -> None:
    assert is_label_and_date("Media Release H28/2003 - 20 March 2003")
    assert not is_label_and_date("Hill Fair Opens on 20 March 2003")


def test_language_of_a_short_text_is_not_guessed() -> None:
    assert find_language("Oui.") is None
    assert find_language("La nouvelle salle du collège a été ouverte lundi par le maire de la ville.") == "fr"
