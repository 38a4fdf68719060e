"""The evaluation floors: scores may rise, and never fall unseen."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from conftest import CORPUS
from report_extract.evaluate import evaluate, floor_faults, read_gold
from report_extract.extractor import Extractor

pytestmark = pytest.mark.model
FLOORS = CORPUS / "scores.toml"


def test_scores_on_real_releases(real_releases: Path, extractor: Extractor) -> None:
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    for split in ("real-dev", "real-wide"):
        assert split in floors
        folder = real_releases / "gold" / split.removeprefix("real-")
        result = evaluate((gold, extractor.extract(gold.path)) for gold in read_gold(folder))
        assert floor_faults(result, FLOORS, split) == []
        assert result.broken_evidence == 0


def test_scores_on_the_corpus(extractor: Extractor) -> None:
    result = evaluate((gold, extractor.extract(gold.path)) for gold in read_gold(CORPUS / "dev"))
    assert floor_faults(result, FLOORS, "dev") == []
    assert result.broken_evidence == 0
