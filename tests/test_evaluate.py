"""Scoring: comparison forms, matching of facts, gold spans, floors and comparison with a baseline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from report_extract.errors import EnvironmentFault
from report_extract.evaluate import compare, evaluate, floor_faults, read_baseline, read_gold
from report_extract.evaluate.compare import Tally, close, close_number, comparison_form, same, token_overlap
from report_extract.schema import Document, Person, PressRelease

TEXT = "Dr. Ana Ruiz met Ruiz Ltd in Lima."


def annotation(**changes: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "document": {"title": None, "published": None, "issuer": None, "dateline": None, "language": "en"},
        "people": [],
        "organizations": [],
        "events": [],
        "sessions": [],
        "dates": [],
        "attendance": [],
        "contacts": [],
        "statements": [],
        "mentions": [],
    }
    return empty | changes


@pytest.fixture
def gold_folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    people = [{"name": "Ana Ruiz", "honorific": "Dr.", "affiliations": [], "roles": []}]
    mentions = [["Ana Ruiz", "PERSON"], ["Ruiz Ltd", "ORG"], ["Ruiz", "PERSON", [1]], ["Lima", "GPE"]]
    (tmp_path / "a.json").write_text(json.dumps(annotation(people=people, mentions=mentions)), encoding="utf-8")
    return tmp_path


def release(*names: str, text: str = TEXT) -> PressRelease:
    document = Document(
        document_id="d", source="a", format="text", sha256="d", words=7, characters=len(text), text=text
    )
    people = []
    for n, name in enumerate(names):
        at = text.find(name)
        start, end = (at, at + len(name)) if at >= 0 else (0, 0)
        people.append(
            Person(
                document_id="d", start=start, end=end, text=name, rule="r", confidence=1, person_id=str(n), name=name,
                mentions=1,
            )
        )  # fmt: skip
    return PressRelease(document=document, people=tuple(people))


def test_comparison_forms() -> None:
    assert comparison_form(" The  ‘Blue’ Room. ") == "'blue' room"
    assert comparison_form(None) == ""
    assert same("An Award", "award")
    assert not same("award", "reward")
    assert token_overlap("a b", "b c") == pytest.approx(2 / 3 if comparison_form("a b") == "b" else 0.5)
    assert token_overlap("", "x") == 0
    assert close("School of Law and Society", "School of Law & Society")
    assert close_number(0.3333, 1 / 3)
    assert not close_number(None, 3)
    assert close_number(None, None)


def test_a_gold_fact_is_matched_once() -> None:
    tally = Tally()
    tally.add("a", ["x", "y"], ["x", "x"], same)
    assert (tally.right, tally.wrong, tally.missed) == (1, 1, 1)
    assert tally.f1 == 0.5


def test_nothing_to_find_and_nothing_found_is_right() -> None:
    tally = Tally()
    tally.add("a", [], [], same)
    assert (tally.precision, tally.recall) == (1, 1)


def test_mention_spans_take_the_longest_surface_and_the_named_occurrences(gold_folder: Path) -> None:
    (gold,) = read_gold(gold_folder)
    assert [(TEXT[start:end], label) for start, end, label in gold.mention_spans()] == [
        ("Ana Ruiz", "PERSON"),
        ("Ruiz Ltd", "ORG"),
        ("Lima", "GPE"),
    ]


def test_gained_and_lost_facts(gold_folder: Path, tmp_path: Path) -> None:
    (gold,) = read_gold(gold_folder)
    before = evaluate([(gold, release("Ruiz"))])
    after = evaluate([(gold, release("Ana Ruiz"))])
    saved = tmp_path / "before.json"
    saved.write_text(before.to_json(), encoding="utf-8")
    change = compare(read_baseline(saved), after)
    assert change.gained == [("people", "a", "Ana Ruiz")]
    assert change.lost == []
    saved.write_text(after.to_json(), encoding="utf-8")
    assert compare(read_baseline(saved), before).lost == [("people", "a", "Ana Ruiz")]


def test_evidence_that_is_not_in_the_text_is_counted(gold_folder: Path) -> None:
    (gold,) = read_gold(gold_folder)
    assert evaluate([(gold, release("Nobody"))]).broken_evidence == 1
    assert evaluate([(gold, release("Ana Ruiz"))]).broken_evidence == 0


def test_a_release_that_could_not_be_read_misses_everything(gold_folder: Path) -> None:
    (gold,) = read_gold(gold_folder)
    result = evaluate([(gold, None)])
    assert result.tallies["people"].missed == 1


def test_floors(gold_folder: Path, tmp_path: Path) -> None:
    (gold,) = read_gold(gold_folder)
    floors = tmp_path / "floors.toml"
    floors.write_text("[dev]\npeople = 0.9\n", encoding="utf-8")
    assert floor_faults(evaluate([(gold, release("Ana Ruiz"))]), floors, "dev") == []
    assert floor_faults(evaluate([(gold, release())]), floors, "dev") == ["people: 0.000 is under its floor 0.900"]
    floors.write_text("[dev]\npeopel = 0.9\n", encoding="utf-8")
    with pytest.raises(EnvironmentFault, match="peopel"):
        floor_faults(evaluate([(gold, release())]), floors, "dev")
    with pytest.raises(EnvironmentFault, match="test"):
        floor_faults(evaluate([(gold, release())]), floors, "test")


def test_a_folder_without_annotations_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="no gold annotations"):
        list(read_gold(tmp_path))
