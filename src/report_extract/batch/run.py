"""From inputs to a dataset folder: read, extract, write; count what came out and keep a list of what failed.

The same inputs give the same tables, byte for byte. What differs between runs (clock time, speed) stands in `run.json`
alone.
"""

from __future__ import annotations

import hashlib
import json
import platform
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from report_extract.dataset import write_dataset, written_formats
from report_extract.extractor import Extractor
from report_extract.ingest import DEFAULT_MAX_BYTES, read_sources
from report_extract.schema import Failure, PressRelease, Source

Progress = Callable[[str], None]


@dataclass(slots=True)
class RunReport:
    """What a run did: releases written, inputs with bytes seen before, failures by reason, rows by table."""

    releases: int = 0
    words: int = 0
    repeated: list[dict[str, str]] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)
    rows: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def failed(self) -> int:
        """How many inputs could not be read or processed."""
        return sum(self.failures.values())


def run(  # noqa: PLR0913 - all but the first three are keyword-only
    inputs: Sequence[str | Path],
    out: Path,
    extractor: Extractor,
    *,
    formats: Sequence[str] = ("parquet",),
    published: str | None = None,
    max_bytes: int = DEFAULT_MAX_BYTES,
    force: bool = False,
    progress: Progress | None = None,
) -> RunReport:
    """Extract every input and write the dataset into `out`.

    Args:
        inputs: files, folders (read recursively, but for `out` inside them), globs, or "-" for standard input.
        out: the dataset's folder; an earlier dataset there is replaced.
        extractor: from `report_extract.load`.
        formats: any of parquet (always written), csv, sqlite, jsonl.
        published: the date (EDTF) of all these releases, where it is known from elsewhere.
        max_bytes: larger inputs become failures.
        force: write even into a folder that holds other files.
        progress: called with the input's name after each input, also after those that failed or were seen before.

    Returns:
        What was done; the same stands in `out/run.json`.

    Raises:
        DatasetError: when `out` holds other files and `force` is not set.
        ValueError: when `published` is no EDTF date.
    """
    report, begun = RunReport(), time.perf_counter()
    sources = _unrepeated(read_sources(inputs, max_bytes=max_bytes, without=out), report, progress)
    results = extractor.stream(sources, published=published)
    report.rows = dict(write_dataset(out, _counted(results, report, progress), formats=formats, force=force))
    report.seconds = round(time.perf_counter() - begun, 3)
    settings = {"inputs": [str(item) for item in inputs], "published": published, "max_bytes": max_bytes}
    _write_run_json(out, report, extractor, {"formats": written_formats(formats), **settings})
    return report


def _unrepeated(
    items: Iterable[Source | Failure], report: RunReport, progress: Progress | None
) -> Iterator[Source | Failure]:
    """Each release once: a second input with the same bytes has the same id and the same rows."""
    seen: set[str] = set()
    for item in items:
        if isinstance(item, Source):
            if item.sha256 in seen:
                report.repeated.append({"source": item.name, "document_id": item.sha256[:16]})
                if progress is not None:
                    progress(item.name)
                continue
            seen.add(item.sha256)
        yield item


def _counted(
    results: Iterable[PressRelease | Failure], report: RunReport, progress: Progress | None
) -> Iterator[PressRelease | Failure]:
    first_with: dict[str, str] = {}
    for result in results:
        if isinstance(result, Failure):
            report.failures[result.error] += 1
            name = result.source
        else:
            report.releases += 1
            report.words += result.document.words
            name = result.document.source
            result = _with_original(result, first_with)
        if progress is not None:
            progress(name)
        yield result


def _with_original(release: PressRelease, first_with: dict[str, str]) -> PressRelease:
    """The release, told which earlier one has the same words (other bytes: line ends, markup, encoding)."""
    words = " ".join(release.document.text.split()).casefold()
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
    original = first_with.setdefault(digest, release.document.document_id)
    if original == release.document.document_id:
        return release
    return release.model_copy(update={"document": release.document.model_copy(update={"duplicate_of": original})})


def _write_run_json(out: Path, report: RunReport, extractor: Extractor, settings: dict[str, object]) -> None:
    meta = extractor.nlp.meta
    facts = {
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("report-extract", "spacy", "dateparser", "pydantic", "pyarrow")},
        "model": {key: meta.get(key) for key in ("lang", "name", "version")},
        "settings": settings,
        "releases": report.releases,
        "words": report.words,
        "repeated": report.repeated,
        "failed": report.failed,
        "failures": dict(sorted(report.failures.items())),
        "rows": report.rows,
        "seconds": report.seconds,
        "words_per_second": round(report.words / report.seconds) if report.seconds else None,
    }
    (out / "run.json").write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
