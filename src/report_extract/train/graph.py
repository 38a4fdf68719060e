"""The network as an ONNX graph, built node by node from its weights.

The general exporter of torch writes attention as two dozen small operators; onnxruntime has one that does all of it and
can be rounded to one byte. What is built here is `Tagger.forward` again; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

from report_extract.analyze.pieces import LABELS
from report_extract.train.network import STATES, Tagger

INPUTS = ("ids", "cases", "tags", "mask")
_OPSET, _CONTRIB = 17, "com.microsoft"
_EPSILON = 1e-12


class _Graph:
    """Nodes and weights as they are added; every value is known by the name of its node."""

    def __init__(self, weights: dict[str, Tensor]) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.tensors: dict[str, onnx.TensorProto] = {}

    def add(self, kind: str, inputs: Sequence[str], name: str, *, contrib: bool = False, **attributes: Any) -> str:
        """Adds a node and gives back the name of its output."""
        domain = _CONTRIB if contrib else ""
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, domain=domain, **attributes))
        return name

    def weight(self, name: str, *, turned: bool = False) -> str:
        """Adds a weight of the network, turned round where torch keeps it the other way."""
        value = self.weights[name].detach().cpu().numpy()
        return self.constant(name, np.ascontiguousarray(value.T) if turned else value)

    def constant(self, name: str, value: NDArray[Any]) -> str:
        """Adds a constant."""
        self.tensors[name] = numpy_helper.from_array(value, name)
        return name


def write_graph(network: Tagger, path: Path) -> None:
    """Writes the network as an ONNX file."""
    graph = _Graph(dict(network.state_dict()))
    x = _embedding(graph)
    mask = graph.add("Cast", ["mask"], "mask32", to=TensorProto.INT32)
    for number, layer in enumerate(network.layers):
        x = _layer(graph, f"layers.{number}", x, mask, int(layer.heads))  # type: ignore[arg-type]
    product = graph.add("MatMul", [x, graph.weight("head.weight", turned=True)], "head.product")
    flat = graph.add("Add", [product, graph.weight("head.bias")], "head.sum")
    shape = graph.constant("head.shape", np.array([0, 0, len(LABELS), STATES], dtype=np.int64))
    graph.add("Reshape", [flat, shape], "scores")
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"]) for name in INPUTS]
    output = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", "length", len(LABELS), STATES])
    whole = helper.make_graph(graph.nodes, "tagger", inputs, [output], list(graph.tensors.values()))
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_CONTRIB, 1)]
    onnx.save(helper.make_model(whole, opset_imports=opsets, ir_version=9), path)


def _embedding(graph: _Graph) -> str:
    """The sum of the embeddings of pieces, places, cases and tags, normalized."""
    shape = graph.add("Shape", ["ids"], "ids.shape", start=1, end=2)
    none = graph.constant("none", np.array([0], dtype=np.int64))
    length = graph.add("Squeeze", [shape, none], "ids.length")
    zero, one = (graph.constant(f"number{n}", np.array(n, dtype=np.int64)) for n in (0, 1))
    places = graph.add("Range", [zero, length, one], "places.ids")
    total = graph.add("Gather", [graph.weight("words.weight"), "ids"], "words")
    for name, ids in (("places", places), ("cases", "cases"), ("tags", "tags")):
        part = graph.add("Gather", [graph.weight(f"{name}.weight"), ids], f"{name}.embedded")
        total = graph.add("Add", [total, part], f"{name}.added")
    names = [total, graph.weight("norm.weight"), graph.weight("norm.bias")]
    return graph.add("LayerNormalization", names, "embedded", axis=-1, epsilon=_EPSILON)


def _layer(graph: _Graph, name: str, x: str, mask: str, heads: int) -> str:
    """One encoder layer."""
    weights = [graph.weight(f"{name}.qkv.weight", turned=True), graph.weight(f"{name}.qkv.bias")]
    seen = graph.add("Attention", [x, *weights, mask], f"{name}.attention", contrib=True, num_heads=heads)
    x = _added(graph, f"{name}.out", seen, x)
    up = graph.add("MatMul", [x, graph.weight(f"{name}.up.weight", turned=True)], f"{name}.up.product")
    inner = graph.add("BiasGelu", [up, graph.weight(f"{name}.up.bias")], f"{name}.up", contrib=True)
    return _added(graph, f"{name}.down", inner, x)


def _added(graph: _Graph, name: str, inner: str, x: str) -> str:
    """A linear map of `inner`, added to `x` and normalized."""
    product = graph.add("MatMul", [inner, graph.weight(f"{name}.weight", turned=True)], f"{name}.product")
    norm = [graph.weight(f"{name}_norm.weight"), graph.weight(f"{name}_norm.bias"), graph.weight(f"{name}.bias")]
    return graph.add("SkipLayerNormalization", [product, x, *norm], name, contrib=True, epsilon=_EPSILON)
