"""Which files an argument means, and each of them read or told as a failure."""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from report_extract.errors import InputError
from report_extract.ingest.read import DEFAULT_MAX_BYTES, read_bytes
from report_extract.schema import Failure, Source

STANDARD_INPUT = "-"


def read_sources(inputs: Iterable[str | Path], *, max_bytes: int = DEFAULT_MAX_BYTES) -> Iterator[Source | Failure]:
    """Every release that the inputs name, in order: arguments as given, files of a folder or glob sorted by path.

    Args:
        inputs: files, folders (read recursively; hidden files and folders are passed over), globs, "-" for standard
            input.
        max_bytes: larger inputs become failures.

    Yields:
        A `Source` for each release that could be read, a `Failure` for each input that could not, never an exception.
    """
    for item in inputs:
        if str(item) == STANDARD_INPUT:
            yield _one(STANDARD_INPUT, None, max_bytes)
            continue
        paths = list(_paths(item))
        if not paths:
            yield _nothing(str(item))
        for path in paths:
            yield _one(str(path), path, max_bytes)


def count_inputs(inputs: Iterable[str | Path]) -> int:
    """How many items `read_sources` will give for these inputs."""
    return sum(1 if str(item) == STANDARD_INPUT else max(1, sum(1 for _ in _paths(item))) for item in inputs)


def read_path(path: Path, *, max_bytes: int = DEFAULT_MAX_BYTES) -> Source:
    """The release in a file.

    Raises:
        InputError: when the file is missing, may not be read, is too large, empty, binary or undecodable.
    """
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise _too_large(str(path), size, max_bytes)
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(str(path), "ingest", "unreadable", f"{reason}; check the path and its permissions") from error
    return read_bytes(data, str(path), max_bytes=max_bytes)


def _paths(item: str | Path) -> Iterator[Path]:
    path = Path(item)
    if path.is_dir():
        for found in sorted(path.rglob("*")):
            inside = found.relative_to(path).parts
            if found.is_file() and not any(part.startswith(".") for part in inside):
                yield found
    elif path.exists() or not glob.has_magic(str(item)):
        yield path
    else:
        yield from (Path(name) for name in sorted(glob.glob(str(item), recursive=True)) if Path(name).is_file())  # noqa: PTH207 - Path.glob takes no absolute pattern


def _one(name: str, path: Path | None, max_bytes: int) -> Source | Failure:
    try:
        if path is None:
            return read_bytes(sys.stdin.buffer.read(max_bytes + 1), name, max_bytes=max_bytes)
        return read_path(path, max_bytes=max_bytes)
    except InputError as error:
        return Failure(source=error.source, stage=error.stage, error=error.reason, message=error.message)


def _nothing(name: str) -> Failure:
    message = "no file matches; check the pattern, or quote it so that the shell does not expand it"
    if Path(name).is_dir():
        message = "the folder holds no files; name one that does"
    return Failure(source=name, stage="ingest", error="no_match", message=message)


def _too_large(name: str, size: int, max_bytes: int) -> InputError:
    message = f"{size:,} bytes, over the limit of {max_bytes:,}; raise the limit or split the file"
    return InputError(name, "ingest", "too_large", message)
