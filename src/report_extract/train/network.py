"""The network: a small BERT encoder with letter-case and list features, and one head per label.

Written out in plain torch, so that what is trained, what is exported and what the BERT paper describes can be compared
line by line. Its weights begin as those of all-MiniLM-L6-v2.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from report_extract.analyze.pieces import CASES, LABELS, TAGS
from report_extract.train.config import Shape

STATES = 3


class Layer(nn.Module):
    """One encoder layer: attention and a feed-forward block, each added to what came in and normalized."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.attention_heads
        self.qkv = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.out_norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.up = nn.Linear(shape.hidden, shape.inner)
        self.down = nn.Linear(shape.inner, shape.hidden)
        self.down_norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.drop = nn.Dropout(shape.dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """The layer's output for `x` (batch, pieces, hidden); `bias` hides the padding."""
        batch, length, hidden = x.shape
        q, k, v = (
            part.view(batch, length, self.heads, hidden // self.heads).transpose(1, 2)
            for part in self.qkv(x).split(hidden, dim=-1)
        )
        # No dropout on the weights of attention: on a CPU it takes as long as all the rest of the layer.
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        seen = seen.transpose(1, 2).reshape(batch, length, hidden)
        x = self.out_norm(x + self.drop(self.out(seen)))
        inner = self.down(functional.gelu(self.up(x)))
        out: Tensor = self.down_norm(x + self.drop(inner))
        return out


class Tagger(nn.Module):
    """Scores for each piece: (batch, pieces, labels, states)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.hidden, padding_idx=0)
        self.places = nn.Embedding(shape.positions, shape.hidden)
        self.cases = nn.Embedding(len(CASES), shape.hidden)
        self.tags = nn.Embedding(len(TAGS) + 1, shape.hidden)
        nn.init.zeros_(self.tags.weight)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.drop = nn.Dropout(shape.dropout)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.head = nn.Linear(shape.hidden, len(LABELS) * STATES)

    def states(self, ids: Tensor, cases: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """What the encoder makes of each piece: (batch, pieces, hidden); `mask` is 1 for a piece, 0 for padding."""
        places = torch.arange(ids.shape[1], device=ids.device).unsqueeze(0)
        x = self.words(ids) + self.places(places) + self.cases(cases) + self.tags(tags)
        x = self.drop(self.norm(x))
        bias = (1.0 - mask.to(x.dtype)).unsqueeze(1).unsqueeze(2) * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(self, ids: Tensor, cases: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """The scores; `mask` is 1 for a piece and 0 for padding."""
        x = self.states(ids, cases, tags, mask)
        scores: Tensor = self.head(x).view(ids.shape[0], ids.shape[1], len(LABELS), STATES)
        return scores


def load_encoder(network: Tagger, path: Path) -> None:
    """Fills the encoder with the weights of a BERT in a `model.safetensors`; each case begins as token type 0.

    Raises:
        ValueError: when the file is no BERT of the network's shape.
    """
    given = {name.removeprefix("bert."): weight for name, weight in load_file(path).items()}
    try:
        state = dict(_renamed(given, len(network.layers)))
    except KeyError as error:
        raise ValueError(f"{path}: no weight {error}; this is not a BERT encoder") from error
    network.load_state_dict(state, strict=False)


def _renamed(given: dict[str, Tensor], layers: int) -> list[tuple[str, Tensor]]:
    rows = [
        ("words.weight", given["embeddings.word_embeddings.weight"]),
        ("places.weight", given["embeddings.position_embeddings.weight"]),
        ("cases.weight", given["embeddings.token_type_embeddings.weight"][:1].repeat(len(CASES), 1)),
    ]
    for kind in ("weight", "bias"):
        rows.append((f"norm.{kind}", given[f"embeddings.LayerNorm.{kind}"]))
        for n in range(layers):
            one = f"encoder.layer.{n}"
            parts = [given[f"{one}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            rows.append((f"layers.{n}.qkv.{kind}", torch.cat(parts)))
            for ours, theirs in (
                ("out", "attention.output.dense"),
                ("out_norm", "attention.output.LayerNorm"),
                ("up", "intermediate.dense"),
                ("down", "output.dense"),
                ("down_norm", "output.LayerNorm"),
            ):
                rows.append((f"layers.{n}.{ours}.{kind}", given[f"{one}.{theirs}.{kind}"]))
    return rows
