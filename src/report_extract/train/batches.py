"""Rows of word pieces for the network, gathered into batches of the same length."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from report_extract.analyze.pieces import LABELS, WordPieces
from report_extract.analyze.windows import find_windows
from report_extract.train.data import IGNORED, Example

_EDGE_CASE = 5


@dataclass(slots=True)
class Row:
    """One window: for each piece its id, case and tag, and whether a word begins with it.

    `gold` has the states of a word at its first piece; `taught` the teachers' probabilities of each label and state,
    once they were asked.
    """

    ids: NDArray[np.uint16]
    cases: NDArray[np.uint8]
    tags: NDArray[np.uint8]
    heads: NDArray[np.bool_]
    gold: NDArray[np.int8]
    taught: NDArray[np.float16] | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows filled up to one length; all (rows, pieces), `gold` with labels behind, `taught` with labels and states."""

    ids: Tensor
    cases: Tensor
    tags: Tensor
    mask: Tensor
    heads: Tensor
    gold: Tensor
    taught: Tensor | None

    def to(self, device: torch.device) -> Batch:
        """The batch on a device."""
        ids, cases, tags, gold = (one.to(device).long() for one in (self.ids, self.cases, self.tags, self.gold))
        taught = None if self.taught is None else self.taught.to(device).float()
        return Batch(ids, cases, tags, self.mask.to(device), self.heads.to(device), gold, taught)


def rows_of(
    example: Example, pieces: WordPieces, *, limit: int, has_tags: bool = True, only_known: bool = True
) -> Iterator[Row]:
    """The windows of a text; with `only_known`, one in which nothing is annotated is left out."""
    is_break = [word.isspace() and "\n" in word for word in example.words]
    for window in find_windows(example.pieces.sizes, is_break, example.begins, limit=limit - 2):
        ids, cases, tags, places = [pieces.begin], [_EDGE_CASE], [0], []
        for i in range(window.first, window.stop):
            size = len(example.pieces.ids[i])
            places.append(len(ids))
            ids += example.pieces.ids[i]
            cases += [example.pieces.cases[i]] * size
            tags += [example.pieces.tags[i] if has_tags else 0] * size
        heads = np.zeros(len(ids) + 1, dtype=bool)
        heads[places] = True
        gold = np.full((len(ids) + 1, len(LABELS)), IGNORED, dtype=np.int8)
        gold[places] = example.gold[window.first : window.stop]
        row = Row(
            np.array([*ids, pieces.end], dtype=np.uint16),
            np.array([*cases, _EDGE_CASE], dtype=np.uint8),
            np.array([*tags, 0], dtype=np.uint8),
            heads,
            gold,
        )
        if not only_known or (gold != IGNORED).any():
            yield row


def groups_of(rows: Iterable[Row], most_pieces: int, rng: random.Random) -> list[list[Row]]:
    """All rows in groups of about `most_pieces` pieces, padding counted, in an order drawn by chance."""
    ordered = sorted(rows, key=lambda row: (len(row.ids), rng.random()))
    groups: list[list[Row]] = []
    for row in ordered:
        if not groups or (len(groups[-1]) + 1) * len(row.ids) > most_pieces:
            groups.append([])
        groups[-1].append(row)
    rng.shuffle(groups)
    return groups


def fill(rows: list[Row]) -> Batch:
    """One batch of some rows."""
    length = max(len(row.ids) for row in rows)
    ids, cases, tags = (_padded([getattr(row, name) for row in rows], length, 0) for name in ("ids", "cases", "tags"))
    mask = _padded([np.ones(len(row.ids), dtype=bool) for row in rows], length, False)
    heads = _padded([row.heads for row in rows], length, False)
    gold = _padded([row.gold for row in rows], length, IGNORED)
    taught = None
    if all(row.taught is not None for row in rows):
        taught = _padded([row.taught for row in rows if row.taught is not None], length, 0)
    return Batch(ids, cases, tags, mask, heads, gold, taught)


def _padded(values: list[NDArray[Any]], length: int, filler: int) -> Tensor:
    first = values[0]
    # torch can do little with 16 bits without a sign.
    kind = np.dtype(np.int32) if first.dtype == np.uint16 else first.dtype
    table = np.full((len(values), length, *first.shape[1:]), filler, dtype=kind)
    for n, value in enumerate(values):
        table[n, : len(value)] = value
    return torch.from_numpy(table)
