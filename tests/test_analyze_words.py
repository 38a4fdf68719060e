"""Tokens and sentences of releases."""

from __future__ import annotations

import pytest

from report_extract.analyze.sentences import sentence_starts
from report_extract.analyze.tokenizer import split_words


@pytest.mark.parametrize(
    "whole",
    [
        "Prof.", "Sen.", "SEN.", "Rep.", "Gov.", "H.E.", "Lt.", "Gen.", "Dr.", "Engr.", "Md.", "S$1.5m", "2013-14", "AU$2m", "U.S.", "U.N.", "Ph.D.",
        "a.m.", "A*STAR", "Text+", "O’Neill", "D'Souza", "1,200", "21st", "COVID19", "NFDI4Reefs", "Inc.", "Ltd.", "Calif.", "$5.2bn",
    ],
)  # fmt: skip
def test_stays_one_token(whole: str) -> None:
    words, _ = split_words(f"They saw {whole} there ({whole}).")
    assert words.count(whole) == 2


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("UK-France Summit", ["UK", "-", "France", "Summit"]),
        ("the Minister’s plan", ["the", "Minister", "’s", "plan"]),
        ("O'Neill's plan", ["O'Neill", "'s", "plan"]),
        ("J. F. Doe", ["J.", "F.", "Doe"]),
        ("a line\nand another", ["a", "line", "\n", "and", "another"]),
        ("two  gaps ", ["two", " ", "gaps"]),
        ("see www.reef.example/a.", ["see", "www.reef.example/a", "."]),
        ("ana.ruiz@reef.example,", ["ana.ruiz@reef.example", ","]),
        ("It ended.", ["It", "ended", "."]),
    ],
)
def test_falls_into_parts(text: str, parts: list[str]) -> None:
    words, spaces = split_words(text)
    assert words == parts
    assert "".join(word + " " * space for word, space in zip(words, spaces, strict=True)) == text


@pytest.mark.parametrize(
    "text",
    [
        "Prof. Dr. Ana Ruiz spoke.|He left.",
        "Lt. Gen. J. F. Doe met H.E. Sione Lau.|All agreed.",
        "They live in the U.S.|The law is old.",
        "They met U.S. Senator Ruiz at 9 a.m. on Monday.|Then they left.",
        "“We won.”|Ruiz smiled.",
        "“Did we win?” he asked.|Yes!|She nodded…|They went.",
        "Welcome note\n|2 The station opened.\n|3 It closed.",
        "- One item\n|- Two items. |More.",
        "He wrote “a book”, and left.",
        "It cost $1.5 million (about S$2.1 million).|It was late.",
        "Item No. 5 and Nos. 6 and 7 were sold.|They went.",
        "Was it sold?|No.|They kept it.",
        "Mr. Roe vs. Ms. Quill was heard at St. Ives.|It rained.",
        "The firm Roe Bros. Ltd. moved to Lima.",
        "It was ... well, late.|Then it was not.",
    ],
)
def test_sentences(text: str) -> None:
    plain = text.replace("|", "" if "\n" in text or " |" in text else " ")
    words, spaces = split_words(plain)
    begun = [word for word, start in zip(words, sentence_starts(words, spaces), strict=True) if start]
    assert begun == [split_words(part)[0][0] for part in text.split("|")]
