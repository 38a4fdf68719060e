"""A whole run: from inputs to a dataset folder, with everything that failed told."""

from report_extract.batch.run import RunReport, run

__all__ = ["RunReport", "run"]
