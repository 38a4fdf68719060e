"""How likely each row is right: what it is read from, what is fitted, and what a record keeps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from conftest import CORPUS
from report_extract.cli import app
from report_extract.confidence import Calibration, Seen, grade, load_calibration, log_odds
from report_extract.evaluate import read_gold
from report_extract.extractor import Extractor
from report_extract.schema import (
    TABLES,
    Affiliation,
    DateExpression,
    Document,
    EvidenceRow,
    Mention,
    Person,
    PressRelease,
)
from report_extract.train.confidence import (
    JudgedRow,
    fit_confidence,
    judged_rows,
    write_calibration,
)

TEXT = "Ana Ruiz, director of the Reef Society, spoke on 3 May 2010."


def at(words: str, rule: str, confidence: float) -> dict[str, Any]:
    start = TEXT.index(words)
    place = {"document_id": "d", "start": start, "end": start + len(words), "text": words}
    return {**place, "rule": rule, "confidence": confidence}


@pytest.fixture
def record() -> PressRelease:
    document = Document(
        document_id="d", source="a", format="text", sha256="d", words=11, characters=len(TEXT), text=TEXT
    )
    office = Affiliation(
        **at("Ana Ruiz, director of the Reef Society", "affiliations.apposition", 0.9),
        person_id="p1",
        person="Ana Ruiz",
        title="director",
    )
    person = Person(
        **at("Ana Ruiz", "people.given-name", 0.8), person_id="p1", name="Ana Ruiz", mentions=1, affiliations=(office,)
    )
    day = DateExpression(**at("3 May 2010", "dates.day-month", 0.7), edtf="2010-05-03", precision="day", role="event")
    mentions = (
        Mention(**at("Ana Ruiz", "people.given-name", 0.99), label="PERSON", sentence=0, entity_id="p1"),
        Mention(**at("director", "titles.behind-name", 0.6), label="TITLE", sentence=0),
        Mention(**at("Reef Society", "organizations.headed", 0.8), label="ORG", sentence=0),
    )
    return PressRelease(document=document, people=(person,), dates=(day,), mentions=mentions)


def test_an_office_stands_on_its_least_certain_mention(record: PressRelease) -> None:
    features = dict(Seen(record).features("affiliations", record.people[0].affiliations[0]))
    assert features["least"] == pytest.approx(log_odds(0.6))
    assert features["rule affiliations.apposition"] == 1


def test_a_row_without_mentions_is_read_from_its_rule_alone(record: PressRelease) -> None:
    assert set(dict(Seen(record).features("dates", record.dates[0]))) == {"prior", "rule dates.day-month", "given"}


def test_where_the_pipeline_does_not_say_how_sure_it_is_the_usual_is_assumed(record: PressRelease) -> None:
    seen = Seen(record, weighed=False)
    features = dict(seen.features("people", record.people[0]))
    assert "least" not in features
    assert features["usual least"] == 1
    assert dict(seen.features("mentions", record.mentions[1]))["usual TITLE"] == 1


def test_only_the_confidence_changes(record: PressRelease) -> None:
    calibration = Calibration({"affiliations": {"prior": 0.0}, "people": {"rule people.given-name": 3.0}})
    graded = grade(record, calibration)
    assert graded.people[0].affiliations[0].confidence == 0.5
    assert graded.people[0].confidence == pytest.approx(0.9526)
    assert graded.dates == record.dates
    office = graded.people[0].affiliations[0].model_copy(update={"confidence": 0.9})
    assert graded.people[0].model_copy(update={"confidence": 0.8, "affiliations": (office,)}) == record.people[0]
    assert record.people[0].confidence == 0.8
    assert grade(record, Calibration({})) is record


def rows_of(rule: str, right: int, wrong: int) -> list[JudgedRow]:
    features = (("prior", 1.0), (f"rule {rule}", 1.0), ("given", 0.0))
    return [JudgedRow("a", "dates", features, n < right) for n in range(right + wrong)]


def chance(calibration: Calibration, rule: str) -> float:
    return calibration.chance("dates", iter((("prior", 1.0), (f"rule {rule}", 1.0))))


def test_a_rule_is_believed_by_how_often_it_was_right_and_how_often_it_was_seen() -> None:
    rows = [*rows_of("good", 450, 50), *rows_of("bad", 100, 400), *rows_of("rare", 0, 1)]
    calibration = fit_confidence(rows)
    assert chance(calibration, "good") == pytest.approx(0.9, abs=0.05)
    assert chance(calibration, "bad") == pytest.approx(0.2, abs=0.05)
    # One wrong row says little, and a rule never seen has the prior of its table.
    assert abs(chance(calibration, "rare") - chance(calibration, "new")) < 0.1
    assert chance(calibration, "bad") < chance(calibration, "new") < chance(calibration, "good")


def test_releases_beside_do_not_lower_the_share_right() -> None:
    real = rows_of("good", 90, 10)
    aside = [
        JudgedRow("b", row.table, (*row.features, ("aside", 1.0)), row.is_right, 0.1) for row in rows_of("good", 10, 90)
    ]
    assert chance(fit_confidence([*real, *aside]), "good") == pytest.approx(0.9, abs=0.05)
    assert "aside" not in fit_confidence([*real, *aside]).weights["dates"]


def test_a_fit_is_written_the_same_each_time(tmp_path: Path) -> None:
    rows = [*rows_of("good", 9, 1), *rows_of("bad", 2, 8)]
    one = write_calibration(fit_confidence(rows), tmp_path / "one.json")
    other = write_calibration(fit_confidence(list(reversed(rows))), tmp_path / "other.json")
    assert one.read_bytes() == other.read_bytes()
    assert json.loads(one.read_text(encoding="utf-8"))["dates"]["rule good"] > 0


def test_every_table_with_evidence_has_weights() -> None:
    placed = {table.name for table in TABLES if issubclass(table.row, EvidenceRow)}
    assert set(load_calibration().weights) == placed
    assert all("prior" in weights for weights in load_calibration().weights.values())


@pytest.mark.model
def test_rows_that_are_likelier_right_are_told_so(extractor: Extractor) -> None:
    release = next(iter(read_gold(CORPUS / "dev")))
    rows = list(judged_rows([release], extractor.nlp))
    assert {row.release for row in rows} == {release.key}
    record = extractor.extract(release.path)
    assert all(0 < row.confidence < 1 for row in (*record.people, *record.dates, *record.mentions))


@pytest.mark.model
def test_calibrate_writes_weights_and_shows_how_they_come_out(tmp_path: Path) -> None:
    gold, out = tmp_path / "gold", tmp_path / "weights.json"
    gold.mkdir()
    for path in sorted((CORPUS / "dev").glob("tb-*"))[:4]:
        (gold / path.name).write_bytes(path.read_bytes())
    result = CliRunner().invoke(app, ["calibrate", str(gold), "--check", str(gold), "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert "calibration error" in result.output
    assert "people" in json.loads(out.read_text(encoding="utf-8"))
