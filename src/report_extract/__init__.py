"""Turns raw press releases into structured, checkable records and tidy tables.

>>> import report_extract
>>> extractor = report_extract.load()
>>> record = extractor.extract("Dr. Ana Ruiz spoke in Lima on 3 May 2010.")
>>> record.dates[0].edtf
'2010-05-03'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from report_extract.dataset import Dataset, read_dataset
    from report_extract.errors import DatasetError, EnvironmentFault, InputError, ReportExtractError
    from report_extract.extractor import Extractor, load
    from report_extract.schema import Failure, PressRelease, Source

__all__ = [
    "Dataset",
    "DatasetError",
    "EnvironmentFault",
    "Extractor",
    "Failure",
    "InputError",
    "PressRelease",
    "ReportExtractError",
    "Source",
    "load",
    "read_dataset",
]

_HOME = {
    "Dataset": "dataset",
    "read_dataset": "dataset",
    "DatasetError": "errors",
    "EnvironmentFault": "errors",
    "InputError": "errors",
    "ReportExtractError": "errors",
    "Extractor": "extractor",
    "load": "extractor",
    "Failure": "schema",
    "PressRelease": "schema",
    "Source": "schema",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that `report-extract --help` does not wait for spaCy."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
