"""The training code, on a network small enough to learn in a second."""

from __future__ import annotations

import json
import random
import shutil
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from conftest import CORPUS
from report_extract.analyze.pipeline import shipped_model
from report_extract.errors import EnvironmentFault
from report_extract.train.config import Shape, find_data, read_config

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from report_extract.analyze.gazetteer import read_gazetteer  # noqa: E402
from report_extract.analyze.lexicon import build_lexicon  # noqa: E402
from report_extract.analyze.onnx_network import Network, read_network  # noqa: E402
from report_extract.analyze.pieces import LABELS, Pieces, read_word_pieces  # noqa: E402
from report_extract.analyze.pipeline import load_pipeline  # noqa: E402
from report_extract.train.augment import augment, new_names  # noqa: E402
from report_extract.train.batches import fill, rows_of  # noqa: E402
from report_extract.train.data import IGNORED, Annotated, Encoder, gold_spans, gold_states, read_releases, read_spans  # noqa: E402
from report_extract.train.export import Tuning, export_network  # noqa: E402
from report_extract.train.learn import Course, Library, Trainer  # noqa: E402
from report_extract.train.network import Tagger, load_encoder  # noqa: E402
from report_extract.train.objectives import read_names, teach  # noqa: E402
from report_extract.train.prepare import Preparer  # noqa: E402
from report_extract.train.run import Run  # noqa: E402

RECIPE = """
encoder = "encoder"
gazetteers = "gazetteers"
output = "."
threads = 1
batch_pieces = 400
[shape]
hidden = 24
layers = 1
attention_heads = 2
inner = 32
dropout = 0.0
[[stages]]
name = "only"
epochs = 2
encoder_rate = 1e-3
head_rate = 1e-2
corpora = [{ path = "train", form = "releases" }]
[[watch]]
path = "train"
form = "releases"
"""


TAUGHT = (
    RECIPE.replace('"train"', '"few"')
    .replace("epochs = 2", "epochs = 1\nimitate = 0.5")
    .replace(
        "[shape]",
        """
teachers = 2
[[language]]
name = "words"
epochs = 2
batch_pieces = 2000
corpora = [{ path = "bare.jsonl", form = "texts" }, { path = "few", form = "releases" }]
[[teaching]]
name = "lessons"
epochs = 1
corpora = [{ path = "few", form = "releases" }]
[shape]
""",
    )
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    names = read_gazetteer(shipped_model() / "gazetteers")
    return Encoder(read_word_pieces(shipped_model() / "report_names" / "tokenizer.json"), build_lexicon(names), names)


def test_a_config_with_a_slip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "slip.toml"
    path.write_text(RECIPE.replace("threads", "thread"), encoding="utf-8")
    with pytest.raises(EnvironmentFault, match="thread"):
        read_config(path)


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match=r"nowhere\.jsonl"):
        find_data("nowhere.jsonl", [tmp_path])


def test_labels_that_a_corpus_does_not_annotate_teach_nothing(tmp_path: Path) -> None:
    row = {
        "text": "Ana Ruiz met Oxfam in May",
        "spans": [[0, 8, "PERSON"], [22, 25, "DATE"]],
        "meta": {"mask": [[13, 18]]},
    }
    (tmp_path / "tiny.train.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (tmp_path / "tiny.info.json").write_text(json.dumps({"exhaustive": ["PERSON", "ORG"]}), encoding="utf-8")
    (item,) = read_spans(tmp_path / "tiny.train.jsonl")
    starts, ends = [0, 4, 9, 13, 19, 22], [3, 8, 12, 18, 21, 25]
    gold = gold_states(item, starts, ends)
    assert gold[:, LABELS.index("PERSON")].tolist() == [1, 2, 0, IGNORED, 0, 0]
    assert gold[:, LABELS.index("ORG")].tolist() == [0, 0, 0, IGNORED, 0, 0]
    assert gold[:, LABELS.index("DATE")].tolist() == [IGNORED] * 5 + [1]
    assert gold[:, LABELS.index("TITLE")].tolist() == [IGNORED] * 6


def test_spans_of_releases_survive_cleaning(encoder: Encoder) -> None:
    for item in read_releases(CORPUS / "train"):
        example = encoder(item)
        spans = list(gold_spans(example.gold))
        assert len(spans) > 0.9 * len(item.spans) - 3
        assert len(example.words) == len(example.pieces.ids) == len(example.gold)


def test_changes_keep_every_span_on_its_name(encoder: Encoder) -> None:
    names, rng = new_names(encoder.names), random.Random(3)
    text = "Prof. Ana Ruiz of Suva College (SC) spoke. “Good,” said Ruiz."
    spans = ((6, 14, "PERSON"), (18, 30, "ORG"), (32, 34, "ORG"), (56, 60, "PERSON"))
    assert [text[start:end] for start, end, _ in spans] == ["Ana Ruiz", "Suva College", "SC", "Ruiz"]
    for _ in range(60):
        changed = augment(Annotated(text, spans, (), frozenset(LABELS), is_raw=True), names, rng)
        assert len(changed.spans) == len(spans)
        full, body, acronym, short = (changed.text[start:end] for start, end, _ in changed.spans)
        assert full.split()[-1].lower().endswith(short.lower().split()[-1])
        assert "college" in body.lower()
        assert acronym.strip() == acronym


def test_a_tiny_network_learns_resumes_and_is_exported(encoder: Encoder, tmp_path: Path) -> None:
    recipe = tmp_path / "train.toml"
    recipe.write_text(RECIPE, encoding="utf-8")
    config = read_config(recipe)
    losses: list[float] = []
    library = Library(config, encoder, [CORPUS])
    trainer = Trainer(library, Course("network", config.stages, 1), tmp_path / "work")
    weights = tmp_path / "model.safetensors"
    _write_encoder(trainer.network, weights)
    network = trainer.run(partial(load_encoder, path=weights), lambda *state: losses.append(state[3]))
    assert losses[-1] < losses[0]
    assert {"stage", "epoch"} <= set(trainer.place.history[-1])
    tokenizer = shipped_model() / "report_names" / "tokenizer.json"
    pieces = encoder.pieces(["Maria", "king", "spoke", "."], "Nwv.")
    for is_small, tolerance in ((False, 1e-4), (True, 0.5)):
        export_network(network, tokenizer, tmp_path / "model", Tuning(64, 8, 1.0), small=is_small)
        exported = read_network(tmp_path / "model")
        scores = exported.scores(pieces, 0, 4)
        assert scores.shape == (4, len(LABELS), 3)
        assert abs(scores - _scores_in_torch(network, exported, pieces)).max() < tolerance


def test_a_run_with_teachers_goes_from_recipe_to_a_model_that_reads(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(shipped_model(), folder, ignore=shutil.ignore_patterns("*.onnx", "train.toml"))
    (folder / "encoder").mkdir()
    shutil.copyfile(shipped_model() / "report_names" / "tokenizer.json", folder / "encoder" / "tokenizer.json")
    releases = tmp_path / "few"
    releases.mkdir()
    for source in sorted((CORPUS / "dev").iterdir())[:12]:
        shutil.copyfile(source, releases / source.name)
    (tmp_path / "bare.jsonl").write_text('{"text": "Ana Ruiz opens the fair in Suva today."}\n' * 9, encoding="utf-8")
    (folder / "train.toml").write_text(TAUGHT, encoding="utf-8")
    config = read_config(folder / "train.toml")
    _write_encoder(Tagger(config.shape), folder / "encoder" / "model.safetensors")
    for expected in (["language", "teacher-1", "teacher-2", "network"], []):
        seen: dict[str, None] = {}
        with Run(folder / "train.toml", [tmp_path], tmp_path / "work", partial(_note, seen)) as run:
            assert run.train() == folder
        assert list(seen) == expected, "what is done is not trained again"
    doc = load_pipeline(folder)("Prof. Ana Ruiz of Suva College spoke on 3 May 2024.")
    assert [span.text for span in doc.spans["report_mentions"] if span.label_ == "DATE"] == ["3 May 2024"]
    with (
        Run(folder / "train.toml", [tmp_path], tmp_path / "work", lambda *_: None) as run,
        pytest.raises(EnvironmentFault, match="teacher-2, network"),
    ):
        run.part("teacher-3")


def test_workers_change_nothing(encoder: Encoder, tmp_path: Path) -> None:
    config = read_config(_written(tmp_path, RECIPE))
    items = [
        Annotated(f"Ana Ruiz of Suva College spoke on {n} May.", (), (), frozenset(LABELS), True) for n in range(1, 9)
    ]
    alone, many = Preparer(encoder, config), Preparer(encoder, config.model_copy(update={"workers": 2}))
    rows = [p.submit(items, "seed", has_changes=True, only_known=True)() for p in (alone, many)]
    many.close()
    assert [row.ids.tolist() for row in rows[0]] == [row.ids.tolist() for row in rows[1]]


def test_what_teachers_believe_counts_where_nobody_knows(encoder: Encoder) -> None:
    item = Annotated("Ana Ruiz met Oxfam", ((0, 8, "PERSON"),), (), frozenset({"PERSON"}), is_raw=False)
    (row,) = rows_of(encoder(item), encoder.pieces, limit=64)
    network = Tagger(Shape(hidden=24, layers=1, attention_heads=2, inner=32, dropout=0.0))
    teach([row], [network], 100)
    assert row.taught is not None
    assert row.taught.shape == (len(row.ids), len(LABELS), 3)
    batch = fill([row]).to(torch.device("cpu"))
    losses = [float(read_names(network, batch, imitate).detach()) for imitate in (0.0, 0.9)]
    entropy = -(row.taught.astype(float) * np.log(row.taught.astype(float))).sum(axis=2)[row.heads]
    # The network that taught itself is surprised by its own doubt and by what is annotated, and by nothing else.
    person = LABELS.index("PERSON")
    known = -np.log(row.taught.astype(float)[row.heads, person][range(4), [1, 2, 0, 0]])
    expected = (entropy.sum() - entropy[:, person].sum() + known.sum()) / entropy.size
    assert losses[0] == pytest.approx(expected, abs=2e-3)
    assert losses[0] != losses[1]


def _note(seen: dict[str, None], name: str, *_: float) -> None:
    seen[name.split(":", maxsplit=1)[0]] = None


def _written(folder: Path, recipe: str) -> Path:
    (folder / "train.toml").write_text(recipe, encoding="utf-8")
    return folder / "train.toml"


def _scores_in_torch(network: Tagger, exported: Network, pieces: Pieces) -> NDArray[np.float32]:
    """The scores of words of one piece each."""
    ids = [exported.pieces.begin, *(number for (number,) in pieces.ids), exported.pieces.end]
    rows = torch.tensor([ids, [5, *pieces.cases, 5], [0, *pieces.tags, 0]])[:, None]
    network.eval()
    with torch.inference_mode():
        scores: NDArray[np.float32] = network(*rows, torch.ones_like(rows[0]))[0].numpy()[1:-1]
    return scores


def _write_encoder(network: Tagger, path: Path) -> None:
    """The network's own weights under the names that a BERT has."""
    from safetensors.torch import save_file

    state = network.state_dict()
    given = {
        "embeddings.word_embeddings.weight": state["words.weight"],
        "embeddings.position_embeddings.weight": state["places.weight"],
        "embeddings.token_type_embeddings.weight": state["cases.weight"][:2],
    }
    for kind in ("weight", "bias"):
        given[f"embeddings.LayerNorm.{kind}"] = state[f"norm.{kind}"]
        for name, part in zip(("query", "key", "value"), state[f"layers.0.qkv.{kind}"].chunk(3), strict=True):
            given[f"encoder.layer.0.attention.self.{name}.{kind}"] = part
        for ours, theirs in (
            ("out", "attention.output.dense"),
            ("out_norm", "attention.output.LayerNorm"),
            ("up", "intermediate.dense"),
            ("down", "output.dense"),
            ("down_norm", "output.LayerNorm"),
        ):
            given[f"encoder.layer.0.{theirs}.{kind}"] = state[f"layers.0.{ours}.{kind}"]
    save_file({name: weight.contiguous().clone() for name, weight in given.items()}, path)
