"""The events that a release announces or reports, and what it says of them."""

from __future__ import annotations

import pytest

from marked_docs import Case, load_cases
from marked_release import Release, read_release
from report_extract.extract.mentions import EventMention


@pytest.mark.parametrize("case", load_cases("events"))
def test_events(case: Case) -> None:
    release = read_release(case["text"])
    assert [event.name for event in release.events] == [wanted["name"] for wanted in case["expect"]]
    for event, wanted in zip(release.events, case["expect"], strict=True):
        shown = facts(release, event)
        assert {key: shown[key] for key in wanted} == wanted


def facts(release: Release, event: EventMention) -> dict[str, object]:
    """The facts of an event under the names that the case file gives them."""
    parts: dict[str, list[str]] = {"organizer": [], "host": [], "sponsor": [], "partner": []}
    for part in event.parts:
        parts[part.role].append(str(release.name(part.holder)))
    return {
        "name": event.name,
        "kind": event.kind,
        "start": event.start_date,
        "end": event.end_date,
        "venue": event.venue,
        "city": event.city,
        "country": event.country,
        "mode": event.mode,
        "edition": event.edition,
        "organizers": sorted({*parts["organizer"], *parts["host"]}),
        "sponsors": sorted(set(parts["sponsor"])),
    }


def test_the_headline_and_the_lead_name_one_event() -> None:
    text = (
        "Quill Opens [Harbour Reef Forum](EVENT)\nThe [Reef Institute](ORG) held the forum in [Lima](GPE)"
        " on [5 May 2015](DATE).\nMore talks followed."
    )
    (event,) = read_release(text, sections={"HEADLINE": "Quill Opens"}).events
    assert (event.name, event.start_date, event.city) == ("Harbour Reef Forum", "2015-05-05", "Lima")


def test_an_unnamed_event_without_a_day_of_its_own_takes_the_day_of_publication() -> None:
    text = "[5 May 2015](DATE)\n[Ada Quill](PERSON) met with [Ben Roe](PERSON) in [Lima](GPE) and spoke of tides."
    (event,) = read_release(text, published="2015-05-05").events
    assert (event.name, event.kind, event.start_date) == (None, "meeting", "2015-05-05")


def test_menus_and_boilerplate_announce_no_event() -> None:
    text = "Home: [Reef Forum](EVENT) on [5 May 2015](DATE)\nThe tide rises."
    assert read_release(text, sections={"CHROME": "Home:"}).events == []


def test_no_text_no_events() -> None:
    assert read_release("").events == []


def test_a_line_that_is_a_name_and_a_day_names_an_event() -> None:
    text = "Guest Lecture on Salt and the Sleep of Divers, [30 June 2015](DATE)\nMany came."
    (event,) = read_release(text).events
    assert (event.name, event.start_date) == ("Guest Lecture on Salt and the Sleep of Divers", "2015-06-30")


def test_the_headline_tells_who_holds_the_event() -> None:
    text = "[Reef Board](ORG) to Host Kelp Symposium\nA symposium on [5 May 2015](DATE) at Tide Hall will be held."
    (event,) = read_release(text, sections={"HEADLINE": "Reef Board to Host Kelp Symposium"}).events
    assert [part.holder.name for part in event.parts] == ["Reef Board"]


def test_who_travels_on_the_day_of_publication_to_a_named_event_makes_no_visit() -> None:
    text = (
        "[5 May 2015](DATE)\n[Ada Quill](PERSON) will travel to [Lima](GPE) [today](DATE) to speak of tides.\nShe will attend the"
        " [Harbour Kelp Forum](EVENT)."
    )
    assert [event.name for event in read_release(text, published="2015-05-05").events] == ["Harbour Kelp Forum"]


def test_a_name_that_tells_nothing_counts_only_in_the_headline() -> None:
    text = "The dinner will be held at the historic [Saltlicht](EVENT) with all divers."
    assert read_release(text).events == []


def test_the_body_is_believed_before_the_headline() -> None:
    text = (
        "[Harbour Kelp Forum](EVENT) Held at [Reef Board](ORG)\nThe [Harbour Kelp Forum](EVENT) took place at the"
        " [Tide Hall](FAC) on [5 May 2015](DATE)."
    )
    (event,) = read_release(text, sections={"HEADLINE": "Harbour Kelp Forum Held at Reef Board"}).events
    assert event.venue == "Tide Hall"
