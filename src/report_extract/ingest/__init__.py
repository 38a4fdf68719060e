"""The doors in: files, folders, globs, standard input and bytes become `Source`s; what cannot be read, a `Failure`."""

from report_extract.ingest.paths import count_inputs, read_path, read_sources
from report_extract.ingest.read import DEFAULT_MAX_BYTES, read_bytes, read_text

__all__ = ["DEFAULT_MAX_BYTES", "count_inputs", "read_bytes", "read_path", "read_sources", "read_text"]
