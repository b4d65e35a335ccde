"""The data of a square loss in a file: samples X and Y, their moments, or a target matrix."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from linnet_exact.algebra import Field, Matrix
from linnet_exact.arguments import as_boolean
from linnet_exact.errors import FileError, InputError
from linnet_exact.files.csv_table import read_csv
from linnet_exact.files.json_text import checked_header, read_json
from linnet_exact.files.json_weights import field_of_file, matrices_of_json
from linnet_exact.files.reading import read_matrix
from linnet_exact.files.source import AnyFile, Source
from linnet_exact.files.tensors.formats import JSON, format_of, opened_as
from linnet_exact.files.tensors.layer_spec import read_layer
from linnet_exact.files.tensors.tensors import TensorFile
from linnet_exact.landscape import Data
from linnet_exact.strata import Network

__all__ = ["read_data", "read_target"]

_SAMPLES, _MOMENTS, _ENERGY = ("X", "Y"), ("Sigma", "Gamma"), "energy"
_EXPECTED = "expected X and Y, or Sigma and Gamma (and, if known, energy = tr Y Y^T)"


def read_data(file: AnyFile, network: Network | str, samples_in_rows: bool = False) -> Data:
    """Read the data of a loss on a network; every float is taken as the dyadic rational that it is.

    Parameters
    ----------
    file : Path or Source
        `.npz` or `.safetensors` with arrays X (d_0 × n) and Y (d_L × n), or Sigma and Gamma;
        a JSON file of format ``linnet-exact/data`` with the same names; or one table, `.csv`,
        `.npy` or a JSON matrix file, of X above Y.
    samples_in_rows : bool
        Whether samples are rows: X is n × d_0, Y is n × d_L, and in a table they stand side by
        side. In CSV there may then be a heading, whose names begin with x for inputs and y for
        outputs; otherwise the same names may stand before the rows.

    Raises
    ------
    FileError
        If the file cannot be read, or its data does not fit the network.

    Examples
    --------
    >>> import tempfile, numpy as np
    >>> path = Path(tempfile.mkdtemp(), "data.npz")
    >>> np.savez(path, X=np.array([[1, 2]]), Y=np.array([[1, 3]]))
    >>> read_data(path, Network(1, 2, 1)).gamma
    Matrix([[7]])
    """
    network, source = Network.of(network), Source.of(file)
    path, samples_in_rows = source.path, as_boolean(samples_in_rows, "samples_in_rows")
    try:
        data = _data(path, _parts(source, network, samples_in_rows), samples_in_rows)
        data.require_fits(network)
    except FileError:
        raise
    except InputError as error:
        raise FileError(f"{path}: {error}") from None
    return data


def read_target(file: AnyFile, network: Network | str) -> Data:
    """Read a target M, for the loss ½‖W − M‖²: a JSON matrix file, `.csv`, `.npy`, or one tensor.

    Raises
    ------
    FileError
        If the file holds no matrix, or one that does not fit the network.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "M.csv")
    ...     _ = file.write_text("2,0\\n0,1/3\\n")
    ...     read_target(file, "2,5,2").gamma
    Matrix([[2, 0], [0, '1/3']])
    """
    network, source = Network.of(network), Source.of(file)
    path = source.path
    if _is_csv(path):
        names, rows = read_csv(source, by_rows=True)
        if names is not None:
            raise FileError(f"{path}: line 1: expected numbers, not {names[0][:40]!r}")
        matrix = Matrix(rows)
    elif (kind := format_of(source)) is JSON:
        matrix = read_matrix(source)
    else:
        matrix = _only_tensor(opened_as(source, kind))
    try:
        data = Data.from_target(matrix)
        data.require_fits(network)
    except InputError as error:
        raise FileError(f"{path}: {error}") from None
    return data


def _is_csv(path: Path) -> bool:
    return path.name.lower().endswith(".csv")


def _parts(source: Source, network: Network, samples_in_rows: bool) -> Mapping[str, Matrix]:
    """Return the matrices in a file by name."""
    path = source.path
    if _is_csv(path):
        names, rows = read_csv(source, samples_in_rows)
        return _split(path, names, Matrix(rows), network, samples_in_rows)
    kind = format_of(source)
    if kind is JSON:
        value = read_json(source)
        if isinstance(value, dict) and value.get("format") == "linnet-exact/matrix":
            return _split_matrix(path, read_matrix(source), network, samples_in_rows)
        return _json_parts(path, checked_header(path, value, "data"))
    file = opened_as(source, kind)
    wanted = [n for n in (*_SAMPLES, *_MOMENTS, _ENERGY) if n in file.tensors]
    if len(file.tensors) == 1 and not wanted:
        return _split_matrix(path, _only_tensor(file), network, samples_in_rows)
    return {name: _tensor(file, name) for name in wanted}


def _json_parts(path: Path, value: dict[str, Any]) -> Mapping[str, Matrix]:
    field: Field = field_of_file(path, value)
    known = (*_SAMPLES, *_MOMENTS)
    other = set(value) - {"format", "version", "field", *known, _ENERGY}
    if other:
        raise FileError(f'{path}: the key "{min(other)[:40]}" is not known; {_EXPECTED}')
    rows = {name: value[name] for name in known if name in value}
    if _ENERGY in value:
        rows[_ENERGY] = [[value[_ENERGY]]]
    return matrices_of_json(path, rows, field)


def _data(path: Path, parts: Mapping[str, Matrix], samples_in_rows: bool) -> Data:
    samples = [parts[name] for name in _SAMPLES if name in parts]
    moments = [parts[name] for name in _MOMENTS if name in parts]
    if len(samples) == 2 and not moments and _ENERGY not in parts:
        inputs, outputs = (part.T if samples_in_rows else part for part in samples)
        if inputs.ncols != outputs.ncols:
            where = "rows" if samples_in_rows else "columns"
            raise FileError(
                f"{path}: X has {inputs.ncols} samples and Y has {outputs.ncols}; samples are "
                f"{where} (--samples rows|columns says which)"
            )
        return Data.from_samples(inputs, outputs)
    if len(moments) == 2 and not samples:
        energy = parts.get(_ENERGY)
        if energy is None:
            return Data.from_moments(moments[0], moments[1])
        if energy.shape != (1, 1):
            raise FileError(f"{path}: energy must be one number")
        data = Data.from_moments(moments[0], moments[1], energy[0, 0])
        if data.energy < data.least_energy:
            raise FileError(
                f"{path}: energy is {data.energy}, but tr Y Y^T of samples with this Sigma and "
                f"Gamma is at least {data.least_energy}; leave energy out if it is not known"
            )
        return data
    found = ", ".join(parts) or "neither"
    raise FileError(f"{path}: {_EXPECTED}; it has {found}")


def _split_matrix(
    path: Path, matrix: Matrix, network: Network, samples_in_rows: bool
) -> Mapping[str, Matrix]:
    return _split(path, None, matrix if samples_in_rows else matrix.T, network, samples_in_rows)


def _split(
    path: Path, names: list[str] | None, table: Matrix, network: Network, samples_in_rows: bool
) -> Mapping[str, Matrix]:
    """Return X and Y, laid out as in the file, of a table with a sample in each row."""
    inputs, outputs = network.widths[0], network.widths[-1]
    if names is None:
        if table.ncols != inputs + outputs:
            raise FileError(
                f"{path}: each sample has {table.ncols} numbers; widths {network} need {inputs} "
                f"inputs and {outputs} outputs, {inputs + outputs} in all (--samples rows|columns "
                f"says where samples are)"
            )
        X, Y = table[:, :inputs], table[:, inputs:]
    else:
        kinds = [name[:1].lower() for name in names]
        bad = [name for name, kind in zip(names, kinds, strict=True) if kind not in ("x", "y")]
        if bad:
            raise FileError(
                f"{path}: the name {bad[0][:40]!r} begins neither with x, for an input, nor with "
                f"y, for an output"
            )
        X, Y = (table[:, [k for k, kind in enumerate(kinds) if kind == mine]] for mine in "xy")
    return {"X": X, "Y": Y} if samples_in_rows else {"X": X.T, "Y": Y.T}


def _only_tensor(file: TensorFile) -> Matrix:
    if len(file.tensors) != 1:
        names = ", ".join(list(file.tensors)[:5])
        raise FileError(f"{file.path}: expected one matrix; it has {len(file.tensors)}: {names}")
    return _tensor(file, next(iter(file.tensors)))


def _tensor(file: TensorFile, name: str) -> Matrix:
    if name == _ENERGY and file.tensors[name].shape == ():
        return Matrix(file.read(name, ()).reshape(1, 1))
    array = read_layer(file, name)
    try:
        return Matrix(array)
    except InputError as error:
        raise FileError(f"{file.path}: {name}: {error}") from None
