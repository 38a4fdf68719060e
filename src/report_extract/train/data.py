"""Annotated texts for training: corpora of named entities and folders of annotated releases, as rows for the network.

A corpus teaches only the labels that it annotates throughout; of all others its spans count, and their absence means
nothing. Stretches that nobody could decide, and the chrome of pages, teach nothing.
"""

from __future__ import annotations

import gzip
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from report_extract.analyze.gazetteer import Gazetteer
from report_extract.analyze.lexicon import Lexicon
from report_extract.analyze.pieces import LABELS, Pieces, WordPieces
from report_extract.analyze.sentences import sentence_starts
from report_extract.analyze.tokenizer import split_words
from report_extract.analyze.words import tag_words
from report_extract.clean import clean_text
from report_extract.clean.sections import find_sections
from report_extract.errors import EnvironmentFault
from report_extract.evaluate.gold import read_gold
from report_extract.train.config import Corpus

IGNORED = -100
_NUMBER = {label: number for number, label in enumerate(LABELS)}
_ALL = frozenset(LABELS)


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text, its spans, the stretches that teach nothing, the labels whose absence means something; raw or clean."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    masked: tuple[tuple[int, int], ...]
    exhaustive: frozenset[str]
    is_raw: bool


@dataclass(frozen=True, slots=True)
class Example:
    """A text as the network sees it; `gold` has a row for each word with the state of each label."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    begins: tuple[bool, ...]
    pieces: Pieces
    gold: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Encoder:
    """What turns a text into word pieces: vocabulary, lexicon, name lists."""

    pieces: WordPieces
    lexicon: Lexicon
    names: Gazetteer

    def __call__(self, item: Annotated) -> Example:
        """The text as the network sees it; a raw text is cleaned first, as every release is."""
        if item.is_raw:
            item = cleaned(item)
        words, spaces = split_words(item.text)
        starts, ends = _bounds(words, spaces)
        begins = sentence_starts(words, spaces)
        tagged = tag_words(item.text, (starts, ends), begins, self.lexicon, self.names)
        gold = gold_states(item, starts, ends)
        return Example(tuple(words), tuple(starts), tuple(ends), tuple(begins), self.pieces(words, tagged.tags), gold)


def read_corpus(corpus: Corpus, path: Path) -> Iterator[Annotated]:
    """The texts of a corpus.

    Raises:
        EnvironmentFault: when a file is missing or has another form.
    """
    if corpus.form == "texts":
        return read_texts(path)
    return read_spans(path) if corpus.form == "spans" else read_releases(path)


def read_texts(path: Path) -> Iterator[Annotated]:
    """The bare texts of a file of JSON lines, as received; nothing is annotated."""
    try:
        data = path.read_bytes()
        for line in (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8").splitlines():
            yield Annotated(json.loads(line)["text"], (), (), frozenset(), is_raw=True)
    except (OSError, ValueError, KeyError) as error:
        raise EnvironmentFault(f"{path}: not a file of JSON lines with a field `text`: {error!r}") from error


def read_spans(path: Path) -> Iterator[Annotated]:
    """The texts of a file of JSON lines; `<slug>.info.json` beside it says which labels are annotated throughout."""
    slug = path.name.split(".")[0]
    try:
        info = json.loads((path.parent / f"{slug}.info.json").read_text(encoding="utf-8"))
        exhaustive = frozenset(info["exhaustive"]) & _ALL
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            spans = tuple((start, end, label) for start, end, label in row["spans"] if label in _ALL)
            masked = tuple((start, end) for start, end, *_ in row["meta"].get("mask", ()))
            yield Annotated(row["text"], spans, masked, exhaustive, is_raw=False)
    except (OSError, ValueError, KeyError) as error:
        raise EnvironmentFault(f"{path}: not a corpus of spans with its .info.json: {error!r}") from error


def read_releases(folder: Path) -> Iterator[Annotated]:
    """The annotated releases of a folder, as received."""
    for release in read_gold(folder):
        yield Annotated(release.text, tuple(release.mention_spans()), (), _ALL, is_raw=True)


def cleaned(item: Annotated) -> Annotated:
    """The text after cleaning, with its spans moved along; the page's chrome is masked."""
    clean = clean_text(item.text)
    chrome = [(section.start, section.end) for section in find_sections(clean.text) if section.label == "CHROME"]
    spans = []
    for start, end, label in item.spans:
        first, last = clean.map.to_clean(start, end)
        if last > first and not any(begin <= first < stop for begin, stop in chrome):
            spans.append((first, last, label))
    moved = [clean.map.to_clean(start, end) for start, end in item.masked]
    return Annotated(clean.text, tuple(spans), (*moved, *chrome), item.exhaustive, is_raw=False)


def gold_states(item: Annotated, starts: Sequence[int], ends: Sequence[int]) -> NDArray[np.int8]:
    """For each word and label: 0 outside, 1 beginning, 2 inside, `IGNORED` where nothing is known."""
    gold = np.full((len(starts), len(LABELS)), IGNORED, dtype=np.int8)
    gold[:, [_NUMBER[label] for label in sorted(item.exhaustive)]] = 0
    for start, end in item.masked:
        gold[bisect_right(ends, start) : bisect_left(starts, end)] = IGNORED
    for start, end, label in item.spans:
        first, stop = bisect_right(ends, start), bisect_left(starts, end)
        if stop > first:
            gold[first, _NUMBER[label]] = 1
            gold[first + 1 : stop, _NUMBER[label]] = 2
    return gold


def gold_spans(gold: NDArray[np.integer[Any]]) -> Iterator[tuple[int, int, str]]:
    """The spans that gold states say."""
    for number, label in enumerate(LABELS):
        states = gold[:, number]
        for first in np.flatnonzero(states == 1).tolist():
            stop = first + 1
            while stop < len(states) and states[stop] == 2:
                stop += 1
            yield first, stop, label


def _bounds(words: list[str], spaces: list[bool]) -> tuple[list[int], list[int]]:
    starts, ends, at = [], [], 0
    for word, space in zip(words, spaces, strict=True):
        starts.append(at)
        ends.append(at + len(word))
        at += len(word) + space
    return starts, ends
