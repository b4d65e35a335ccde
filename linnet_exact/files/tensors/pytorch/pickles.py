"""Pickles from strangers: interpreted here, over plain values, and so never run.

`pickle.Unpickler` calls what a pickle names. This interpreter has nothing to call: a name stands
for one of our own rules or is refused, by its name. `pickletools` of the standard library takes
the opcodes apart.
"""

import struct
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pickletools import genops
from typing import IO, Any

from linnet_exact.errors import FileError

__all__ = ["MAX_PICKLE", "RefusedName", "Rule", "read_pickle"]

MAX_PICKLE = 16 * 2**20
"""Largest pickle that is read, in bytes; one takes about 200 bytes for a tensor."""
MAX_STEPS = 2**20
"""Most opcodes of one pickle, about 30 for a tensor; each takes memory for at most one value."""

_KEYS = (str, int, float, bytes, type(None))
_DAMAGE = (
    *(ValueError, IndexError, KeyError, TypeError, AttributeError),
    *(OverflowError, struct.error, RecursionError),
)


class RefusedName(FileError):
    """A pickle names what is neither a tensor nor a part of one."""


@dataclass(frozen=True)
class Rule:
    """What a pickle may apply to arguments: a function of this program, never of the pickle."""

    build: Callable[..., Any]


def read_pickle(
    stream: IO[bytes], known: Mapping[str, Any], persistent: Callable[[Any], Any]
) -> Any:
    """Return the value of a pickle, and leave the stream behind its end.

    Parameters
    ----------
    stream : binary file
        No larger than memory allows: a line of a pickle is read whole.
    known : mapping
        What the names of modules and classes stand for: a `Rule`, or any value. All others are
        refused.
    persistent : function
        From an identifier of something outside the pickle to what stands for it.

    Raises
    ------
    RefusedName
        If the pickle names anything else. The messages lack the name of the file.
    FileError
        If it is damaged or too long.

    Examples
    --------
    >>> from io import BytesIO
    >>> import pickle
    >>> read_pickle(BytesIO(pickle.dumps({"a": [1, (2.5, None)]})), {}, print)
    {'a': [1, (2.5, None)]}
    >>> read_pickle(BytesIO(pickle.dumps(print)), {}, print)
    Traceback (most recent call last):
    ...
    linnet_exact.files.tensors.pytorch.pickles.RefusedName: its pickle names builtins.print, refused
    """
    machine = _Machine(known, persistent)
    try:
        return _carried_out(machine, stream)
    except FileError:
        raise
    except _DAMAGE as error:
        reason = " ".join(str(error).split())[:200]
        raise FileError(f"its pickle is damaged or cut short: {reason}") from None


def _carried_out(machine: "_Machine", stream: IO[bytes]) -> Any:
    with warnings.catch_warnings():  # Python warns of odd escapes in texts
        warnings.simplefilter("ignore")
        for count, (opcode, argument, _) in enumerate(genops(stream)):
            if count >= MAX_STEPS:
                raise FileError(f"its pickle has more than the {MAX_STEPS} opcodes that are read")
            if opcode.name == "STOP":
                return machine.stack.pop()
            machine.step(opcode.name, argument)
    raise FileError("its pickle is cut short")


class _Machine:
    """The stack and the memo of a pickle."""

    def __init__(self, known: Mapping[str, Any], persistent: Callable[[Any], Any]) -> None:
        self.known, self.persistent = known, persistent
        self.stack: list[Any] = []
        self.below: list[list[Any]] = []
        self.memo: dict[int, Any] = {}

    def step(self, opcode: str, argument: Any) -> None:
        """Carry out one opcode."""
        if opcode in _VALUES:
            self.stack.append(argument)
        elif opcode in _CONSTANTS:
            self.stack.append(_CONSTANTS[opcode])
        elif opcode in _EMPTY:
            self.stack.append(_EMPTY[opcode]())
        elif opcode in ("PUT", "BINPUT", "LONG_BINPUT"):
            self.memo[argument] = self.stack[-1]
        elif opcode in ("GET", "BINGET", "LONG_BINGET"):
            self.stack.append(self.memo[argument])
        elif opcode in _OPERATIONS:
            _OPERATIONS[opcode](self, argument)
        elif opcode not in ("PROTO", "FRAME"):
            raise FileError(f"its pickle has the opcode {opcode}, which no tensor needs")

    def push(self, value: Any) -> None:
        """Put a value on the stack."""
        self.stack.append(value)

    def marked(self) -> list[Any]:
        """Take what was put on the stack since the last mark."""
        items, self.stack = self.stack, self.below.pop()
        return items

    def pops(self, count: int) -> list[Any]:
        """Take a number of values from the stack."""
        if len(self.stack) < count:
            raise IndexError("the stack is empty")
        items = self.stack[len(self.stack) - count :]
        del self.stack[len(self.stack) - count :]
        return items

    def mark(self, _: Any) -> None:
        self.below.append(self.stack)
        self.stack = []

    def memoize(self, _: Any) -> None:
        self.memo[len(self.memo)] = self.stack[-1]

    def pop(self, _: Any) -> None:
        if self.stack:
            self.stack.pop()
        else:
            self.marked()

    def name(self, argument: Any) -> None:
        """Put what a name stands for on the stack."""
        if argument is None:
            module, attribute = self.pops(2)
            argument = f"{module:s} {attribute:s}"
        name = ".".join(argument.split(" ", 1))
        if name not in self.known:
            raise RefusedName(f"its pickle names {name:.200}, refused")
        self.stack.append(self.known[name])

    def apply(self, _: Any) -> None:
        """Put on the stack what a rule makes of its arguments."""
        rule, arguments = self.pops(2)
        if not isinstance(rule, Rule):
            raise FileError("its pickle calls what cannot be called")
        self.stack.append(rule.build(*arguments))

    def identify(self, argument: Any) -> None:
        """Put on the stack what stands for something outside the pickle."""
        identifier = self.pops(1)[0] if argument is None else argument
        self.stack.append(self.persistent(identifier))

    def set_items(self, items: list[Any]) -> None:
        """Put keys and values in the dictionary on the stack."""
        target = self.stack[-1]
        if not isinstance(target, dict):
            raise TypeError("what has items is not a dictionary")
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, _KEYS):  # hashing deep tuples could end the process
                raise FileError(f"its pickle has a dictionary with a key of type {_kind(key)}")
            target[key] = value

    def append(self, items: list[Any]) -> None:
        """Put values in the list on the stack, which also stands for a set."""
        if not isinstance(self.stack[-1], list):
            raise TypeError("what is appended to is not a list")
        self.stack[-1].extend(items)

    def dictionary(self, items: list[Any]) -> None:
        self.stack.append({})
        self.set_items(items)

    def build(self, _: Any) -> None:
        """Drop the attributes of a value: names of layers' versions and the like."""
        del self.stack[-1]
        if not self.stack:
            raise IndexError("attributes of nothing")


def _kind(value: Any) -> str:
    return type(value).__name__


_VALUES = frozenset([
    "INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT",
    "STRING", "BINSTRING", "SHORT_BINSTRING", "BINBYTES", "BINBYTES8", "SHORT_BINBYTES",
    "UNICODE", "BINUNICODE", "BINUNICODE8", "SHORT_BINUNICODE", "BYTEARRAY8",
])  # fmt: skip
_CONSTANTS: dict[str, Any] = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False, "EMPTY_TUPLE": ()}
_EMPTY: dict[str, Callable[[], Any]] = {"EMPTY_LIST": list, "EMPTY_DICT": dict, "EMPTY_SET": list}
_OPERATIONS: dict[str, Callable[[_Machine, Any], Any]] = {
    "MARK": _Machine.mark,
    "POP": _Machine.pop,
    "POP_MARK": lambda machine, _: machine.marked(),
    "DUP": lambda machine, _: machine.push(machine.stack[-1]),
    "MEMOIZE": _Machine.memoize,
    "TUPLE1": lambda machine, _: machine.push(tuple(machine.pops(1))),
    "TUPLE2": lambda machine, _: machine.push(tuple(machine.pops(2))),
    "TUPLE3": lambda machine, _: machine.push(tuple(machine.pops(3))),
    "TUPLE": lambda machine, _: machine.push(tuple(machine.marked())),
    "LIST": lambda machine, _: machine.push(machine.marked()),
    "FROZENSET": lambda machine, _: machine.push(machine.marked()),
    "DICT": lambda machine, _: machine.dictionary(machine.marked()),
    "APPEND": lambda machine, _: machine.append(machine.pops(1)),
    "APPENDS": lambda machine, _: machine.append(machine.marked()),
    "ADDITEMS": lambda machine, _: machine.append(machine.marked()),
    "SETITEM": lambda machine, _: machine.set_items(machine.pops(2)),
    "SETITEMS": lambda machine, _: machine.set_items(machine.marked()),
    "GLOBAL": _Machine.name,
    "STACK_GLOBAL": _Machine.name,
    "REDUCE": _Machine.apply,
    "NEWOBJ": _Machine.apply,
    "BUILD": _Machine.build,
    "PERSID": _Machine.identify,
    "BINPERSID": _Machine.identify,
}
