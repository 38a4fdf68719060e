"""The training loop: stages of epochs over corpora, a rate that rises and falls, checkpoints from which a run goes on.

Every epoch is drawn from the seed and its own number alone, so a run that stopped goes on as if it had not.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import torch
from torch import Tensor, nn

from report_extract.train.batches import Batch, Row, fill, groups_of
from report_extract.train.config import Corpus, Stage, TrainConfig, find_data
from report_extract.train.data import Annotated, Encoder, Example, read_corpus
from report_extract.train.measure import Scores, best_temperature, score_network
from report_extract.train.network import Tagger
from report_extract.train.objectives import Guesser, read_names, teach
from report_extract.train.prepare import Preparer

Progress = Callable[[str, int, int, float], None]
_SAVE_SECONDS = 60.0
_WEIGHT_DECAY = 0.01
_LONGEST_STEP = 1.0
# How often the loss is asked for: each time a graphics card has to be waited for.
_ASK = 10
_TEACHING_PIECES = 32_000


@dataclass(slots=True)
class Place:
    """How far a run has come."""

    stage: int = 0
    epoch: int = 0
    batch: int = 0
    step: int = 0
    history: list[dict[str, object]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Course:
    """What one network goes through; `guesses` says that it guesses hidden words instead of reading names."""

    name: str
    stages: tuple[Stage, ...]
    seed: int
    guesses: bool = False


class Library:
    """The texts of all corpora, read once, and what makes rows of them; shared by the networks of a run."""

    def __init__(self, config: TrainConfig, encoder: Encoder, data: Sequence[Path]) -> None:
        self.config, self.encoder, self.data = config, encoder, data
        self.preparer = Preparer(encoder, config)
        self.texts: dict[str, list[Annotated]] = {}
        self.examples: dict[str, list[Example]] = {}

    def read(self, corpus: Corpus) -> list[Annotated]:
        """The corpus's texts."""
        key = f"{corpus.form} {corpus.path}"
        if key not in self.texts:
            self.texts[key] = list(read_corpus(corpus, find_data(corpus.path, self.data)))
        return self.texts[key]

    def encoded(self, corpus: Corpus) -> list[Example]:
        """The corpus's texts as a network sees them, unchanged."""
        if corpus.path not in self.examples:
            self.examples[corpus.path] = [self.encoder(item) for item in self.read(corpus)]
        return self.examples[corpus.path]

    def begin(self, stage: Stage, seed: str, *, only_known: bool) -> Callable[[], list[Row]]:
        """Begins with the rows of an epoch; the result, once called, gives them."""
        items = list(self._drawn(stage, random.Random(seed)))
        return self.preparer.submit(items, seed, has_changes=stage.augment, only_known=only_known)

    def _drawn(self, stage: Stage, rng: random.Random) -> Iterator[Annotated]:
        for corpus in stage.corpora:
            texts = self.read(corpus)
            if corpus.share < 1:
                texts = rng.sample(texts, max(1, int(len(texts) * corpus.share)))
            for _ in range(corpus.repeat):
                yield from texts


class Trainer:
    """One network on its course; `work` is the folder of its checkpoints, `teachers` the networks it may imitate."""

    def __init__(self, library: Library, course: Course, work: Path, teachers: Sequence[Tagger] = ()) -> None:
        self.library, self.config, self.course, self.work = library, library.config, course, work
        self.teachers = teachers
        torch.manual_seed(course.seed)
        torch.set_num_threads(self.config.threads)
        torch.set_float32_matmul_precision("high")
        self.device = find_device(self.config.device)
        self.network = Tagger(self.config.shape)
        self.whole: Guesser | Tagger = Guesser(self.network) if course.guesses else self.network
        self.place = Place()
        self.kept = 0.0

    def run(self, start: Callable[[Tagger], None], progress: Progress) -> Tagger:
        """The trained network; `start` fills in the weights from which it begins."""
        self.work.mkdir(parents=True, exist_ok=True)
        if (self.work / "network.pt").exists():
            load_state(self.network, self.work / "network.pt")
            self.place.history = json.loads((self.work / "history.json").read_text(encoding="utf-8"))
            return self.network.to(self.device)
        start(self.network)
        self.whole.to(self.device)
        saved = self._load()
        for number in range(self.place.stage, len(self.course.stages)):
            self._run_stage(self.course.stages[number], saved, progress)
            saved = None
            self.place = Place(stage=number + 1, history=self.place.history)
        torch.save(self.network.state_dict(), self.work / "network.pt")
        (self.work / "history.json").write_text(json.dumps(self.place.history, indent=1), encoding="utf-8")
        return self.network

    def _run_stage(self, stage: Stage, saved: dict[str, object] | None, progress: Progress) -> None:
        self.network.words.weight.requires_grad_(not stage.freeze_words)
        head = list(self.network.head.parameters())
        known = {id(p) for p in head}
        others = [p for p in self.whole.parameters() if id(p) not in known and p.requires_grad]
        optimizer = torch.optim.AdamW(
            [{"params": others, "lr": stage.encoder_rate}, {"params": head, "lr": stage.head_rate}],
            weight_decay=_WEIGHT_DECAY,
            fused=True,
        )
        waiting = self._begin(stage, self.place.epoch)
        schedule = None
        for epoch in range(self.place.epoch, stage.epochs):
            rows = waiting()
            if epoch + 1 < stage.epochs:
                waiting = self._begin(stage, epoch + 1)
            batches = self._batches(stage, epoch, rows)
            if schedule is None:
                total = max(len(batches) * (stage.epochs - epoch) + self.place.step, 1)
                schedule = torch.optim.lr_scheduler.LambdaLR(
                    optimizer, partial(_rate, total=total, warmup=stage.warmup)
                )
                if saved is not None:
                    optimizer.load_state_dict(saved["optimizer"])  # type: ignore[arg-type]
                    schedule.load_state_dict(saved["schedule"])  # type: ignore[arg-type]
            else:
                self.place.epoch, self.place.batch = epoch, 0
            self._run_epoch(stage, batches, optimizer, schedule, progress)
            self._finish_epoch(stage, epoch)

    def _run_epoch(
        self,
        stage: Stage,
        batches: list[list[Row]],
        optimizer: torch.optim.Optimizer,
        schedule: torch.optim.lr_scheduler.LRScheduler,
        progress: Progress,
    ) -> None:
        self.whole.train()
        mean = 0.0
        self.kept = time.monotonic()
        name = f"{self.course.name}: {stage.name} {self.place.epoch + 1}/{stage.epochs}"
        for number in range(self.place.batch, len(batches)):
            loss = self._loss(fill(batches[number]).to(self.device), stage)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(self.whole.parameters(), _LONGEST_STEP)
            optimizer.step()
            schedule.step()
            self.place.batch, self.place.step = number + 1, self.place.step + 1
            if number % _ASK == 0 or number + 1 == len(batches):
                mean = 0.9 * mean + 0.1 * loss.item() if mean else loss.item()
            progress(name, number + 1, len(batches), mean)
            if time.monotonic() - self.kept > _SAVE_SECONDS:
                self._save(optimizer, schedule)

    def _loss(self, batch: Batch, stage: Stage) -> Tensor:
        if isinstance(self.whole, Guesser):
            loss: Tensor = self.whole(batch)
            return loss
        return read_names(self.whole, batch, stage.imitate)

    def _finish_epoch(self, stage: Stage, epoch: int) -> None:
        scores: Scores = {}
        for corpus in () if self.course.guesses else self.config.watch:
            scores |= {f"{corpus.path} {k}": v for k, v in self.score(corpus).items()}
        self.place.history.append({"stage": stage.name, "epoch": epoch + 1, **scores})

    def score(self, corpus: Corpus) -> Scores:
        """F1 of exact spans by label on a corpus, by the network alone."""
        return score_network(self.network, self.library.encoded(corpus), self.library.encoder.pieces, self.config)

    def calibrate(self, corpus: Corpus) -> float:
        """The temperature at which the network's confidence is nearest to how often it is right."""
        return best_temperature(self.network, self.library.encoded(corpus), self.library.encoder.pieces, self.config)

    def _begin(self, stage: Stage, epoch: int) -> Callable[[], list[Row]]:
        only_known = not self.course.guesses and not (self.teachers and stage.imitate)
        return self.library.begin(stage, self._seed(stage, epoch), only_known=only_known)

    def _batches(self, stage: Stage, epoch: int, rows: list[Row]) -> list[list[Row]]:
        """The batches of an epoch, drawn from the seed, the stage and its number."""
        if self.teachers and stage.imitate:
            teach(rows, self.teachers, _TEACHING_PIECES)
        rng = random.Random(f"batches {self._seed(stage, epoch)}")
        return groups_of(rows, stage.batch_pieces or self.config.batch_pieces, rng)

    def _seed(self, stage: Stage, epoch: int) -> str:
        return f"{self.course.seed} {stage.name} {epoch}"

    def _save(self, optimizer: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LRScheduler) -> None:
        state = {
            "network": self.whole.state_dict(),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
            "place": {name: getattr(self.place, name) for name in Place.__slots__},
        }
        torch.save(state, self.work / "checkpoint.tmp")
        (self.work / "checkpoint.tmp").replace(self.work / "checkpoint.pt")
        self.kept = time.monotonic()

    def _load(self) -> dict[str, object] | None:
        path = self.work / "checkpoint.pt"
        if not path.exists():
            return None
        saved: dict[str, object] = torch.load(path, map_location=self.device, weights_only=True)
        self.whole.load_state_dict(saved["network"])  # type: ignore[arg-type]
        self.place = Place(**saved["place"])  # type: ignore[arg-type]
        return saved


def find_device(name: str) -> torch.device:
    """The device of a recipe; `auto` takes the graphics card where there is one."""
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.device(name)


def load_state(network: nn.Module, path: Path) -> None:
    """Fills a network with weights that a trainer saved."""
    network.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))


def _rate(step: int, total: int, warmup: float) -> float:
    """Rises from nothing to 1 in the warm-up, then falls in a straight line to a fiftieth."""
    begin = max(1, int(total * warmup))
    if step < begin:
        return (step + 1) / begin
    return max(0.02, (total - step) / max(1, total - begin))
