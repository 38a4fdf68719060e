"""Texts made ready for the network, side by side in several processes where the recipe has more than one worker.

What becomes of a text by chance hangs on the seed, the epoch and the text's own number alone, so the number of workers
changes nothing but the time.
"""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass

from report_extract.train.augment import NewNames, augment, new_names
from report_extract.train.batches import Row, rows_of
from report_extract.train.config import TrainConfig
from report_extract.train.data import Annotated, Encoder

_CHUNK = 24


@dataclass(frozen=True, slots=True)
class Setup:
    """What a text is made ready with."""

    encoder: Encoder
    names: NewNames
    shortest: int
    longest: int
    forget_tags: float


@dataclass(frozen=True, slots=True)
class Job:
    """Texts, the seed of each, and whether they are changed by chance and kept where nothing is annotated."""

    items: tuple[Annotated, ...]
    seeds: tuple[str, ...]
    has_changes: bool
    only_known: bool


class Preparer:
    """Makes rows of texts; `submit` begins and gives back what waits for the end."""

    def __init__(self, encoder: Encoder, config: TrainConfig) -> None:
        self.setup = Setup(
            encoder, new_names(encoder.names), config.shortest_window, config.longest_window, config.forget_tags
        )
        self.pool = None
        if config.workers > 1:
            # Not forked: the threads of torch do not survive that.
            context = multiprocessing.get_context("spawn")
            self.pool = ProcessPoolExecutor(config.workers, context, initializer=_begin, initargs=(self.setup,))

    def submit(
        self, items: Sequence[Annotated], seed: str, *, has_changes: bool, only_known: bool
    ) -> Callable[[], list[Row]]:
        """Begins with texts; the result, once called, gives their rows in the texts' order."""
        jobs = []
        for at in range(0, len(items), _CHUNK):
            some = tuple(items[at : at + _CHUNK])
            seeds = tuple(f"{seed} {n}" for n in range(at, at + len(some)))
            jobs.append(Job(some, seeds, has_changes, only_known))
        if self.pool is None:
            return lambda: [row for job in jobs for row in prepare(job, self.setup)]
        waiting = [self.pool.submit(_prepare, job) for job in jobs]
        return lambda: list(_gathered(waiting))

    def close(self) -> None:
        """Ends the processes."""
        if self.pool is not None:
            self.pool.shutdown(cancel_futures=True)


def prepare(job: Job, setup: Setup) -> list[Row]:
    """The rows of some texts."""
    rows: list[Row] = []
    for item, seed in zip(job.items, job.seeds, strict=True):
        rng = random.Random(seed)
        changed = augment(item, setup.names, rng) if job.has_changes else item
        limit = rng.randint(setup.shortest, setup.longest)
        has_tags = rng.random() >= setup.forget_tags
        example = setup.encoder(changed)
        rows += rows_of(example, setup.encoder.pieces, limit=limit, has_tags=has_tags, only_known=job.only_known)
    return rows


def _gathered(waiting: Sequence[Future[list[Row]]]) -> Iterator[Row]:
    for future in waiting:
        yield from future.result()


# The setup of a worker process; it is sent once, not with every job.
_SETUPS: list[Setup] = []


def _begin(setup: Setup) -> None:
    _SETUPS[:] = [setup]


def _prepare(job: Job) -> list[Row]:
    return prepare(job, _SETUPS[0])
