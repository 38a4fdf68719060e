"""What is kept of a training run: its recipe, the scores after each epoch, the scores at its end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def write_report(path: Path, report: Mapping[str, object]) -> None:
    """Writes the report as JSON."""
    path.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
