"""What a network is asked to do with a batch, as a loss: read the names, imitate teachers, guess hidden words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from report_extract.train.batches import Batch, Row, fill
from report_extract.train.network import STATES, Tagger

_MASK = 103  # [MASK] in the vocabulary of BERT, uncased
_HIDDEN, _SWAPPED, _LEFT = 0.15, 0.1, 0.1


def read_names(network: Tagger, batch: Batch, imitate: float) -> Tensor:
    """Mean cross-entropy over what is annotated; with teachers, over all words, their opinion counting `imitate`."""
    scores = network(batch.ids, batch.cases, batch.tags, batch.mask)
    flat, gold = scores.reshape(-1, STATES).float(), batch.gold.reshape(-1)
    if batch.taught is None:
        return functional.cross_entropy(flat, gold, ignore_index=-100)
    known = (gold >= 0).unsqueeze(1)
    right = functional.one_hot(gold.clamp(min=0), STATES).float()
    taught = batch.taught.reshape(-1, STATES)
    target = torch.where(known, imitate * taught + (1 - imitate) * right, taught)
    counts = batch.heads.unsqueeze(2).expand(batch.gold.shape).reshape(-1)
    losses = -(target * functional.log_softmax(flat, dim=1)).sum(dim=1)
    return (losses * counts).sum() / counts.sum()


class Guesser(nn.Module):
    """Guesses hidden word pieces with the encoder's own embeddings; the head of BERT's pretraining, thrown away after.

    Source: Devlin et al. 2019, "BERT", masked language model; 15 % of pieces, of which 80 % hidden and 10 % swapped.
    """

    def __init__(self, network: Tagger) -> None:
        super().__init__()
        hidden = network.head.in_features
        self.network = network
        self.turn = nn.Linear(hidden, hidden)
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.bias = nn.Parameter(torch.zeros(network.words.num_embeddings))

    def forward(self, batch: Batch) -> Tensor:
        """Mean cross-entropy of the pieces chosen for guessing."""
        chosen = (torch.rand(batch.ids.shape, device=batch.ids.device) < _HIDDEN) & batch.mask.bool()
        chosen[:, 0] = False
        fate = torch.rand(batch.ids.shape, device=batch.ids.device)
        swapped = torch.randint_like(batch.ids, 1000, self.bias.shape[0])
        ids = torch.where(chosen & (fate >= _SWAPPED + _LEFT), torch.full_like(batch.ids, _MASK), batch.ids)
        ids = torch.where(chosen & (fate < _SWAPPED), swapped, ids)
        # What the lists say of a word would give it away.
        tags = torch.where(chosen, torch.zeros_like(batch.tags), batch.tags)
        states = self.network.states(ids, batch.cases, tags, batch.mask)[chosen]
        guessed = self.norm(functional.gelu(self.turn(states)))
        scores = functional.linear(guessed, self.network.words.weight, self.bias)
        return functional.cross_entropy(scores.float(), batch.ids[chosen])


def teach(rows: Iterable[Row], teachers: Sequence[Tagger], most_pieces: int) -> None:
    """Writes into each row the mean of what the teachers believe of it."""
    ordered = sorted(rows, key=lambda row: len(row.ids))
    device = next(teachers[0].parameters()).device
    group: list[Row] = []
    with torch.inference_mode():
        for n, row in enumerate(ordered):
            group.append(row)
            following = len(ordered[n + 1].ids) if n + 1 < len(ordered) else 0
            if following and (len(group) + 1) * following <= most_pieces:
                continue
            batch = fill(group).to(device)
            beliefs = [t(batch.ids, batch.cases, batch.tags, batch.mask).float().softmax(dim=-1) for t in teachers]
            mean = torch.stack(beliefs).mean(dim=0).half().cpu().numpy()
            for one, belief in zip(group, mean, strict=True):
                one.taught = np.ascontiguousarray(belief[: len(one.ids)])
            group = []
