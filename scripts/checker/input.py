"""The part of check_certificate.py that compares a certificate with the file it was made of.

Read are weights files in JSON, with numbers and sums of terms such as 3*a^2 as entries, and the
tensors of .npz, .npy and single .safetensors files; every float is the fraction that it is.
"""

import ast
import hashlib
import io
import json
import re
import struct
import zipfile
from fractions import Fraction
from math import prod

from checker.document import MOST_BYTES, MOST_DIGITS, expect, require, shown
from checker.matrices import shape
from checker.polynomials import primitive, root_index

DECIMAL = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?|[+-]?[0-9]+/[0-9]+"
FORMATS = {"F64": "<d", "F32": "<f", "F16": "<e", "I64": "<q", "I32": "<i", "I16": "<h"}
FORMATS |= {"I8": "<b", "U8": "<B", "U16": "<H", "U32": "<I", "U64": "<Q"}
NUMPY = {"f8": "d", "f4": "f", "f2": "e", "i8": "q", "i4": "i", "i2": "h", "i1": "b"}
NUMPY |= {"u8": "Q", "u4": "I", "u2": "H", "u1": "B"}


class Rounded(str):
    """A JSON number with a fraction part."""


def compare_with_input(matrices, field, record, data):
    weights = None
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        weights = read_json_weights(data, field)
    layers = record.get("layers", [])
    if weights is None:
        tensors = read_tensors(data)
        weights = [tensor_rows(tensors, name) for name in layers or tensors]
        rest = [0] * (field.degree - 1)
        weights = [[[x + rest for x in row] for row in rows] for rows in weights]
    else:
        expect(not layers, "a weights file in JSON has no layers to choose")
    require(len(weights) == len(matrices), "the file has another number of matrices")
    for j, (rows, matrix) in enumerate(zip(weights, matrices, strict=True), start=1):
        same = (len(rows), len(rows[0])) == shape(matrix) and all(
            [part[r][c] for part in matrix[1]] == [x * matrix[0] for x in entry]
            for r, row in enumerate(rows)
            for c, entry in enumerate(row)
        )
        require(same, f"W_{j} in the file is not the one that was certified")
    if "sha256" in record:
        same = hashlib.sha256(data).hexdigest() == record["sha256"]
        require(same, "the bytes of the file are not those that were certified")


# Weights files in JSON.


def read_json_weights(data, field):
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_float=Rounded, parse_constant=Rounded)
    except (ValueError, RecursionError):
        return None  # perhaps another format
    expect(isinstance(value, dict), "the input is no weights file")
    expect(value.get("format") == "linnet-exact/weights", "the input is no weights file")
    described = value.get("field", "QQ")
    polynomial, index, name = [0, 1], None, ""
    if described != "QQ":
        expect(isinstance(described, dict), "the field of the input cannot be read")
        polynomial = primitive([decimal(c) for c in described["minimal_polynomial"]])
        near = described.get("near")
        index = root_index(polynomial, None if near is None else decimal(near))
        name = described.get("generator", "a")
    mine = root_index(field.polynomial, field.near) if field.generator else None
    same = (polynomial, index, bool(name)) == (field.polynomial, mine, bool(field.generator))
    require(same or described == "QQ", "the input is over another field")
    return [
        [[coordinates(entry, name, field) for entry in row] for row in rows]
        for rows in value["weights"]
    ]


def decimal(entry):
    good = type(entry) is int or (
        isinstance(entry, str) and len(entry) <= MOST_DIGITS and re.fullmatch(DECIMAL, entry)
    )
    expect(good, f"the number {shown(entry)} cannot be read here; use linnet-exact check --input")
    try:
        return Fraction(entry)
    except ZeroDivisionError:
        return expect(False, f"division by zero in {shown(entry)}")


def coordinates(entry, name, field):
    """Terms in any order, with + and - and blanks between them; no roots, no parentheses."""
    expect(not isinstance(entry, Rounded), f"the number {shown(entry)} may have been rounded")
    zeros = [Fraction(0)] * field.degree
    if not name or type(entry) is int or name not in entry:
        return [decimal(entry), *zeros[1:]]
    found, powers = zeros, [[Fraction(k == j) for j in range(field.degree)] for k in (0,)]
    shift = [Fraction(-c, field.polynomial[-1]) for c in field.polynomial[:-1]]
    term = rf"\s*([+-])?\s*(?:([0-9./]+)(?:\s*\*\s*{re.escape(name)}(?:\^([0-9]+))?)?|"
    term += rf"{re.escape(name)}(?:\^([0-9]+))?)\s*(?:/\s*([0-9]+))?\s*"
    at = 0
    while at < len(entry):
        match = re.compile(term).match(entry, at)
        expect(match and (at == 0 or match[1]), f"the entry {shown(entry)} cannot be read here")
        power = name in match[0] and int(match[3] or match[4] or 1)
        expect(power <= 1000, f"the entry {shown(entry)} cannot be read here")
        while len(powers) <= power:
            *low, high = powers[-1]
            powers.append([x + high * s for x, s in zip([Fraction(0), *low], shift, strict=True)])
        size = decimal(match[2] or 1) / int(match[5] or 1) * (-1 if match[1] == "-" else 1)
        found = [x + size * y for x, y in zip(found, powers[power], strict=True)]
        at = match.end()
    return found


# Tensors: {name: (shape, item) where item(k) is entry k in the order of rows}.


def read_tensors(data):
    if data[:6] == b"\x93NUMPY":
        return {"array": read_npy(data)}
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.infolist()
            expect(sum(name.file_size for name in names) <= MOST_BYTES, "the archive is too large")
            return {
                entry.filename.removesuffix(".npy"): read_npy(archive.open(entry).read(MOST_BYTES))
                for entry in names
            }
    return read_safetensors(data)


def read_npy(data):
    expect(data[:6] == b"\x93NUMPY" and len(data) > 12, "this is no array of NumPy")
    wide = data[6] > 1
    start = 12 if wide else 10
    length = int.from_bytes(data[8:start], "little")
    try:
        header = ast.literal_eval(data[start : start + length].decode("latin-1").strip())
        descr, order, sizes = header["descr"], header["fortran_order"], header["shape"]
    except (ValueError, SyntaxError, KeyError, TypeError):
        return expect(False, "the header of an array cannot be read")
    good = isinstance(descr, str) and descr[1:] in NUMPY and descr[0] in "<>|="
    expect(good, f"arrays of type {shown(descr)} cannot be read here")
    pattern = ("<" if descr[0] in "|=" else descr[0]) + NUMPY[descr[1:]]
    return tuple(sizes), pattern, data[start + length :], bool(order)


def read_safetensors(data):
    length = int.from_bytes(data[:8], "little")
    expect(len(data) > 8 and length <= len(data) - 8, "the input is of no format that is read here")
    try:
        header = json.loads(data[8 : 8 + length])
    except (ValueError, RecursionError):
        return expect(False, "the input is of no format that is read here")
    header.pop("__metadata__", None)
    found = {}
    for name in sorted(header, key=in_order):
        low, high = header[name]["data_offsets"]
        part = data[8 + length + low : 8 + length + high]
        pattern = "bf" if header[name]["dtype"] == "BF16" else FORMATS.get(header[name]["dtype"])
        found[name] = tuple(header[name]["shape"]), pattern, part, False
    return found


def in_order(name):
    parts = re.findall("([0-9]{1,18})|([^0-9]+|[0-9])", name)
    return [(0, int(digits), "") if digits else (1, 0, other) for digits, other in parts]


def tensor_rows(tensors, wanted):
    name, index, transpose = wanted, "", False
    if wanted not in tensors:
        match = re.fullmatch(r"(.+?)(?:\[([^\[\]]*)\])?(\.T)?", wanted, re.DOTALL)
        expect(match and match[1] in tensors, f"the input has no tensor {shown(wanted)}")
        name, index, transpose = match[1], match[2] or "", bool(match[3])
    sizes, pattern, data, by_columns = tensors[name]
    expect(pattern is not None, f"the tensor {shown(name)} is of a type that is not read here")
    steps = [prod(sizes[:k] if by_columns else sizes[k + 1 :]) for k in range(len(sizes))]
    chosen = [range(size) for size in sizes]
    for axis, part in enumerate(index.split(",") if index else []):
        bounds = [int(bound) if bound.strip() else None for bound in part.split(":")]
        picked = chosen[axis][bounds[0]] if len(bounds) == 1 else chosen[axis][slice(*bounds)]
        chosen[axis] = [picked] if len(bounds) == 1 else picked
    single = [len(bounds.split(":")) == 1 for bounds in index.split(",")] if index else []
    kept = [axis for axis in range(len(sizes)) if axis >= len(single) or not single[axis]]
    expect(len(kept) == 2, f"the layer {shown(wanted)} is no matrix")
    offset = sum(chosen[a][0] * steps[a] for a in range(len(sizes)) if a not in kept)
    rows = [
        [[item(pattern, data, offset + r * steps[kept[0]] + c * steps[kept[1]])] for c in columns]
        for columns in [chosen[kept[1]]]
        for r in chosen[kept[0]]
    ]
    return [list(column) for column in zip(*rows, strict=True)] if transpose else rows


def item(pattern, data, k):
    if pattern == "bf":
        (number,) = struct.unpack("<f", b"\0\0" + data[2 * k : 2 * k + 2])
    else:
        number = struct.unpack_from(pattern, data, k * struct.calcsize(pattern))[0]
    try:
        return Fraction(number)
    except (ValueError, OverflowError):
        return expect(False, "the input holds a number that is not finite")
