"""What the pickles of PyTorch may name: storages, types, and what makes tensors of them.

Everything else is refused: a pickle of a whole module names its class, and to rebuild it would run
the code of that class. No rule copies what it is given, so that a short pickle stays small.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linnet_exact.errors import FileError
from linnet_exact.files.tensors.entries import STORED, itemsize
from linnet_exact.files.tensors.pytorch.pickles import Rule

__all__ = ["KNOWN", "Storage", "StoredTensor", "storage_of"]


@dataclass(frozen=True, slots=True)
class Storage:
    """Entries that lie somewhere in the file; several tensors may look at them.

    Attributes
    ----------
    key : str
    kind : str
        The type of an entry, as PyTorch calls it: ``"float32"``.
    size : int
        The number of entries.
    start : int
        The entry of the storage in the file that is the first one here; more than 0 only for
        storages that look at others, which PyTorch had until 2017.
    """

    key: str
    kind: str
    size: int
    start: int = 0

    @property
    def itemsize(self) -> int:
        """The bytes of an entry."""
        return _SIZES[self.kind]


@dataclass(frozen=True, slots=True)
class StoredTensor:
    """A tensor as a view of a storage.

    Attributes
    ----------
    storage : Storage
    kind : str
        The type of an entry.
    offset : int
        The entry of the storage in the file where it begins, in entries of its own type.
    shape, strides : tuple of int
        How long the axes are, and how many entries further the next one along each lies.
    """

    storage: Storage
    kind: str
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    """The type of the entries of a storage or a tensor."""

    name: str


def storage_of(identifier: Any) -> Storage:
    """Return the storage that a persistent identifier names.

    Raises
    ------
    FileError
        If it names anything else.

    Examples
    --------
    >>> storage_of(("storage", KNOWN["torch.FloatStorage"], "0", "cpu", 12))
    Storage(key='0', kind='float32', size=12, start=0)
    """
    kind: Any
    match identifier:
        case ("storage", _Kind() as kind, str(key), _, int(size)) if size >= 0:
            return Storage(key, kind.name, size)
        case ("storage", _Kind() as kind, str(key), _, int(size), None) if size >= 0:
            return Storage(key, kind.name, size)
        case ("storage", _Kind() as kind, str(key), _, int(), (_, int(start), int(size))) if (
            min(start, size) >= 0
        ):
            return Storage(key, kind.name, size, start)
    raise FileError("its pickle refers to what is not a storage")


def _tensor(storage: Any, offset: Any, shape: Any, strides: Any, *_: Any) -> StoredTensor:
    """Rebuild a tensor; what follows, requires_grad and hooks, does not change its entries."""
    if not isinstance(storage, Storage):
        raise TypeError("a tensor without a storage")
    if not (type(offset) is int and offset >= 0 and _are_sizes(shape) and _are_sizes(strides)):
        raise TypeError("a tensor whose shape is not made of integers >= 0")
    if len(shape) != len(strides):
        raise TypeError("a tensor with other strides than axes")
    return StoredTensor(storage, storage.kind, storage.start + offset, shape, strides)


def _typed_tensor(
    storage: Any, offset: Any, shape: Any, strides: Any, _grad: Any, _hooks: Any, kind: Any, *_: Any
) -> StoredTensor:
    """Rebuild a tensor of a type that has no storage of its own: its storage has bytes."""
    if not isinstance(kind, _Kind):
        raise TypeError("a tensor without a type")
    tensor = _tensor(storage, offset, shape, strides)
    return StoredTensor(tensor.storage, kind.name, offset, tensor.shape, tensor.strides)


def _parameter(tensor: Any, *_: Any) -> StoredTensor:
    if not isinstance(tensor, StoredTensor):
        raise TypeError("a parameter that is not a tensor")
    return tensor


def _with_attributes(rule: Any, _class: Any, arguments: Any, _state: Any) -> Any:
    """Rebuild a tensor to which attributes were given."""
    if not isinstance(rule, Rule) or not isinstance(arguments, tuple):
        raise TypeError("a tensor that nothing rebuilds")
    return rule.build(*arguments)


def _ordered(items: Any = None) -> dict[Any, Any]:
    """Return an ordered dictionary, which is made empty or, by Python 2, of a list of pairs."""
    if items is None:
        return {}
    if not isinstance(items, list) or not all(
        isinstance(pair, list | tuple) and len(pair) == 2 and isinstance(pair[0], str)
        for pair in items
    ):
        raise TypeError("a dictionary that is not made of names and values")
    pairs = dict(items)
    items.clear()
    return pairs


def _sequence(items: Any) -> Any:
    if not isinstance(items, list | tuple):
        raise TypeError("a sequence that is not made of a list")
    return items


def _are_sizes(value: Any) -> bool:
    # At most 32 axes below 2^63, and so their product stays short.
    return (
        isinstance(value, tuple)
        and len(value) <= 32
        and all(type(size) is int and 0 <= size < 2**63 for size in value)
    )


_STORAGES = {
    "Double": "float64", "Float": "float32", "Half": "float16", "BFloat16": "bfloat16",
    "Long": "int64", "Int": "int32", "Short": "int16", "Char": "int8", "Byte": "uint8",
    "Bool": "bool", "ComplexDouble": "complex128", "ComplexFloat": "complex64",
    "QInt8": "qint8", "QUInt8": "quint8", "QInt32": "qint32", "Untyped": "uint8",
}  # fmt: skip
_KINDS = [
    *STORED, "complex128", "complex64", "complex32", "float8_e4m3fnuz", "float8_e5m2fnuz",
    "float8_e8m0fnu", "float4_e2m1fn_x2",
]  # fmt: skip
_SIZES = {"complex128": 16, "complex64": 8, "qint8": 1, "quint8": 1, "qint32": 4}
_SIZES |= {kind: itemsize(kind) for kind in STORED}

KNOWN: Mapping[str, Any] = {
    **{
        f"torch{room}.{name}Storage": _Kind(kind)
        for name, kind in _STORAGES.items()
        for room in ("", ".cuda", ".storage")
    },
    **{f"torch.{name}": _Kind(name) for name in _KINDS},
    "torch._utils._rebuild_tensor": Rule(_tensor),
    "torch._utils._rebuild_tensor_v2": Rule(_tensor),
    "torch._utils._rebuild_tensor_v3": Rule(_typed_tensor),
    "torch._utils._rebuild_parameter": Rule(_parameter),
    "torch._utils._rebuild_parameter_with_state": Rule(_parameter),
    "torch._tensor._rebuild_from_type_v2": Rule(_with_attributes),
    "torch.nn.parameter.Parameter": "a class",
    "torch.nn.parameter.Buffer": "a class",
    "torch.Tensor": "a class",
    "torch._tensor.Tensor": "a class",
    "torch.Size": Rule(_sequence),
    "torch.device": Rule(lambda *_: None),
    "collections.OrderedDict": Rule(_ordered),
    "builtins.set": Rule(_sequence),
    "__builtin__.set": Rule(_sequence),
}
"""What each name that is not refused stands for."""
