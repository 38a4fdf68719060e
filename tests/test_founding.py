"""The founding example: every row that the design of the tables promises for it, by rules that do not know it."""

from __future__ import annotations

from pathlib import Path

import pytest

from report_extract.extractor import Extractor
from report_extract.schema import PressRelease

pytestmark = pytest.mark.model

DIVISION = "International Science and Technology Affairs Division"
BUREAU = "Science and Technology Policy Bureau"
MINISTRY = "Ministry of Education, Culture, Sports, Science and Technology"
ISTC = "International Science and Technology Center"
HU = "Hokkaido University"


@pytest.fixture(scope="module")
def record(real_releases: Path, extractor: Extractor) -> PressRelease:
    return extractor.extract(next((real_releases / "seed").glob("*.txt")))


def test_document(record: PressRelease) -> None:
    title = (
        "Japan-Russia International Research Symposium: Mysteries of the Russian Far East Achievements from Scientific"
    )
    assert record.document.title == f"{title} Collaboration by {HU}"
    assert (record.document.published, record.document.issuer, record.document.language) == (None, ISTC, "en")


def test_people_and_their_offices(record: PressRelease) -> None:
    assert [(person.honorific, person.name) for person in record.people] == [
        ("Prof.", "Ichiro Ueda"),
        ("Academician", "Valentin Sergienko"),
        ("Ms.", "Yuko Nagano"),
        ("Prof.", "Yoshiaki Nishimura"),
        ("Prof.", "Yasuhiro Yukimatsu"),
        ("Mr.", "Takuya Okamoto"),
        ("Ms.", "Yuko Tsuda"),
    ]
    assert [(a.title, a.organization) for person in record.people for a in person.affiliations] == [
        ("Vice-president", HU),
        ("President", "Far Eastern Branch"),
        ("Director", DIVISION),
        ("Director", "Economic Research Institute for Northeast Asia"),
        ("Director", "Task Force for Research Strategy"),
        ("Deputy Executive director", ISTC),
        (None, "ISTC Moscow"),
    ]


def test_organizations(record: PressRelease) -> None:
    aliases = [(o.name, alias.alias) for o in record.organizations for alias in o.aliases]
    assert aliases == [(HU, "HU"), (ISTC, "ISTC")]
    parents = {o.name: o.parent for o in record.organizations}
    assert parents["Far Eastern Branch"] == "Russian Academy of Sciences"
    assert (parents[DIVISION], parents[BUREAU], parents[MINISTRY]) == (BUREAU, MINISTRY, None)
    assert parents["Task Force for Research Strategy"] == HU


def test_the_event_and_its_sessions(record: PressRelease) -> None:
    (event,) = record.events
    assert (event.name, event.kind) == ("Japan-Russia International Research Symposium", "symposium")
    assert (event.start_date, event.end_date) == ("2013-11-05", None)
    assert (event.venue, event.city, event.country) == (HU, "Sapporo", "Japan")
    assert {(part.organization, part.role) for part in event.organizations} == {(HU, "organizer"), (ISTC, "organizer")}
    sessions = [(session.kind, session.number, session.title) for session in event.sessions]
    assert sessions[:3] == [
        ("session", "1", "Marine and Land Environment"),
        ("session", "2", "Earthquake and volcano research in Kamchatka, Kuril and Far East"),
        ("session", "3", "Environmental Monitoring in Sakha"),
    ]
    kind, number, title = sessions[3]
    assert (kind, number) == ("panel", None)
    assert title is not None
    assert title.startswith("Development of Japan-Russia cooperation in Eastern Russia Region – Toward establishment")
    assert title.endswith("between human and natural sciences")


def test_who_does_what_there(record: PressRelease) -> None:
    told = {(part.role, part.person) for part in record.participations}
    expected = {
        "opening_remarks": {"Ichiro Ueda", "Valentin Sergienko", "Yuko Nagano"},
        "panelist": {"Yoshiaki Nishimura", "Yuko Nagano", "Valentin Sergienko", "Yasuhiro Yukimatsu"},
        "closing_remarks": {"Takuya Okamoto"},
        "contact": {"Yuko Tsuda"},
    }
    assert {(role, person) for role, people in expected.items() for person in people} == told


def test_dates_and_attendance(record: PressRelease) -> None:
    assert [(date.text, date.edtf) for date in record.dates] == [("5 November 2013", "2013-11-05")]
    crowd, share = record.attendance
    assert (crowd.low, crowd.high, crowd.comparator, crowd.unit) == (100, None, "more_than", "persons")
    assert crowd.text == "more than100 persons"
    assert (share.comparator, share.unit, share.derived_low, share.derived_high) == ("about", "citizens", 33, None)
    assert share.share == pytest.approx(1 / 3, abs=1e-4)


def test_the_contact_and_what_the_page_hid(record: PressRelease) -> None:
    (contact,) = record.contacts
    assert (contact.name, contact.organization) == ("Yuko Tsuda", "ISTC Moscow")
    assert (contact.phone, contact.phone_e164, contact.email) == ("+7 (495) 98231 67", None, None)
    warnings = record.document.warnings or ""
    assert "+7 (495) 98231 67 is not valid" in warnings
    assert "hides the e-mail address" in warnings


def test_who_said_what(record: PressRelease) -> None:
    said = [(s.speaker, s.kind, " ".join(s.text.split())) for s in record.statements]
    assert [(speaker, kind, text.split()[0]) for speaker, kind, text in said] == [
        ("Yoshiaki Nishimura", "indirect", "pointed"),
        ("Yuko Nagano", "indirect", "explained"),
        ("Yuko Nagano", "indirect", "stressedthe"),
        ("Valentin Sergienko", "indirect", "mentioned"),
        ("Valentin Sergienko", "indirect", "suggested"),
        ("Yasuhiro Yukimatsu", "indirect", "concluded"),
        ("Yasuhiro Yukimatsu", "indirect", "stressed"),
        ("Takuya Okamoto", "indirect", "pointed"),
    ]


def test_glued_words_are_read_as_two_and_chrome_yields_nothing(record: PressRelease) -> None:
    names = {m.text for m in record.mentions}
    assert "HU" in names
    assert not names & {"Gateway", "Member Countries", "Promotional Material", "thatHU", "Russiamust"}
    assert all("Member Countries" not in row["text"] for row in record.to_rows()["organizations"])
    hu = [m for m in record.mentions if m.text == "HU"]
    assert any(record.document.text[m.start - 4 : m.start] == "that" for m in hu)
