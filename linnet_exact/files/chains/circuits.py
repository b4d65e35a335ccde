"""The circuits of an attention head as chains: OV, what it copies where; QK, what it attends to.

N. Elhage et al., A Mathematical Framework for Transformer Circuits (2021): a head moves
W_O W_V x, where W_Kᵀ and W_Q decide by xᵀ W_Qᵀ W_K y.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linnet_exact.arguments import as_integer
from linnet_exact.errors import InputError
from linnet_exact.files.chains.expansion import Chain
from linnet_exact.files.chains.heads import Heads, heads_of, layers_in_config
from linnet_exact.files.chains.schemes import GROUPED, ROWS, Stack, stacks_of

if TYPE_CHECKING:
    from linnet_exact.files.tensors.tensors import TensorFile

__all__ = ["KINDS", "Circuit", "chosen_stack", "circuit_chain", "heads_chain", "layers_of"]

KINDS = {"ov": ("v", "o"), "qk": ("k", "q")}


@dataclass(frozen=True)
class Circuit:
    """The OV or the QK circuit of one head, in one layer or in several after each other.

    Attributes
    ----------
    kind : str
        ``"ov"`` or ``"qk"``.
    head : int
    first, last : int, optional
        The layers, both included; all of them by default.
    heads : int, optional
        Their number, where the file does not tell.
    stack : str, optional
        A part of the name of the stack of layers, where a file has several.
    """

    kind: str
    head: int = 0
    first: int | None = None
    last: int | None = None
    heads: int | None = None
    stack: str | None = None

    def chain(self, file: "TensorFile") -> Chain:
        """Return the circuit as a chain, for the names that a file has.

        Raises
        ------
        InputError
            If the file names no attention that is known, or has no such head or layer.

        Examples
        --------
        >>> import pathlib, tempfile, numpy as np
        >>> from linnet_exact.files import open_tensors
        >>> path = pathlib.Path(tempfile.mkdtemp(), "model.npz")
        >>> attention = {f"l.3.self_attn.{x}_proj.weight": np.ones((4, 4)) for x in "qkvo"}
        >>> np.savez(path, **attention)
        >>> print(Circuit("qk", head=1, heads=2).chain(open_tensors(path)))
        h = 1
        d = 2
        k[l] = "l.{l}.self_attn.k_proj.weight"
        q[l] = "l.{l}.self_attn.q_proj.weight"
        for l in 3..3: k[l][h*d:(h+1)*d, :]; q[l][h*d:(h+1)*d, :].T
        """
        if self.kind not in KINDS:
            raise InputError(f"a circuit is {' or '.join(KINDS)}, not {self.kind!r:.40}")
        stack = chosen_stack(file, self.stack)
        heads = heads_of(file, stack, self.heads)
        head = as_integer(self.head, "head", least=0, most=heads.count - 1)
        first, last = layers_of(file, stack, self.first, self.last)
        return circuit_chain(stack, heads, self.kind, head, first, last)

    def layers(self, file: "TensorFile") -> list[str]:
        """Return the layers as ``--layer`` takes them; see `chain`."""
        return self.chain(file).layers()


def circuit_chain(stack: Stack, heads: Heads, kind: str, head: int, first: int, last: int) -> Chain:
    """Return the chain of a circuit of one head in layers that a stack has."""
    parts = _parts(stack, heads, KINDS[kind])
    if kind == "qk":
        turned = parts["q"].removesuffix(".T")
        parts["q"] = turned if turned != parts["q"] else f"{turned}.T"
    return _chain(stack, heads, parts, head, first, last)


def heads_chain(stack: Stack, heads: Heads, letters: str, first: int, last: int) -> Chain:
    """Return the matrices q, k, v or o of all heads, which do not fit together as layers do.

    They are for asking what heads share.
    """
    return _chain(stack, heads, _parts(stack, heads, letters), None, first, last)


def _parts(stack: Stack, heads: Heads, letters: Iterable[str]) -> dict[str, str]:
    """Return what a head has of the tensors of q, k, v or o."""
    parts = {letter: stack.scheme.places[letter].part for letter in letters}
    return {
        letter: GROUPED if heads.group > 1 and letter in "kv" and part == ROWS else part
        for letter, part in parts.items()
    }


def _chain(
    stack: Stack, heads: Heads, parts: dict[str, str], head: int | None, first: int, last: int
) -> Chain:
    used = "".join(parts.values())
    values = {"h": head, "d": heads.width, "g": heads.group, "n": heads.together}
    lines = [
        f"{name} = {value}" for name, value in values.items() if name in used and value is not None
    ]
    shared = stack.scheme.shared
    for letter in parts:
        name = stack.before + stack.scheme.places[letter].ending
        quote = "'" if '"' in name else '"'
        lines.append(f"{letter}{'' if shared else '[l]'} = {quote}{name}{quote}")
    called = {x: f"{x}{'' if shared else '[l]'}{part}" for x, part in parts.items()}
    loop = f"for l in {first}..{last}: "
    if head is None:
        loop += f"for h in 0..{heads.count - 1}: "
    return Chain.parse("\n".join([*lines, loop + "; ".join(called.values())]))


def layers_of(
    file: "TensorFile", stack: Stack, first: int | None = None, last: int | None = None
) -> tuple[int, int]:
    """Return the first and the last layer of a stack; those asked for, if it has all between.

    Raises
    ------
    InputError
        If it has not, or shared layers are in no config.json and not asked for.
    """
    known = stack.layers
    if stack.scheme.shared:
        count = layers_in_config(file)
        if last is None and count is None:
            raise InputError(
                f"{stack.name}: its layers share these tensors, and no config.json tells how many "
                "layers there are; give --layers, such as 0..11"
            )
        known = tuple(range(count if count is not None else (last or 0) + 1))
    first = known[0] if first is None else first
    last = known[-1] if last is None else last
    asked = range(first, min(last, first + len(known)) + 1)
    missing = next((layer for layer in asked if layer not in known), None)
    if missing is not None or last < first:
        wrong = f"{first}..{last}" if missing is None else f"layer {missing}"
        raise InputError(f"{stack.name}: no {wrong}; it has {known[0]}..{known[-1]}")
    return first, last


def chosen_stack(file: "TensorFile", part: str | None = None) -> Stack:
    """Return the one stack of attention layers whose name has a part, by default the only one.

    Raises
    ------
    InputError
        If there is none, or more than one.
    """
    stacks = stacks_of(file)
    if not stacks:
        raise InputError(
            f"{file.path}: no attention by names that are known; --chain can name its factors"
        )
    fitting = [stack for stack in stacks if part is None or part in stack.name]
    if len(fitting) != 1:
        names = ", ".join(stack.name for stack in (fitting or stacks)[:6])
        which = "several stacks of layers" if fitting else f"no stack with {part!r:.60}"
        raise InputError(f"{file.path}: {which}; choose by --stack a part of one name: {names}")
    return fitting[0]
