"""Rows of pieces for the network, gathered into batches of like length."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from report_extract.analyze.pieces import LABELS, WordPieces
from report_extract.analyze.windows import find_windows
from report_extract.train.data import IGNORED, Example


@dataclass(frozen=True, slots=True)
class Row:
    """One window: for each piece its id, case and tag; and the gold states of each word at its first piece."""

    ids: list[int]
    cases: list[int]
    tags: list[int]
    gold: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows filled up to one length."""

    ids: Tensor
    cases: Tensor
    tags: Tensor
    mask: Tensor
    gold: Tensor

    def to(self, device: torch.device) -> Batch:
        """The batch on a device."""
        return Batch(*(getattr(self, name).to(device) for name in ("ids", "cases", "tags", "mask", "gold")))


def rows_of(example: Example, pieces: WordPieces, *, limit: int, has_tags: bool = True) -> Iterator[Row]:
    """The windows of a text; a window in which nothing is annotated is left out."""
    is_break = [word.isspace() and "\n" in word for word in example.words]
    blank = np.full((1, len(LABELS)), IGNORED, dtype=np.int64)
    for window in find_windows(example.pieces.sizes, is_break, example.begins, limit=limit - 2):
        ids, cases, tags, gold = [pieces.begin], [5], [0], [blank]
        for i in range(window.first, window.stop):
            size = len(example.pieces.ids[i])
            ids += example.pieces.ids[i]
            cases += [example.pieces.cases[i]] * size
            tags += [example.pieces.tags[i] if has_tags else 0] * size
            gold.append(example.gold[i : i + 1])
            gold += [blank] * (size - 1)
        row = Row([*ids, pieces.end], [*cases, 5], [*tags, 0], np.concatenate([*gold, blank]))
        if (row.gold != IGNORED).any():
            yield row


def batches_of(rows: Iterable[Row], most_pieces: int, rng: random.Random) -> list[Batch]:
    """All rows in batches of about `most_pieces` pieces, padding counted, in an order drawn by chance."""
    ordered = sorted(rows, key=lambda row: (len(row.ids), rng.random()))
    groups: list[list[Row]] = []
    for row in ordered:
        if not groups or (len(groups[-1]) + 1) * len(row.ids) > most_pieces:
            groups.append([])
        groups[-1].append(row)
    rng.shuffle(groups)
    return [_filled(group) for group in groups]


def _filled(rows: list[Row]) -> Batch:
    length = max(len(row.ids) for row in rows)
    columns = [
        torch.tensor([[*values, *[0] * (length - len(values))] for values in ([*getattr(row, name)] for row in rows)])
        for name in ("ids", "cases", "tags")
    ]
    mask = torch.tensor([[1] * len(row.ids) + [0] * (length - len(row.ids)) for row in rows])
    gold = np.full((len(rows), length, len(LABELS)), IGNORED, dtype=np.int64)
    for n, row in enumerate(rows):
        gold[n, : len(row.ids)] = row.gold
    return Batch(columns[0], columns[1], columns[2], mask, torch.from_numpy(gold))
