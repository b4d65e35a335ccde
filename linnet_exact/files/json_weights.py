"""Weights files and matrix files in JSON, read and written."""

from collections.abc import Mapping, Sequence
from math import lcm
from pathlib import Path
from typing import Any

from linnet_exact.algebra import Field, Matrix, field_from_jsonable
from linnet_exact.algebra.numbers.rational import parse_rational
from linnet_exact.errors import FileError, InputError
from linnet_exact.files.json_text import RoundedNumber, checked_header, read_json
from linnet_exact.files.source import Source
from linnet_exact.weights import Weights

__all__ = [
    "Work",
    "entry_to_jsonable",
    "field_of_file",
    "matrices_of_json",
    "matrix_to_jsonable",
    "read_json_matrix",
    "rows_to_jsonable",
    "weights_of_json",
    "weights_to_jsonable",
]

MAX_BITS = 2**27
"""Bits of all entries of one file together, written over a common denominator for each matrix."""


def weights_of_json(path: Path, content: Any) -> Weights:
    """Return the weights in the value of a weights file.

    Raises
    ------
    FileError
        If it is not one; the message names the file, the matrix and the row, counted from 1.
    """
    value = checked_header(path, content, "weights")
    field = field_of_file(path, value)
    layers = value.get("weights")
    if not isinstance(layers, list) or not layers:
        raise FileError(f'{path}: "weights" must be a list of at least one matrix')
    work = Work()
    matrices = [
        _matrix(path, f"W_{j}", rows, field, work) for j, rows in enumerate(layers, start=1)
    ]
    try:
        return Weights(matrices, field)
    except InputError as error:
        raise FileError(f"{path}: {error}") from None


def read_json_matrix(file: Path | Source) -> Matrix:
    """Read a matrix file.

    Raises
    ------
    FileError
        If it is not one; the message names the file and the row, counted from 1.
    """
    source = Source.of(file)
    path = source.path
    value = checked_header(path, read_json(source), "matrix")
    return _matrix(path, "matrix", value.get("matrix"), field_of_file(path, value), Work())


def matrices_of_json(path: Path, parts: Mapping[str, Any], field: Field) -> dict[str, Matrix]:
    """Return the matrices that stand in one JSON file under some names, as lists of rows.

    Raises
    ------
    FileError
        If one of them is none; the message names the file, the matrix, the row and the column.

    Examples
    --------
    >>> from linnet_exact.algebra import QQ
    >>> matrices_of_json(Path("data.json"), {"X": [[1, "1/2"]]}, QQ)
    {'X': Matrix([[1, '1/2']])}
    """
    work = Work()
    return {name: _matrix(path, name, rows, field, work) for name, rows in parts.items()}


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


class Work:
    """Counts the bits of all entries of one file as they will be held: over a common denominator.

    A few bytes of text, such as 1e99999, can stand for many. `MAX_BITS` is for the file.

    Examples
    --------
    >>> work = Work()
    >>> work.next_matrix()
    >>> work.add((1,), 2)
    """

    def __init__(self) -> None:
        self._before = 0  # of the matrices before this one
        self._numerators, self._entries, self._denominator = 0, 0, 1

    def next_matrix(self) -> None:
        """Begin with another matrix: it has a common denominator of its own."""
        self._before += self._bits()
        self._numerators, self._entries, self._denominator = 0, 0, 1

    def add(self, numerators: Sequence[int], denominator: int) -> None:
        """Count one more entry.

        Raises
        ------
        InputError
            If the file then has more than `MAX_BITS`.
        """
        self._numerators += sum(number.bit_length() for number in numerators)
        self._entries += len(numerators)
        if denominator != 1:
            self._denominator = lcm(self._denominator, denominator)
        if self._before + self._bits() > MAX_BITS:
            raise InputError(
                f"up to here the entries of the file take more than {MAX_BITS} bits, written with "
                f"a common denominator; that is the most that is read"
            )

    def _bits(self) -> int:
        return self._numerators + self._entries * (self._denominator.bit_length() - 1)


def _matrix(path: Path, name: str, rows: Any, field: Field, work: Work) -> Matrix:
    where = f"{path}: {name}"
    if not isinstance(rows, list) or not rows:
        raise FileError(f"{where} must be a list of at least one row")
    work.next_matrix()
    entries: list[list[Any]] = []
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, list) or not row:
            raise FileError(f"{where}, row {number} must be a list of at least one entry")
        entries.append([])
        for column, entry in enumerate(row, start=1):
            try:
                entries[-1].append(_entry(entry, field, work))
            except InputError as error:
                raise FileError(f"{where}, row {number}, column {column}: {error}") from None
    try:
        return Matrix(entries, field)
    except InputError as error:
        raise FileError(f"{where}, {error}") from None


def _entry(entry: Any, field: Field, work: Work) -> Any:
    """Return an entry as an exact number, counted in the work."""
    if type(entry) is int:
        work.add((entry,), 1)
        return entry
    if isinstance(entry, RoundedNumber):
        if entry.text.lstrip("-")[0] in "NI":  # NaN, Infinity
            raise InputError(f"expected a finite number, not {entry.text}")
        parse_rational(entry.text)  # what is too long is not to be written as text either
        raise InputError(
            f"the JSON number {entry.text} may have been rounded; write it as text, "
            f'"{entry.text}", to mean exactly that'
        )
    if not isinstance(entry, str):
        raise InputError(f'expected an integer or a text such as "3/4", not {type(entry).__name__}')
    number = field(entry)
    work.add(*field.coordinates(number))
    return number
