"""Named and numbered parts of an event, in prose and in programmes."""

from __future__ import annotations

import pytest

from marked_docs import Case, load_cases
from marked_release import read_release


@pytest.mark.parametrize("case", load_cases("sessions"))
def test_sessions(case: Case) -> None:
    found = read_release(case["text"]).sessions
    shown = [
        {
            "kind": session.kind,
            "number": session.number,
            "title": session.title,
            "start": session.start_time,
            "end": session.end_time,
            "date": session.date,
            "summary": session.summary,
        }
        for session in found
    ]
    assert [{key: fact[key] for key in wanted} for fact, wanted in zip(shown, case["expect"], strict=False)] == case[
        "expect"
    ]
    assert len(found) == len(case["expect"])


def test_what_is_reported_of_a_session_ends_where_the_next_begins() -> None:
    text = (
        'In session 1 "Soils" four papers were read. They spoke of sand. In session 2 "Reefs" two papers were read.'
        "\n\nLunch followed."
    )
    first, second = read_release(text).sessions
    assert first.summary == "four papers were read. They spoke of sand"
    assert second.summary == "two papers were read"


def test_evidence_of_a_titled_line_is_its_title() -> None:
    text = "9:00 Reefs and People, [Ada Quill](PERSON)\n10:00 Tides and Winds, [Ben Roe](PERSON)"
    release = read_release(text)
    shown = [release.doc.text[s.evidence.start : s.evidence.end] for s in release.sessions]
    assert shown == ["Reefs and People", "Tides and Winds"]


def test_menus_and_contacts_hold_no_session() -> None:
    text = "Session 1: Soils\nSession 2: Reefs"
    found = read_release(text, sections={"CHROME": "Soils"}).sessions
    assert [session.title for session in found] == ["Reefs"]


def test_no_text_no_sessions() -> None:
    assert read_release("").sessions == []
