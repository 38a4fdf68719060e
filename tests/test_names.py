"""The trained reader: windows, decoding, and what the component writes."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from report_extract.analyze.decoding import Reading, best, decode, probabilities
from report_extract.analyze.names import NAMES, Names, names_of, write_names
from report_extract.analyze.pieces import LABELS
from report_extract.analyze.windows import find_windows
from report_extract.extractor import Extractor

OUTSIDE, BEGIN, INSIDE = range(3)


def scores_of(
    states: list[int], label: str, certainty: float = 5.0
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    scores = np.zeros((len(states), len(LABELS), 3), dtype=np.float32)
    scores[:, :, OUTSIDE] = 9
    for word, state in enumerate(states):
        scores[word, LABELS.index(label)] = 0
        scores[word, LABELS.index(label), state] = certainty
    return scores


@given(
    st.lists(st.tuples(st.integers(1, 8), st.booleans(), st.booleans()), max_size=80),
    st.integers(8, 40),
    st.integers(0, 6),
)
def test_windows_tile_the_words_and_keep_within_the_limit(
    words: list[tuple[int, bool, bool]], limit: int, context: int
) -> None:
    sizes, breaks, starts = ([word[n] for word in words] for n in range(3))
    windows = list(find_windows(sizes, breaks, starts, limit=limit + context, context=context))  # type: ignore[arg-type]
    counted = [n for window in windows for n in range(window.begin, window.stop)]
    assert counted == list(range(len(words)))
    for window in windows:
        assert window.first <= window.begin < window.stop
        assert sum(sizes[window.first : window.stop]) <= limit + context


def test_windows_prefer_lines_to_sentences() -> None:
    breaks = [n == 5 for n in range(10)]
    starts = [n in (0, 7) for n in range(10)]
    windows = list(find_windows([1] * 10, breaks, starts, limit=8, context=3))
    assert [(w.first, w.begin, w.stop) for w in windows] == [(0, 0, 6), (6, 6, 10)]


@pytest.mark.parametrize(
    ("states", "spans"),
    [
        ([OUTSIDE, BEGIN, INSIDE, OUTSIDE], [(1, 3)]),
        ([BEGIN, BEGIN, INSIDE], [(0, 1), (1, 3)]),
        ([OUTSIDE, OUTSIDE], []),
        ([BEGIN], [(0, 1)]),
    ],
)
def test_decoding_reads_legal_rows(states: list[int], spans: list[tuple[int, int]]) -> None:
    readings = best(decode(probabilities(scores_of(states, "ORG"))))
    assert [(r.first, r.stop) for r in readings] == spans
    assert all(r.label == "ORG" and 0.5 < r.confidence <= 1 for r in readings)


def test_nothing_is_inside_that_has_not_begun() -> None:
    assert best(decode(probabilities(scores_of([OUTSIDE, INSIDE, INSIDE, OUTSIDE], "PERSON")))) == []


def test_all_likely_extents_of_a_name_are_read() -> None:
    scores = scores_of([BEGIN, INSIDE, INSIDE], "TITLE")
    scores[2, LABELS.index("TITLE")] = (1.0, 0.0, 1.0)
    readings = {(r.first, r.stop): r.confidence for r in decode(probabilities(scores)) if r.first == 0}
    assert set(readings) == {(0, 2), (0, 3)}
    assert sum(readings.values()) <= 1.0


def test_a_higher_temperature_is_more_modest() -> None:
    scores = scores_of([BEGIN, INSIDE], "TITLE")
    sure, modest = (max(r.confidence for r in decode(probabilities(scores, t))) for t in (1.0, 2.0))
    assert modest < sure


def test_names_stand_on_the_doc_with_their_confidence() -> None:
    doc = spacy.blank("en")("Ana Ruiz of Lima spoke")
    write_names(doc, [Reading(3, 4, "GPE", 0.8), Reading(0, 2, "PERSON", 0.9)])
    assert [(span.text, span.label_) for span in doc.spans[NAMES]] == [("Ana Ruiz", "PERSON"), ("Lima", "GPE")]
    assert names_of(doc) == [Reading(0, 2, "PERSON", 0.9), Reading(3, 4, "GPE", 0.8)]
    assert names_of(spacy.blank("en")("nothing")) is None


def test_a_reader_without_a_network_reads_nothing() -> None:
    doc = Names()(spacy.blank("en")("Ana Ruiz spoke."))
    assert names_of(doc) == []


@pytest.mark.model
def test_the_shipped_reader_reads_long_texts_to_the_end(extractor: Extractor) -> None:
    text = "The committee met again and spoke of many other things that day. " * 300 + "Professor Ana Ruiz opened it."
    found = names_of(extractor.nlp(text))
    assert found is not None
    assert any(reading.label == "PERSON" and reading.first > 3000 for reading in found)


@pytest.mark.model
def test_reading_many_docs_together_changes_nothing(extractor: Extractor) -> None:
    texts = ["Ana Ruiz spoke in Suva.", "", "The University of Lima (UL) appointed Dr. Piet Lund as its rector."]
    alone = [extractor.nlp(text) for text in texts]
    together = list(extractor.nlp.pipe(texts))
    for one, other in zip(alone, together, strict=True):
        left, right = ([(r.first, r.stop, r.label) for r in names_of(doc) or []] for doc in (one, other))
        assert left == right
