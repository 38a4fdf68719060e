"""Scoring: comparison forms, matching of facts, gold spans, floors and comparison with a baseline."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from report_extract.errors import EnvironmentFault
from report_extract.evaluate import compare, evaluate, floor_faults, read_baseline, read_gold
from report_extract.evaluate.compare import Tally, close, close_number, comparison_form, pair, same, token_overlap
from report_extract.evaluate.judge import Verdict
from report_extract.evaluate.levels import exact, overlapping
from report_extract.evaluate.rules import reliability, rule_scores
from report_extract.evaluate.view import comparison_view, evaluation_view
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
    assert change.gained == [("people", "a", "Ana Ruiz", "r")]
    assert change.lost == []
    assert change.mistaken == []
    assert change.mended == [("people", "a", "Ruiz", "r")]
    saved.write_text(after.to_json(), encoding="utf-8")
    assert compare(read_baseline(saved), before).lost == [("people", "a", "Ana Ruiz", "r")]


def test_facts_are_told_by_how_near_they_come(gold_folder: Path) -> None:
    (gold,) = read_gold(gold_folder)
    levels = evaluate([(gold, release("ana  ruiz", "Ruiz Ltd"))]).levels["people"]
    assert [(name, tally.right, tally.wrong) for name, tally in levels.items()] == [
        ("exact", 0, 2),
        ("normalized", 1, 1),
        ("overlapping", 1, 1),
    ]
    surname = evaluate([(gold, release("Ruiz"))])
    assert surname.tallies["people"].right == 0
    assert surname.levels["people"]["overlapping"].right == 1


def test_the_nearest_fact_is_paired_first() -> None:
    assert pair(["Ana Ruiz", "Ruiz"], ["Ruiz", "Ana Ruiz"], overlapping) == [0, 1]
    assert pair(["Ana Ruiz", "Ruiz"], ["Ruiz", "Ana Ruiz"], exact, overlapping) == [1, 0]


def test_spans_overlap_by_their_place_and_label() -> None:
    assert not overlapping((0, 8, "ORG"), (9, 20, "PERSON"))
    assert exact((0, 8, "ORG"), (0, 8, "ORG"))


def test_whole_releases_are_counted_where_there_is_something_to_find(gold_folder: Path) -> None:
    (gold,) = read_gold(gold_folder)
    right = evaluate([(gold, release("Ana Ruiz"))]).tallies["people"]
    assert (right.whole, right.told) == (1, 1)
    more = evaluate([(gold, release("Ana Ruiz", "Ruiz"))])
    assert (more.tallies["people"].whole, more.tallies["people"].told) == (0, 1)
    assert (more.tallies["events"].whole, more.tallies["events"].told) == (0, 0)
    assert more.whole == (0, 0)


def test_each_row_is_judged_with_its_rule(gold_folder: Path) -> None:
    (gold,) = read_gold(gold_folder)
    result = evaluate([(gold, release("Ana Ruiz", "Ruiz"))])
    (score,) = rule_scores(result.verdicts)
    assert (score.table, score.rule, score.rows, score.right) == ("people", "r", 2, 1)
    saved = json.loads(result.to_json())
    assert saved["rules"] == [{"table": "people", "rule": "r", "rows": 2, "right": 1, "precision": 0.5}]
    assert saved["scores"]["people"]["exact"]["precision"] == 0.5
    assert saved["scores"]["people"]["whole"] == {"releases": 1, "right": 0}
    assert saved["reliability"]["people"]["error"] == pytest.approx(0.5)


def test_confidence_is_compared_with_truth_bin_by_bin() -> None:
    rows = [Verdict("people", "r", 0.75, n < 3, {}) for n in range(4)]
    rows += [Verdict("people", "r", 1.0, True, {}), Verdict("people", "r", 0.0, True, {})]
    found = reliability(rows)
    assert [(one.low, one.rows, one.right) for one in found.bins] == [(0.0, 1, 1.0), (0.7, 4, 0.75), (0.9, 1, 1.0)]
    assert found.error == pytest.approx(1 / 6)
    assert reliability([]).bins == ()


@pytest.mark.parametrize("width", [60, 100, 160])
def test_the_report_fits_the_terminal(gold_folder: Path, width: int) -> None:
    (gold,) = read_gold(gold_folder)
    result = evaluate([(gold, release("Ana Ruiz", "Ruiz"))])
    console = Console(width=width, file=StringIO())
    with console.capture() as shown:
        console.print(evaluation_view(result, width))
    lines = shown.get().splitlines()
    assert max(map(len, lines)) <= width
    assert all(
        any(name in line for line in lines) for name in ("document.published *", "overlap", "affiliations by tier")
    )
    assert any(line.split() == ["r", "2", "1", "0.500"] for line in lines)


def test_a_baseline_without_rules_can_still_be_read(gold_folder: Path, tmp_path: Path) -> None:
    (gold,) = read_gold(gold_folder)
    now = evaluate([(gold, release("Ana Ruiz"))])
    old = tmp_path / "old.json"
    old.write_text(json.dumps({"facts": {"people": [["a", "missed", "Ana Ruiz"]]}}), encoding="utf-8")
    before = read_baseline(old)
    change = compare(before, now)
    console = Console(width=90, file=StringIO())
    with console.capture() as shown:
        console.print(comparison_view(change, before, now))
    assert "people  0.000  1.000" in " ".join(shown.get().split()).replace(" ", "  ")
    assert "1 gained, 0 lost; 0 new mistakes, 0 mended" in shown.get()


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
