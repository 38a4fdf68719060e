"""Laws that hold for every release of the corpus, and for the real ones where they are at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import corpus_files
from report_extract.clean import clean_text
from report_extract.evidence import is_monotone
from report_extract.extractor import Extractor
from report_extract.schema import TABLES, Failure, PressRelease

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def records(extractor: Extractor) -> dict[Path, PressRelease]:
    return {path: extractor.extract(path) for path in corpus_files()}


def law_faults(record: PressRelease) -> Iterator[str]:  # noqa: C901 - a list of laws
    """What is wrong with a record: evidence that is not in the text, keys that lead nowhere, ids out of order."""
    rows, text = record.to_rows(), record.document.text
    keys = {t.name: [row[t.primary_key] for row in rows[t.name]] for t in TABLES if t.primary_key}
    for name, ids in keys.items():
        if len(set(ids)) != len(ids):
            yield f"{name}: an id stands twice"
    for table in TABLES:
        for row in rows[table.name]:
            if "start" in row and (text[row["start"] : row["end"]] != row["text"] or not row["text"]):
                yield f"{table.name}: {row['start']}:{row['end']} is not {row['text']!r}"
            if "rule" in row and not row["rule"].strip():
                yield f"{table.name}: no rule"
            for value in row.values():
                if isinstance(value, str) and not value.strip() and value != text:
                    yield f"{table.name}: an empty string where null is meant: {row}"
            for key in table.foreign_keys:
                if row[key.column] is not None and row[key.column] not in keys[key.table]:
                    yield f"{table.name}.{key.column}: {row[key.column]} is not in {key.table}"


@pytest.mark.parametrize("path", corpus_files(), ids=lambda path: path.stem)
def test_evidence_keys_and_nulls(path: Path, records: dict[Path, PressRelease]) -> None:
    assert list(law_faults(records[path])) == []


@pytest.mark.parametrize("path", corpus_files(), ids=lambda path: path.stem)
def test_json_there_and_back(path: Path, records: dict[Path, PressRelease]) -> None:
    record = records[path]
    assert PressRelease.model_validate_json(record.model_dump_json()) == record


# Twice the whole corpus takes minutes: dev and test, and every tenth of the many in train.
AGAIN = [path for n, path in enumerate(corpus_files()) if path.parent.name != "train" or n % 10 == 0]


@pytest.mark.parametrize("path", AGAIN, ids=lambda path: path.stem)
def test_the_same_bytes_give_the_same_record(
    path: Path, records: dict[Path, PressRelease], extractor: Extractor
) -> None:
    assert extractor.extract(path).model_dump_json() == records[path].model_dump_json()


@pytest.mark.parametrize("path", corpus_files(), ids=lambda path: path.stem)
def test_cleaning_twice_is_cleaning_once(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    cleaned = clean_text(text)
    assert clean_text(cleaned.text).text == cleaned.text
    assert is_monotone(cleaned.map)
    kept = [n for n in range(len(cleaned.text)) if cleaned.map.ends[n] - cleaned.map.starts[n] == 1]
    assert len(kept) >= 0.9 * len(cleaned.text)


def test_a_release_with_nothing_in_it(extractor: Extractor) -> None:
    assert list(law_faults(extractor.extract("."))) == []


def test_real_releases_keep_the_laws(real_releases: Path, extractor: Extractor) -> None:
    # Every third; `report-extract evaluate` holds all of them to the law of evidence.
    paths = (sorted(real_releases.glob("gold/*/*.txt")) + sorted(real_releases.glob("press/text/**/*.txt")))[::3]
    faults = []
    for path, record in zip(paths, extractor.stream(paths), strict=True):
        if isinstance(record, Failure):
            faults.append(f"{path.name}: {record.message}")
        else:
            faults += [f"{path.name}: {fault}" for fault in law_faults(record)]
    assert faults == []


def test_real_originals_never_break_a_run(real_releases: Path, extractor: Extractor) -> None:
    paths = [p for p in sorted(real_releases.glob("press/original/**/*")) if p.suffix in (".html", ".md", ".pdf")]
    paths = paths[::2]
    results = list(extractor.stream(paths))
    broken = [r for r in results if isinstance(r, Failure) and r.error not in ("binary", "empty")]
    assert len(results) == len(paths)
    assert broken == []
    assert all(list(law_faults(r)) == [] for r in results if isinstance(r, PressRelease))
