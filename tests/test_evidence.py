"""Laws of the map between cleaned and original text, for any chain of edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_extract.evidence import Edit, Evidence, TextMap, is_monotone

LETTERS = "abcdef \n"


@st.composite
def edit_lists(draw: st.DrawFn, length: int) -> list[Edit]:
    """Edits in order and without overlap inside a text of this length."""
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return [Edit(start, end, draw(st.text("XYZ ", max_size=3))) for start, end in pairs]


@st.composite
def chains(draw: st.DrawFn) -> tuple[str, list[list[Edit]]]:
    """A text and several rounds of edits, each in the offsets of the text that the round before left."""
    text = draw(st.text(LETTERS, max_size=30))
    rounds, here = [], text
    for _ in range(draw(st.integers(1, 4))):
        edits = draw(edit_lists(len(here)))
        here, _ = TextMap.identity(len(here)).apply(here, edits)
        rounds.append(edits)
    return text, rounds


def applied(text: str, rounds: list[list[Edit]]) -> tuple[str, TextMap]:
    text_map = TextMap.identity(len(text))
    for edits in rounds:
        text, text_map = text_map.apply(text, edits)
    return text, text_map


@given(chains())
def test_every_cleaned_character_lies_in_the_original_and_the_map_never_runs_backwards(
    chain: tuple[str, list[list[Edit]]],
) -> None:
    text, rounds = chain
    cleaned, text_map = applied(text, rounds)
    assert len(cleaned) == len(text_map)
    assert is_monotone(text_map)
    stretches = list(zip(text_map.starts, text_map.ends, strict=True))
    assert all(0 <= start <= end <= len(text) for start, end in stretches)


@given(chains())
def test_kept_characters_map_to_themselves_and_back(chain: tuple[str, list[list[Edit]]]) -> None:
    text, rounds = chain
    cleaned, text_map = applied(text, rounds)
    for n, char in enumerate(cleaned):
        start, end = text_map.to_raw(n, n + 1)
        if char in LETTERS.strip() and end - start == 1:  # edits write capitals, so a small letter was kept
            assert text[start:end] == char
            assert text_map.to_clean(start, end) == (n, n + 1)


@given(chains(), st.data())
def test_a_span_maps_to_the_stretch_from_its_first_to_its_last_character(
    chain: tuple[str, list[list[Edit]]], data: st.DataObject
) -> None:
    text, rounds = chain
    cleaned, text_map = applied(text, rounds)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(cleaned))] * 2)))
    raw_start, raw_end = text_map.to_raw(start, end)
    assert 0 <= raw_start <= raw_end <= len(text)
    for n in range(start, end):
        assert raw_start <= text_map.starts[n] <= text_map.ends[n] <= raw_end
    # There and back covers the span again, but for inserted characters at its edges, which stand for nothing.
    first, last = text_map.to_clean(raw_start, raw_end)
    kept = [n for n in range(start, end) if text_map.starts[n] < text_map.ends[n]]
    assert all(first <= n < last for n in kept)


@given(st.text(LETTERS, max_size=20))
def test_no_edits_leave_text_and_map_alone(text: str) -> None:
    identity = TextMap.identity(len(text))
    assert identity.apply(text, []) == (text, identity)


def test_a_deletion_a_replacement_and_an_insertion() -> None:
    text, text_map = TextMap.identity(15).apply("per-\nsons &amp;", [Edit(3, 5, ""), Edit(10, 15, "&")])
    assert text == "persons &"
    assert text_map.to_raw(0, 7) == (0, 9)
    assert text_map.to_clean(3, 5) == (3, 3)
    assert text_map.to_raw(8, 9) == (10, 15)
    spaced, inserted = text_map.apply(text, [Edit(3, 3, " ")])
    assert spaced[3] == " "
    assert inserted.to_raw(3, 4) == (3, 3)


def test_an_insertion_inside_a_replacement_stands_for_the_whole_replacement() -> None:
    text, text_map = TextMap.identity(2).apply("ab", [Edit(0, 2, "xyz")])
    _, text_map = text_map.apply(text, [Edit(1, 1, " ")])
    assert is_monotone(text_map)
    assert text_map.to_raw(1, 2) == (0, 2)


@pytest.mark.parametrize(
    "edits", [[Edit(0, 9, "")], [Edit(2, 3, ""), Edit(1, 2, "")], [Edit(0, 2, ""), Edit(1, 3, "")]]
)
def test_edits_out_of_order_or_outside_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="out of order"):
        TextMap.identity(3).apply("abc", edits)


def test_stretches_outside_are_refused() -> None:
    text_map = TextMap.identity(3)
    with pytest.raises(ValueError, match="not a span"):
        text_map.to_raw(2, 4)
    with pytest.raises(ValueError, match="not a span"):
        text_map.to_clean(2, 4)


def test_evidence_covers_overlaps_and_refuses_what_is_not_a_span() -> None:
    left, right = Evidence(2, 5, "a.b", 0.9), Evidence(4, 8, "c.d")
    assert left.cover(right) == Evidence(2, 8, "a.b", 0.9)
    assert left.overlaps(right)
    assert not left.overlaps(Evidence(5, 6))
    with pytest.raises(ValueError, match="not a span"):
        Evidence(3, 2)
