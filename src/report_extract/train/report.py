"""What is kept of a training run: its recipe, the scores after each epoch, the scores on the test sets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path


def write_report(
    path: Path,
    recipe: Mapping[str, object],
    history: Sequence[Mapping[str, object]],
    tests: Mapping[str, Mapping[str, float]],
) -> None:
    """Writes the report as JSON."""
    report = {"recipe": recipe, "history": list(history), "tests": tests}
    path.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
