"""The tables as Arrow schemas, derived from the row models."""

from __future__ import annotations

from functools import cache

import pyarrow as pa

from report_extract.schema import TABLES, Table, column_type

ARROW_TYPES = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}


@cache
def arrow_schema(name: str) -> pa.Schema:
    """The Arrow schema of a table: explicit types, each column with its description.

    Raises:
        KeyError: when there is no such table.
    """
    table = {one.name: one for one in TABLES}[name]
    return pa.schema([_field(table, column) for column in table.columns])


def _field(table: Table, column: str) -> pa.Field:
    model_field = table.row.model_fields[column]
    return pa.field(
        column,
        ARROW_TYPES[column_type(table, column)],
        nullable=not model_field.is_required(),
        metadata={"description": model_field.description or ""},
    )
