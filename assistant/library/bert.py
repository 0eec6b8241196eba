"""A BERT sentence encoder as an ONNX graph, written straight from its published weights: tokens in, unit vectors out.

Torch need not be imported for it, and onnxruntime's fused operators are named directly, so nothing is left to optimise when the
graph is loaded. Weights lie in a file of their own, which is mapped into memory: of the table of words, half of them, only the rows
that are needed are read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from assistant.errors import EncoderError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from onnx import ModelProto, NodeProto, TensorProto

    Array = npt.NDArray[Any]
    Floats = npt.NDArray[np.float32]

# The file beside the graph that holds the weights.
WEIGHTS = "weights.bin"
# Smaller constants stay in the graph itself.
_INLINE = 1024
# How safetensors names them, little-endian.
_FLOATS = {"F32": "<f4", "F16": "<f2"}
_OPSET, _FORMAT = 17, 9
_FUSED = "com.microsoft"
# What goes into a graph.
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
# The input that a graph with an adapter has beside them.
ADAPTED = "adapted"


def write(weights: Path, config: Path, graph: Path, *, int8: bool = False, adapter: Path | None = None) -> int:
    """Writes ``graph`` and, beside it, its weights from a safetensors file and BERT's ``config.json``; returns the dimensions.

    Mean pooling over the tokens and normalisation are part of the graph. With ``int8`` the matrices are rounded to 8 bits column
    by column. An ``adapter`` is a safetensors file that holds narrow matrices for some of them: to NAME.weight [rows, columns] comes
    the product of NAME.up [rows, rank] and NAME.down [rank, columns], times the graph's further input ``adapted`` [1]: with 0 and 1 one
    graph is two encoders. Raises ValueError for an adapter in 8 bits, and EncoderError where the files are not of this form.
    """
    import onnx

    if adapter and int8:
        raise ValueError("a graph in 8 bits has no adapter")
    try:
        shape = json.loads(config.read_text(encoding="utf-8"))
        model = _Graph(_Weights.read(weights), shape, _Weights.read(adapter) if adapter else None, int8=int8).model()
        onnx.save_model(
            model, str(graph), save_as_external_data=True, all_tensors_to_one_file=True, location=WEIGHTS, size_threshold=_INLINE
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EncoderError(f"the weights {weights} cannot be written as a graph: {error}") from error
    return int(shape["hidden_size"])


@dataclass(frozen=True, slots=True)
class _Weights:
    """The tensors of a safetensors file: eight bytes of length, a JSON heading, the data."""

    data: memoryview
    heading: Mapping[str, Any]

    @classmethod
    def read(cls, file: Path) -> _Weights:
        content = memoryview(file.read_bytes())
        length = int.from_bytes(content[:8], "little")
        return cls(content[8 + length :], json.loads(bytes(content[8 : 8 + length])))

    def __call__(self, name: str) -> Floats:
        import numpy as np

        entry = self.heading[name]
        if entry["dtype"] not in _FLOATS:
            raise ValueError(f"{name} is {entry['dtype']}, not one of {', '.join(_FLOATS)}")
        first, last = entry["data_offsets"]
        found = np.frombuffer(self.data[first:last], dtype=_FLOATS[entry["dtype"]]).reshape(entry["shape"])
        return found.astype(np.float32, copy=False)


class _Graph:
    """The nodes and constants of one graph; every method adds to them and names what it added."""

    _DENSE: ClassVar[Mapping[str, str]] = {"attended": "attention.output", "widened": "intermediate", "narrowed": "output"}

    def __init__(self, weights: _Weights, config: Mapping[str, Any], adapter: _Weights | None, *, int8: bool) -> None:
        self._weights = weights
        self._config = config
        self._adapter = adapter
        self._int8 = int8
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def model(self) -> ModelProto:
        """The whole encoder."""
        from onnx import TensorProto, helper

        state = self._embedded()
        for number in range(self._config["num_hidden_layers"]):
            state = self._layer(state, f"encoder.layer.{number}.")
        self._pooled(state)
        inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"]) for name in INPUTS]
        if self._adapter:
            inputs.append(helper.make_tensor_value_info(ADAPTED, TensorProto.FLOAT, [1]))
        output = helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["batch", self._config["hidden_size"]])
        graph = helper.make_graph(self._nodes, "encoder", inputs, [output], self._constants)
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_FORMAT)

    def _embedded(self) -> str:
        from onnx import TensorProto

        ids, _, types = (self._node("Cast", [name], f"{name}32", to=TensorProto.INT32) for name in INPUTS)
        tables = [self._kept(f"embeddings.{name}_embeddings.weight") for name in ("word", "position", "token_type")]
        inputs = [ids, types, *tables, *self._norm("embeddings.")]
        # Its second output, the lengths, is not wanted and must be named all the same.
        return self._node("EmbedLayerNormalization", inputs, "embedded", "", domain=_FUSED, **self._epsilon)

    def _layer(self, state: str, prefix: str) -> str:
        attended = self._matrix(self._attention(state, prefix), prefix, "attended")
        middle = self._added(attended, state, prefix + "attention.output.")
        wide = self._matrix(middle, prefix, "widened")
        wide = self._fused("BiasGelu", [wide, self._kept(prefix + "intermediate.dense.bias")], prefix + "gelu")
        return self._added(self._matrix(wide, prefix, "narrowed"), middle, prefix + "output.")

    def _attention(self, state: str, prefix: str) -> str:
        import numpy as np

        parts = [f"{prefix}attention.self.{part}." for part in ("query", "key", "value")]
        matrix = np.concatenate([self._weights(part + "weight").T for part in parts], axis=1)
        state, matrix = self._with_adapter(state, matrix, parts)
        bias = self._constant(prefix + "bias", np.concatenate([self._weights(part + "bias") for part in parts]))
        mask, heads = "attention_mask32", self._config["num_attention_heads"]
        if not self._int8:
            weights = self._constant(prefix + "matrix", matrix)
            return self._fused("Attention", [state, weights, bias, mask], prefix + "self", num_heads=heads)
        weights, scale, zero = self._rounded(prefix + "matrix", matrix)
        levels = self._node("DynamicQuantizeLinear", [state], prefix + "level", prefix + "step", prefix + "origin")
        inputs = [levels, weights, bias, prefix + "step", scale, mask, prefix + "origin", zero]
        return self._fused("QAttention", inputs, prefix + "self", num_heads=heads)

    def _matrix(self, state: str, prefix: str, result: str) -> str:
        part = f"{prefix}{self._DENSE[result]}.dense."
        name = part + "weight"
        state, matrix = self._with_adapter(state, self._weights(name).T, [part])
        if not self._int8:
            return self._node("MatMul", [state, self._constant(name, matrix)], prefix + result)
        return self._fused("DynamicQuantizeMatMul", [state, *self._rounded(name, matrix)], prefix + result)

    def _with_adapter(self, state: str, matrix: Floats, parts: Sequence[str]) -> tuple[str, Floats]:
        """``state`` with what the narrow matrices of ``parts`` make of it beside it, and ``matrix`` with the rows for that.

        ``parts`` are what ``matrix`` has beside each other. The product of the two is then what both matrices together say, in one step.
        """
        import numpy as np

        if self._adapter is None:
            return state, matrix
        downs, ups = ([self._adapter(f"{part}{half}").T for part in parts] for half in ("down", "up"))
        rows = np.zeros((sum(map(len, ups)), matrix.shape[1]), dtype=np.float32)
        first = column = 0
        for up in ups:
            rows[first : first + up.shape[0], column : column + up.shape[1]] = up
            first, column = first + up.shape[0], column + up.shape[1]
        narrow = self._node("MatMul", [state, self._constant(parts[0] + "down", np.concatenate(downs, axis=1))], parts[0] + "narrow")
        scaled = self._node("Mul", [narrow, ADAPTED], parts[0] + "scaled")
        return self._node("Concat", [state, scaled], parts[0] + "wide", axis=-1), np.concatenate([matrix, rows])

    def _added(self, change: str, state: str, prefix: str) -> str:
        inputs = [change, state, *self._norm(prefix), self._kept(prefix + "dense.bias")]
        return self._fused("SkipLayerNormalization", inputs, prefix + "sum", **self._epsilon)

    def _pooled(self, state: str) -> None:
        """The mean over the tokens and then a unit vector, which is the sum over the tokens made one."""
        import numpy as np
        from onnx import TensorProto

        self._node("Cast", ["attention_mask"], "weight", to=TensorProto.FLOAT)
        self._node("Unsqueeze", ["weight", self._constant("last", np.array([2]))], "weights")
        self._node("Mul", [state, "weights"], "weighted")
        self._node("ReduceSum", ["weighted", self._constant("tokens", np.array([1]))], "total", keepdims=0)
        self._node("ReduceL2", ["total"], "length", axes=[1], keepdims=1)
        self._node("Div", ["total", "length"], "vector")

    def _rounded(self, name: str, matrix: Floats) -> tuple[str, str, str]:
        """A matrix in steps of its columns' largest entries / 127, the steps, and the level of zero."""
        import numpy as np

        steps = (np.abs(matrix).max(axis=0) / 127).astype(np.float32)
        levels = np.rint(matrix / steps).astype(np.int8)
        zero = np.zeros(matrix.shape[1], dtype=np.int8)
        return self._constant(name, levels), self._constant(name + ".steps", steps), self._constant(name + ".zero", zero)

    @property
    def _epsilon(self) -> dict[str, float]:
        return {"epsilon": self._config["layer_norm_eps"]}

    def _norm(self, prefix: str) -> list[str]:
        return [self._kept(f"{prefix}LayerNorm.{part}") for part in ("weight", "bias")]

    def _kept(self, name: str) -> str:
        return self._constant(name, self._weights(name))

    def _constant(self, name: str, value: Array) -> str:
        import numpy as np
        from onnx import numpy_helper

        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def _fused(self, operator: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        return self._node(operator, inputs, output, domain=_FUSED, **attributes)

    def _node(self, operator: str, inputs: Sequence[str], *outputs: str, domain: str = "", **attributes: Any) -> str:
        from onnx import helper

        self._nodes.append(helper.make_node(operator, list(inputs), list(outputs), domain=domain, **attributes))
        return outputs[0]
