"""The seam: what the rest of the program reads from an analyzed release, whoever wrote it.

Three span groups stand on the `Doc`: sections that tile the text, mentions with a label and the id of the rule (or
model label) that made them, and the words between quotation marks. Offsets are characters of `doc.text`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping

from spacy.attrs import LENGTH, SPACY  # type: ignore[import-not-found]
from spacy.tokens import Doc, Span

SECTIONS = "report_sections"
MENTIONS = "report_mentions"
QUOTES = "report_quotes"
MENTION_LABELS = frozenset(
    {"PERSON", "HONORIFIC", "TITLE", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "DATE", "SESSION"}
)


# The doc that was asked last, and its text.
_LAST: list[tuple[Doc, str]] = []


def text_of(doc: Doc) -> str:
    """The text of a doc, kept while the same doc is asked: spaCy joins all tokens anew every time."""
    last = _LAST[0] if _LAST else None
    if last is not None and last[0] is doc:
        return last[1]
    text: str = doc.text
    _LAST[:] = [(doc, text)]
    return text


def mentions_of(doc: Doc, *labels: str) -> list[Span]:
    """The mentions with one of these labels (all labels if none is given), in text order."""
    spans = doc.spans.get(MENTIONS) or ()
    return [span for span in spans if not labels or span.label_ in labels]


def quotes_of(doc: Doc) -> list[Span]:
    """The words between quotation marks, in text order."""
    return list(doc.spans.get(QUOTES) or ())


def sections_of(doc: Doc, *labels: str) -> list[Span]:
    """The sections with one of these labels (all labels if none is given), in text order."""
    spans = doc.spans.get(SECTIONS) or ()
    return [span for span in spans if not labels or span.label_ in labels]


def section_at(doc: Doc, char: int) -> str:
    """The label of the section in which a character stands; BODY where no section says otherwise."""
    sections = sections_of(doc)
    at = bisect_right(sections, char, key=lambda span: span.start_char) - 1
    if at >= 0 and char < sections[at].end_char:
        return sections[at].label_
    return "BODY"


def token_bounds(doc: Doc) -> tuple[list[int], list[int]]:
    """Where each token begins and ends, without asking every token."""
    sizes = doc.to_array([LENGTH, SPACY]).astype("int64")
    after = sizes.sum(axis=1).cumsum()
    starts = after - sizes.sum(axis=1)
    return starts.tolist(), (starts + sizes[:, 0]).tolist()


def write_spans(doc: Doc, key: str, spans: Iterable[tuple[int, int, str, str]]) -> None:
    """Writes a span group from `(start, end, label, rule id)` in characters.

    A span is widened to whole tokens; one that holds no token is left out, and so is one that, widened, overlaps the
    span with its label before it.

    >>> import spacy
    >>> doc = spacy.blank("en")("Ana Ruiz spoke.")
    >>> write_spans(doc, MENTIONS, [(0, 8, "PERSON", "people.known-name")])
    >>> [(span.text, span.label_, span.id_) for span in mentions_of(doc)]
    [('Ana Ruiz', 'PERSON', 'people.known-name')]
    """
    starts, ends = token_bounds(doc)
    written: list[Span] = []
    last: dict[str, int] = {}
    for start, end, label, rule in sorted(spans):
        first = bisect_right(ends, start)
        stop = bisect_left(starts, end)
        if stop <= first or first < last.get(label, 0):
            continue
        last[label] = stop
        written.append(Span(doc, first, stop, label=label, span_id=rule))
    doc.spans[key] = written


def write_confidence(doc: Doc, sure: Mapping[tuple[int, int, str], float]) -> None:
    """Keeps how sure each mention is, by start, end and label, beside the mentions; survives `Doc.to_bytes`."""
    group = doc.spans[MENTIONS]
    group.attrs["scores"] = [
        round(sure[key], 4) if (key := (span.start_char, span.end_char, span.label_)) in sure else None
        for span in group
    ]


def confidence_of(doc: Doc) -> dict[tuple[int, int, str], float]:
    """How sure each mention is (0 to 1), by start, end and label; only those of which something is known."""
    group = doc.spans.get(MENTIONS) or ()
    scores = getattr(group, "attrs", {}).get("scores") or [None] * len(group)
    return {
        (span.start_char, span.end_char, span.label_): score
        for span, score in zip(group, scores, strict=True)
        if score is not None
    }
