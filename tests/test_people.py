from __future__ import annotations

import pytest

from marked_docs import Case, load_cases, marked_doc, read
from report_extract.extract.people import find_people


@pytest.mark.parametrize("case", load_cases("people"))
def test_people(case: Case) -> None:
    people = read(case["text"]).people
    assert [person.name for person in people] == [wanted["name"] for wanted in case["expect"]]
    for person, wanted in zip(people, case["expect"], strict=True):
        assert wanted.get("honorific", person.honorific) == person.honorific
        assert wanted.get("given_name", person.given_name) == person.given_name
        assert wanted.get("family_name", person.family_name) == person.family_name
        assert wanted.get("suffix", person.suffix) == person.suffix
        assert wanted.get("mentions", len(person.mentions)) == len(person.mentions)


def test_the_headline_does_not_set_the_honorific_where_the_body_does() -> None:
    text = "[Sen.](HONORIFIC) [Quill](PERSON) wins\n[Senator](HONORIFIC) [Ada Quill](PERSON) won."
    assert [person.honorific for person in read(text, headline=True).people] == ["Senator"]


def test_the_headline_sets_the_honorific_where_the_body_has_none() -> None:
    text = "[Sen.](HONORIFIC) [Ada Quill](PERSON) wins\n[Quill](PERSON) won."
    assert [person.honorific for person in read(text, headline=True).people] == ["Sen."]


def test_evidence_covers_the_name_alone() -> None:
    doc = marked_doc("[Dr.](HONORIFIC) [Ada  Quill](PERSON), MP, spoke.")
    (person,) = find_people(doc)
    assert person.name == "Ada Quill"
    assert doc.text[person.evidence.start : person.evidence.end] == "Ada  Quill"
    assert person.evidence.rule == "test.person"


def test_no_text_no_people() -> None:
    assert read("").people == []
