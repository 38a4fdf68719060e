"""A dataset folder as pandas DataFrames, with the joins that everybody needs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from report_extract.dataset.tables import arrow_schema
from report_extract.errors import DatasetError
from report_extract.schema import TABLES

# "str" would do in pandas 3, but in pandas 2 it turns missing values into the word "None".
_DTYPES = {
    "string": pd.StringDtype(na_value=np.nan),
    "int64": pd.Int64Dtype(),
    "double": pd.Float64Dtype(),
    "bool": pd.BooleanDtype(),
}
# A table that refers to itself names the rows it refers to by what they are to it.
_OWN_PREFIX = {"parent_id": "parents", "duplicate_of": "originals"}


class Dataset:
    """One DataFrame per table, as attributes: `dataset.people`, `dataset.dates` ...

    Text columns are pandas strings, counts and offsets `Int64`, shares and confidences `Float64`, yes/no `boolean`;
    unknown is missing (`pd.NA` or NaN), never an empty string. Tables without rows have all their columns.
    """

    documents: pd.DataFrame
    people: pd.DataFrame
    organizations: pd.DataFrame
    organization_aliases: pd.DataFrame
    affiliations: pd.DataFrame
    events: pd.DataFrame
    event_organizations: pd.DataFrame
    sessions: pd.DataFrame
    participations: pd.DataFrame
    dates: pd.DataFrame
    attendance: pd.DataFrame
    contacts: pd.DataFrame
    statements: pd.DataFrame
    places: pd.DataFrame
    mentions: pd.DataFrame
    failures: pd.DataFrame

    def __init__(self, tables: dict[str, pd.DataFrame]) -> None:
        self.tables = tables
        for name, frame in tables.items():
            setattr(self, name, frame)

    def joined(self, table: str) -> pd.DataFrame:
        """The table with the rows that its foreign keys point to, each under its own prefix.

        `joined("affiliations")` has the columns of affiliations, then `documents.title`, `people.honorific`,
        `organizations.kind` and so on; an organisation's parent stands under `parents.`, the first release with the
        same words under `originals.`. No row is lost or repeated.

        Raises:
            DatasetError: when there is no such table.
        """
        spec = next((one for one in TABLES if one.name == table), None)
        if spec is None:
            raise DatasetError(f"no table {table!r}; choose from {', '.join(self.tables)}")
        frame = self.tables[table]
        for key in spec.foreign_keys:
            prefix = f"{_OWN_PREFIX[key.column] if key.table == table else key.table}."
            other = self.tables[key.table].add_prefix(prefix)
            frame = frame.merge(other, how="left", left_on=key.column, right_on=f"{prefix}{key.target}", validate="m:1")
        return frame

    def __repr__(self) -> str:
        return "Dataset(" + ", ".join(f"{name}: {len(frame)}" for name, frame in self.tables.items()) + ")"


def read_dataset(path: str | Path) -> Dataset:
    """The dataset that `report-extract run` wrote into a folder.

    Raises:
        DatasetError: when the folder is no dataset, a table is missing, or a table lacks a column.
    """
    folder = Path(path)
    if not (folder / "documents").is_dir():
        raise DatasetError(f"{folder} is no dataset: it has no table 'documents'; name a folder that `run` wrote")
    return Dataset({table.name: _read(folder, table.name) for table in TABLES})


def _read(folder: Path, name: str) -> pd.DataFrame:
    parts = sorted((folder / name).glob("*.parquet"))
    if not parts:
        raise DatasetError(f"{folder}: the table {name!r} is missing; write the dataset again")
    schema = arrow_schema(name)
    try:
        frames = [pq.read_table(part).to_pandas() for part in parts]
    except (OSError, ValueError) as error:
        raise DatasetError(f"{folder}: cannot read the table {name!r}: {error}; write the dataset again") from error
    missing = [column for column in schema.names if any(column not in frame for frame in frames)]
    if missing:
        raise DatasetError(f"{folder}: the table {name!r} lacks {', '.join(missing)}; write the dataset again")
    frame = pd.concat(frames, ignore_index=True)[schema.names]
    typed: pd.DataFrame = frame.astype({field.name: _DTYPES[str(field.type)] for field in schema})
    return typed
