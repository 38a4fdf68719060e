"""Which layout an office was read from."""

from __future__ import annotations

import pytest

from marked_docs import read

NAME, TITLE, BODY = "[Ada Quill](PERSON)", "[Director](TITLE)", "[Reef Institute](ORG)"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (f"The talk was by {NAME}, {TITLE}, {BODY}, who spoke at length.", "apposition"),
        (f"Speakers\n\n• {NAME}, {TITLE}, {BODY}\n• Others\n", "list-line"),
        (f"2) {NAME} – {TITLE}, {BODY};\n", "list-line"),
        (f"{NAME}\t{TITLE}\t{BODY}\n", "table-line"),
        (f"{TITLE}, {BODY}: {NAME}\n", "label-line"),
        (f"09:30 – Opening: {NAME}, {TITLE}, {BODY}\n", "agenda-line"),
        (f"Details from:\n{NAME}, {TITLE}, {BODY}, tel. 555 0142\n", "contact-line"),
        (f"Contact\n{NAME}\n{TITLE}, {BODY}\nada@reef.example\n", "contact-block"),
        (f"Name: {NAME}\nPosition: {TITLE}\nOrganisation: {BODY}\nada@reef.example\n", "contact-block"),
        (f"{BODY}\nContact: {NAME}, {TITLE}\n", "apposition"),
        (f"We thank all.\n\nYours faithfully,\n\n{NAME}\n{TITLE}, {BODY}\n", "signature"),
        (f"{NAME} met the sea. Later she became {TITLE} of the {BODY}.", "pronoun"),
        (f"{NAME} is {TITLE} of the {BODY}.", "copula"),
    ],
)
def test_the_rule_names_the_layout(text: str, rule: str) -> None:
    found = read(text).affiliations
    assert [one.evidence.rule for one in found] == [f"affiliations.{rule}"]
    assert found[0].organization is not None


def test_a_block_in_the_middle_of_a_release_is_no_signature() -> None:
    rest = "The reef was surveyed by forty divers over nine weeks, and the maps are free for everybody to use. " * 4
    (found,) = read(f"Who speaks\n\n{NAME}\n{TITLE}, {BODY}\n\n{rest}").affiliations
    assert found.evidence.rule == "affiliations.block"


def test_columns_give_each_person_what_stands_below() -> None:
    names = "[Ada Quill](PERSON)   [Ms](HONORIFIC) [Una Roe](PERSON)"
    under = "[Director](TITLE)   [Press Manager](TITLE)\n[Reef Institute](ORG)   [Tide Board](ORG)"
    found = read(f"Ask us\n\n{names}\n{under}\n555 0142   555 0143\n").affiliations
    told = [
        (one.person.name, one.title and one.title.title, one.organization and one.organization.name) for one in found
    ]
    assert told == [("Ada Quill", "Director", "Reef Institute"), ("Una Roe", "Press Manager", "Tide Board")]
    assert {one.evidence.rule for one in found} == {"affiliations.columns"}


@pytest.mark.parametrize(
    "under",
    [
        "[Director](TITLE)\n[Reef Institute](ORG)   [Tide Board](ORG)",
        "[Director](TITLE) met the   others on Monday and left",
    ],
)
def test_a_line_with_other_columns_ends_them(under: str) -> None:
    names = "[Ada Quill](PERSON)   [Una Roe](PERSON)"
    assert not [one for one in read(f"{names}\n{under}\n").affiliations if one.evidence.rule == "affiliations.columns"]
