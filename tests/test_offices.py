"""Offices told without their body: whose they are, and when that is not said."""

from __future__ import annotations

import pytest

from marked_docs import marked_doc
from report_extract.extract.affiliations import find_affiliations
from report_extract.extract.organizations import find_aliases, find_organizations, find_parents
from report_extract.extract.people import find_people
from report_extract.resolve import resolve_offices, resolve_organizations

OPENING = "The [Lagoon Institute](ORG) ([LI](ORG)) opened a pier."


def offices(marked: str, issuer: str | None) -> list[tuple[str, str | None, str]]:
    """Title, body and rule of each affiliation."""
    doc = marked_doc(marked)
    people, mentions = tuple(find_people(doc)), tuple(find_organizations(doc))
    bodies = resolve_organizations(mentions, tuple(find_aliases(doc)), tuple(find_parents(doc, mentions)))
    names = {mention: body.name for body in bodies for mention in body.mentions}
    found = resolve_offices(doc.text, tuple(find_affiliations(doc, people, mentions)), issuer, bodies)
    return [
        (
            one.title.title if one.title else "",
            names[one.organization] if one.organization else None,
            one.evidence.rule,
        )
        for one in found
    ]


@pytest.mark.parametrize("issuer", ["Lagoon Institute", "LI"])
def test_an_office_of_the_issuer_needs_no_body(issuer: str) -> None:
    found = offices(f"{OPENING} [Ada Quill](PERSON), [head of research](TITLE), spoke.", issuer)
    assert found == [("head of research", "Lagoon Institute", "affiliations.issuer")]


def test_its_director_is_that_of_the_body_named_before() -> None:
    text = f"{OPENING} The [Tern Fund](ORG) paid, and its [director](TITLE), [Ada Quill](PERSON), came."
    assert offices(text, "Lagoon Institute") == [("director", "Tern Fund", "affiliations.owned")]


def test_director_of_the_institute_is_that_of_the_last_one_so_called() -> None:
    text = f"{OPENING} The [Tern Fund](ORG) paid, and [Ada Quill](PERSON), [director](TITLE) of the institute, came."
    assert offices(text, None) == [("director", "Lagoon Institute", "affiliations.of-the-body")]
    assert offices(text.replace("of the institute", "of the club"), None)[0][1] is None


@pytest.mark.parametrize(
    ("office", "issuer"),
    [
        ("composer", "Lagoon Institute"),  # an occupation
        ("Minister for Reefs", "Lagoon Institute"),  # its matter is its own
        ("director", None),  # nobody speaks
        ("director", "Tern Fund"),  # who speaks is not among the bodies
    ],
)
def test_other_offices_stay_without_a_body(office: str, issuer: str | None) -> None:
    assert [body for _, body, _ in offices(f"{OPENING} [{office}](TITLE) [Ada Quill](PERSON) spoke.", issuer)] == [None]


def test_a_ministry_speaks_of_the_offices_of_others() -> None:
    text = "The [Ministry of Reefs](ORG) met [President](TITLE) [Ada Quill](PERSON)."
    assert offices(text, "Ministry of Reefs") == [("President", None, "affiliations.title-name")]


def test_a_body_that_is_said_stays() -> None:
    text = f"{OPENING} [Ada Quill](PERSON), [director](TITLE) of the [Tern Fund](ORG), spoke."
    assert offices(text, "Lagoon Institute") == [("director", "Tern Fund", "affiliations.apposition")]


@pytest.mark.parametrize(
    ("office", "body"),
    [
        ("Permanent Secretary", "Ministry of Reefs"),  # only a ministry has one
        ("Media Officer", "Ministry of Reefs"),  # who answers for it
        ("Permanent Secretary for Tides", None),  # its matter is its own
        ("Director", None),  # may be that of any body met
    ],
)
def test_a_ministry_has_offices_that_are_nobody_elses(office: str, body: str | None) -> None:
    text = f"The [Ministry of Reefs](ORG) opened. [Ada Quill](PERSON), [{office}](TITLE), spoke."
    assert [found for _, found, _ in offices(text, "Ministry of Reefs")] == [body]


@pytest.mark.parametrize("goes_on", ["of the anglers’ club", "at a rival firm", "for coastal towns"])
def test_words_behind_an_office_that_say_whose_it_is_keep_it_from_the_issuer(goes_on: str) -> None:
    text = f"{OPENING} [Ada Quill](PERSON), [president](TITLE) {goes_on}, spoke."
    assert [body for _, body, _ in offices(text, "Lagoon Institute")] == [None]


@pytest.mark.parametrize(
    "office", ["Vice-President (Membership)", "Honorary Secretary", "Director-General", "Board member"]
)
def test_offices_of_a_society(office: str) -> None:
    text = f"{OPENING} [Ada Quill](PERSON), [{office}](TITLE), spoke."
    assert [body for _, body, _ in offices(text, "Lagoon Institute")] == ["Lagoon Institute"]


@pytest.mark.parametrize(("office", "body"), [("President", None), ("Vice-President", "Lagoon Institute")])
def test_a_body_has_one_president(office: str, body: str | None) -> None:
    text = f"[Lagoon Institute](ORG) [{office}](TITLE) [Bo Oduya](PERSON) met [{office}](TITLE) [Ada Quill](PERSON)."
    assert [body for _, body, _ in offices(text, "Lagoon Institute")] == ["Lagoon Institute", body]
