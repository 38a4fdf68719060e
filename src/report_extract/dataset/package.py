"""`datapackage.json`: the data dictionary of a dataset, a Frictionless Data Package that machines can check."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from report_extract.schema import TABLES, Table, column_type

PACKAGE_NAME = "report-extract-dataset"


def write_package(out: Path, rows: Mapping[str, int], formats: Sequence[str]) -> None:
    """Write the descriptor: one resource a table, with columns, types, descriptions and keys.

    Where CSV was written the resources name the CSV files, which every Frictionless tool can validate; otherwise the
    Parquet files.
    """
    form = "csv" if "csv" in formats else "parquet"
    package = {
        "profile": "data-package",
        "name": PACKAGE_NAME,
        "title": "Press releases as tables",
        "description": "What press releases state, one table a kind of fact; offsets count in documents.text.",
        "version": version("report-extract"),
        "resources": [_resource(table, form, rows[table.name]) for table in TABLES],
    }
    (out / "datapackage.json").write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _resource(table: Table, form: str, rows: int) -> dict[str, Any]:
    path = f"csv/{table.name}.csv" if form == "csv" else f"{table.name}/part-00000.parquet"
    schema: dict[str, Any] = {"fields": [_field(table, name) for name in table.columns], "missingValues": [""]}
    if table.primary_key:
        schema["primaryKey"] = [table.primary_key]
    if table.foreign_keys:
        # The standard writes a key into the same table as a reference to "".
        schema["foreignKeys"] = [
            {
                "fields": [key.column],
                "reference": {"resource": "" if key.table == table.name else key.table, "fields": [key.target]},
            }
            for key in table.foreign_keys
        ]
    return {
        "name": table.name,
        "description": table.description,
        "path": path,
        "format": form,
        "mediatype": "text/csv" if form == "csv" else "application/vnd.apache.parquet",
        "encoding": "utf-8",
        "profile": "tabular-data-resource",
        "rows": rows,
        "schema": schema,
    }


def _field(table: Table, name: str) -> dict[str, Any]:
    model_field = table.row.model_fields[name]
    field: dict[str, Any] = {
        "name": name,
        "type": column_type(table, name),
        "description": model_field.description or "",
    }
    if model_field.is_required():
        field["constraints"] = {"required": True}
    return field
