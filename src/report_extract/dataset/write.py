"""A dataset folder, written as the releases come: memory holds one batch of rows a table, never the whole archive.

Every file is written beside its place and moved there when all are whole: a reader never sees half a table, and a run
that breaks off leaves the earlier dataset as it was. The same rows give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from report_extract.dataset.package import PACKAGE_NAME, write_package
from report_extract.dataset.sqlite import SqliteWriter
from report_extract.dataset.tables import arrow_schema
from report_extract.errors import DatasetError
from report_extract.schema import TABLES, Failure, PressRelease

FORMATS = ("parquet", "csv", "sqlite", "jsonl")
MARK = "datapackage.json"
_BATCH_ROWS = 20_000
_HALF = ".half"

Rows = list[dict[str, Any]]


class TableWriter(Protocol):
    """What takes the rows of all tables, batch by batch."""

    def write(self, table: str, batch: pa.RecordBatch) -> None:
        """Add these rows to the table."""

    def close(self) -> None:
        """Write what is left and put the files in their places."""

    def abandon(self) -> None:
        """Throw away what was written."""


def write_dataset(
    out: Path, results: Iterable[PressRelease | Failure], *, formats: Sequence[str] = ("parquet",), force: bool = False
) -> dict[str, int]:
    """Write all tables of a dataset.

    Args:
        out: the folder; a dataset that stands there is replaced.
        results: records and failures, in the order in which their rows shall stand; each document once.
        formats: any of parquet (`out/<table>/part-00000.parquet`, always written), csv (`out/csv/<table>.csv`), sqlite
            (`out/dataset.sqlite`), jsonl (`out/jsonl/<table>.jsonl`).
        force: write even where the folder holds files that are no dataset.

    Returns:
        The number of rows by table.

    Raises:
        DatasetError: when a format is unknown, when the folder holds other files and `force` is not set, or when keys
            do not hold in SQLite.
    """
    names = written_formats(formats)
    ours = _make_room(out, force=force)
    counts = {table.name: 0 for table in TABLES}
    writers = [_opened(name, out) for name in names]
    try:
        for table, rows in _batches(results):
            counts[table] += len(rows)
            batch = pa.RecordBatch.from_pylist(rows, schema=arrow_schema(table))
            for writer in writers:
                writer.write(table, batch)
    except BaseException:
        for writer in writers:
            writer.abandon()
        raise
    if ours:
        _remove_earlier(out)
    for writer in writers:
        writer.close()
    write_package(out, counts, names)
    return counts


def written_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """The forms that are written when these are asked for: Parquet always, each once, in a fixed order.

    Raises:
        DatasetError: when one is unknown.
    """
    unknown = sorted({*formats} - {*FORMATS})
    if unknown:
        raise DatasetError(f"unknown format {', '.join(unknown)}; choose from {', '.join(FORMATS)}")
    return tuple(name for name in FORMATS if name == "parquet" or name in formats)


def _make_room(out: Path, *, force: bool) -> bool:
    """Make the folder; the answer is whether what stands in it is a dataset of ours, which may be replaced."""
    if out.exists() and not out.is_dir():
        raise DatasetError(f"{out} is a file; name a folder for the dataset")
    ours = _is_ours(out)
    if out.is_dir() and not ours and not force:
        raise DatasetError(f"{out} holds files that are no dataset; name another folder, or use --force to write there")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatasetError(f"cannot make the folder {out}: {error.strerror}; name one where you may write") from error
    return ours


def _is_ours(out: Path) -> bool:
    """Whether the folder holds an earlier dataset, or nothing but what a run that was killed left behind.

    Other people's data packages have a `datapackage.json` too, and often a folder `csv`: the package's name tells.
    """
    try:
        package = json.loads((out / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return all(_HALF in path.name for path in out.rglob("*") if not path.is_dir())
    return isinstance(package, dict) and package.get("name") == PACKAGE_NAME


def _remove_earlier(out: Path) -> None:
    """Remove the finished files of an earlier dataset; its other forms would contradict the new one."""
    for name in (*(table.name for table in TABLES), "csv", "jsonl"):
        for path in (out / name).glob("*"):
            if path.suffix in (".parquet", ".csv", ".jsonl"):
                path.unlink()
        if (out / name).is_dir() and not any((out / name).iterdir()):
            (out / name).rmdir()
    for name in ("dataset.sqlite", "run.json", MARK):
        (out / name).unlink(missing_ok=True)


def _opened(name: str, out: Path) -> TableWriter:
    if name == "sqlite":
        return SqliteWriter(out / "dataset.sqlite")
    if name == "parquet":
        return _FilePerTable({table.name: out / table.name / "part-00000.parquet" for table in TABLES}, _parquet_sink)
    files = {table.name: out / name / f"{table.name}.{name}" for table in TABLES}
    return _FilePerTable(files, _csv_sink if name == "csv" else _jsonl_sink)


def _batches(results: Iterable[PressRelease | Failure]) -> Iterator[tuple[str, Rows]]:
    """Rows by table, in batches; parents come before the rows that refer to them."""
    waiting: dict[str, Rows] = {table.name: [] for table in TABLES}
    held = 0
    for result in results:
        rows = {"failures": [result.model_dump()]} if isinstance(result, Failure) else result.to_rows()
        for table, new in rows.items():
            waiting[table] += new
            held += len(new)
        if held >= _BATCH_ROWS:
            yield from _emptied(waiting)
            held = 0
    yield from _emptied(waiting)


def _emptied(waiting: dict[str, Rows]) -> Iterator[tuple[str, Rows]]:
    for table in TABLES:
        if waiting[table.name]:
            yield table.name, waiting[table.name]
            waiting[table.name] = []


class _FilePerTable:
    """One file for each table, under another name until it is whole."""

    def __init__(self, files: dict[str, Path], opened: Callable[[Path, pa.Schema], _Sink]) -> None:
        self.files = files
        for folder in {path.parent for path in files.values()}:
            folder.mkdir(exist_ok=True)
        self.sinks = {
            table: opened(path.with_name(path.name + _HALF), arrow_schema(table)) for table, path in files.items()
        }

    def write(self, table: str, batch: pa.RecordBatch) -> None:
        self.sinks[table].write_batch(batch)

    def close(self) -> None:
        for table, sink in self.sinks.items():
            sink.close()
            _put(self.files[table])

    def abandon(self) -> None:
        for table, sink in self.sinks.items():
            sink.close()
            _drop(self.files[table])


class _Sink(Protocol):
    """What takes the batches of one table."""

    def write_batch(self, batch: pa.RecordBatch) -> None:
        """Writes rows behind those already there."""

    def close(self) -> None:
        """Ends the file."""


class _JsonLines:
    """A file with one line of JSON a row."""

    def __init__(self, path: Path) -> None:
        self.stream = path.open("w", encoding="utf-8", newline="\n")

    def write_batch(self, batch: pa.RecordBatch) -> None:
        """Writes rows behind those already there."""
        for row in batch.to_pylist():
            self.stream.write(json_line(row))

    def close(self) -> None:
        """Ends the file."""
        self.stream.close()


def _parquet_sink(path: Path, schema: pa.Schema) -> _Sink:
    sink: _Sink = pq.ParquetWriter(path, schema, compression="zstd")
    return sink


def _csv_sink(path: Path, schema: pa.Schema) -> _Sink:
    sink: _Sink = pa_csv.CSVWriter(path, schema)
    return sink


def _jsonl_sink(path: Path, schema: pa.Schema) -> _Sink:
    del schema
    return _JsonLines(path)


def json_line(row: dict[str, Any]) -> str:
    """The row as one line of JSON."""
    return json.dumps(row, ensure_ascii=False) + "\n"


def _put(path: Path) -> None:
    """Move a finished file into its place."""
    path.with_name(path.name + _HALF).replace(path)


def _drop(path: Path) -> None:
    """Remove an unfinished file, and the folder that was made for it."""
    path.with_name(path.name + _HALF).unlink(missing_ok=True)
    if not any(path.parent.iterdir()):
        path.parent.rmdir()
