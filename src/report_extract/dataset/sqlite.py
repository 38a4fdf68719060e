"""The tables in one SQLite file, with the same keys declared and checked, and full-text search."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pyarrow as pa

from report_extract.errors import DatasetError
from report_extract.schema import TABLES, Table, column_type

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
# Search as: SELECT source FROM documents JOIN documents_search s ON s.rowid = documents.rowid WHERE s MATCH 'tidal'
_SEARCH = {"documents": ("title", "text"), "statements": ("speaker", "text")}


class SqliteWriter:
    """Writes batches of rows; `close` builds the search tables and checks every foreign key."""

    def __init__(self, path: Path) -> None:
        self.path, self.half = path, path.with_name(path.name + ".half")
        self.half.unlink(missing_ok=True)
        self.connection = sqlite3.connect(self.half)
        for table in TABLES:
            self.connection.execute(_create(table))

    def write(self, table: str, batch: pa.RecordBatch) -> None:
        """Add these rows to the table."""
        names = batch.schema.names
        marks = ", ".join("?" for _ in names)
        rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
        self.connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)

    def close(self) -> None:
        """Finish the file.

        Raises:
            DatasetError: when a foreign key leads nowhere.
        """
        for table, columns in _SEARCH.items():
            listed = ", ".join(columns)
            self.connection.execute(
                f"CREATE VIRTUAL TABLE {table}_search USING fts5({listed}, content='{table}', tokenize='unicode61')"
            )
            self.connection.execute(f"INSERT INTO {table}_search({table}_search) VALUES ('rebuild')")
        self.connection.commit()
        broken = self.connection.execute("PRAGMA foreign_key_check").fetchall()
        self.connection.execute("VACUUM")
        if broken:
            self.abandon()
            raise DatasetError(f"{self.path}: {len(broken)} foreign keys lead nowhere, first {broken[0]}")
        self.connection.close()
        self.half.replace(self.path)

    def abandon(self) -> None:
        """Throw away what was written."""
        self.connection.close()
        self.half.unlink(missing_ok=True)


def _create(table: Table) -> str:
    lines = []
    for name in table.columns:
        required = " NOT NULL" if table.row.model_fields[name].is_required() else ""
        key = " PRIMARY KEY" if name == table.primary_key else ""
        lines.append(f'"{name}" {_TYPES[column_type(table, name)]}{required}{key}')
    lines += [f'FOREIGN KEY ("{k.column}") REFERENCES "{k.table}" ("{k.target}")' for k in table.foreign_keys]
    return f'CREATE TABLE "{table.name}" (\n  ' + ",\n  ".join(lines) + "\n)"
