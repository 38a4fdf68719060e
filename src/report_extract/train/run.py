"""One training run from its config to the model folder: train, calibrate, export, weigh against the rules, report.

The run's networks are its parts: `language`, which guesses hidden words; `teacher-1` and so on; and `network`, which is
kept. Each has its folder in the work folder and is not trained again once it is done there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from report_extract.analyze.gazetteer import read_gazetteer
from report_extract.analyze.lexicon import build_lexicon
from report_extract.analyze.pieces import read_word_pieces
from report_extract.errors import EnvironmentFault
from report_extract.train.config import read_config
from report_extract.train.data import Encoder
from report_extract.train.export import Tuning, export_network
from report_extract.train.learn import Course, Library, Progress, Trainer
from report_extract.train.network import Tagger, load_encoder
from report_extract.train.report import write_report

# Windows of a paragraph or two; where one begins within a paragraph, a sentence before it is context enough.
_WINDOW, _CONTEXT = 128, 16


class Run:
    """A recipe with its data and the folder of its checkpoints.

    Raises:
        EnvironmentFault: when the config or the encoder is missing; the message names it.
    """

    def __init__(self, path: Path, data: Sequence[Path], work: Path, progress: Progress) -> None:
        self.config = read_config(path)
        self.beside, self.data, self.work, self.progress = path.parent, data, work, progress
        self.encoder = encoder_folder(self.config.encoder, self.beside)
        names = read_gazetteer(self.beside / self.config.gazetteers)
        pieces = read_word_pieces(self.encoder / "tokenizer.json")
        self.library = Library(self.config, Encoder(pieces, build_lexicon(names), names), data)

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        self.library.preparer.close()

    def train(self) -> Path:
        """Trains all parts that are not done and writes the network into its model folder, which comes back.

        Raises:
            EnvironmentFault: when a corpus is missing; the message names it.
        """
        from report_extract.train.trust import weigh

        trainer = self.part("network")
        folder = self.beside / self.config.output
        temperature = trainer.calibrate(self.config.watch[0]) if self.config.watch else 1.0
        tuning = Tuning(_WINDOW, _CONTEXT, temperature)
        export_network(trainer.network, self.encoder / "tokenizer.json", folder / "report_names", tuning)
        report = {"recipe": json.loads(self.config.model_dump_json()), "history": dict(self._histories())}
        report["network alone"] = {
            corpus.path: trainer.score(corpus) for corpus in (*self.config.watch, *self.config.test)
        }
        report["with rules, cross-validated"] = weigh(folder, self.config, self.data)
        write_report(folder / "report.json", report)
        return folder

    def part(self, name: str) -> Trainer:
        """The trainer of one part, which is done; what it builds on is done before it.

        Raises:
            EnvironmentFault: when the recipe has no such part.
        """
        config = self.config
        teachers = [f"teacher-{n}" for n in range(1, config.teachers + 1)]
        if name == "language" and config.language:
            trainer = self._trainer(Course(name, config.language, config.seed, guesses=True))
            trainer.run(partial(load_encoder, path=self.encoder / "model.safetensors"), self.progress)
            return trainer
        if name in teachers:
            course = Course(name, config.teaching, config.seed + 1 + teachers.index(name))
            trainer = self._trainer(course)
        elif name == "network":
            # Nobody has to be asked once the network is done.
            is_done = (self.work / name / "network.pt").exists()
            asked = [] if is_done else [self.part(teacher).network.eval() for teacher in teachers]
            trainer = self._trainer(Course(name, config.stages, config.seed), asked)
        else:
            parts = ", ".join([*(["language"] if config.language else []), *teachers, "network"])
            raise EnvironmentFault(f"the recipe has no part {name!r}; its parts are {parts}")
        trainer.run(self._begin, self.progress)
        return trainer

    def _trainer(self, course: Course, teachers: Sequence[Tagger] = ()) -> Trainer:
        return Trainer(self.library, course, self.work / course.name, teachers)

    def _begin(self, network: Tagger) -> None:
        """Fills in the weights from which the readers of names begin."""
        if self.config.language:
            network.load_state_dict(self.part("language").network.cpu().state_dict())
        else:
            load_encoder(network, self.encoder / "model.safetensors")

    def _histories(self) -> Iterator[tuple[str, object]]:
        for path in sorted(self.work.glob("*/history.json")):
            yield path.parent.name, json.loads(path.read_text(encoding="utf-8"))


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
