"""What can go wrong, and whose fault it is.

Two families: `InputError` (this one release cannot be read; a run goes on with the next) and `EnvironmentFault`
(nothing can be read here until somebody installs or repairs something). Each message names the source, the place
and the remedy.
"""

from __future__ import annotations


class ReportExtractError(Exception):
    """Any error that this package raises on purpose."""


class InputError(ReportExtractError):
    """One source could not be read or processed.

    `source` is the name under which it came, `stage` the room in which it failed (ingest, clean, analyze, extract,
    resolve, assemble), `reason` a short code that a program can count (empty, binary, undecodable, too_large ...).
    """

    def __init__(self, source: str, stage: str, reason: str, message: str) -> None:
        super().__init__(f"{source}: {message}")
        self.source = source
        self.stage = stage
        self.reason = reason
        self.message = message


class RuleError(ReportExtractError):
    """A rule file contradicts its own examples, or is not well formed."""


class EnvironmentFault(ReportExtractError):  # noqa: N818 - a fault of the place, told apart from errors of input
    """A model, package or file that the program needs is missing or does not fit; the message says what to do."""


class DatasetError(ReportExtractError):
    """A folder is not a dataset, or its tables do not have the promised columns."""
