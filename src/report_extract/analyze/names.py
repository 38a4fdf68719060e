"""The trained reader of names: a small transformer that runs without torch, as a spaCy component.

It writes what it reads to `doc.spans["report_names"]`, each span with its label; how sure it is of each stands in the
group's `attrs["scores"]`, in the order of the spans. Spans of different labels may overlap; `report_mentions` settles
that together with the rules. Long texts are read in windows, never cut off; the chrome of a page and sentences without
any capital are not read.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from report_extract.analyze.decoding import OUTSIDE, Reading, decode, probabilities
from report_extract.analyze.lexicon import Lexicon, no_lists, read_lists
from report_extract.analyze.onnx_network import Network, read_network
from report_extract.analyze.pieces import LABELS
from report_extract.analyze.seam import sections_of
from report_extract.analyze.tagged import tagged_words
from report_extract.analyze.windows import find_windows
from report_extract.analyze.words import Words

NAMES = "report_names"
FILES = ("model.onnx", "tokenizer.json", "settings.json")
# Tags of words that are, or may be part of, a name.
_TELLING = frozenset("OKTMHEFXYBZGgLDNnSIACcp01y")
# The score of outside where nothing is read.
_SURE = 30.0


@Language.factory("report_names", assigns=["doc.spans"])
def make_names(nlp: Language, name: str) -> Names:
    """The component that marks names with a trained network."""
    del nlp, name
    return Names()


class Names:
    """Writes `doc.spans["report_names"]`; the network lies in its own folder of the model, its lists beside that."""

    def __init__(self) -> None:
        self.gazetteer, self.lexicon = no_lists()
        self.network: Network | None = None
        self.folder: Path | None = None

    def __call__(self, doc: Doc) -> Doc:
        """The doc with its names."""
        write_names(doc, self.read(doc) if self.network else ())
        return doc

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

    def read(self, doc: Doc) -> Iterator[Reading]:
        """What the network reads in a doc; nothing without a network."""
        if self.network is None or not len(doc):
            return
        words = tagged_words(doc, self.lexicon, self.gazetteer)
        kept = list(_telling(doc, words, self.lexicon))
        pieces = self.network.pieces([words.words[i] for i in kept], "".join(words.tags[i] for i in kept))
        scores = np.zeros((len(words.words), len(LABELS), 3), dtype=np.float32)
        scores[:, :, OUTSIDE] = _SURE
        for window in find_windows(
            pieces.sizes,
            ["\n" in words.words[i] for i in kept],
            [words.begins[i] for i in kept],
            limit=self.network.window - 2,
            context=self.network.context,
        ):
            found = self.network.scores(pieces, window.first, window.stop)
            scores[kept[window.begin : window.stop]] = found[window.begin - window.first :]
        yield from decode(probabilities(scores, self.network.temperature))


def _telling(doc: Doc, words: Words, lexicon: Lexicon) -> Iterator[int]:
    """The tokens of all sentences that may name anything; the chrome of a page and plain prose are left out.

    Prose is plain where a capital begins the sentence and then no word is a name, a number or the head of a title. One
    word in eight is, and of 4,800 annotated names there stand 15 in it, all but one dates, which the rules read anyway.
    """
    chrome = [(section.start, section.end) for section in sections_of(doc, "CHROME")]
    starts = [i for i, begin in enumerate(words.begins) if begin or not i]
    for first, stop in zip(starts, [*starts[1:], len(words.words)], strict=True):
        is_plain = words.words[first][0].isupper() and not any(
            words.tags[i] in _TELLING or words.words[i] in lexicon.small_titles for i in range(first, stop)
        )
        if not is_plain:
            yield from (i for i in range(first, stop) if not any(start <= i < end for start, end in chrome))


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
