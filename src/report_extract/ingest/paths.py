"""Which files an argument means, and each of them read or told as a failure."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from report_extract.errors import InputError
from report_extract.ingest.read import DEFAULT_MAX_BYTES, printable, read_bytes
from report_extract.schema import Failure, Source

STANDARD_INPUT = "-"


def read_sources(
    inputs: Iterable[str | Path], *, max_bytes: int = DEFAULT_MAX_BYTES, without: Path | None = None
) -> Iterator[Source | Failure]:
    """Every release that the inputs name, in order: arguments as given, files of a folder or glob sorted by path.

    Args:
        inputs: files, folders (read recursively; hidden files and folders are passed over, links to folders are not
            followed), globs, "-" for standard input.
        max_bytes: larger inputs become failures.
        without: a folder to pass over where it lies inside another: the one that is being written.

    Yields:
        A `Source` for each release that could be read, a `Failure` for each input that could not, never an exception.
    """
    for item in inputs:
        if str(item) == STANDARD_INPUT:
            yield _one(STANDARD_INPUT, None, max_bytes)
            continue
        paths = _paths(item, without)
        if not paths:
            yield _nothing(item)
        for path in paths:
            yield _one(str(path), path, max_bytes)


def count_inputs(inputs: Iterable[str | Path], *, without: Path | None = None) -> int:
    """How many items `read_sources` will give for these inputs."""
    return sum(1 if str(item) == STANDARD_INPUT else max(1, len(_paths(item, without))) for item in inputs)


def read_path(path: Path, *, max_bytes: int = DEFAULT_MAX_BYTES) -> Source:
    """The release in a file.

    Raises:
        InputError: when the file is missing, may not be read, is too large, empty, binary or undecodable.
    """
    name = printable(str(path))
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise _too_large(name, size, max_bytes)
        with path.open("rb") as stream:  # a pipe or device tells no size, and may never end
            data = stream.read(max_bytes + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(name, "ingest", "unreadable", f"{reason}; check the path and its permissions") from error
    return read_bytes(data, name, max_bytes=max_bytes)


def _paths(item: str | Path, without: Path | None) -> list[Path]:
    path = Path(item)
    try:
        is_folder, is_there = path.is_dir(), path.exists()
    except OSError:  # a name that is too long; reading it tells so
        return [path]
    if is_folder:
        found = list(_inside(path))
    elif is_there or not glob.has_magic(str(item)):
        return [path]
    else:
        found = [Path(name) for name in glob.glob(str(item), recursive=True) if Path(name).is_file()]  # noqa: PTH207 - Path.glob takes no absolute pattern
    beside = _folders_within({path.parent for path in found}, without) if without is not None else set()
    return sorted(path for path in found if path.parent not in beside)


def _folders_within(folders: set[Path], outer: Path) -> set[Path]:
    real = outer.resolve()
    return {folder for folder in folders if real in (folder.resolve(), *folder.resolve().parents)}


def _inside(folder: Path) -> Iterator[Path]:
    """The files of a folder, and what in it cannot be read: a dead link or a closed folder must not pass unseen."""
    closed: list[Path] = []
    for here, folders, files in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(here, name)
            if not name.startswith(".") and (path.is_file() or path.is_symlink()):
                yield path
    yield from closed


def _one(name: str, path: Path | None, max_bytes: int) -> Source | Failure:
    try:
        if path is None:
            return read_bytes(sys.stdin.buffer.read(max_bytes + 1), name, max_bytes=max_bytes)
        return read_path(path, max_bytes=max_bytes)
    except InputError as error:
        return Failure(source=error.source, stage=error.stage, error=error.reason, message=error.message)


def _nothing(item: str | Path) -> Failure:
    message = "no file matches; check the pattern, or quote it so that the shell does not expand it"
    if Path(item).is_dir():
        message = "the folder holds no files; name one that does"
    return Failure(source=printable(str(item)), stage="ingest", error="no_match", message=message)


def _too_large(name: str, size: int, max_bytes: int) -> InputError:
    message = f"{size:,} bytes, over the limit of {max_bytes:,}; raise the limit or split the file"
    return InputError(name, "ingest", "too_large", message)
