"""What the README shows is what the program does: its Python examples run, and its tables name what there is."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from conftest import CORPUS, ROOT
from report_extract.batch import run
from report_extract.extractor import Extractor
from report_extract.schema import TABLES

README = ROOT / "README.md"


@pytest.mark.model
def test_the_examples_run(extractor: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run([str(CORPUS / "train" / "ndaru-fisheries-symposium.txt")], tmp_path / "dataset", extractor)
    monkeypatch.chdir(tmp_path)
    result = doctest.testfile(str(README), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.attempted > 15
    assert result.failed == 0


def test_every_table_is_named() -> None:
    rows = [line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert all(any(table.name in row for row in rows) for table in TABLES)
