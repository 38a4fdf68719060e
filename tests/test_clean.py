"""The repairs: single cases, and the laws that hold for any text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from report_extract.clean import clean_text
from report_extract.clean.chain import REPAIRS
from report_extract.clean.glue import split_glued_words
from report_extract.clean.wrapping import join_wrapped
from report_extract.evidence import TextMap, is_monotone

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "clean.jsonl").read_text(encoding="utf-8").split("\n")
    if line
]
WORDS = """the The minister heldthe more than100 inter- national Vice- President agreed . , : ( “ ” ) " a i n thatHU HU of
    &amp; &amp;nbsp; &lt; &#160; amp; nbsp; CafÃ© â€™ Â Ã © - • 1. (a) Venue: ana@example.org www.example.org http://a.b/c
    workshop.There Tokyo,Japan 5November2013 — – WASHINGTON 2 ENDS Mr Mr. U.S. 9:30 am COURTS expertis e thr ee"""
PIECES = [
    *WORDS.split(),
    " ",
    "  ",
    "   ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\f",
    "\u00a0",
    "\u00ad",
    "\u200b",
    "\x80",
    "\x99",
]
PIECES += ["and a long sentence about the new hall of the town", "Page 1 of 3", "ORDER OF THE COURTS AND TRIBUNALS OF"]


def damaged_texts() -> st.SearchStrategy[str]:
    pieces = st.lists(st.sampled_from(PIECES), max_size=25)
    return pieces.map("".join) | pieces.map(" ".join) | pieces.map("\n".join) | st.text(max_size=40)


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
    cleaned = clean_text(case["text"])
    assert cleaned.text == case["expect"]
    assert bool(cleaned.steps) == (case["text"] != case["expect"])


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(damaged_texts())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned.text).text == cleaned.text
    assert clean_text(cleaned.text).steps == ()


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(damaged_texts())
def test_the_way_back_is_exact(text: str) -> None:
    cleaned = clean_text(text)
    assert len(cleaned.map) == len(cleaned.text)
    assert cleaned.map.raw_length == len(text)
    assert is_monotone(cleaned.map)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(damaged_texts())
def test_every_repair_alone_gives_edits_in_order(text: str) -> None:
    for repair in REPAIRS:
        TextMap.identity(len(text)).apply(text, repair(text))


def test_kept_letters_stand_for_themselves() -> None:
    text = "The  CafÃ© heldthe talks;\r\nmore than100 per-\nsons came &amp; went."
    cleaned = clean_text(text)
    for n, char in enumerate(cleaned.text):
        start, end = cleaned.map.to_raw(n, n + 1)
        if char.isascii() and char.isalnum() and end - start == 1:
            assert text[start:end] == char
    start = cleaned.text.index("held the")
    assert text[slice(*cleaned.map.to_raw(start, start + 8))] == "heldthe"
    start = cleaned.text.index("&")
    assert text[slice(*cleaned.map.to_raw(start, start + 1))] == "&amp;"


def test_steps_name_the_repairs_that_changed_something() -> None:
    assert clean_text("Nothing to mend here.").steps == ()
    assert clean_text("They  heldthe talks in the town of Hill and in the hall of Lake").steps == (
        "squeeze_spaces",
        "split_glued_words",
    )


def test_an_unwrapped_text_is_not_joined() -> None:
    lines = ["The mayor of the town opened the hall.", "Ana Ruiz, Dean of the School of Law", "Bo Lind, Provost"] * 5
    assert list(join_wrapped("\n".join(lines))) == []


def test_long_inputs_do_not_take_long() -> None:
    clean_text("a" * 50_000 + " " * 50_000 + "b." * 20_000 + "- \n" * 10_000 + "&amp;" * 5_000)


def test_a_language_other_than_english_keeps_its_words() -> None:
    text = "Der Minister und die Ministerin haben in der Stadt über die Zukunft der Hochschule gesprochen, undder Rektor kam."
    assert list(split_glued_words(text)) == []
