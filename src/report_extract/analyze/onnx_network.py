"""The exported network: word pieces in, scores of each word out, on one thread of a CPU."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from report_extract.analyze.decoding import Scores
from report_extract.analyze.pieces import CASES, LABELS, Pieces, WordPieces, read_word_pieces
from report_extract.errors import EnvironmentFault

Rows = list[Scores]
# Pieces of a batch, padding counted: more makes nothing faster and takes memory.
_MOST_PIECES = 2048


@dataclass(frozen=True, slots=True)
class Network:
    """A network, its vocabulary, and the measures with which it was tuned.

    Attributes:
        window: the most pieces read together, with the two marks at the ends.
        context: the most pieces read before a window that begins within a line.
        temperature: what scores are divided by, so that their probabilities can be believed.
    """

    session: onnxruntime.InferenceSession
    pieces: WordPieces
    window: int
    context: int
    temperature: float

    def scores(self, stretches: Sequence[tuple[Pieces, int, int]]) -> Rows:
        """For each stretch (a text's pieces, first word, last word exclusive) the scores of its words."""
        rows = [self._row(*stretch) for stretch in stretches]
        found: list[Scores | None] = [None] * len(rows)
        for batch in _batches([len(row) for row, _ in rows]):
            scores = self._run([rows[n][0] for n in batch])
            for n, one in zip(batch, scores, strict=True):
                found[n] = one[rows[n][1]]
        return [one for one in found if one is not None]

    def _row(self, pieces: Pieces, first: int, stop: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Columns id, case, tag for each piece of a stretch, and the place of each word's first piece."""
        mark = CASES.index("mark")
        columns, firsts = [(self.pieces.begin, mark, 0)], []
        for i in range(first, stop):
            firsts.append(len(columns))
            case, tag = pieces.cases[i], pieces.tags[i]
            columns += [(number, case, tag) for number in pieces.ids[i]]
        columns.append((self.pieces.end, mark, 0))
        return np.array(columns, dtype=np.int64), np.array(firsts, dtype=np.int64)

    def _run(self, rows: list[NDArray[np.int64]]) -> Scores:
        length = max(len(row) for row in rows)
        filled = np.zeros((4, len(rows), length), dtype=np.int64)
        for n, row in enumerate(rows):
            filled[:3, n, : len(row)] = row.T
            filled[3, n, : len(row)] = 1
        names = ("ids", "cases", "tags", "mask")
        scores: Scores = self.session.run(["scores"], dict(zip(names, filled, strict=True)))[0]
        return scores


def read_network(folder: Path) -> Network:
    """The network of a model's folder.

    Raises:
        EnvironmentFault: when a file is missing, or the network has other labels than this version of the package.
    """
    try:
        settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        pieces = read_word_pieces(folder / "tokenizer.json")
        session = onnxruntime.InferenceSession(
            (folder / "model.onnx").read_bytes(), _options(), providers=["CPUExecutionProvider"]
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise EnvironmentFault(
            f"{folder}: cannot read the trained network ({error}); install the model again"
        ) from error
    if tuple(settings["labels"]) != LABELS:
        raise EnvironmentFault(f"{folder}: the network has other labels than this version; install the fitting model")
    return Network(session, pieces, settings["window"], settings["context"], settings["temperature"])


def _options() -> onnxruntime.SessionOptions:
    # One thread: a run on many cores starts one process for each, and results do not depend on the machine.
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options


def _batches(sizes: list[int]) -> Iterator[list[int]]:
    """The numbers of rows that are read together: rows of like length, the longest first."""
    batch: list[int] = []
    for number in sorted(range(len(sizes)), key=lambda n: (-sizes[n], n)):
        if batch and (len(batch) + 1) * sizes[batch[0]] > _MOST_PIECES:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch
