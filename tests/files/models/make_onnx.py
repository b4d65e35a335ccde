"""Make the `.onnx` files of this folder: run it here, with the package onnx 1.23.2."""

import ml_dtypes
import numpy as np
import onnx
from contents import KINDS, QUANTIZED, SCALES, ZEROS, of_kind
from onnx import TensorProto, helper, numpy_helper

CODES = {
    "float64": TensorProto.DOUBLE, "float32": TensorProto.FLOAT, "float16": TensorProto.FLOAT16,
    "bfloat16": TensorProto.BFLOAT16, "float8_e4m3fn": TensorProto.FLOAT8E4M3FN,
    "float8_e5m2": TensorProto.FLOAT8E5M2, "bool": TensorProto.BOOL,
    **{k: getattr(TensorProto, k.upper()) for k in KINDS if "int" in k},
}  # fmt: skip


def as_kind(kind: str) -> np.ndarray:
    return of_kind(kind).astype(np.dtype(getattr(ml_dtypes, kind, kind)))


def save(name: str, nodes: list, tensors: list) -> None:
    graph = helper.make_graph(nodes, name, [], [], initializer=tensors)
    model = helper.make_model(graph, producer_name="linnet-exact", ir_version=10)
    onnx.save(model, f"{name}.onnx")


def types() -> None:
    raw = [
        helper.make_tensor(f"{kind}_raw", CODES[kind], (2, 2), as_kind(kind).tobytes(), raw=True)
        for kind in KINDS
    ]
    listed = [
        helper.make_tensor(f"{kind}_listed", CODES[kind], (2, 2), as_kind(kind).flatten())
        for kind in KINDS
    ]
    odd = [
        helper.make_tensor("complex", TensorProto.COMPLEX64, (1,), [1j]),
        helper.make_tensor("text", TensorProto.STRING, (1,), [b"x"]),
        helper.make_tensor("int4", TensorProto.INT4, (2, 2), [1, 2, 3, -4]),
    ]
    save("types", [], raw + listed + odd)


def quantized() -> None:
    tensors, nodes = [numpy_helper.from_array(QUANTIZED, "q")], []
    for name, axis in (("all", None), ("rows", 0), ("columns", -1)):
        tensors.append(numpy_helper.from_array(np.asarray(SCALES[name]), f"{name}_scale"))
        tensors.append(numpy_helper.from_array(np.asarray(ZEROS[name]), f"{name}_zero"))
        inputs = ["q", f"{name}_scale", f"{name}_zero"]
        axes = {} if axis is None else {"axis": axis}
        nodes.append(helper.make_node("DequantizeLinear", inputs, [name], **axes))
    nodes.append(helper.make_node("DequantizeLinear", ["q", "columns_scale"], ["without_zero"]))
    nodes.append(helper.make_node("DequantizeLinear", ["q", "elsewhere"], ["computed"]))
    nodes.append(helper.make_node("DequantizeLinear", ["q", "rows_scale"], ["unfitting"]))
    nodes.append(
        helper.make_node("DequantizeLinear", ["q", "columns_scale"], ["blocks"], block_size=2)
    )
    value = numpy_helper.from_array(QUANTIZED.astype("f4"), "unnamed")
    nodes.append(helper.make_node("Constant", [], ["constant"], value=value))
    save("quantized", nodes, tensors)


def external() -> None:
    tensors = [
        numpy_helper.from_array(of_kind("float32").astype("f4"), "first"),
        numpy_helper.from_array(of_kind("int16").astype("i2"), "second"),
    ]
    model = helper.make_model(helper.make_graph([], "external", [], [], initializer=tensors))
    onnx.save_model(
        model,
        "external.onnx",
        save_as_external_data=True,
        location="external.data",
        size_threshold=0,
    )


if __name__ == "__main__":
    print("onnx", onnx.__version__, "NumPy", np.__version__, "ml_dtypes", ml_dtypes.__version__)
    types()
    quantized()
    external()
