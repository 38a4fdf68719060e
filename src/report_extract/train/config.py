"""What a training run is: one TOML file, checked before anything is loaded."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from report_extract.errors import EnvironmentFault


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Shape(_Closed):
    """The size of the encoder; what stands here are the measures of all-MiniLM-L6-v2."""

    vocabulary: int = 30522
    positions: int = 512
    hidden: int = 384
    layers: int = 6
    attention_heads: int = 12
    inner: int = 1536
    dropout: float = 0.1


class Corpus(_Closed):
    """A corpus: a file of JSON lines (`spans`), a folder of annotated releases (`releases`), or bare text (`texts`).

    `texts` is a file of JSON lines, gzipped or not, whose field `text` alone is read. `share` below 1 takes a part,
    newly drawn for each epoch; `repeat` takes all of it several times.
    """

    path: str
    form: Literal["spans", "releases", "texts"]
    share: float = Field(default=1.0, gt=0, le=1)
    repeat: int = Field(default=1, ge=1)


class Stage(_Closed):
    """A number of passes over some corpora, with a learning rate that rises and then falls to nothing.

    `freeze_words` keeps the embeddings of word pieces as they are: half of all weights, and the first to overfit.
    `imitate` is how much of what is learned comes from the teachers where the annotation knows the answer; where it
    does not, all of it does. `batch_pieces` stands instead of the recipe's own.
    """

    name: str
    epochs: int = Field(ge=1)
    corpora: tuple[Corpus, ...] = Field(min_length=1)
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    warmup: float = Field(default=0.1, ge=0, lt=1)
    augment: bool = True
    freeze_words: bool = False
    imitate: float = Field(default=0.0, ge=0, lt=1)
    batch_pieces: int | None = Field(default=None, ge=64)


class TrainConfig(_Closed):
    """The whole recipe. Paths of data are looked up in the data folders, the others beside the config.

    First the encoder guesses hidden words (`language`); from there `teachers` networks, which differ in their seeds,
    learn to read names (`teaching`); then the network that is kept, from the same start, by `stages`, which may
    imitate the mean of the teachers. Without `language` and `teachers` only `stages` are run.
    `watch` names annotated releases that are never trained on: the network is scored on them after each epoch, and
    the weights of network and rules are fitted on them. `test` is scored once, at the end.
    """

    encoder: str
    gazetteers: str
    output: str
    seed: int = 0
    device: Literal["auto", "cpu", "cuda"] = "auto"
    threads: int = Field(default=2, ge=1)
    workers: int = Field(default=1, ge=1)
    batch_pieces: int = Field(default=1000, ge=64)
    shortest_window: int = 64
    longest_window: int = 192
    forget_tags: float = Field(default=0.15, ge=0, le=1)
    shape: Shape = Shape()
    language: tuple[Stage, ...] = ()
    teachers: int = Field(default=0, ge=0)
    teaching: tuple[Stage, ...] = ()
    stages: tuple[Stage, ...] = Field(min_length=1)
    watch: tuple[Corpus, ...] = ()
    test: tuple[Corpus, ...] = ()

    @model_validator(mode="after")
    def _has_teachers(self) -> Self:
        if self.teachers and not self.teaching:
            raise ValueError("teachers need stages of their own, under [[teaching]]")
        if not self.teachers and any(stage.imitate for stage in self.stages):
            raise ValueError("a stage imitates, but there are no teachers")
        return self


def read_config(path: Path) -> TrainConfig:
    """The recipe in a TOML file.

    Raises:
        EnvironmentFault: when the file is missing or says something that no recipe can say.
    """
    try:
        return TrainConfig.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise EnvironmentFault(f"{path}: cannot read this training config: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise EnvironmentFault(f"{path}: {where}: {first['msg']}") from error


def find_data(path: str, folders: Sequence[Path]) -> Path:
    """The first of the folders' files or subfolders of this name.

    Raises:
        EnvironmentFault: when none has it; the message says where it was looked for.
    """
    for folder in folders:
        if (folder / path).exists():
            return folder / path
    looked = ", ".join(str(folder) for folder in folders)
    raise EnvironmentFault(f"{path}: not in {looked}; get the corpus (see the model card) or name its folder by --data")
