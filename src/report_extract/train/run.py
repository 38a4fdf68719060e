"""One training run from its config to the model folder: train, calibrate, export, report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from report_extract.analyze.gazetteer import read_gazetteer
from report_extract.analyze.lexicon import build_lexicon
from report_extract.analyze.pieces import read_word_pieces
from report_extract.errors import EnvironmentFault
from report_extract.train.config import TrainConfig, read_config
from report_extract.train.data import Encoder
from report_extract.train.export import Tuning, export_network
from report_extract.train.learn import Progress, Trainer
from report_extract.train.report import write_report

# Measured on the releases for tuning: a longer window reads no better, a context of a sentence is enough.
_WINDOW, _CONTEXT = 160, 24


def train(path: Path, data: Sequence[Path], work: Path, progress: Progress) -> Path:
    """Trains what the config says and writes the network into its model folder, which comes back.

    Args:
        path: the config.
        data: folders in which the corpora are looked for, in this order.
        work: the folder of checkpoints; a run that stopped goes on from the last one there.
        progress: called after each batch with the stage and epoch, the batch's number, their count, the mean loss.

    Raises:
        EnvironmentFault: when the config, a corpus or the encoder is missing; the message names it.
    """
    config = read_config(path)
    trainer = start(config, path.parent, data, work)
    network = trainer.run(encoder_folder(config.encoder, path.parent) / "model.safetensors", progress)
    temperature = trainer.calibrate(config.watch[0]) if config.watch else 1.0
    output = path.parent / config.output / "report_names"
    tokenizer = encoder_folder(config.encoder, path.parent) / "tokenizer.json"
    export_network(network, tokenizer, output, Tuning(_WINDOW, _CONTEXT, temperature))
    tests = {corpus.path: trainer.score(corpus) for corpus in config.test}
    write_report(output.parent / "report.json", json.loads(config.model_dump_json()), trainer.place.history, tests)
    return output.parent


def start(config: TrainConfig, beside: Path, data: Sequence[Path], work: Path) -> Trainer:
    """A trainer with the config's vocabulary and lists."""
    names = read_gazetteer(beside / config.gazetteers)
    pieces = read_word_pieces(encoder_folder(config.encoder, beside) / "tokenizer.json")
    return Trainer(config, Encoder(pieces, build_lexicon(names), names), data, work)


def encoder_folder(name: str, beside: Path) -> Path:
    """The folder with `model.safetensors` and `tokenizer.json`: beside the config, or in an installed package.

    Raises:
        EnvironmentFault: when neither is there.
    """
    if (beside / name / "model.safetensors").is_file():
        return beside / name
    spec = find_spec(name) if name.isidentifier() else None
    for place in spec.submodule_search_locations or () if spec else ():
        if (Path(place) / "model" / "model.safetensors").is_file():
            return Path(place) / "model"
    raise EnvironmentFault(
        f"no encoder {name!r}; get it with: pip install --no-deps {name.replace('_', '-')}, or name a folder"
    )
