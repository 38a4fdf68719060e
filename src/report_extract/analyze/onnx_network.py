"""The exported network: word pieces in, scores of each word out, on one thread of a CPU.

Windows are read one at a time. Several at once are not faster on one core, they would be padded, and the rounding to
one byte would make the scores of each depend on the others.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from report_extract.analyze.decoding import Scores
from report_extract.analyze.pieces import CASES, LABELS, Pieces, WordPieces, read_word_pieces
from report_extract.errors import EnvironmentFault


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

    def scores(self, pieces: Pieces, first: int, stop: int) -> Scores:
        """Scores of the words `first` to `stop` (exclusive), read together: a row for each, three for each label."""
        mark = CASES.index("mark")
        columns, firsts = [(self.pieces.begin, mark, 0)], []
        for i in range(first, stop):
            firsts.append(len(columns))
            case, tag = pieces.cases[i], pieces.tags[i]
            columns += [(number, case, tag) for number in pieces.ids[i]]
        columns.append((self.pieces.end, mark, 0))
        ids, cases, tags = np.array(columns, dtype=np.int64).T[:, None]
        inputs = {"ids": ids, "cases": cases, "tags": tags, "mask": np.ones_like(ids)}
        scores: Scores = self.session.run(["scores"], inputs)[0][0][firsts]
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
