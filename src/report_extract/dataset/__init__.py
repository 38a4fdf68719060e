"""The tables on disk: written for everybody's tools, read back as DataFrames."""

from report_extract.dataset.read import Dataset, read_dataset
from report_extract.dataset.write import FORMATS, write_dataset, written_formats

__all__ = ["FORMATS", "Dataset", "read_dataset", "write_dataset", "written_formats"]
