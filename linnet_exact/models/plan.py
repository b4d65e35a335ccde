"""What a survey of a model asks: its matrices, the circuits of its heads, and how much memory.

A task is one matrix, the OV or the QK circuit of a head in one layer, or the OV circuits of a head
in all layers, one after the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from linnet_exact.errors import InputError
from linnet_exact.files.chains.circuits import circuit_chain, layers_of
from linnet_exact.files.chains.heads import Heads, heads_of
from linnet_exact.files.chains.schemes import Stack, stacks_of
from linnet_exact.files.tensors.parts import MAX_ENTRIES

if TYPE_CHECKING:
    from linnet_exact.files.tensors.tensors import TensorFile

__all__ = ["Plan", "Task", "plan_of"]

_BASE, _PER_ENTRY = 100 * 2**20, 120
"""Bytes of a process, and for each entry of a matrix: measured, with room to spare."""
_MOST_TASKS = 100_000


@dataclass(frozen=True)
class Task:
    """One matrix or chain of a model.

    Attributes
    ----------
    kind : str
        ``tensor``, ``ov``, ``qk`` or ``chain``.
    name : str
        The tensor, or the stack of layers.
    layer, head : int, optional
        Of a chain, the first layer.
    layers : tuple of str
        Its factors, as ``--layer`` takes them.
    ends : tuple of int
        The numbers k of factors for which W_k ⋯ W_1 is asked for.
    memory : int
        Bound on the bytes of a process that works on it.
    note : str
        Why it cannot be done; empty if it can.
    """

    kind: str
    name: str
    layer: int | None
    head: int | None
    layers: tuple[str, ...]
    ends: tuple[int, ...]
    memory: int
    note: str = ""

    @property
    def key(self) -> str:
        """What tells it from the other tasks of a survey."""
        return f"{self.kind} {self.name} {self.layer} {self.head}"


@dataclass(frozen=True)
class Plan:
    """The tasks of a survey, and what it cannot ask: a reason for each stack left out."""

    tasks: tuple[Task, ...]
    left_out: tuple[str, ...]

    @property
    def memory(self) -> int:
        """Bound on the bytes of one process."""
        return max((task.memory for task in self.tasks if not task.note), default=_BASE)


def plan_of(
    file: "TensorFile",
    heads: int | None = None,
    last: int | None = None,
    stack: str | None = None,
    max_memory: int | None = None,
) -> Plan:
    """Return every task that a file gives.

    Parameters
    ----------
    heads : int, optional
        The number of heads, where the file does not tell.
    last : int, optional
        The last layer of chains, where the file does not tell.
    stack : str, optional
        Only stacks with this in their name.
    max_memory : int, optional
        Bytes for a process; what needs more is noted and not done.

    Raises
    ------
    InputError
        If there are more than 100000 tasks.

    Examples
    --------
    >>> import pathlib, tempfile, numpy as np
    >>> from linnet_exact.files import open_tensors
    >>> path = pathlib.Path(tempfile.mkdtemp(), "model.npz")
    >>> np.savez(path, v=np.ones((3, 4)), bias=np.ones(3))
    >>> [task.key for task in plan_of(open_tensors(path)).tasks]
    ['tensor v None None']
    """
    tasks = [_tensor_task(file, name) for name in file.tensors if _is_matrix(file, name)]
    left_out = []
    for each in stacks_of(file):
        if stack is not None and stack not in each.name:
            continue
        try:
            found = heads_of(file, each, heads)
            ends = layers_of(file, each, None, last)
        except InputError as error:
            left_out.append(str(error))
            continue
        tasks += _stack_tasks(file, each, found, *ends)
        if len(tasks) > _MOST_TASKS:
            raise InputError(f"{file.path}: more than {_MOST_TASKS} matrices and heads")
    if max_memory is not None:
        tasks = [_within(task, max_memory) for task in tasks]
    return Plan(tuple(tasks), tuple(left_out))


def _is_matrix(file: "TensorFile", name: str) -> bool:
    shape = file.tensors[name].shape
    return len(shape) == 2 and min(shape) > 0


def _tensor_task(file: "TensorFile", name: str) -> Task:
    tensor = file.tensors[name]
    entries = tensor.shape[0] * tensor.shape[1]
    note = tensor.note
    if entries > MAX_ENTRIES:
        note = f"{entries} entries are more than the {MAX_ENTRIES} that are read"
    return Task("tensor", name, None, None, (name,), (1,), _memory([tensor.shape]), note)


def _stack_tasks(
    file: "TensorFile", stack: Stack, heads: Heads, first: int, last: int
) -> Iterator[Task]:
    layers = [first] if stack.scheme.shared else list(range(first, last + 1))
    model = max(file.tensors[stack.tensor("o", first)].shape)
    shapes = [(heads.width, model), (model, heads.width)]
    for kind in ("ov", "qk"):
        for layer in layers:
            for head in range(heads.count):
                factors = circuit_chain(stack, heads, kind, head, layer, layer).layers()
                memory = _memory([*shapes, (model, model)])
                yield Task(kind, stack.name, layer, head, tuple(factors), (2,), memory)
    count = last - first + 1
    for head in range(heads.count if count > 1 else 0):
        chain = circuit_chain(stack, heads, "ov", head, first, last).layers()
        ends = tuple(range(4, 2 * count + 1, 2))
        memory = _memory([*shapes * count, (model, model)], depth=count)
        yield Task("chain", stack.name, first, head, tuple(chain), ends, memory)


def _memory(shapes: Sequence[tuple[int, ...]], depth: int = 1) -> int:
    """Bound the bytes for the matrices and, in a chain, for the long numbers of its products."""
    entries = sum(rows * columns for rows, columns in shapes)
    longest = max((a[0] * b[1] for a, b in pairwise(shapes)), default=0)
    return _BASE + _PER_ENTRY * entries + 16 * depth * longest


def _within(task: Task, most: int) -> Task:
    if task.memory <= most or task.note:
        return task
    note = f"may need {task.memory >> 20} MB, more than {most >> 20}"
    return Task(
        *(task.kind, task.name, task.layer, task.head, task.layers, task.ends, task.memory), note
    )
