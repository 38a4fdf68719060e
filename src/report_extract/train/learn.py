"""The training loop: stages of epochs over corpora, a rate that rises and falls, checkpoints from which a run goes on.

Every epoch is drawn from the seed and its own number alone, so a run that stopped goes on as if it had not.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch

from report_extract.train.augment import augment, new_names
from report_extract.train.batches import Batch, Row, batches_of, rows_of
from report_extract.train.config import Corpus, Stage, TrainConfig, find_data
from report_extract.train.data import Annotated, Encoder, read_corpus
from report_extract.train.measure import Scores, best_temperature, score_network
from report_extract.train.network import Tagger, load_encoder, masked_loss

Progress = Callable[[str, int, int, float], None]
_SAVE_EVERY = 100
_WEIGHT_DECAY = 0.01
_LONGEST_STEP = 1.0


@dataclass(slots=True)
class Place:
    """How far a run has come."""

    stage: int = 0
    epoch: int = 0
    batch: int = 0
    step: int = 0
    history: list[dict[str, object]] = field(default_factory=list)


class Trainer:
    """One run: the network, its data, and the folder in which it keeps checkpoints."""

    def __init__(self, config: TrainConfig, encoder: Encoder, data: Sequence[Path], work: Path) -> None:
        self.config, self.encoder, self.data, self.work = config, encoder, data, work
        torch.manual_seed(config.seed)
        torch.set_num_threads(config.threads)
        self.device = torch.device(config.device)
        self.network = Tagger(config.shape)
        self.place = Place()
        self.names = new_names(encoder.names)
        self.texts: dict[str, list[Annotated]] = {}

    def run(self, weights: Path, progress: Progress) -> Tagger:
        """Trains from the encoder's weights, or from the last checkpoint in the folder; gives the network back."""
        load_encoder(self.network, weights)
        self.network.to(self.device)
        self.work.mkdir(parents=True, exist_ok=True)
        saved = self._load()
        for number in range(self.place.stage, len(self.config.stages)):
            self._run_stage(self.config.stages[number], saved, progress)
            saved = None
            self.place = Place(stage=number + 1, history=self.place.history)
        return self.network

    def _run_stage(self, stage: Stage, saved: dict[str, object] | None, progress: Progress) -> None:
        self.network.words.weight.requires_grad_(not stage.freeze_words)
        head = list(self.network.head.parameters())
        others = [p for n, p in self.network.named_parameters() if not n.startswith("head.") and p.requires_grad]
        optimizer = torch.optim.AdamW(
            [{"params": others, "lr": stage.encoder_rate}, {"params": head, "lr": stage.head_rate}],
            weight_decay=_WEIGHT_DECAY,
            fused=True,
        )
        batches = self._epoch(stage, self.place.epoch)
        total = max(len(batches) * (stage.epochs - self.place.epoch) + self.place.step, 1)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, total, stage.warmup))
        if saved is not None:
            optimizer.load_state_dict(saved["optimizer"])  # type: ignore[arg-type]
            schedule.load_state_dict(saved["schedule"])  # type: ignore[arg-type]
        for epoch in range(self.place.epoch, stage.epochs):
            if epoch > self.place.epoch:
                batches = self._epoch(stage, epoch)
                self.place.epoch, self.place.batch = epoch, 0
            self._run_epoch(stage, batches, optimizer, schedule, progress)
            self._finish_epoch(stage, epoch)

    def _run_epoch(
        self,
        stage: Stage,
        batches: list[Batch],
        optimizer: torch.optim.Optimizer,
        schedule: torch.optim.lr_scheduler.LRScheduler,
        progress: Progress,
    ) -> None:
        self.network.train()
        mean = 0.0
        for number in range(self.place.batch, len(batches)):
            batch = batches[number].to(self.device)
            loss = masked_loss(self.network(batch.ids, batch.cases, batch.tags, batch.mask), batch.gold)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), _LONGEST_STEP)
            optimizer.step()
            schedule.step()
            mean = 0.98 * mean + 0.02 * loss.item() if mean else loss.item()
            self.place.batch, self.place.step = number + 1, self.place.step + 1
            progress(f"{stage.name} {self.place.epoch + 1}/{stage.epochs}", number + 1, len(batches), mean)
            if self.place.step % _SAVE_EVERY == 0:
                self._save(optimizer, schedule)

    def _finish_epoch(self, stage: Stage, epoch: int) -> None:
        torch.save(self.network.state_dict(), self.work / f"{stage.name}-{epoch + 1}.pt")
        scores: Scores = {}
        for corpus in self.config.watch:
            scores |= {f"{corpus.path} {k}": v for k, v in self.score(corpus).items()}
        self.place.history.append({"stage": stage.name, "epoch": epoch + 1, **scores})

    def score(self, corpus: Corpus) -> Scores:
        """F1 of exact spans by label on a corpus, by the network alone."""
        examples = [self.encoder(item) for item in self._read(corpus)]
        return score_network(self.network, examples, self.encoder.pieces, self.config)

    def calibrate(self, corpus: Corpus) -> float:
        """The temperature at which the network's confidence is nearest to how often it is right."""
        examples = [self.encoder(item) for item in self._read(corpus)]
        return best_temperature(self.network, examples, self.encoder.pieces, self.config)

    def _epoch(self, stage: Stage, epoch: int) -> list[Batch]:
        """The batches of an epoch, drawn from the seed, the stage and its number."""
        rng = random.Random(f"{self.config.seed} {stage.name} {epoch}")
        rows = [row for item in self._drawn(stage, rng) for row in self._rows(item, stage, rng)]
        return batches_of(rows, self.config.batch_pieces, rng)

    def _drawn(self, stage: Stage, rng: random.Random) -> Iterator[Annotated]:
        for corpus in stage.corpora:
            texts = self._read(corpus)
            if corpus.share < 1:
                texts = rng.sample(texts, max(1, int(len(texts) * corpus.share)))
            for _ in range(corpus.repeat):
                yield from texts

    def _rows(self, item: Annotated, stage: Stage, rng: random.Random) -> Iterator[Row]:
        if stage.augment:
            item = augment(item, self.names, rng)
        limit = rng.randint(self.config.shortest_window, self.config.longest_window)
        has_tags = rng.random() >= self.config.forget_tags
        return rows_of(self.encoder(item), self.encoder.pieces, limit=limit, has_tags=has_tags)

    def _read(self, corpus: Corpus) -> list[Annotated]:
        """The corpus's texts; folders of releases are read anew, since they may grow while a run goes on."""
        if corpus.form == "releases":
            return list(read_corpus(corpus, find_data(corpus.path, self.data)))
        if corpus.path not in self.texts:
            self.texts[corpus.path] = list(read_corpus(corpus, find_data(corpus.path, self.data)))
        return self.texts[corpus.path]

    def _save(self, optimizer: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LRScheduler) -> None:
        state = {
            "network": self.network.state_dict(),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
            "place": {name: getattr(self.place, name) for name in Place.__slots__},
        }
        torch.save(state, self.work / "checkpoint.tmp")
        (self.work / "checkpoint.tmp").replace(self.work / "checkpoint.pt")

    def _load(self) -> dict[str, object] | None:
        path = self.work / "checkpoint.pt"
        if not path.exists():
            return None
        saved: dict[str, object] = torch.load(path, map_location=self.device, weights_only=True)
        self.network.load_state_dict(saved["network"])  # type: ignore[arg-type]
        self.place = Place(**saved["place"])  # type: ignore[arg-type]
        return saved


def _rate(step: int, total: int, warmup: float) -> float:
    """Rises from nothing to 1 in the warm-up, then falls in a straight line to a fiftieth."""
    begin = max(1, int(total * warmup))
    if step < begin:
        return (step + 1) / begin
    return max(0.02, (total - step) / max(1, total - begin))
