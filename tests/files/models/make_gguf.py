"""Make the `.gguf` files of this folder: run it here, with the package gguf 0.19.0."""

from importlib.metadata import version

import gguf
import ml_dtypes
import numpy as np
from contents import of_kind
from gguf import GGMLQuantizationType as Kind

KINDS = {
    "float64": Kind.F64, "float32": Kind.F32, "float16": Kind.F16, "bfloat16": Kind.BF16,
    "int64": Kind.I64, "int32": Kind.I32, "int16": Kind.I16, "int8": Kind.I8,
}  # fmt: skip

if __name__ == "__main__":
    print("gguf", version("gguf"), "NumPy", np.__version__)
    for alignment in (None, 64):
        writer = gguf.GGUFWriter(f"types-{alignment or 32}.gguf", "llama")
        if alignment:
            writer.add_custom_alignment(alignment)
        writer.add_name("types")
        writer.add_array("tokenizer.ggml.tokens", ["<s>", "hello", "\u00e9"])
        writer.add_array("tokenizer.ggml.scores", [0.5, 1.0])
        writer.add_context_length(8)
        for name, kind in KINDS.items():
            array = of_kind(name).astype(np.dtype(getattr(ml_dtypes, name, name)))
            if name == "bfloat16":
                writer.add_tensor(name, array.view("u1"), raw_dtype=kind)
            else:
                writer.add_tensor(name, array, raw_dtype=kind)
        writer.add_tensor("three_axes", np.arange(24, dtype="f4").reshape(2, 3, 4))
        rows = np.linspace(-1, 1, 64, dtype="f4").reshape(2, 32)
        writer.add_tensor("packed", gguf.quantize(rows, Kind.Q8_0), raw_dtype=Kind.Q8_0)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
