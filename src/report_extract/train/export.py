"""From a trained network to what the package ships: ONNX with weights of one byte, and the settings beside it."""

from __future__ import annotations

import json
import shutil
import tempfile
import warnings
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from report_extract.analyze.pieces import LABELS
from report_extract.train.network import Tagger

_OPSET = 17
_INPUTS = ("ids", "cases", "tags", "mask")


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
        _write_onnx(network, whole)
        if small:
            quantize_dynamic(whole, folder / "model.onnx", weight_type=QuantType.QInt8, per_channel=True)
        else:
            shutil.copyfile(whole, folder / "model.onnx")
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    settings = {"labels": LABELS, **asdict(tuning)}
    (folder / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


def _write_onnx(network: Tagger, path: Path) -> None:
    network = network.cpu().eval()
    example = tuple(torch.ones(2, 5, dtype=torch.long) for _ in _INPUTS)
    with torch.inference_mode(), warnings.catch_warnings():
        # The older exporter writes plain operators, which quantize well, and needs no further package.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            example,
            str(path),
            input_names=list(_INPUTS),
            output_names=["scores"],
            dynamic_axes={name: {0: "batch", 1: "length"} for name in (*_INPUTS, "scores")},
            opset_version=_OPSET,
            dynamo=False,
        )
