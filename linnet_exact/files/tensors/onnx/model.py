"""Which tensors an ONNX model has: initializers, constants, and those it dequantises."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from linnet_exact.errors import FileError
from linnet_exact.files.tensors.onnx.tensor_proto import TensorProto, parse_tensor
from linnet_exact.files.tensors.onnx.wire import BYTES, VARINT, Message

__all__ = ["Dequantized", "parse_model"]

MAX_TENSORS = 2**16
"""Most tensors of one model."""

_GRAPH, _OPERATORS = 7, 8
_NODE, _INITIALIZER, _SPARSE = 1, 5, 15
_INPUT, _OUTPUT, _OPERATOR, _ATTRIBUTE = 1, 2, 4, 5
_NAME, _INTEGER, _TENSOR = 1, 3, 5


@dataclass(frozen=True)
class Dequantized:
    """A tensor (q − zero point) · scale, which the operator DequantizeLinear makes of others.

    Attributes
    ----------
    quantized, scale, zero_point : str
        Names of tensors; the last may be empty, for 0.
    axis : int
        Along which scale and zero point change, if they are no single numbers.
    block : int
        How many entries along the axis have one scale together; 0 if they do not come in blocks.
    """

    quantized: str
    scale: str
    zero_point: str
    axis: int
    block: int


@dataclass
class _Node:
    """The parts of a node that matter here."""

    operator: str
    inputs: list[str]
    outputs: list[str]
    integers: dict[str, int]
    tensors: dict[str, TensorProto]


def parse_model(stream: IO[bytes]) -> tuple[list[TensorProto], Mapping[str, Dequantized]]:
    """Return the tensors of a model in their order, and those that are made of them by name.

    Raises
    ------
    FileError
        If the file is damaged, or has too much in it.
    """
    model = Message.whole(stream)
    found = {field.number: field for field in model.fields()}  # the last of each counts
    if _GRAPH not in found or _OPERATORS not in found:
        raise FileError("it is cut short or no ONNX model: it lacks a graph or its operators")
    graph = model.inside(found[_GRAPH])
    tensors: list[TensorProto] = []
    dequantized: dict[str, Dequantized] = {}
    for part in graph.fields():
        if part.number == _INITIALIZER:
            tensors.append(parse_tensor(graph.inside(part)))
        elif part.number == _SPARSE:
            tensors += _sparse(graph.inside(part))
        elif part.number == _NODE:
            node = _parse_node(graph.inside(part))
            tensors += _constants(node)
            dequantized |= _dequantized(node)
        if len(tensors) + len(dequantized) > MAX_TENSORS:
            raise FileError(f"it has more than the {MAX_TENSORS} tensors that are read")
    return tensors, dequantized


def _sparse(message: Message) -> Iterator[TensorProto]:
    for found in message.fields():
        if found.number == 1:
            tensor = parse_tensor(message.inside(found))
            tensor.note = "is sparse, which is not read"
            yield tensor


def _parse_node(message: Message) -> _Node:
    node = _Node("", [], [], {}, {})
    for found in message.fields():
        if found.number == _INPUT:
            node.inputs.append(message.text(found))
        elif found.number == _OUTPUT:
            node.outputs.append(message.text(found))
        elif found.number == _OPERATOR:
            node.operator = message.text(found)
        elif found.number == _ATTRIBUTE:
            name, inner = "", message.inside(found)
            for part in inner.fields():
                if part.number == _NAME:
                    name = inner.text(part)
                elif part.number == _INTEGER and part.wire == VARINT:
                    node.integers[name] = inner.integers(part)[0]
                elif part.number == _TENSOR and part.wire == BYTES and node.operator == "Constant":
                    node.tensors[name] = parse_tensor(inner.inside(part))
    return node


def _constants(node: _Node) -> Iterator[TensorProto]:
    if node.operator == "Constant" and node.outputs:
        for tensor in node.tensors.values():
            tensor.name = node.outputs[0]
            yield tensor


def _dequantized(node: _Node) -> dict[str, Dequantized]:
    if node.operator != "DequantizeLinear" or len(node.inputs) not in (2, 3) or not node.outputs:
        return {}
    quantized, scale, zero_point = (*node.inputs, "")[:3]
    axis, block = node.integers.get("axis", 1), node.integers.get("block_size", 0)
    return {node.outputs[0]: Dequantized(quantized, scale, zero_point, axis, block)}
