"""What each person does at the event or in the release."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from marked_docs import Case, load_cases
from marked_release import read_release
from report_extract.extract.mentions import AffiliationMention, OrganizationMention, TitleMention
from report_extract.extract.organizations import find_organizations
from report_extract.extract.people import find_people
from report_extract.extract.spokespeople import find_spokespeople
from report_extract.resolve import resolve_organizations, resolve_people
from report_extract.schema import Role


@pytest.mark.parametrize("case", load_cases("roles"))
def test_roles(case: Case) -> None:
    wanted = {(str(one["person"]), str(one["role"])) for one in case["expect"]}
    assert read_release(case["text"]).told_roles() == wanted


def test_every_role_of_the_list_has_a_case() -> None:
    told = {one["role"] for case in load_cases("roles") for one in case.values[0]["expect"]}  # type: ignore[attr-defined]
    assert told | {"spokesperson"} == set(get_args(Role))


def test_a_role_in_a_session_names_the_session() -> None:
    text = 'A panel titled "Who owns the reef?" was held. [Ada Quill](PERSON) said that everybody does.'
    (role,) = read_release(text).roles
    assert (role.role, role.session and role.session.title) == ("panelist", "Who owns the reef?")


def test_evidence_covers_the_name_and_the_frame() -> None:
    release = read_release("Then [Ada Quill](PERSON) opened the forum.")
    (role,) = release.roles
    assert release.doc.text[role.evidence.start : role.evidence.end] == "Ada Quill opened the forum"
    assert role.evidence.rule == "roles.opening_remarks.after"


def test_a_contact_section_makes_contacts() -> None:
    text = "The tide rises.\n[Ada Quill](PERSON), press desk"
    assert read_release(text, sections={"CONTACT": "press desk"}).told_roles() == {("Ada Quill", "contact")}


SPOKEN = "“We will go,” said [Ada Quill](PERSON) of the [Reef Institute](ORG). “We stay,” said [Ben Roe](PERSON)."


@pytest.mark.parametrize(
    ("issuer", "speakers"),
    [("Reef Institute", ["Ada Quill"]), ("Tide Board", []), (None, [])],
)
def test_who_is_quoted_for_the_issuer_is_its_spokesperson(issuer: str | None, speakers: list[str]) -> None:
    release = read_release(SPOKEN)
    people, bodies = list(find_people(release.doc)), list(find_organizations(release.doc))
    offices = [AffiliationMention(people[0], None, _body(bodies), people[0].evidence)]
    found = find_spokespeople(
        issuer, release.statements, offices, resolve_people(people), resolve_organizations(bodies, (), ())
    )
    assert [role.person.name for role in found] == speakers


def test_the_only_one_who_is_quoted_speaks_for_the_issuer() -> None:
    release = read_release("“We will go,” said [Ada Quill](PERSON).")
    people = list(find_people(release.doc))
    found = find_spokespeople("Reef Institute", release.statements, (), resolve_people(people), ())
    assert [(role.person.name, role.role) for role in found] == [("Ada Quill", "spokesperson")]


def test_no_text_no_roles() -> None:
    assert read_release("").roles == []


def _body(bodies: list[OrganizationMention]) -> OrganizationMention:
    return bodies[0]


def test_a_spokesperson_is_known_by_any_name_of_the_issuer() -> None:
    text = "The [Quillian Reef Institute](ORG) ([QRI](ORG)) met. “We stay,” said [QRI](ORG) head [Ada Quill](PERSON)."
    release = read_release(text + " “We go,” said [Ben Roe](PERSON).")
    people, bodies = list(find_people(release.doc)), list(find_organizations(release.doc))
    known = [replace(body, mentions=tuple(bodies)) for body in resolve_organizations(bodies[:1], (), ())]
    office = AffiliationMention(people[0], None, bodies[-1], people[0].evidence)
    found = find_spokespeople("Quillian Reef Institute", release.statements, [office], resolve_people(people), known)
    assert [role.person.name for role in found] == ["Ada Quill"]


def test_a_press_secretary_speaks_where_words_are_only_reported() -> None:
    release = read_release("[Ada Quill](PERSON) said that the wall holds. [Ben Roe](PERSON) said that it leaks.")
    people = list(find_people(release.doc))
    title = TitleMention("press secretary", people[1].evidence)
    offices = [AffiliationMention(people[1], title, None, people[1].evidence)]
    found = find_spokespeople(None, release.statements, offices, resolve_people(people), ())
    assert [role.person.name for role in found] == ["Ben Roe"]
