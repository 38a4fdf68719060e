"""The command line through its runner: what is printed, what is written, and every exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import report_extract
from conftest import CORPUS, ROOT
from report_extract.cli import app
from report_extract.schema import TABLES, PressRelease

pytestmark = pytest.mark.model
runner = CliRunner()
RELEASE = """Marsh Institute opens tidal laboratory

PORT LOWE, 4 March 2019 - Dr. Ines Okoro, Director of the Marsh Institute, opened the Tidal Laboratory Symposium in
Lima on 4 March 2019. More than 120 participants attended the symposium.

"This is a good day for the coast," said Dr. Okoro.

Contact: Piet Lund, press@marsh.example.org
"""


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "release.txt"
    path.parent.mkdir()
    path.write_text(RELEASE, encoding="utf-8")
    return path


def test_help_answers_without_spacy() -> None:
    code = (
        "import sys\nfrom typer.testing import CliRunner\nfrom report_extract.cli import app\n"
        "result = CliRunner().invoke(app, ['--help'])\nassert result.exit_code == 0, result.output\n"
        "heavy = {'spacy', 'pandas', 'pyarrow', 'trafilatura', 'dateparser', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_run_writes_every_table_and_says_so(release: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = runner.invoke(app, ["run", str(release.parent), "-o", str(out), "--format", "csv,sqlite,jsonl"])
    assert result.exit_code == 0, result.output
    assert "1 releases" in result.output
    for table in TABLES:
        assert list(pd.read_parquet(out / table.name).columns) == list(table.columns)
        assert (out / "csv" / f"{table.name}.csv").is_file()
        assert (out / "jsonl" / f"{table.name}.jsonl").is_file()
    assert (out / "dataset.sqlite").is_file()
    assert json.loads((out / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    facts = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert facts["releases"] == 1
    assert facts["rows"]["people"] == len(pd.read_parquet(out / "people"))


def test_two_runs_give_the_same_bytes(release: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        args = ["run", str(release.parent), "-o", str(tmp_path / name), "--format", "csv,sqlite,jsonl", "-q"]
        assert runner.invoke(app, args).exit_code == 0
    files = sorted(p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*") if p.is_file())
    assert len(files) > len(TABLES)
    for file in files:
        if file.name != "run.json":
            assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file


def test_a_bad_input_is_a_row_and_the_run_goes_on(release: Path, tmp_path: Path) -> None:
    (release.parent / "empty.txt").write_bytes(b"")
    (release.parent / "scan.txt").write_bytes(b"%PDF-1.7\n\x00\x01\x02\x00")
    out = tmp_path / "out"
    result = runner.invoke(app, ["run", str(release.parent / "*.txt"), "-o", str(out)])
    assert result.exit_code == 1, result.output
    failures = pd.read_parquet(out / "failures")
    assert sorted(failures["error"]) == ["binary", "empty"]
    assert all(failures["stage"] == "ingest")
    assert len(pd.read_parquet(out / "documents")) == 1


def test_the_same_bytes_are_read_once_and_the_same_words_are_told(release: Path, tmp_path: Path) -> None:
    (release.parent / "same-bytes.txt").write_text(RELEASE, encoding="utf-8")
    (release.parent / "same-words.txt").write_bytes(RELEASE.replace("\n", "\r\n").encode())
    out = tmp_path / "out"
    result = runner.invoke(app, ["run", str(release.parent), "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert "read once" in result.output
    documents = pd.read_parquet(out / "documents")
    assert len(documents) == 2
    assert documents["duplicate_of"].dropna().tolist() == [documents["document_id"][0]]


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    result = runner.invoke(app, ["run", str(tmp_path / "nowhere"), "-o", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "failed" in result.output


def test_a_folder_with_other_files_is_not_overwritten(release: Path) -> None:
    result = runner.invoke(app, ["run", str(release), "-o", str(release.parent)])
    assert result.exit_code == 2
    assert release.read_text(encoding="utf-8") == RELEASE


def test_usage_errors(release: Path, tmp_path: Path) -> None:
    assert runner.invoke(app, ["run", str(release), "-o", str(tmp_path / "o"), "--format", "xls"]).exit_code == 2
    assert runner.invoke(app, ["run"]).exit_code == 2


def test_a_missing_model_is_a_fault_of_the_environment(release: Path) -> None:
    result = runner.invoke(app, ["show", str(release), "--model", "no_such_model"])
    assert result.exit_code == 5
    assert "no_such_model" in result.output


def test_show_json_is_a_record(release: Path) -> None:
    result = runner.invoke(app, ["show", str(release), "--json"])
    assert result.exit_code == 0, result.output
    record = PressRelease.model_validate_json(result.output)
    assert "Ines Okoro" in [person.name for person in record.people]
    assert [a.low for a in record.attendance] == [120]


def test_show_reads_standard_input_and_highlights() -> None:
    result = runner.invoke(app, ["show", "-"], input=RELEASE.encode())
    assert result.exit_code == 0, result.output
    assert "Ines Okoro" in result.output
    assert "people." in result.output  # rule ids stand beside the facts


def test_show_names_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    result = runner.invoke(app, ["show", str(tmp_path / "gone.txt")])
    assert result.exit_code == 1
    assert "gone.txt" in result.output


def test_schema_is_json_schema() -> None:
    result = runner.invoke(app, ["schema"])
    assert result.exit_code == 0
    assert json.loads(result.output)["title"] == "PressRelease"


def test_info_names_model_and_components() -> None:
    result = runner.invoke(app, ["info"])
    assert result.exit_code == 0, result.output
    assert "report_mentions" in result.output


def test_version() -> None:
    assert runner.invoke(app, ["--version"]).exit_code == 0


def test_evaluate_floors_and_baseline(tmp_path: Path) -> None:
    saved, floors = tmp_path / "scores.json", tmp_path / "floors.toml"
    one = next(iter(sorted((CORPUS / "dev").glob("*.json"))))
    gold = tmp_path / "gold"
    gold.mkdir()
    for path in (one, one.with_suffix(".txt")):
        (gold / path.name).write_bytes(path.read_bytes())
    assert runner.invoke(app, ["evaluate", str(gold), "--json", str(saved)]).exit_code == 0
    again = runner.invoke(app, ["evaluate", str(gold), "--baseline", str(saved), "--errors", "people"])
    assert again.exit_code == 0, again.output
    assert "0 gained, 0 lost" in again.output
    floors.write_text("[dev]\nheadline = 1.01\n", encoding="utf-8")
    under = runner.invoke(app, ["evaluate", str(gold), "--floors", str(floors)])
    assert under.exit_code == 3
    assert runner.invoke(app, ["evaluate", str(tmp_path / "in")]).exit_code == 2
    assert runner.invoke(app, ["evaluate", str(gold), "--floors", str(saved)]).exit_code == 5


def test_every_command_and_public_name_is_documented() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("run", "show", "schema", "evaluate", "calibrate", "info"):
        assert f"report-extract {command}" in readme, command
    for name in report_extract.__all__:
        assert getattr(report_extract, name).__doc__, name
