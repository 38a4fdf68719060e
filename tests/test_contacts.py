"""Whom to ask: addresses, numbers and links with their names, and the many numbers that are no telephone."""

from __future__ import annotations

from typing import cast

import pytest

from marked_docs import Case, load_cases, marked_doc
from report_extract.extract.contact_points import find_points, phone_e164
from report_extract.extract.contacts import find_contacts
from report_extract.extract.mentions import ContactMention
from report_extract.extractor import Extractor

FIELDS = ("name", "organization", "email", "phone", "phone_e164", "url", "address")


def facts(mention: ContactMention) -> dict[str, object]:
    row = {field: getattr(mention, field) for field in FIELDS} | {"warnings": list(mention.warnings)}
    return {field: value for field, value in row.items() if value not in (None, [])}


@pytest.mark.parametrize("case", load_cases("contacts"))
def test_contacts(case: Case) -> None:
    doc = marked_doc(case["text"])
    found = list(find_contacts(doc))
    extra = ("evidence", "rule")
    assert [facts(mention) for mention in found] == [
        {field: value for field, value in row.items() if field not in extra} for row in case["expect"]
    ]
    for mention, row in zip(found, case["expect"], strict=True):
        seen = doc.text[mention.evidence.start : mention.evidence.end]
        assert seen == row.get("evidence", seen)
        assert mention.evidence.rule == row.get("rule", mention.evidence.rule)
        for value in (mention.email, mention.phone, mention.url):
            assert value is None or value in " ".join(seen.split())


def test_every_second_case_has_a_negative_to_it() -> None:
    origins = [cast("tuple[Case]", param.values)[0]["origin"] for param in load_cases("contacts")]  # type: ignore[attr-defined]
    assert 2 * origins.count("negative") >= len(origins) - origins.count("negative") > 0


@pytest.mark.parametrize(
    ("number", "region", "wanted"),
    [
        ("020 7946 0018", "GB", "+442079460018"),
        ("(02) 9876 5432", "AU", "+61298765432"),
        ("(202) 555-0142 x9", "US", "+12025550142"),
        ("03-3252-8111", "JP", "+81332528111"),
        ("+65 6123 4567", "GB", "+6561234567"),
        ("020 7946 0018", None, None),
        ("020 7946 001", "GB", None),
        ("+91 98765 43210 ext. 5", None, "+919876543210"),
        ("12345", "GB", None),
        ("", "GB", None),
        ("+", None, None),
    ],
)
def test_a_country_makes_national_numbers_international(number: str, region: str | None, wanted: str | None) -> None:
    assert phone_e164(number, region) == wanted


def test_the_region_finds_numbers_without_a_cue() -> None:
    doc = marked_doc("The hall answers under 020 7946 0018 all day.")
    assert list(find_contacts(doc)) == []
    (found,) = find_contacts(doc, region="GB")
    assert (found.phone, found.phone_e164, found.evidence.rule) == (
        "020 7946 0018",
        "+442079460018",
        "contacts.phone-national",
    )


@pytest.mark.parametrize("text", ["", "@", "+", "[at]", "e-mail:", "Tel: " + "9" * 500, "( " * 300 + "@", "a@" * 300])
def test_odd_texts_have_no_contacts(text: str) -> None:
    assert [point.kind for point in find_points(text, ()) if point.kind != "hidden"] == []
    assert list(find_contacts(marked_doc(text))) == []


@pytest.mark.model
def test_a_hidden_address_is_null_and_the_document_warns(extractor: Extractor) -> None:
    page = (
        "<html><body><h1>Quay Trust opens harbour fair</h1><p>The Quay Trust opened its fair in Lima.</p>"
        '<p>Contact: Dr. Ada Quill, <a class="__cf_email__" data-cfemail="54">[email&#160;protected]</a>, '
        "tel. +65 6123 456</p></body></html>"
    )
    record = extractor.extract(page.encode())
    (contact,) = record.contacts
    assert (contact.name, contact.email, contact.phone, contact.phone_e164) == ("Ada Quill", None, "+65 6123 456", None)
    assert contact.person_id == record.people[0].person_id
    assert record.document.warnings is not None
    assert "hides the e-mail address" in record.document.warnings
    assert "+65 6123 456 is not valid" in record.document.warnings
