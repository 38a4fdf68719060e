"""The trained reader of names: a small transformer that runs without torch, as a spaCy component.

It writes what it reads to `doc.spans["report_names"]`, each span with its label; how sure it is of each stands in the
group's `attrs["scores"]`, in the order of the spans. Spans of different labels may overlap; `report_mentions` settles
that together with the rules. Long texts are read in windows, never cut off.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from spacy.attrs import SENT_START  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from report_extract.analyze.decoding import Reading, Scores, decode, log_softmax
from report_extract.analyze.gazetteer import Gazetteer
from report_extract.analyze.lexicon import build_lexicon, read_lists
from report_extract.analyze.onnx_network import Network, Rows, read_network
from report_extract.analyze.pieces import Pieces
from report_extract.analyze.seam import token_bounds
from report_extract.analyze.windows import Window, find_windows
from report_extract.analyze.words import tag_words

NAMES = "report_names"
FILES = ("model.onnx", "tokenizer.json", "settings.json")
_DOCS_TOGETHER = 16


@Language.factory("report_names", assigns=["doc.spans"])
def make_names(nlp: Language, name: str) -> Names:
    """The component that marks names with a trained network."""
    del nlp, name
    return Names()


class Names:
    """Writes `doc.spans["report_names"]`; the network lies in its own folder of the model, its lists beside that."""

    def __init__(self) -> None:
        self.gazetteer = Gazetteer()
        self.lexicon = build_lexicon(self.gazetteer)
        self.network: Network | None = None
        self.folder: Path | None = None

    def __call__(self, doc: Doc) -> Doc:
        """The doc with its names."""
        return next(iter(self.pipe([doc])))

    def pipe(self, stream: Iterable[Doc], batch_size: int = _DOCS_TOGETHER) -> Iterator[Doc]:
        """The docs with their names, several read together."""
        rest = iter(stream)
        while docs := list(islice(rest, batch_size)):
            texts = [self._pieces(doc) for doc in docs]
            for doc, readings in zip(docs, self._read(texts), strict=True):
                write_names(doc, readings)
                yield doc

    def from_disk(self, path: str | Path, exclude: tuple[str, ...] = ()) -> Names:
        """Reads the network, and the lists of the model in whose folder it lies."""
        del exclude
        self.folder = Path(path)
        self.gazetteer, self.lexicon = read_lists(self.folder.parent / "gazetteers")
        self.network = read_network(self.folder)
        return self

    def to_disk(self, path: str | Path, exclude: tuple[str, ...] = ()) -> None:
        """Copies the network to another model folder."""
        del exclude
        if self.folder is None:
            return
        Path(path).mkdir(parents=True, exist_ok=True)
        for name in FILES:
            shutil.copyfile(self.folder / name, Path(path) / name)

    def _pieces(self, doc: Doc) -> tuple[Pieces, list[bool], list[bool]]:
        begins = (doc.to_array(SENT_START) == 1).tolist()
        words = tag_words(doc.text, token_bounds(doc), begins, self.lexicon, self.gazetteer)
        if self.network is None:
            return Pieces((), (), ()), [], []
        is_break = [tag == "|" and "\n" in word for tag, word in zip(words.tags, words.words, strict=True)]
        return self.network.pieces(words.words, words.tags), is_break, begins

    def _read(self, texts: Sequence[tuple[Pieces, list[bool], list[bool]]]) -> Iterator[list[Reading]]:
        if self.network is None:
            yield from ([] for _ in texts)
            return
        windows: list[tuple[int, Window]] = []
        for number, (pieces, is_break, is_start) in enumerate(texts):
            cut = find_windows(
                pieces.sizes, is_break, is_start, limit=self.network.window - 2, context=self.network.context
            )
            windows += ((number, window) for window in cut)
        rows = self.network.scores([(texts[number][0], window.first, window.stop) for number, window in windows])
        yield from self._decoded([len(pieces.ids) for pieces, _, _ in texts], windows, rows)

    def _decoded(self, sizes: list[int], windows: list[tuple[int, Window]], rows: Rows) -> Iterator[list[Reading]]:
        by_text: list[list[Scores]] = [[] for _ in sizes]
        for (number, window), scores in zip(windows, rows, strict=True):
            by_text[number].append(scores[window.begin - window.first :])
        temperature = self.network.temperature if self.network else 1.0
        for parts in by_text:
            yield list(decode(log_softmax(np.concatenate(parts), temperature))) if parts else []


def write_names(doc: Doc, readings: Iterable[Reading]) -> None:
    """Writes what was read to the doc, in text order, with its scores."""
    ordered = sorted(readings, key=lambda r: (r.first, -r.stop, r.label))
    spans = [Span(doc, r.first, r.stop, label=r.label, span_id=f"model.{r.label}") for r in ordered]
    group = SpanGroup(doc, name=NAMES, spans=spans, attrs={"scores": [round(r.confidence, 4) for r in ordered]})
    doc.spans[NAMES] = group


def names_of(doc: Doc) -> list[Reading] | None:
    """What the trained reader read; None where the pipeline has no such component."""
    if NAMES not in doc.spans:
        return None
    group = doc.spans[NAMES]
    return [
        Reading(span.start, span.end, span.label_, score)
        for span, score in zip(group, group.attrs["scores"], strict=True)
    ]
