"""Weights files and matrix files in JSON, read and written."""

from pathlib import Path
from typing import Any

from linnet_exact.algebra import Field, Matrix, field_from_jsonable
from linnet_exact.errors import FileError, InputError
from linnet_exact.files.json_text import RoundedNumber, checked_header, read_json
from linnet_exact.weights import Weights

__all__ = [
    "entry_to_jsonable",
    "field_of_file",
    "matrix_to_jsonable",
    "read_json_matrix",
    "read_json_weights",
    "rows_to_jsonable",
    "weights_to_jsonable",
]


def read_json_weights(path: Path) -> Weights:
    """Read a weights file.

    Raises
    ------
    FileError
        If it is not one; the message names the file, the matrix and the row, counted from 1.
    """
    value = checked_header(path, read_json(path), "weights")
    field = field_of_file(path, value)
    layers = value.get("weights")
    if not isinstance(layers, list) or not layers:
        raise FileError(f'{path}: "weights" must be a list of at least one matrix')
    matrices = [_matrix(path, f"W_{j}", rows, field) for j, rows in enumerate(layers, start=1)]
    try:
        return Weights(matrices, field)
    except InputError as error:
        raise FileError(f"{path}: {error}") from None


def read_json_matrix(path: Path) -> Matrix:
    """Read a matrix file.

    Raises
    ------
    FileError
        If it is not one; the message names the file and the row, counted from 1.
    """
    value = checked_header(path, read_json(path), "matrix")
    return _matrix(path, "matrix", value.get("matrix"), field_of_file(path, value))


def weights_to_jsonable(theta: Weights) -> dict[str, Any]:
    """Return the JSON object of a weights file.

    Examples
    --------
    >>> weights_to_jsonable(Weights([[[1, "1/2"]]]))["weights"]
    [[[1, '1/2']]]
    """
    return {
        "format": "linnet-exact/weights",
        "version": 1,
        "field": theta.field.to_jsonable(),
        "weights": [rows_to_jsonable(matrix) for matrix in theta.matrices],
    }


def matrix_to_jsonable(matrix: Matrix) -> dict[str, Any]:
    """Return the JSON object of a matrix file.

    Examples
    --------
    >>> matrix_to_jsonable(Matrix([[1, "1/2"]]))["matrix"]
    [[1, '1/2']]
    """
    return {
        "format": "linnet-exact/matrix",
        "version": 1,
        "field": matrix.field.to_jsonable(),
        "matrix": rows_to_jsonable(matrix),
    }


def rows_to_jsonable(matrix: Matrix) -> list[list[int | str]]:
    """Return the rows of a matrix as they stand in files.

    Examples
    --------
    >>> rows_to_jsonable(Matrix([[1, "1/2"]]))
    [[1, '1/2']]
    """
    return [[entry_to_jsonable(matrix.field.format(x)) for x in row] for row in matrix.rows()]


def entry_to_jsonable(text: str) -> int | str:
    """Return an exact number, given as text, as it stands in files.

    Examples
    --------
    >>> entry_to_jsonable("-3"), entry_to_jsonable("1/2"), entry_to_jsonable("9007199254740992")
    (-3, '1/2', '9007199254740992')
    """
    small = len(text) <= 16 and text.removeprefix("-").isdigit() and abs(int(text)) < 2**53
    return int(text) if small else text


def field_of_file(path: Path, value: dict[str, Any]) -> Field:
    """Return the field that the object in a file is over: Q unless it says otherwise.

    Raises
    ------
    FileError
        If "field" does not describe one.
    """
    described = value.get("field", "QQ")
    if isinstance(described, dict):
        # "near" only tells roots apart, so a rounded number does no harm there.
        near = described.get("near")
        described = described | ({"near": near.text} if isinstance(near, RoundedNumber) else {})
    try:
        return field_from_jsonable(described)
    except InputError as error:
        raise FileError(f"{path}: {error}") from None


def _matrix(path: Path, name: str, rows: Any, field: Field) -> Matrix:
    where = f"{path}: {name}"
    if not isinstance(rows, list) or not rows:
        raise FileError(f"{where} must be a list of at least one row")
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, list) or not row:
            raise FileError(f"{where}, row {number} must be a list of at least one entry")
        for column, entry in enumerate(row, start=1):
            if isinstance(entry, RoundedNumber):
                raise FileError(
                    f"{where}, row {number}, column {column}: the JSON number {entry.text} may "
                    f'have been rounded; write it as text, "{entry.text}", to mean exactly that'
                )
            if isinstance(entry, bool) or not isinstance(entry, int | str):
                raise FileError(
                    f"{where}, row {number}, column {column}: expected an integer or a text such "
                    f'as "3/4", not {type(entry).__name__}'
                )
    try:
        return Matrix(rows, field)
    except InputError as error:
        raise FileError(f"{where}, {error}") from None
