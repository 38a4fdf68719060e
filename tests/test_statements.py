"""What was said, and by whom: quotations, reported clauses, statements without marks."""

from __future__ import annotations

import pytest

from marked_docs import Case, load_cases
from marked_release import read_release


@pytest.mark.parametrize("case", load_cases("statements"))
def test_statements(case: Case) -> None:
    release = read_release(case["text"])
    text = release.doc.text
    found = [
        (release.name(s.speaker), s.kind, " ".join(text[s.evidence.start : s.evidence.end].split()))
        for s in release.statements
    ]
    assert found == [(wanted["speaker"], wanted["kind"], wanted["text"]) for wanted in case["expect"]]


def test_a_quotation_has_its_words_its_verb_and_its_rule() -> None:
    (found,) = read_release("“We will go,” said [Ada Quill](PERSON).").statements
    assert (found.quote, found.verb, found.evidence.rule) == ("We will go,", "said", "statements.cue-after")


def test_an_indirect_statement_has_no_quote() -> None:
    (found,) = read_release("[Ada Quill](PERSON) said that the tide rises.").statements
    assert found.quote is None


def test_menus_contacts_and_boilerplate_say_nothing() -> None:
    text = "[Ada Quill](PERSON) said the tide rises.\nAbout us: [Ben Roe](PERSON) said the tide falls."
    found = read_release(text, sections={"ABOUT": "About us"}).statements
    assert [statement.speaker.name for statement in found if statement.speaker] == ["Ada Quill"]


def test_no_text_no_statements() -> None:
    assert read_release("").statements == []
