"""Gold annotations: one JSON file per release beside its text, in the form of `corpus/GUIDELINES.md`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report_extract.errors import EnvironmentFault


@dataclass(frozen=True, slots=True)
class GoldRelease:
    """A release with its annotation; `data` is the bytes as received."""

    key: str
    path: Path
    data: bytes
    annotation: dict[str, Any]

    @property
    def text(self) -> str:
        """The release's text."""
        return self.data.decode("utf-8")

    def mention_spans(self) -> list[tuple[int, int, str]]:
        """Character spans with labels: every occurrence of each surface, longest surface first, no overlap."""
        rows: dict[str, list[tuple[str, set[int] | None]]] = {}
        for row in self.annotation.get("mentions", []):
            rows.setdefault(row[0], []).append((row[1], set(row[2]) if len(row) > 2 else None))
        text, taken, out = self.text, bytearray(len(self.text)), []
        for surface in sorted(rows, key=len, reverse=True):
            for number, (start, end) in enumerate(_occurrences(surface, text), 1):
                label = next((label for label, only in rows[surface] if only is None or number in only), None)
                if label is not None and not any(taken[start:end]):
                    taken[start:end] = b"\x01" * (end - start)
                    out.append((start, end, label))
        return sorted(out)


def read_gold(folder: Path) -> Iterator[GoldRelease]:
    """The annotated releases of a folder and its subfolders, in order of path.

    Raises:
        EnvironmentFault: when the folder holds no annotations, or a text or annotation cannot be read.
    """
    paths = sorted(folder.glob("**/*.json"))
    if not paths:
        raise EnvironmentFault(f"{folder}: no gold annotations (ID.json beside ID.txt) in this folder")
    for path in paths:
        try:
            yield GoldRelease(
                path.stem,
                path.with_suffix(".txt"),
                path.with_suffix(".txt").read_bytes(),
                json.loads(path.read_text(encoding="utf-8")),
            )
        except (OSError, ValueError) as error:
            raise EnvironmentFault(f"{path}: cannot read this annotation or its text beside it: {error}") from error


def _occurrences(surface: str, text: str) -> list[tuple[int, int]]:
    before = r"(?<!\w)" if surface[:1].isalnum() else ""
    after = r"(?!\w)" if surface[-1:].isalnum() else ""
    literal = re.escape(surface)
    hits = list(re.finditer(before + literal + after, text)) or list(re.finditer(literal, text))
    return [hit.span() for hit in hits]
