"""Units named without their body: whose they are."""

from __future__ import annotations

import pytest

from report_extract.evidence import Evidence
from report_extract.extract.mentions import OrganizationMention
from report_extract.resolve import resolve_organizations


def _parents(names: str, issuer: str | None) -> dict[str, str | None]:
    mentions = [OrganizationMention(name, Evidence(n * 60, n * 60 + 9)) for n, name in enumerate(names.split("; "))]
    return {body.name: body.parent for body in resolve_organizations(mentions, issuer=issuer)}


def test_an_inner_unit_is_the_issuers() -> None:
    assert _parents("Tern Shipping Ltd; Press Office", "Tern Shipping Ltd")["Press Office"] == "Tern Shipping Ltd"


def test_the_issuer_may_be_given_in_a_short_form() -> None:
    found = _parents("Harbour Research Institute; HRI; Board of Trustees", "HRI")
    assert found["Board of Trustees"] == "Harbour Research Institute"


def test_a_university_named_throughout_owns_its_departments_whoever_speaks() -> None:
    found = _parents("Tern University; Department of Tides; Reef Watch; Tern University", "Reef Watch")
    assert found["Department of Tides"] == "Tern University"


@pytest.mark.parametrize("unit", ["Soil Institute", "National Council", "Tern Press Team"])
def test_a_body_that_can_stand_by_itself_is_nobodys(unit: str) -> None:
    assert _parents(f"Harbour Board; {unit}", "Harbour Board")[unit] is None


def test_without_issuer_or_university_a_unit_has_no_parent() -> None:
    assert _parents("Harbour Board; Press Office", None)["Press Office"] is None


@pytest.mark.parametrize("issuer", ["White House", "Tern Reading Council", "Universities Quillia"])
def test_departments_and_schools_are_not_those_of_every_issuer(issuer: str) -> None:
    found = _parents(f"{issuer}; Department of Harbours; School of Law", issuer)
    assert found["Department of Harbours"] is None
    assert found["School of Law"] is None


def test_a_town_has_departments() -> None:
    assert _parents("City of Tern; Department of Harbours", "City of Tern")["Department of Harbours"] == "City of Tern"
