"""Date expressions: spans, values, roles, and what is refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import spacy
from edtf import parse_edtf
from spacy.tokens import Doc

from report_extract.analyze.date_spans import date_spans
from report_extract.analyze.seam import MENTIONS, write_spans
from report_extract.extract.date_clock import clock_times
from report_extract.extract.date_reading import read_when
from report_extract.extract.date_values import Known
from report_extract.extract.dates import find_dates
from report_extract.extractor import Extractor

NLP = spacy.blank("en")
CASES = [json.loads(line) for line in (Path(__file__).parent / "cases" / "dates.jsonl").read_text("utf-8").splitlines()]


def marked(text: str) -> tuple[str, tuple[int, int, str] | None]:
    """The text without its marks, and the span and rule id marked in it."""
    if "](dates." not in text:
        return text, None
    start = text.index("[")
    end = text.index("](dates.", start)
    stop = text.index(")", end + 2)
    return text[:start] + text[start + 1 : end] + text[stop + 1 :], (start, end - 1, text[end + 2 : stop])


def dated(text: str) -> Doc:
    doc = NLP(text)
    write_spans(doc, MENTIONS, [(start, end, "DATE", rule) for start, end, rule in date_spans(text)])
    return doc


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_date_has_its_span_rule_and_value(case: dict[str, Any]) -> None:
    text, expected = marked(case["text"])
    spans = date_spans(text)
    if expected is None:
        assert spans == []
        return
    assert expected in spans
    found = list(find_dates(dated(text), published=case.get("published")))
    mention = next(m for m in found if m.evidence.start == expected[0])
    for field, value in case["expect"].items():
        assert getattr(mention, field) == value, field


@pytest.mark.parametrize("case", [c for c in CASES if c["expect"] and c["expect"].get("edtf")], ids=lambda c: c["id"])
def test_every_value_is_edtf(case: dict[str, Any]) -> None:
    value = case["expect"]["edtf"]
    if "T" not in value:
        assert str(parse_edtf(value)) == value
    # The standard wants seconds, which releases never give; ours stop at the minute.
    for part in value.split("/") if "T" in value else []:
        assert parse_edtf(f"{part}:00")


def test_an_unambiguous_numeric_date_gives_the_order_of_the_others() -> None:
    doc = dated("It met on 16/01/2017 and on 05/11/2016.")
    assert [mention.edtf for mention in find_dates(doc, published=None)] == ["2017-01-16", "2016-11-05"]


@pytest.mark.parametrize(
    ("places", "value"),
    [
        (("Fiji",), "2021-04-03"),
        (("Ohio",), "2021-03-04"),
        (("Canada",), None),
        (("Fiji", "Ohio"), None),
        (("Atlantis",), None),
        ((), None),
    ],
)
def test_the_countries_named_give_the_order_where_no_date_does(places: tuple[str, ...], value: str | None) -> None:
    text = f"03/04/2021 {' '.join(places)}"
    doc = spacy.blank("en")(text)
    spans, at = [(0, 10, "DATE", "dates.numeric")], 11
    for place in places:
        spans.append((at, at + len(place), "GPE", ""))
        at += len(place) + 1
    write_spans(doc, MENTIONS, spans)
    (found,) = find_dates(doc, published=None)
    assert found.edtf == value


def test_a_full_date_elsewhere_gives_the_year() -> None:
    doc = dated("The hall opens on 3 May 2016. On 3 May the choir sings, and on 5 May the band plays.")
    assert [mention.edtf for mention in find_dates(doc, published=None)] == ["2016-05-03", "2016-05-03", "2016-05-05"]


def test_a_date_in_an_event_name_belongs_to_the_name() -> None:
    text = "The 2016 Hill Summit met in Lima."
    doc = NLP(text)
    write_spans(doc, MENTIONS, [(4, 20, "EVENT", "x"), (4, 8, "DATE", "dates.year")])
    assert list(find_dates(doc, published=None)) == []


def test_spans_of_another_model_are_read_too() -> None:
    text = "Sapporo, le 1er janvier 2013, et l'an 2013."
    doc = NLP(text)
    write_spans(doc, MENTIONS, [(9, 28, "DATE", "model"), (33, 40, "DATE", "model")])
    assert [mention.edtf for mention in find_dates(doc, published=None)] == ["2013-01-01", None]


def test_the_clock_of_the_machine_is_never_asked() -> None:
    doc = dated("They met today, on Friday, in March, this year, last week and 3 days ago, and on 5 May.")
    assert {mention.edtf for mention in find_dates(doc, published=None)} == {None}


def test_bounds_are_inclusive_days() -> None:
    (mention,) = find_dates(dated("It opened in February 2016."), published=None)
    assert (mention.start, mention.end, mention.precision) == ("2016-02-01", "2016-02-29", "month")


def test_an_impossible_day_has_no_value() -> None:
    (mention,) = find_dates(dated("It met on 31 February 2016 in Lima."), published=None)
    assert mention.edtf is None


def test_half_of_the_day_is_shared_by_two_times() -> None:
    assert clock_times({"t1": "1:00", "t2": "3:00", "p2": "pm"}) == ("13:00", "15:00")
    assert clock_times({"t1": "11", "t2": "1", "p2": "pm"}) == ("11:00", "13:00")
    assert clock_times({"t1": "10:00", "t2": "14:30"}) == ("10:00", "14:30")


def test_empty_and_odd_texts_have_no_dates() -> None:
    for text in ("", "\n\n", "1", "(", "a" * 500, "9" * 300, "- " * 200):
        assert date_spans(text) == []


def test_known_without_publication_resolves_nothing_relative() -> None:
    from report_extract.analyze.date_grammar import read_expression

    found = read_expression("next month", 0)
    assert found is not None
    assert read_when(found, Known()) is None
    when = read_when(found, Known(published=date(2016, 12, 3)))
    assert when is not None
    assert when.edtf == "2017-01"


@pytest.mark.model
def test_a_numeric_date_in_doubt_is_null_and_the_document_warns(extractor: Extractor) -> None:
    text = "Harbour Board names a pilot\n\nThe Harbour Board of Lima met on 05/11/2013 in the old hall.\n"
    record = extractor.extract(text)
    assert [row.edtf for row in record.dates] == []
    assert "the order of day and month in 05/11/2013" in (record.document.warnings or "")
    told = extractor.extract(text.replace("05/11/2013", "Monday, 05/11/2012"))
    assert [row.edtf for row in told.dates] == ["2012-11-05"]
    assert "order of day and month" not in (told.document.warnings or "")
