"""Readings that hold two names are parted, halves of one are joined, and letters behind a name are dropped."""

from __future__ import annotations

import pytest

from report_extract.analyze.candidates import Board, Candidate
from report_extract.analyze.distinctions import drop_distinctions
from report_extract.analyze.joined import join
from report_extract.analyze.lexicon import no_lists
from report_extract.analyze.parted import part
from report_extract.analyze.words import Words


def read(text: str, tags: str, *found: tuple[int, int, str]) -> list[tuple[str, str]]:
    parts = tuple(text.split())
    starts = [text.index(parts[0])]
    for one in parts[1:]:
        starts.append(text.index(one, starts[-1] + 1))
    ends = tuple(start + len(one) for start, one in zip(starts, parts, strict=True))
    nothing = (False,) * len(parts)
    words = Words(text, parts, parts, tuple(starts), ends, nothing, nothing, tags)
    board = Board(len(parts))
    board.place(Candidate(first, stop, label, "model", 1.0) for first, stop, label in found)
    lexicon = no_lists()[1]
    drop_distinctions(words, lexicon, board)
    join(words, lexicon, board)
    part(words, board)
    chosen = sorted(board.chosen, key=lambda one: one.first)
    return [(" ".join(parts[one.first : one.stop]), one.label) for one in chosen]


@pytest.mark.parametrize(
    ("text", "tags", "found", "wanted"),
    [
        (
            "HIT met HIT President Roe",
            "AwATS",
            [(0, 1, "ORG"), (2, 4, "TITLE"), (4, 5, "PERSON")],
            [("HIT", "ORG"), ("HIT", "ORG"), ("President", "TITLE"), ("Roe", "PERSON")],
        ),
        ("HIT President Roe", "ATS", [(0, 2, "TITLE")], [("HIT President", "TITLE")]),
        (
            "Tide Board and Lima College and Tide Board",
            "CO&CO&CO",
            [(0, 2, "ORG"), (3, 8, "ORG")],
            [("Tide Board", "ORG"), ("Lima College", "ORG"), ("Tide Board", "ORG")],
        ),
        ("Lima College and Tide Board", "CO&CO", [(0, 5, "ORG")], [("Lima College and Tide Board", "ORG")]),
        ("LC alumna Mele Vuki", "AwNS", [(0, 4, "PERSON")], [("Mele Vuki", "PERSON")]),
        (
            "Chancellor and President Professor Roe",
            "T&THS",
            [(0, 1, "TITLE"), (2, 3, "TITLE"), (3, 4, "HONORIFIC"), (4, 5, "PERSON")],
            [("Chancellor and President", "TITLE"), ("Professor", "HONORIFIC"), ("Roe", "PERSON")],
        ),
        (
            "the Minister and President Roe",
            "hT&TS",
            [(1, 2, "TITLE"), (3, 4, "TITLE"), (4, 5, "PERSON")],
            [("Minister", "TITLE"), ("President", "TITLE"), ("Roe", "PERSON")],
        ),
        (
            "Mele Vuki , GCMG , KStJ , spoke",
            "NS,A,A,w",
            [(0, 2, "PERSON"), (3, 4, "ORG"), (5, 6, "ORG")],
            [("Mele Vuki", "PERSON")],
        ),
        (
            "Mele Vuki , NASA , spoke",
            "NS,A,w",
            [(0, 2, "PERSON"), (3, 4, "ORG")],
            [("Mele Vuki", "PERSON"), ("NASA", "ORG")],
        ),
        ("Mele Vuki MBE", "NSA", [(0, 3, "PERSON")], [("Mele Vuki", "PERSON")]),
        (
            "Director Professor Roe",
            "THS",
            [(0, 2, "TITLE"), (2, 3, "PERSON")],
            [("Director", "TITLE"), ("Professor", "HONORIFIC"), ("Roe", "PERSON")],
        ),
        ("Tuvalu High Commissioner", "GMT", [(1, 3, "TITLE")], [("Tuvalu", "GPE"), ("High Commissioner", "TITLE")]),
        (
            "King Tavo 's College",
            "TNsO",
            [(0, 1, "TITLE"), (1, 2, "PERSON"), (3, 4, "ORG")],
            [("King Tavo 's College", "ORG")],
        ),
        (
            "Mele Vuki 's College",
            "NNsO",
            [(0, 2, "PERSON"), (3, 4, "ORG")],
            [("Mele Vuki", "PERSON"), ("College", "ORG")],
        ),
        (
            "Tide Museum Chief Director Roe",
            "CFMTS",
            [(4, 5, "PERSON")],
            [("Tide Museum", "ORG"), ("Chief Director", "TITLE"), ("Roe", "PERSON")],
        ),
        ("Museum Director Roe", "FTS", [(2, 3, "PERSON")], [("Roe", "PERSON")]),
        ("Ludwig van Roe", "NpS", [(0, 3, "PERSON")], [("Ludwig van Roe", "PERSON")]),
    ],
)
def test_readings_of_two_names(
    text: str, tags: str, found: list[tuple[int, int, str]], wanted: list[tuple[str, str]]
) -> None:
    assert read(text, tags, *found) == wanted
