from __future__ import annotations

import pytest

from marked_docs import Case, load_cases, read
from report_extract.evidence import Evidence
from report_extract.extract.mentions import AliasMention, OrganizationMention, ParentMention
from report_extract.extract.organization_names import is_short_form, kind_of
from report_extract.resolve import resolve_organizations


@pytest.mark.parametrize("case", load_cases("organizations"))
def test_organizations(case: Case) -> None:
    bodies = read(case["text"]).organizations
    assert [body.name for body in bodies] == [wanted["name"] for wanted in case["expect"]]
    for body, wanted in zip(bodies, case["expect"], strict=True):
        assert wanted.get("aliases", [alias for alias, _ in body.aliases]) == [alias for alias, _ in body.aliases]
        assert (wanted.get("parent", body.parent) or None) == body.parent
        assert wanted.get("kind", body.kind) == body.kind
        assert wanted.get("city", body.city) == body.city
        assert wanted.get("country", body.country) == body.country


def _mention(name: str, at: int) -> OrganizationMention:
    return OrganizationMention(name, Evidence(at, at + len(name)))


def test_parents_never_run_in_a_circle() -> None:
    one, other = _mention("Reef Lab", 0), _mention("Tide Centre", 20)
    evidence = Evidence(0, 30, "parents.of", 0.8)
    bodies = resolve_organizations(
        [one, other], parents=[ParentMention(one, other, evidence), ParentMention(other, one, evidence)]
    )
    assert [body.parent for body in bodies] == ["Tide Centre", None]


def test_an_alias_without_a_mention_is_still_an_alias() -> None:
    alias = AliasMention("Harbour Board", "HarBo", "acronym", Evidence(0, 20))
    (body,) = resolve_organizations([_mention("Harbour Board", 0)], [alias])
    assert body.aliases == (("HarBo", "acronym"),)


def test_order_of_first_mention_and_determinism() -> None:
    mentions = [_mention("Tide Trust", 50), _mention("Reef Watch", 10), _mention("Tide Trust", 90)]
    names = [body.name for body in resolve_organizations(mentions)]
    assert names == ["Reef Watch", "Tide Trust"]
    assert names == [body.name for body in resolve_organizations(reversed(mentions))]


@pytest.mark.parametrize(
    ("short", "long", "wanted"),
    [
        ("UGC", "University Grants Commission", True),
        ("AFL-CIO", "American Federation of Labor", False),
        ("", "X", False),
    ],
)
def test_short_forms(short: str, long: str, wanted: bool) -> None:
    assert is_short_form(short, long) is wanted


def test_no_word_no_kind() -> None:
    assert kind_of("Quillr") is None
    assert kind_of("Supreme Court of Fiji") == "court"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Department of Physics", "university"),  # of a discipline
        ("Department of Harbours", "government"),  # of a matter of state
        ("MINISTRY OF TIDES", "government"),
        ("HARBOUR COURT OF APPEAL", "court"),
        ("tide working subcommittee", "committee"),
        ("Tern University Press", "media"),
        ("Tern University Alumni Association", "ngo"),
        ("University Grants Commission of Quillia", "committee"),
        ("Tern University Law School", "university"),
        ("Board of Trustees", "committee"),
        ("Harbour Housing Board", "agency"),
        ("QUILLR", None),
    ],
)
def test_kinds_from_names(name: str, kind: str | None) -> None:
    assert kind_of(name) == kind
