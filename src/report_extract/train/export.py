"""From a trained network to what the package ships: ONNX with weights of one byte, and the settings beside it."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic

from report_extract.analyze.pieces import LABELS
from report_extract.train.graph import write_graph
from report_extract.train.network import Tagger


@dataclass(frozen=True, slots=True)
class Tuning:
    """How the network is to be used: the most pieces of a window and of its context, and the temperature of scores."""

    window: int
    context: int
    temperature: float


def export_network(network: Tagger, tokenizer: Path, folder: Path, tuning: Tuning, *, small: bool = True) -> None:
    """Writes `model.onnx`, `tokenizer.json` and `settings.json`; `small` rounds the weights to one byte."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        write_graph(network, whole)
        if small:
            _round(whole, folder / "model.onnx")
        else:
            shutil.copyfile(whole, folder / "model.onnx")
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    settings = {"labels": LABELS, **asdict(tuning)}
    (folder / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


def _round(whole: Path, small: Path) -> None:
    # Seven bits and a scale for each column: eight overflow on processors without VNNI, one scale for all costs twice
    # the error. The type has to be told since onnx does not know what onnxruntime's own operators give.
    quantize_dynamic(
        whole,
        small,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )
