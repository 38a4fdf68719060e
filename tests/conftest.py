"""What several test files share: the loaded program, the corpus, and the hand-annotated releases where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from report_extract.extractor import Extractor

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
# Real releases are not part of the project. Where a folder of them is at hand, name it here and more tests run.
REAL = Path(os.environ.get("REPORT_EXTRACT_REAL_RELEASES", ROOT.parent / "shared"))


def corpus_files() -> list[Path]:
    return sorted(CORPUS.glob("*/*.txt"))


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    from report_extract.extractor import load  # the fast tests need neither spaCy nor the model

    return load()


@pytest.fixture(scope="session")
def real_releases() -> Path:
    if not (REAL / "gold").is_dir():
        pytest.skip(
            f"no folder of real releases at {REAL.name}/gold; set REPORT_EXTRACT_REAL_RELEASES to run this test"
        )
    return REAL
