"""The four spaCy components: each a thin shell round a pure function over the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from pathlib import Path

import numpy
from spacy.attrs import SENT_START  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc, Span

from report_extract.analyze.lexicon import no_lists, read_lists
from report_extract.analyze.mentions import find_mentions
from report_extract.analyze.quotes import quote_spans
from report_extract.analyze.seam import MENTIONS, QUOTES, SECTIONS, text_of, token_bounds, write_confidence, write_spans
from report_extract.analyze.sentences import sentence_starts
from report_extract.analyze.settle import Trust, read_trust, write_trust
from report_extract.clean.sections import find_sections

Component = Callable[[Doc], Doc]


@Language.factory("report_sections", assigns=["doc.spans"])
def make_sections(nlp: Language, name: str) -> Component:
    """The component that tiles the doc with sections."""
    del nlp, name

    def component(doc: Doc) -> Doc:
        starts, _ = token_bounds(doc)
        spans, first = [], 0
        for section in find_sections(text_of(doc)):
            stop = bisect_left(starts, section.end)
            if stop > first:
                spans.append(Span(doc, first, stop, label=section.label))
                first = stop
        doc.spans[SECTIONS] = spans
        return doc

    return component


@Language.factory("report_sentences", assigns=["token.is_sent_start", "doc.sents"])
def make_sentences(nlp: Language, name: str) -> Component:
    """The component that sets sentence starts."""
    del nlp, name

    def component(doc: Doc) -> Doc:
        starts, ends = token_bounds(doc)
        text = text_of(doc)
        words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
        spaces = [start > end for start, end in zip(starts[1:], ends, strict=False)] + [False]
        # All at once: setting them one by one asks the whole doc each time.
        values = [1 if is_start else -1 for is_start in sentence_starts(words, spaces)]
        return doc.from_array([SENT_START], numpy.array([values], dtype="int64").T.astype("uint64"))  # type: ignore[arg-type]

    return component


@Language.factory("report_mentions", assigns=["doc.spans"])
def make_mentions(nlp: Language, name: str) -> Mentions:
    """The component that marks persons, honorifics, titles, organisations, places, events and dates."""
    del nlp, name
    return Mentions()


@Language.factory("report_quotes", assigns=["doc.spans"])
def make_quotes(nlp: Language, name: str) -> Component:
    """The component that marks the words between quotation marks."""
    del nlp, name

    def component(doc: Doc) -> Doc:
        write_spans(doc, QUOTES, ((start, end, "QUOTE", rule) for start, end, rule in quote_spans(text_of(doc))))
        return doc

    return component


class Mentions:
    """Writes `doc.spans["report_mentions"]`; its gazetteers lie in the model folder, beside its own place there."""

    def __init__(self) -> None:
        self.gazetteer, self.lexicon = no_lists()
        self.trust: Trust | None = None

    def __call__(self, doc: Doc) -> Doc:
        """The doc with its mentions."""
        found = list(find_mentions(doc, self.lexicon, self.gazetteer, self.trust))
        write_spans(doc, MENTIONS, (mention[:4] for mention in found))
        write_confidence(doc, {(start, end, label): sure for start, end, label, _, sure in found if sure is not None})
        return doc

    def from_disk(self, path: str | Path, exclude: tuple[str, ...] = ()) -> Mentions:
        """Reads the gazetteers of the model in whose folder the component would lie."""
        del exclude
        self.gazetteer, self.lexicon = read_lists(Path(path).parent / "gazetteers")
        self.trust = read_trust(Path(path) / "trust.json")
        return self

    def to_disk(self, path: str | Path, exclude: tuple[str, ...] = ()) -> None:
        """Copies the gazetteers beside the component's place in another model folder."""
        del exclude
        self.gazetteer.write(Path(path).parent / "gazetteers")
        if self.trust is not None:
            write_trust(self.trust, Path(path) / "trust.json")
