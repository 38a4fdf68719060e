"""The tables on disk: the same facts in every form, with keys that hold, and read back as they were written."""

from __future__ import annotations

import csv
import json
import math
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frictionless
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from report_extract.dataset import FORMATS, read_dataset, write_dataset
from report_extract.errors import DatasetError
from report_extract.schema import (
    TABLES,
    Affiliation,
    Attendance,
    Contact,
    DateExpression,
    Document,
    Event,
    EventOrganization,
    Failure,
    Mention,
    Organization,
    OrganizationAlias,
    Participation,
    Person,
    Place,
    PressRelease,
    Session,
    Statement,
    Table,
    column_type,
)

ARROW = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
TEXT = 'Quay Trust (QT)\r\n\r\n"We are; ready, café," said Ada Quill of the tidal desk.\tNULL\n\n1e5 \U0001f680\n'
FAILURE = Failure(source="in/scan.pdf", stage="ingest", error="binary", message='this is "a PDF",\nextract its text')


def release(document_id: str = "0123456789abcdef", *, duplicate_of: str | None = None) -> PressRelease:
    """A release with a row in every table, awkward characters in its text, and values that are unknown."""

    def seen(words: str, rule: str = "test.rule") -> dict[str, Any]:
        start = TEXT.index(words)
        return {
            "document_id": document_id,
            "start": start,
            "end": start + len(words),
            "text": words,
            "rule": rule,
            "confidence": 0.7,
        }

    person, body, part = f"{document_id}:p1", f"{document_id}:o1", f"{document_id}:o2"
    event, session = f"{document_id}:e1", f"{document_id}:s1"
    named = seen("Ada Quill")
    ada = {"person_id": person, "person": "Ada Quill"}
    return PressRelease(
        document=Document(
            document_id=document_id,
            source="in/a, b.txt",
            format="text",
            sha256=document_id * 4,
            title="Quay Trust",
            words=14,
            characters=len(TEXT),
            duplicate_of=duplicate_of,
            warnings="one\ntwo",
            text=TEXT,
        ),
        people=(
            Person(
                **named,
                person_id=person,
                name="Ada Quill",
                mentions=1,
                affiliations=(
                    Affiliation(**named, **ada, organization_id=part, organization="tidal desk", current=False),
                ),
            ),
        ),
        organizations=(
            Organization(
                **seen("Quay Trust (QT)"),
                organization_id=body,
                name="Quay Trust",
                kind="ngo",
                mentions=2,
                aliases=(OrganizationAlias(document_id=document_id, organization_id=body, alias="QT", kind="acronym"),),
            ),
            Organization(
                **seen("tidal desk"),
                organization_id=part,
                name="tidal desk",
                parent_id=body,
                parent="Quay Trust",
                mentions=1,
            ),
        ),
        events=(
            Event(
                **seen("tidal"),
                event_id=event,
                kind="other",
                edition=3,
                organizations=(
                    EventOrganization(
                        **seen("Quay Trust"),
                        event_id=event,
                        organization="Quay Trust",
                        role="host",
                        organization_id=body,
                    ),
                ),
                sessions=(Session(**seen("ready"), session_id=session, event_id=event, kind="panel", number="007"),),
            ),
        ),
        participations=(Participation(**named, **ada, event_id=event, session_id=session, role="speaker"),),
        dates=(DateExpression(**seen("1e5"), edtf="2019", precision="year", role="mentioned"),),
        attendance=(Attendance(**seen("1e5"), event_id=event, comparator="about", share=1 / 3, derived_low=2**40),),
        contacts=(Contact(**named, person_id=person, name="Ada Quill", phone="+65 6123 4567"),),
        statements=(
            Statement(
                **seen('"We are; ready, café,"'), person_id=person, speaker="Ada Quill", kind="direct", quote="We"
            ),
        ),
        places=(Place(**seen("NULL"), name="NULL", kind="city"),),
        mentions=(Mention(**named, entity_id=person, label="PERSON", sentence=1),),
    )


RESULTS: list[PressRelease | Failure] = [
    release(),
    FAILURE,
    release("fedcba9876543210", duplicate_of="0123456789abcdef"),
]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("full") / "data"
    write_dataset(folder, RESULTS, formats=FORMATS)
    return folder


@pytest.fixture(scope="module")
def void(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("void") / "data"
    write_dataset(folder, [], formats=FORMATS)
    return folder


@pytest.fixture
def database(out: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(out / "dataset.sqlite")
    yield connection
    connection.close()


def wanted_rows(name: str) -> list[dict[str, Any]]:
    records = [one for one in RESULTS if isinstance(one, PressRelease)]
    return [FAILURE.model_dump()] if name == "failures" else [row for one in records for row in one.to_rows()[name]]


by_name = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


@by_name
def test_every_table_has_its_schema_with_rows_and_without(table: Table, out: Path, void: Path) -> None:
    for folder, rows in ((out, len(wanted_rows(table.name))), (void, 0)):
        read = pq.read_table(folder / table.name / "part-00000.parquet")
        assert read.num_rows == rows
        assert read.schema.names == list(table.columns)
        for field in read.schema:
            assert field.type == ARROW[column_type(table, field.name)], field.name
            assert field.metadata[b"description"], field.name
    header, _, rest = (void / "csv" / f"{table.name}.csv").read_text(encoding="utf-8").partition("\n")
    assert (header, rest) == (",".join(f'"{name}"' for name in table.columns), "")
    assert (void / "jsonl" / f"{table.name}.jsonl").read_bytes() == b""


@by_name
def test_parquet_holds_the_rows_of_the_records(table: Table, out: Path) -> None:
    assert wanted_rows(table.name), "the release above has a row in every table"
    assert pq.read_table(out / table.name).to_pylist() == wanted_rows(table.name)


@by_name
def test_json_lines_hold_the_same(table: Table, out: Path) -> None:
    lines = (out / "jsonl" / f"{table.name}.jsonl").read_text(encoding="utf-8").split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == wanted_rows(table.name)


@by_name
def test_csv_holds_the_same_and_tells_unknown_from_empty(table: Table, out: Path) -> None:
    with (out / "csv" / f"{table.name}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))

    def shown(value: object) -> str:
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    assert [
        {key: float(value) if key in ("confidence", "share") and value else value for key, value in row.items()}
        for row in rows
    ] == [
        {key: value if isinstance(value, float) else shown(value) for key, value in row.items()}
        for row in wanted_rows(table.name)
    ]
    # Nothing between the commas is unknown; an empty string would be written as two quotation marks.
    assert ',"",' not in (out / "csv" / f"{table.name}.csv").read_text(encoding="utf-8")


@by_name
def test_sqlite_holds_the_same(table: Table, database: sqlite3.Connection) -> None:
    database.row_factory = sqlite3.Row
    rows = [dict(row) for row in database.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid')]
    assert rows == wanted_rows(table.name)
    assert all(value != "" for row in rows for value in row.values())


# Keys


@by_name
def test_sqlite_declares_every_key(table: Table, database: sqlite3.Connection) -> None:
    columns = {row[1]: row for row in database.execute(f'PRAGMA table_info("{table.name}")')}
    assert list(columns) == list(table.columns)
    assert [name for name, row in columns.items() if row[5]] == ([table.primary_key] if table.primary_key else [])
    assert {name for name, row in columns.items() if row[3]} == {
        name for name in table.columns if table.row.model_fields[name].is_required()
    }
    keys = {(row[3], row[2], row[4]) for row in database.execute(f'PRAGMA foreign_key_list("{table.name}")')}
    assert keys == {(key.column, key.table, key.target) for key in table.foreign_keys}


def test_every_id_column_is_a_key() -> None:
    for table in TABLES:
        ids = {name for name in table.columns if name.endswith("_id") or name == "duplicate_of"} - {"entity_id"}
        assert ids == {key.column for key in table.foreign_keys} | ({table.primary_key} - {None}), table.name


def test_the_keys_of_sqlite_hold_and_are_enforced(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        database.execute("DELETE FROM documents WHERE document_id = '0123456789abcdef'")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        database.execute("INSERT INTO people SELECT * FROM people")


def test_a_key_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    lost = release().model_copy(update={"people": ()})
    with pytest.raises(DatasetError, match="foreign keys lead nowhere"):
        write_dataset(tmp_path / "data", [lost], formats=["sqlite"])
    assert not list((tmp_path / "data").glob("dataset.sqlite*"))


def test_full_text_search_finds_documents_and_statements(database: sqlite3.Connection) -> None:
    found = database.execute(
        "SELECT d.document_id FROM documents_search JOIN documents d ON d.rowid = documents_search.rowid "
        "WHERE documents_search MATCH 'TIDAL AND cafe' ORDER BY d.rowid"
    ).fetchall()
    assert found == [("0123456789abcdef",), ("fedcba9876543210",)]
    assert database.execute(
        "SELECT count(*) FROM documents_search WHERE documents_search MATCH 'absent'"
    ).fetchone() == (0,)
    spoken = database.execute(
        "SELECT s.speaker, s.document_id FROM statements_search JOIN statements s ON s.rowid = statements_search.rowid "
        "WHERE statements_search MATCH 'speaker:quill AND text:ready' LIMIT 1"
    ).fetchall()
    assert spoken == [("Ada Quill", "0123456789abcdef")]


# The data package


def test_frictionless_accepts_the_package_with_its_keys(out: Path) -> None:
    report = frictionless.validate(str(out / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])
    assert report.stats["tasks"] == len(TABLES)
    package = frictionless.Package(str(out / "datapackage.json"))
    for table in TABLES:
        schema = package.get_resource(table.name).schema
        assert schema.primary_key == ([table.primary_key] if table.primary_key else [])
        own = {(k["fields"][0], k["reference"]["resource"] or table.name) for k in schema.foreign_keys}
        assert own == {(key.column, key.table) for key in table.foreign_keys}


@pytest.mark.parametrize("change", [("people", "fedcba9876543210:p1", "nobody"), ("documents", ",14,", ",many,")])
def test_frictionless_would_see_a_broken_key_or_type(change: tuple[str, str, str], tmp_path: Path) -> None:
    write_dataset(tmp_path / "data", RESULTS, formats=["csv"])
    path = tmp_path / "data" / "csv" / f"{change[0]}.csv"
    path.write_bytes(path.read_bytes().replace(change[1].encode(), change[2].encode()))
    assert not frictionless.validate(str(tmp_path / "data" / "datapackage.json")).valid


def test_a_package_without_csv_names_the_parquet_files(tmp_path: Path) -> None:
    write_dataset(tmp_path, RESULTS)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    frictionless.Package.from_descriptor(package)
    for resource, table in zip(package["resources"], TABLES, strict=True):
        assert (tmp_path / resource["path"]).is_file()
        assert resource["rows"] == len(wanted_rows(table.name))
        assert [field["name"] for field in resource["schema"]["fields"]] == list(table.columns)
        assert all(field["description"] for field in resource["schema"]["fields"])


# Reading back


def test_every_table_is_a_frame_with_its_types(out: Path, void: Path) -> None:
    kinds = {"string": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
    for folder in (out, void):
        dataset = read_dataset(folder)
        for table in TABLES:
            frame = getattr(dataset, table.name)
            assert frame is dataset.tables[table.name]
            assert list(frame.columns) == list(table.columns)
            assert {n: str(t) for n, t in frame.dtypes.items()} == {
                name: kinds[column_type(table, name)] for name in table.columns
            }
    assert read_dataset(void).people.empty


def test_the_unknown_is_missing_and_never_a_word(out: Path) -> None:
    dataset = read_dataset(str(out))
    for table in TABLES:
        frame = dataset.tables[table.name]
        for name in table.columns:
            wanted = [row[name] is None for row in wanted_rows(table.name)]
            assert frame[name].isna().tolist() == wanted, f"{table.name}.{name}"
    assert dataset.documents["text"].tolist() == [TEXT, TEXT]
    assert dataset.attendance["derived_low"].tolist() == [2**40, 2**40]
    assert dataset.affiliations["current"].tolist() == [False, False]
    assert math.isclose(dataset.attendance["share"][0], 1 / 3)


def test_several_parts_are_one_table(out: Path, tmp_path: Path) -> None:
    for table in TABLES:
        (tmp_path / table.name).mkdir()
        for part in range(2):
            data = (out / table.name / "part-00000.parquet").read_bytes()
            (tmp_path / table.name / f"part-0000{part}.parquet").write_bytes(data)
    assert len(read_dataset(tmp_path).people) == 4


def test_joins_lose_no_row_and_repeat_none(out: Path) -> None:
    dataset = read_dataset(out)
    for table in TABLES:
        assert len(dataset.joined(table.name)) == len(dataset.tables[table.name])
    affiliations = dataset.joined("affiliations")
    assert affiliations["documents.title"].tolist() == ["Quay Trust"] * 2
    assert affiliations["people.name"].tolist() == affiliations["person"].tolist()
    assert affiliations["organizations.parent"].tolist() == ["Quay Trust"] * 2
    organizations = dataset.joined("organizations")
    assert organizations["parents.kind"].fillna("-").tolist() == ["-", "ngo", "-", "ngo"]
    assert dataset.joined("documents")["originals.document_id"].fillna("-").tolist() == ["-", "0123456789abcdef"]
    with pytest.raises(DatasetError, match="no table 'persons'; choose from documents"):
        dataset.joined("persons")


def test_what_is_no_dataset_is_named(out: Path, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=f"{tmp_path} is no dataset"):
        read_dataset(tmp_path)
    write_dataset(tmp_path, RESULTS)
    people = tmp_path / "people" / "part-00000.parquet"
    pq.write_table(pq.read_table(people).drop(["honorific"]), people)
    with pytest.raises(DatasetError, match="'people' lacks honorific; write the dataset again"):
        read_dataset(tmp_path)
    people.write_bytes(b"PAR1 half a file")
    with pytest.raises(DatasetError, match="cannot read the table 'people'"):
        read_dataset(tmp_path)
    people.unlink()
    with pytest.raises(DatasetError, match="'people' is missing"):
        read_dataset(tmp_path)
    assert "people: 2" in repr(read_dataset(out))


# Writing again


def test_the_same_input_gives_the_same_bytes(out: Path, tmp_path: Path) -> None:
    write_dataset(tmp_path / "data", RESULTS, formats=("jsonl", "sqlite", "csv"))
    files = sorted(path.relative_to(out) for path in out.rglob("*") if path.is_file())
    assert files == sorted(p.relative_to(tmp_path / "data") for p in (tmp_path / "data").rglob("*") if p.is_file())
    assert len(files) == 3 * len(TABLES) + 2
    for file in files:
        assert (out / file).read_bytes() == (tmp_path / "data" / file).read_bytes(), file


def test_many_releases_are_written_in_batches_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [f"{n:016x}" for n in range(7)]
    write_dataset(tmp_path / "whole", map(release, ids), formats=FORMATS)
    monkeypatch.setattr("report_extract.dataset.write._BATCH_ROWS", 30)
    write_dataset(tmp_path / "pieces", map(release, ids), formats=FORMATS)
    for folder in (tmp_path / "whole", tmp_path / "pieces"):
        assert read_dataset(folder).documents["document_id"].tolist() == ids
    for name in ("csv/people.csv", "jsonl/mentions.jsonl", "dataset.sqlite", "datapackage.json"):
        assert (tmp_path / "whole" / name).read_bytes() == (tmp_path / "pieces" / name).read_bytes()


def test_a_new_run_replaces_the_earlier_dataset_whole(tmp_path: Path) -> None:
    write_dataset(tmp_path, RESULTS, formats=FORMATS)
    (tmp_path / "people" / "part-00001.parquet").write_bytes((tmp_path / "people" / "part-00000.parquet").read_bytes())
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    counts = write_dataset(tmp_path, [release()])
    assert counts["people"] == 1
    assert len(read_dataset(tmp_path).people) == 1
    # Other forms of the earlier dataset would contradict the new one; what somebody else put there stays.
    assert not (tmp_path / "csv").exists()
    assert not (tmp_path / "dataset.sqlite").exists()
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("own", [{}, {"datapackage.json": '{"name": "fish-prices"}'}, {"datapackage.json": "[]"}])
def test_a_folder_of_somebody_else_is_refused_and_left_alone(own: dict[str, str], tmp_path: Path) -> None:
    theirs = {"csv/prices.csv": "cod,5\n", "people/list.txt": "Ada\n", **own}
    for name, content in theirs.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(DatasetError, match="--force"):
        write_dataset(tmp_path, RESULTS, formats=FORMATS)
    assert {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()} == set(theirs)
    write_dataset(tmp_path, RESULTS, formats=FORMATS, force=True)
    assert len(read_dataset(tmp_path).people) == 2
    assert (tmp_path / "csv" / "prices.csv").read_text(encoding="utf-8") == "cod,5\n"
    assert (tmp_path / "people" / "list.txt").is_file()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x", encoding="utf-8")
    with pytest.raises(DatasetError, match="is a file"):
        write_dataset(tmp_path / "data", [], force=True)


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="unknown format xlsx; choose from parquet, csv, sqlite, jsonl"):
        write_dataset(tmp_path / "data", [], formats=["csv", "xlsx"])
    assert not (tmp_path / "data").exists()


def test_a_run_that_breaks_off_leaves_the_earlier_dataset(tmp_path: Path) -> None:
    def broken() -> Iterator[PressRelease]:
        yield release()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_dataset(tmp_path / "new", broken(), formats=FORMATS)
    assert list((tmp_path / "new").iterdir()) == []
    write_dataset(tmp_path / "old", RESULTS, formats=FORMATS)
    before = {path: path.read_bytes() for path in (tmp_path / "old").rglob("*") if path.is_file()}
    with pytest.raises(KeyboardInterrupt):
        write_dataset(tmp_path / "old", broken(), formats=FORMATS)
    assert {path: path.read_bytes() for path in (tmp_path / "old").rglob("*") if path.is_file()} == before


def test_what_a_killed_run_left_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    for name in ("people/part-00000.parquet.half", "dataset.sqlite.half", "dataset.sqlite.half-journal"):
        (tmp_path / name).write_bytes(b"half")
    write_dataset(tmp_path, RESULTS, formats=["sqlite"])
    assert not [path for path in tmp_path.rglob("*") if ".half" in path.name]
    assert len(read_dataset(tmp_path).people) == 2
