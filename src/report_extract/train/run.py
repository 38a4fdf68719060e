"""One training run from its config to the model folder: train, calibrate, export, weigh against the rules, report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from report_extract.analyze.gazetteer import read_gazetteer
from report_extract.analyze.lexicon import build_lexicon
from report_extract.analyze.pieces import read_word_pieces
from report_extract.analyze.pipeline import load_pipeline
from report_extract.analyze.settle import write_trust
from report_extract.errors import EnvironmentFault
from report_extract.train.config import TrainConfig, find_data, read_config
from report_extract.train.data import Encoder, read_corpus
from report_extract.train.export import Tuning, export_network
from report_extract.train.learn import Progress, Trainer
from report_extract.train.report import write_report
from report_extract.train.trust import cross_validate, fit_trust, judge

# Windows of a paragraph or two; where one begins within a paragraph, a sentence before it is context enough.
_WINDOW, _CONTEXT = 128, 16


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
    folder = path.parent / config.output
    tokenizer = encoder_folder(config.encoder, path.parent) / "tokenizer.json"
    export_network(network, tokenizer, folder / "report_names", Tuning(_WINDOW, _CONTEXT, temperature))
    report = {"recipe": json.loads(config.model_dump_json()), "history": trainer.place.history}
    report["network alone"] = {corpus.path: trainer.score(corpus) for corpus in config.test}
    report["with rules, cross-validated"] = weigh(folder, config, data)
    write_report(folder / "report.json", report)
    return folder


def weigh(folder: Path, config: TrainConfig, data: Sequence[Path]) -> dict[str, float]:
    """Fits the weights of network and rules on the releases for tuning, writes them, and gives their F1 by label."""
    nlp = load_pipeline(folder)
    corpora = [corpus for corpus in config.watch if corpus.form == "releases"]
    judged = [[judge(item, nlp) for item in read_corpus(c, find_data(c.path, data))] for c in corpora]
    releases = [one for corpus, some in zip(corpora, judged, strict=True) for one in some * corpus.repeat]
    if not releases:
        return {}
    write_trust(fit_trust(releases), folder / "report_mentions" / "trust.json")
    return cross_validate([one for some in judged for one in some])


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
