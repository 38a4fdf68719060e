"""The pipeline as a whole: what it loads, what it writes, and that another pipeline fits in its place."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from conftest import ROOT
from report_extract.analyze import load_pipeline, mentions_of, quotes_of, section_at, sections_of
from report_extract.analyze.components import Mentions
from report_extract.analyze.seam import text_of
from report_extract.analyze.tagged import tagged_words
from report_extract.errors import EnvironmentFault

CASES = [json.loads(line) for line in (ROOT / "tests/cases/mentions.jsonl").read_text(encoding="utf-8").splitlines()]
MARKED = re.compile(r"\[([^\]]+)\]\(([A-Z]+)\)")
TEXT = """Reef Institute Opens New Station

The Reef Institute (RI) opened its station in Suva, Fiji, on 5 May 2015. “We are ready,” said Prof. Ana Ruiz, director of the institute.

- Talks by Dr. J. F. Doe
- Visit of the U.S. Embassy
"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def read_case(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without marks, and the marked spans."""
    plain, spans, at = "", [], 0
    for mark in MARKED.finditer(text):
        plain += text[at : mark.start()]
        spans.append((len(plain), len(plain) + len(mark[1]), mark[2]))
        plain += mark[1]
        at = mark.end()
    return plain + text[at:], spans


@pytest.mark.model
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
def test_mentions(nlp: Language, case: dict[str, object]) -> None:
    text, marked = read_case(str(case["text"]))
    expected = [span for span in marked if span[2] in case.get("only", [span[2]])]  # type: ignore[operator]
    found = [
        (span.start_char, span.end_char, span.label_)
        for span in mentions_of(nlp(text))
        if span.label_ in case.get("only", [span.label_])  # type: ignore[operator]
    ]
    assert [(text[a:b], label) for a, b, label in found] == [(text[a:b], label) for a, b, label in expected]
    assert found == expected
    if "rule" in case:
        assert case["rule"] in {span.id_ for span in mentions_of(nlp(text))}


@pytest.mark.model
def test_a_doc_carries_sentences_and_three_groups(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert doc.text == TEXT
    assert "".join(section.text_with_ws for section in sections_of(doc)) == TEXT
    assert section_at(doc, TEXT.index("opened its")) == "BODY"
    assert [quote.text for quote in quotes_of(doc)] == ["We are ready,"]
    sentences = [sent.text.strip() for sent in doc.sents]
    assert "- Talks by Dr. J. F. Doe" in sentences
    assert "- Visit of the U.S. Embassy" in sentences
    spans = mentions_of(doc)
    assert all(span.id_ for span in spans)
    assert [span.start_char for span in spans] == sorted(span.start_char for span in spans)


@pytest.mark.model
def test_two_readings_are_equal_and_survive_bytes(nlp: Language) -> None:
    first, second = nlp(TEXT), load_pipeline()(TEXT)
    facts = [[(s.start_char, s.end_char, s.label_, s.id_) for s in mentions_of(doc)] for doc in (first, second)]
    assert facts[0] == facts[1]
    again = Doc(nlp.vocab).from_bytes(first.to_bytes())
    assert [(s.text, s.label_) for s in mentions_of(again)] == [(s.text, s.label_) for s in mentions_of(first)]


@pytest.mark.model
@pytest.mark.parametrize(
    "text", ["", "\n\n", " ", "“", "(", "Prof.", "A", "The", "of of of", "(A)", "x (AB), y", "’s", "– – –"]
)
def test_odd_texts_are_read(nlp: Language, text: str) -> None:
    assert nlp(text).text == text


@pytest.mark.model
def test_the_model_can_be_saved_and_loaded(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    saved = load_pipeline(tmp_path / "saved")
    assert [(s.text, s.label_) for s in mentions_of(saved(TEXT))] == [
        (s.text, s.label_) for s in mentions_of(nlp(TEXT))
    ]


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A small pipeline with OntoNotes labels, as somebody else could have made it."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [
            {"label": "PERSON", "pattern": "Dr. Xylo Quux"},
            {"label": "ORG", "pattern": "the Zorblatt Group’s"},
            {"label": "GPE", "pattern": "Zembla"},
            {"label": "DATE", "pattern": "5 May"},
            {"label": "MONEY", "pattern": "$ 5"},
        ]
    )
    nlp.to_disk(tmp_path / "other")
    return tmp_path / "other"


@pytest.mark.model
def test_another_pipeline_finds_the_names_and_our_rules_the_rest(other: Path) -> None:
    nlp = load_pipeline(other)
    doc = nlp("Dr. Xylo Quux, the Zorblatt Group’s director, came to Zembla on 5 May 2015 for $ 5. Quux left.")
    found = [(span.text, span.label_, span.id_) for span in mentions_of(doc)]
    assert ("Xylo Quux", "PERSON", "model.PERSON") in found
    assert ("Dr.", "HONORIFIC", "people.honorific") in found
    assert ("Zorblatt Group", "ORG", "model.ORG") in found
    assert ("director", "TITLE", "titles.behind-name") in found
    assert ("Zembla", "GPE", "model.GPE") in found
    assert ("Quux", "PERSON", "people.short-form") in found
    assert [text for text, label, _ in found if label == "DATE"] == ["5 May 2015"]
    assert len(list(doc.sents)) == 2


@pytest.mark.model
def test_a_pipeline_that_sets_sentences_keeps_its_own(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer", config={"punct_chars": [";"]})
    nlp.to_disk(tmp_path / "own")
    loaded = load_pipeline(tmp_path / "own")
    assert "report_sentences" not in loaded.pipe_names
    assert len(list(loaded("One. Two; three. Four").sents)) == 2


def test_a_missing_pipeline_is_named_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="spacy download en_no_such_model"):
        load_pipeline("en_no_such_model")
    with pytest.raises(EnvironmentFault, match="nothing_here"):
        load_pipeline(tmp_path / "nothing_here")
    spacy.blank("de").to_disk(tmp_path / "german")
    with pytest.raises(EnvironmentFault, match="English"):
        load_pipeline(tmp_path / "german")


def test_words_of_a_doc_are_kept_until_its_sentences_change(nlp: Language) -> None:
    doc = nlp("The hall opened. Ana Ruiz spoke.")
    mentions = nlp.get_pipe("report_mentions")
    assert isinstance(mentions, Mentions)
    first = tagged_words(doc, mentions.lexicon, mentions.gazetteer)
    assert tagged_words(doc, mentions.lexicon, mentions.gazetteer) is first
    doc[4].is_sent_start = False
    changed = tagged_words(doc, mentions.lexicon, mentions.gazetteer)
    assert changed.begins != first.begins
    assert text_of(nlp("Another text.")) == "Another text."
    assert text_of(doc) == doc.text
