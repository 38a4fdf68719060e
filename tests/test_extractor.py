"""The library's front door: load once, extract from anything, and never lose a stream to one bad release."""

from __future__ import annotations

import itertools
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import jsonschema  # type: ignore[import-untyped]
import pytest
import spacy
from rich.console import Console

import report_extract
from report_extract import Extractor, Failure, InputError, PressRelease, Source
from report_extract.ingest import read_bytes
from report_extract.schema import TABLE_OF, TABLES, Label
from report_extract.view import STYLES, record_view

pytestmark = pytest.mark.model

TEXT = """Quay Trust opens harbour fair

PORT LOWE, 4 March 2019 - Dr. Ada Quill, director of the Quay Trust (QT), opened the Harbour Fair Symposium in Lima on
Monday. More than 300 participants attended the symposium.

"We are ready," said Quill. Next month the QT will go to Quito.

Contact: Ben Roe, ben@quay.example.org, +65 6123 4567
"""


@pytest.fixture(scope="module")
def record(extractor: Extractor) -> PressRelease:
    return extractor.extract(TEXT)


# What goes in


def test_text_bytes_path_and_source_give_the_same_facts(
    record: PressRelease, extractor: Extractor, tmp_path: Path
) -> None:
    path = tmp_path / "release.txt"
    path.write_bytes(TEXT.encode())
    source = read_bytes(TEXT.encode(), "given")
    for item, name in ((TEXT.encode(), "<bytes>"), (path, str(path)), (source, "given")):
        again = extractor.extract(item)
        assert again.document.source == name
        unnamed = again.document.model_copy(update={"source": "<text>"})
        assert again.model_copy(update={"document": unnamed}) == record


def test_a_name_can_be_given_to_text_and_bytes_and_a_path_has_one(extractor: Extractor, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert extractor.extract("A fair.", source="mail 7").document.source == "mail 7"
    assert extractor.extract(b"A fair.", source="mail 8").document.source == "mail 8"
    assert extractor.extract(tmp_path / "a.txt", source="mail 9").document.source == str(tmp_path / "a.txt")


def test_a_string_is_never_a_path_and_bytes_tell_their_format(extractor: Extractor, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert extractor.extract(str(path)).document.text == str(path)
    page = b"<html><body><nav>Home</nav><h1>Quay Trust opens fair</h1><p>Dr. Ada Quill came.</p></body></html>"
    document = extractor.extract(page).document
    assert (document.format, document.text) == ("html", "Quay Trust opens fair\n\nDr. Ada Quill came.\n")
    assert extractor.extract(page.decode()).document.format == "text"


def test_the_record_holds_the_facts_with_their_places(record: PressRelease) -> None:
    assert record.document.text == TEXT
    assert [person.name for person in record.people] == ["Ada Quill", "Ben Roe"]
    assert record.people[0].honorific == "Dr."
    assert record.people[0].affiliations[0].title == "director"
    assert [(a.low, a.comparator) for a in record.attendance] == [(300, "more_than")]
    assert [(c.name, c.email, c.phone_e164) for c in record.contacts] == [
        ("Ben Roe", "ben@quay.example.org", "+6561234567")
    ]
    assert [(s.speaker, s.quote) for s in record.statements if s.kind == "direct"] == [("Ada Quill", "We are ready,")]
    for table in TABLES:
        for row in record.to_rows()[table.name]:
            if "start" in row:
                assert TEXT[row["start"] : row["end"]] == row["text"]


def test_relative_dates_are_read_against_the_date_that_is_given(record: PressRelease, extractor: Extractor) -> None:
    assert record.document.published == "2019-03-04"
    assert "2019-04" in [date.edtf for date in record.dates]
    later = extractor.extract(TEXT, published="2020-12-31")
    assert later.document.published == "2020-12-31"
    assert "2021-01" in [date.edtf for date in later.dates]
    assert "2019-04" not in [date.edtf for date in later.dates]


@pytest.mark.parametrize("published", ["2019", "2019-03", "2019-03-04", "2019-03-04T10:30", "2019~", "2019-03/2019-04"])
def test_a_date_may_be_as_imprecise_as_edtf_allows(published: str, extractor: Extractor) -> None:
    assert extractor.extract("A fair.", published=published).document.published == published


@pytest.mark.parametrize("published", ["", "garbage", "4 March 2019", "2019-13-01", "2019-02-30", "04/03/2019"])
def test_a_wrong_date_is_the_callers_fault(published: str, extractor: Extractor) -> None:
    with pytest.raises(ValueError, match="is no EDTF date; write it like 2013-11-05"):
        extractor.extract("A fair.", published=published)
    with pytest.raises(ValueError, match="is no EDTF date"):
        next(extractor.stream(["A fair."], published=published))


@pytest.mark.parametrize("item", [None, 7, ["A fair."]])
def test_what_is_no_release_at_all_is_the_callers_fault(item: object, extractor: Extractor) -> None:
    with pytest.raises(TypeError, match=f"cannot read a {type(item).__name__}; give text, bytes, a Path or a Source"):
        extractor.extract(item)  # type: ignore[arg-type]


# What goes wrong


@pytest.mark.parametrize(
    ("item", "place", "remedy"),
    [
        ("", ("<text>", "ingest", "empty"), "pass the release's text"),
        (b" ", ("<bytes>", "ingest", "empty"), "copied whole"),
        (b"%PDF-1.7", ("<bytes>", "ingest", "binary"), "pdftotext"),
        ("half \udc80 a letter", ("<text>", "ingest", "undecodable"), "at 5; decode its bytes anew"),
        (Path("/no/such/file.txt"), ("/no/such/file.txt", "ingest", "unreadable"), "check the path"),
        ("A fair. " * 125_001, ("<text>", "analyze", "too_large"), "split the file"),
    ],
)
def test_an_error_names_source_place_and_remedy(
    item: str | bytes | Path, place: tuple[str, str, str], remedy: str, extractor: Extractor
) -> None:
    with pytest.raises(InputError) as caught:
        extractor.extract(item)
    error = caught.value
    assert (error.source, error.stage, error.reason) == place
    assert str(error) == f"{error.source}: {error.message}"
    assert remedy in error.message


def test_a_fault_of_a_stage_names_the_stage(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_text: str) -> None:
        raise KeyError("tide")

    monkeypatch.setattr("report_extract.pipeline.clean_text", broken)
    with pytest.raises(InputError, match="mail 7: KeyError in clean: 'tide'; please report it") as caught:
        extractor.extract(TEXT, source="mail 7")
    assert (caught.value.stage, caught.value.reason) == ("clean", "internal")


def test_odd_characters_reach_the_record_whole(extractor: Extractor) -> None:
    odd = "Dr.\x00 Ada Quill\u200b \U0001f680 e\u0301\ufeff \x85\u2028 \ufffe said\x0b so.\r\n\r\x1f"
    record = extractor.extract(odd)
    assert record.document.text == odd
    assert PressRelease.model_validate_json(record.model_dump_json()) == record


def test_a_long_row_of_digits_costs_no_time(extractor: Extractor) -> None:
    began = time.process_time()
    extractor.extract(f"Contact: Ada Quill, {'9' * 4000} @ {'12 34 ' * 500} ({'0' * 4000}")
    assert time.process_time() - began < 2  # it was minutes where every division of the row was tried


@pytest.mark.parametrize("number", ["9" * 30, "9" * 400, "9,999,999 million"])
def test_absurd_numbers_lose_no_release(number: str, extractor: Extractor) -> None:
    record = extractor.extract(f"More than {number} people attended the fair. Some 40 guests came to the dinner.")
    assert [figure.low for figure in record.attendance] == [40]


# Streams


def test_a_stream_keeps_order_and_turns_failures_into_rows(extractor: Extractor, tmp_path: Path) -> None:
    told = Failure(source="x", stage="ingest", error="empty", message="as it came")
    items: list[str | bytes | Path | Source | Failure] = [
        "A fair.",
        b"",
        told,
        tmp_path / "gone.txt",
        b"A fair.",
        read_bytes(b"The fair.", "s"),
    ]
    results = list(extractor.stream(items))
    assert [r.error if isinstance(r, Failure) else r.document.source for r in results] == [
        "<text>",
        "empty",
        "empty",
        "unreadable",
        "<bytes>",
        "s",
    ]
    assert results[2] is told


def test_a_stream_reads_no_further_than_it_is_asked(extractor: Extractor) -> None:
    taken: list[int] = []

    def endless() -> Iterator[str]:
        for n in itertools.count():
            taken.append(n)
            yield f"Fair {n}."

    texts = [r.document.text for r in itertools.islice(extractor.stream(endless()), 3) if isinstance(r, PressRelease)]
    assert texts == ["Fair 0.", "Fair 1.", "Fair 2."]
    assert taken == [0, 1, 2]


def test_a_stream_forgets_words_and_its_records_do_not(extractor: Extractor, record: PressRelease) -> None:
    strings = extractor.nlp.vocab.strings
    results = []
    for result in extractor.stream(["Dr. Zyxora Quillfeather came to the Wubblethorpe fair.", TEXT]):
        results.append(result)
        assert extractor.extract(TEXT) == record  # another release may be read between two of a stream
    assert "Quillfeather" not in strings
    first, second = results
    assert isinstance(first, PressRelease)
    assert [person.name for person in first.people] == ["Zyxora Quillfeather"]
    assert second == record


# Loading


def test_a_second_reading_loads_nothing(
    extractor: Extractor, record: PressRelease, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    listening = True

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if listening and event in ("open", "import"):
            opened.append(arguments[0])

    extractor.extract(TEXT)
    monkeypatch.setattr(spacy, "load", None)
    sys.addaudithook(hook)  # there is no way to take a hook away again; it is deaf from here on
    try:
        again = extractor.extract(TEXT)
    finally:
        listening = False
    assert again == record
    assert opened == []


def test_another_pipeline_gives_whole_records(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    names = {"PERSON": "Zyx Quux", "ORG": "Zorblatt", "GPE": "Zembla", "DATE": "4 March 2019", "CARDINAL": "300"}
    ruler.add_patterns([{"label": label, "pattern": name} for label, name in names.items()])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "theirs")
    text = "Fair opens\n\nDr. Zyx Quux, director of Zorblatt, opened the fair in Zembla on 4 March 2019. 300 guests attended.\n"
    theirs = report_extract.load(tmp_path / "theirs").extract(text)
    assert [(p.name, p.honorific) for p in theirs.people] == [("Zyx Quux", "Dr.")]
    assert [(a.title, a.organization) for a in theirs.people[0].affiliations] == [("director", "Zorblatt")]
    assert [place.name for place in theirs.places] == ["Zembla"]
    assert [date.edtf for date in theirs.dates] == ["2019-03-04"]
    assert [figure.low for figure in theirs.attendance] == [300]
    assert "model.ORG" in {mention.rule for mention in theirs.mentions}


# What comes out


def test_a_record_goes_to_json_and_comes_back(record: PressRelease) -> None:
    there = record.model_dump_json()
    back = PressRelease.model_validate_json(there)
    assert back == record
    assert back.model_dump_json() == there
    wrong = json.loads(there) | {"peopel": []}
    with pytest.raises(ValueError, match="peopel"):
        PressRelease.model_validate(wrong)


def test_the_json_schema_is_one_and_holds_for_records(record: PressRelease) -> None:
    schema = PressRelease.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    facts = json.loads(record.model_dump_json())
    assert list(validator.iter_errors(facts)) == []
    facts["people"][0]["mentions"] = "often"
    assert [list(error.path) for error in validator.iter_errors(facts)] == [["people", 0, "mentions"]]


def test_rows_stand_in_every_table_with_every_column(record: PressRelease) -> None:
    rows = record.to_rows()
    assert list(rows) == [table.name for table in TABLES]
    for table in TABLES:
        for row in rows[table.name]:
            assert list(row) == list(table.columns)
            if table.name != "failures":
                assert row["document_id"] == record.document.document_id
    assert [row["name"] for row in rows["people"]] == [person.name for person in record.people]
    assert len(rows["affiliations"]) == sum(len(person.affiliations) for person in record.people) > 0
    assert [row["alias"] for row in rows["organization_aliases"]] == ["QT"]
    assert rows["failures"] == []
    assert "affiliations" not in rows["people"][0]
    assert set(TABLE_OF) == {table.row for table in TABLES}


def test_the_view_shows_facts_rules_and_the_text(extractor: Extractor) -> None:
    assert set(get_args(Label)) <= set(STYLES)
    record = extractor.extract(TEXT.replace("fair\n\n", "fair [red]now[/red]\n\n"))
    console = Console(width=160, record=True, file=open("/dev/null", "w"))  # noqa: SIM115, PTH123
    console.print(record_view(record))
    shown = console.export_text()
    for words in ("Ada Quill", "ben@quay.example.org", "2019-03-04", record.people[0].rule, "fair [red]now[/red]"):
        assert words in shown
