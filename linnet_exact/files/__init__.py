"""Files in and out; nothing in a file is ever run."""

from linnet_exact.files.json_weights import matrix_to_jsonable, weights_to_jsonable
from linnet_exact.files.reading import read_matrix, read_weights

__all__ = ["matrix_to_jsonable", "read_matrix", "read_weights", "weights_to_jsonable"]
