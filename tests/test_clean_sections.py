"""The sections of a release: single cases, and the law that they tile the text."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report_extract.clean import clean_text, find_sections
from report_extract.clean.sections import Section

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "sections.jsonl").read_text(encoding="utf-8").split("\n")
    if line
]
_MARKED = re.compile(r"\[([^\[\]]+)\]\((HEADLINE|BODY|CHROME|CONTACT|ABOUT|NOTES|AGENDA)\)")
LINES = """Skip to content|Home|News|Contact us|PRESS RELEASE|5 May 2014|College opens new hall|Contact:|ana@example.org
    |About Hill College|ENDS|9:00 Welcome|10:00 Tea|11:00 End|Notes to editors|Related news|© 2014 Hill College||2
    |The new hall of the college was opened on Monday by the mayor of Hillborough.|Who: The mayor"""


def label_at(sections: list[Section], char: int) -> str:
    return next(section.label for section in sections if section.start <= char < section.end)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["id"],
            marks=[pytest.mark.xfail(strict=True, reason=case["note"])] if case["status"] == "known_failure" else [],
        )
        for case in CASES
    ],
)
def test_cases(case: dict[str, Any]) -> None:
    text = _MARKED.sub(r"\1", case["text"])
    sections = find_sections(text)
    expected = [(match[1], match[2]) for match in _MARKED.finditer(case["text"])]
    at, found = 0, []
    for words, _ in expected:
        at = text.index(words, at)
        found.append((words, label_at(sections, at)))
        assert label_at(sections, at) == label_at(sections, at + len(words) - 1)
        at += len(words)
    assert found == expected


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(LINES.split("|")), max_size=30).map("\n".join) | st.text(max_size=60))
def test_sections_tile_the_text(text: str) -> None:
    sections = find_sections(text)
    assert "".join(text[section.start : section.end] for section in sections) == text
    assert all(section.start < section.end for section in sections)
    assert all(a.end == b.start and a.label != b.label for a, b in pairwise(sections))
    assert find_sections(text) == sections


def test_nothing_gives_no_sections() -> None:
    assert find_sections("") == []
    assert [section.label for section in find_sections(" \n ")] == ["BODY"]


def test_the_cleaned_text_keeps_its_headline() -> None:
    text = "Skip to content\r\n\r\nHall&nbsp;opened\r\n\r\nThe mayor of the town opened the new hall of the college on\r\nMonday."
    cleaned = clean_text(text)
    assert cleaned.text.endswith("on Monday.")
    assert [section.label for section in find_sections(cleaned.text)] == ["CHROME", "HEADLINE", "BODY"]
