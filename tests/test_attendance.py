"""Figures of those taking part: bounds, units, shares, and what is no attendance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from report_extract.analyze.seam import SECTIONS, write_spans
from report_extract.extract.attendance import find_attendance
from report_extract.extract.numbers import parse_number

NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")
CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "attendance.jsonl").read_text("utf-8").splitlines()
]


def marked(text: str) -> tuple[str, tuple[int, int, str] | None]:
    """The text without its marks, and the span and rule id marked in it."""
    if "](attendance." not in text:
        return text, None
    start = text.index("[")
    end = text.index("](attendance.", start)
    stop = text.index(")", end + 2)
    return text[:start] + text[start + 1 : end] + text[stop + 1 :], (start, end - 1, text[end + 2 : stop])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_figure_has_its_bounds(case: dict[str, Any]) -> None:
    text, expected = marked(case["text"])
    found = list(find_attendance(NLP(text)))
    if expected is None:
        assert found == []
        return
    mention = next(m for m in found if (m.evidence.start, m.evidence.end, m.evidence.rule) == expected)
    for field, value in case["expect"].items():
        assert getattr(mention, field) == value, field


def test_chrome_and_boilerplate_count_nobody() -> None:
    text = "More than 100 people attended. About us: 500 delegates attended last year."
    doc = NLP(text)
    write_spans(doc, SECTIONS, [(0, 31, "BODY", ""), (31, len(text), "ABOUT", "")])
    assert [mention.low for mention in find_attendance(doc)] == [100]


def test_a_figure_told_twice_is_one() -> None:
    doc = NLP("50 delegates attended. The 50 delegates sang.")
    assert len(list(find_attendance(doc))) == 1


def test_a_doc_without_sentences_is_read_as_one() -> None:
    doc = Doc(NLP.vocab, words=["50", "delegates", "attended", "."])
    assert [mention.low for mention in find_attendance(doc)] == [50]


@pytest.mark.parametrize(
    ("text", "scale", "value"),
    [
        ("1,200", None, 1200),
        ("2.5", "million", 2_500_000),
        ("three hundred and five", None, 305),
        ("two thousand five hundred", None, 2500),
        ("a dozen", None, 12),
        ("ninety-nine", None, 99),
        ("many", None, None),
    ],
)
def test_numbers_in_digits_and_words(text: str, scale: str | None, value: int | None) -> None:
    assert parse_number(text, scale) == value
