"""A whole run: what came out is counted, what failed is told, what was seen before is named; and the exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from report_extract.batch import run
from report_extract.cli import app
from report_extract.dataset import read_dataset
from report_extract.errors import DatasetError
from report_extract.extractor import Extractor
from report_extract.ingest import count_inputs
from report_extract.schema import TABLES

pytestmark = pytest.mark.model

HEADLINE = "Quay Trust opens harbour fair"
BODY = "Dr. Ada Quill, director of the Quay Trust, opened the harbour fair in Lima on 4 March 2019. 300 guests came."
RELEASE = f"{HEADLINE}\n\n{BODY}\n"
OTHER = "Reef Institute names director\n\nThe Reef Institute named Dr. Ben Roe its director on 5 May 2018.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two releases; the first again in the same bytes, in other line ends, encoding and markup; and three failures."""
    root = tmp_path / "in"
    (root / "sub").mkdir(parents=True)
    page = f"<html><body><nav><a>Home</a></nav><h1>{HEADLINE}</h1><p>{BODY}</p></body></html>"
    for name, data in {
        "a.txt": RELEASE.encode(),
        "b-empty.txt": b"",
        "c-scan.pdf": b"%PDF-1.7 \x00",
        "d-other.txt": OTHER.encode(),
        "e-lines.txt": RELEASE.replace("\n", "\r\n").encode(),
        "f-wide.txt": RELEASE.encode("utf-16"),
        "g-same.txt": RELEASE.encode(),
        "h-page.html": page.encode(),
        "sub/i-capitals.txt": RELEASE.upper().encode(),
        "sub/j-large.txt": b"The fair. " * 300,
    }.items():
        (root / name).write_bytes(data)
    return root


def facts(out: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return read


def test_a_mixed_folder_gives_tables_failures_and_counts(folder: Path, tmp_path: Path, extractor: Extractor) -> None:
    out, seen = tmp_path / "out", list[str]()
    report = run([folder], out, extractor, max_bytes=2000, progress=seen.append)
    dataset = read_dataset(out)
    names = ["a.txt", "d-other.txt", "e-lines.txt", "f-wide.txt", "h-page.html", "sub/i-capitals.txt"]
    assert dataset.documents["source"].tolist() == [str(folder / name) for name in names]
    failed = [("b-empty.txt", "empty"), ("c-scan.pdf", "binary"), ("sub/j-large.txt", "too_large")]
    assert list(zip(dataset.failures["source"], dataset.failures["error"], strict=True)) == [
        (str(folder / name), error) for name, error in failed
    ]
    assert set(dataset.failures["stage"]) == {"ingest"}
    assert report.failures == {"empty": 1, "binary": 1, "too_large": 1}
    assert (report.releases, report.failed) == (6, 3)
    assert report.words == dataset.documents["words"].sum()
    assert report.rows == {name: len(frame) for name, frame in dataset.tables.items()}
    # Each input is told once, in order, also the one whose bytes were seen before.
    assert seen == [str(path) for path in sorted(folder.rglob("*.*"))]
    assert len(seen) == count_inputs([folder]) == 10


def test_the_same_words_in_other_bytes_point_to_the_first(folder: Path, tmp_path: Path, extractor: Extractor) -> None:
    report = run([folder], tmp_path / "out", extractor)
    documents = read_dataset(tmp_path / "out").documents
    first = documents["document_id"][0]
    origins = dict(zip((Path(s).name for s in documents["source"]), documents["duplicate_of"].fillna(""), strict=True))
    assert origins == {
        "a.txt": "",
        "d-other.txt": "",
        "e-lines.txt": first,
        "f-wide.txt": first,
        "h-page.html": first,
        "i-capitals.txt": first,
        "j-large.txt": "",
    }
    assert report.repeated == [{"source": str(folder / "g-same.txt"), "document_id": first}]
    assert documents["document_id"].is_unique


def test_run_json_says_what_was_done_and_with_what(folder: Path, tmp_path: Path, extractor: Extractor) -> None:
    out = tmp_path / "out"
    report = run([folder], out, extractor, formats=["jsonl"], published="2019-03-05", max_bytes=2000)
    told = facts(out)
    assert told["failures"] == {"binary": 1, "empty": 1, "too_large": 1}
    assert (told["releases"], told["failed"], told["words"]) == (6, 3, report.words)
    assert told["rows"] == report.rows
    assert list(told["rows"]) == [table.name for table in TABLES]
    assert told["repeated"] == report.repeated
    assert told["settings"] == {
        "formats": ["parquet", "jsonl"],
        "inputs": [str(folder)],
        "published": "2019-03-05",
        "max_bytes": 2000,
    }
    assert told["model"]["name"] == extractor.nlp.meta["name"]
    assert {"report-extract", "spacy", "pyarrow"} <= set(told["versions"])
    assert told["finished"].endswith("+00:00")
    assert told["seconds"] > 0


def test_two_runs_differ_in_run_json_alone(folder: Path, tmp_path: Path, extractor: Extractor) -> None:
    for name in ("one", "two"):
        run([folder], tmp_path / name, extractor, formats=["csv", "sqlite", "jsonl"])
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(files) == 3 * len(TABLES) + 3
    differing = {str(f) for f in files if (tmp_path / "one" / f).read_bytes() != (tmp_path / "two" / f).read_bytes()}
    assert differing <= {"run.json"}


def test_a_run_does_not_read_what_it_writes(folder: Path, extractor: Extractor) -> None:
    out = folder / "dataset"
    first = run([folder], out, extractor, formats=["csv", "jsonl"])
    again = run([folder, f"{folder}/**/*.csv"], out, extractor)
    assert again.releases == first.releases == 7
    assert again.failures == first.failures | {"no_match": 1}


def test_a_fault_in_one_release_is_a_row(
    folder: Path, tmp_path: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from report_extract import pipeline

    def find_places(doc: Any) -> list[object]:
        if "Reef Institute" in doc.text:
            raise ValueError("a reef")
        return []

    monkeypatch.setattr(pipeline, "find_places", find_places)
    report = run([folder / "a.txt", folder / "d-other.txt", folder / "f-wide.txt"], tmp_path / "out", extractor)
    (failure,) = read_dataset(tmp_path / "out").failures.to_dict("records")
    assert (failure["source"], failure["stage"], failure["error"]) == (
        str(folder / "d-other.txt"),
        "extract",
        "internal",
    )
    assert "ValueError in extract: a reef; please report it" in failure["message"]
    assert report.releases == 2


def test_nothing_readable_still_gives_a_dataset(tmp_path: Path, extractor: Extractor) -> None:
    report = run([tmp_path / "nowhere", str(tmp_path / "*.none")], tmp_path / "out", extractor)
    dataset = read_dataset(tmp_path / "out")
    assert report.failures == {"unreadable": 1, "no_match": 1}
    assert dataset.documents.empty
    assert facts(tmp_path / "out")["failures"] == {"no_match": 1, "unreadable": 1}


def test_a_wrong_date_or_folder_stops_the_run_before_it_writes(
    folder: Path, tmp_path: Path, extractor: Extractor
) -> None:
    with pytest.raises(ValueError, match="'5 May' is no EDTF date"):
        run([folder], tmp_path / "out", extractor, published="5 May")
    with pytest.raises(DatasetError, match="holds files"):
        run([folder], folder, extractor)
    with pytest.raises(DatasetError, match="name one where you may write"):
        run([folder], folder / "a.txt" / "out", extractor)
    assert not (tmp_path / "out" / "documents" / "part-00000.parquet").exists()
    assert not (folder / "documents").exists()


# The same through the command line

Invoke = Callable[..., Result]


@pytest.fixture
def invoke(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """The command line with the model that the session has loaded."""
    monkeypatch.setattr("report_extract.extractor.load", lambda _model=None: extractor)

    def call(*args: object, **options: Any) -> Result:
        return CliRunner().invoke(app, ["run", *map(str, args)], **options)

    return call


def test_exit_0_all_well(folder: Path, tmp_path: Path, invoke: Invoke) -> None:
    result = invoke(folder / "a.txt", folder / "d-other.txt", "-o", tmp_path / "out", "--format", "csv, jsonl")
    assert result.exit_code == 0, result.output
    assert "2 releases" in result.output
    assert (tmp_path / "out" / "csv" / "people.csv").is_file()
    assert (tmp_path / "out" / "jsonl" / "people.jsonl").is_file()
    assert not (tmp_path / "out" / "dataset.sqlite").exists()


def test_quiet_prints_nothing(folder: Path, tmp_path: Path, invoke: Invoke) -> None:
    result = invoke(folder, "-o", tmp_path / "out", "-q")
    assert (result.exit_code, result.output) == (1, "")


def test_standard_input_is_read(tmp_path: Path, invoke: Invoke) -> None:
    result = invoke("-", "-o", tmp_path / "out", input=RELEASE.encode())
    assert result.exit_code == 0, result.output
    assert read_dataset(tmp_path / "out").documents["source"].tolist() == ["-"]


def test_exit_1_finished_with_failures(folder: Path, tmp_path: Path, invoke: Invoke) -> None:
    result = invoke(folder, "-o", tmp_path / "out", "--max-megabytes", "0.002")
    assert result.exit_code == 1
    for line in ("6 releases", "1 failed: binary", "1 failed: empty", "1 failed: too_large", "1 inputs had bytes seen"):
        assert line in result.output
    assert invoke(tmp_path / "*.none", "-o", tmp_path / "none").exit_code == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--format", "xls"], "unknown format xls"),
        (["--published", "5 May"], "is no EDTF date"),
        (["--published", "2019-02-30"], "is no EDTF date"),
        (["--max-megabytes", "many"], "max-megabytes"),
        (["--no-such-option"], "no-such-option"),
    ],
)
def test_exit_2_usage(options: list[str], told: str, folder: Path, tmp_path: Path, invoke: Invoke) -> None:
    result = invoke(folder, "-o", tmp_path / "out", *options, env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"})
    assert result.exit_code == 2, result.output
    assert told in result.output
    assert not (tmp_path / "out").exists()


def test_exit_2_where_the_output_would_harm(folder: Path, invoke: Invoke) -> None:
    for target in (folder, folder / "a.txt"):
        assert invoke(folder / "d-other.txt", "-o", target).exit_code == 2
    assert (folder / "a.txt").read_bytes() == RELEASE.encode()
    assert not (folder / "documents").exists()
    forced = invoke(folder / "d-other.txt", "-o", folder, "--force")
    assert forced.exit_code == 0, forced.output
    assert (folder / "a.txt").read_bytes() == RELEASE.encode()


def test_brackets_in_names_are_printed_as_they_are(tmp_path: Path, invoke: Invoke) -> None:
    (tmp_path / "in [red]").mkdir()
    (tmp_path / "in [red]" / "[b] a[.txt").write_text(RELEASE, encoding="utf-8")
    result = invoke(tmp_path / "in [red]", "-o", tmp_path / "[i]out", env={"COLUMNS": "500"})
    assert result.exit_code == 0, result.output
    assert "[i]out" in result.output
    gone = CliRunner().invoke(app, ["show", str(tmp_path / "[/b] gone [red].txt")])
    assert (gone.exit_code, "[/b] gone [red].txt" in gone.output) == (1, True)


def test_exit_5_environment(folder: Path, tmp_path: Path, invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("report_extract.dataset.write.write_package", full)
    result = invoke(folder, "-o", tmp_path / "out")
    assert result.exit_code == 5
    assert "No space left on device" in result.output
    monkeypatch.undo()
    missing = CliRunner().invoke(app, ["run", str(folder), "-o", str(tmp_path / "o"), "--model", "en_no_such_model"])
    assert missing.exit_code == 5
    assert "spacy download en_no_such_model" in missing.output
    assert not (tmp_path / "o").exists()
