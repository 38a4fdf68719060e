from __future__ import annotations

import pytest

from marked_docs import Case, load_cases, marked_doc, read


@pytest.mark.parametrize("case", load_cases("affiliations"))
def test_affiliations(case: Case) -> None:
    reading = read(case["text"])
    wanted = sorted((str(w["person"]), str(w["title"]), str(w["organization"])) for w in case["expect"])
    assert sorted((person, str(title), str(body)) for person, title, body in reading.offices()) == wanted


@pytest.mark.parametrize("case", [c for c in load_cases("affiliations") if "parents" in str(c) or "current" in str(c)])
def test_parents_and_tense(case: Case) -> None:
    for wanted, found in zip(case["expect"], read(case["text"]).affiliations, strict=True):
        assert [body.name for body in found.parents] == wanted.get("parents", [])
        assert found.current is wanted.get("current")


def test_evidence_runs_from_the_first_piece_to_the_last() -> None:
    text = "Then [Ada Quill](PERSON), the [Director](TITLE) of the [Harbour Institute](ORG), spoke."
    doc, (found,) = marked_doc(text), read(text).affiliations
    assert doc.text[found.evidence.start : found.evidence.end] == "Ada Quill, the Director of the Harbour Institute"
    assert found.evidence.rule == "affiliations.apposition"
    assert found.title is not None
    assert doc.text[found.title.evidence.start : found.title.evidence.end] == "Director"


def test_a_release_without_people_has_no_affiliations() -> None:
    assert read("The [Director](TITLE) of the [Harbour Institute](ORG) spoke.").affiliations == []
