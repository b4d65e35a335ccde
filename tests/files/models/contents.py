"""What the files of this folder hold, in NumPy alone."""

import numpy as np

GRID = np.arange(60, dtype="f4").reshape(6, 10) / 8
LAYERS = [
    np.arange(12, dtype="f4").reshape(4, 3) - 5,
    np.arange(8, dtype="f4").reshape(2, 4) / 4,
]
STATE = {f"{at}.weight": weight for at, weight in enumerate(LAYERS)}
MOMENTA = [
    np.repeat(LAYERS[1].sum(axis=0)[:, None], 3, axis=1),
    np.repeat(LAYERS[0].sum(axis=1)[None, :], 2, axis=0),
]
"""Gradients of the sum of the outputs of LAYERS on ones."""
KINDS = [
    *("float64", "float32", "float16", "bfloat16", "float8_e4m3fn", "float8_e5m2"),
    *("int64", "int32", "int16", "int8", "uint64", "uint32", "uint16", "uint8", "bool"),
]
SMALL = np.array([[1, 0], [1, 1]])

PYTORCH = {
    "state": STATE,
    "checkpoint": {
        **{f"model.{name}": weight for name, weight in STATE.items()},
        **{f"optimizer.state.{at}.momentum_buffer": m for at, m in enumerate(MOMENTA)},
        "history.0": GRID[0],
        "history.1.0": GRID[1],
    },
    "views": {
        "whole": GRID,
        "again": GRID,
        "transposed": GRID.T,
        "every_second": GRID[1:4, ::2],
        "row": GRID[2],
        "repeated": np.broadcast_to(GRID[3], (4, 10)),
        "turned": GRID.reshape(3, 2, 10).transpose(2, 0, 1),
        "none": GRID[:0],
        "number": GRID[1, 1],
    },
    "kinds": dict.fromkeys(KINDS, SMALL),
    "attributes": {"tensor": GRID, "parameter": GRID},
    "alone": {"": GRID},
}


def of_kind(kind: str) -> np.ndarray:
    """Return a matrix that each type can hold; if it can, with a sign and a fraction."""
    if kind == "bool":
        return SMALL
    if kind.startswith("uint"):
        return np.array([[0, 1], [3, 100]])
    return (
        np.array([[0, -1], [3, 100]]) if kind.startswith("int") else np.array([[0.5, -1], [3, 96]])
    )


# A 3 x 2 matrix of integers, with scales and zero points for all, its rows or its columns.
QUANTIZED = np.array([[-128, 127], [0, 5], [-7, 1]], "i1")
SCALES = {
    "all": np.float32(0.1),
    "rows": np.float32([0.1, -3, 1e-40]),
    "columns": np.float32([7, 1e30]),
}
ZEROS = {
    "all": np.int8(3),
    "rows": np.array([1, -128, 127], "i1"),
    "columns": np.array([0, -5], "i1"),
}
