"""How many heads a stack of attention layers has, and how wide they are."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linnet_exact.errors import FileError, InputError
from linnet_exact.files.chains.schemes import COLUMNS, STACKED, Stack
from linnet_exact.files.json_text import read_json

if TYPE_CHECKING:
    from linnet_exact.files.tensors.tensors import TensorFile

__all__ = ["Heads", "heads_of", "layers_in_config"]

_HEADS = ("num_attention_heads", "n_head", "num_heads", "n_heads", "encoder_attention_heads")
_LAYERS = ("num_hidden_layers", "n_layer", "num_layers", "n_layers")
_NORMS = ("self_attn.q_norm.weight", "attn.q_norm.weight")
_BIASES = tuple(
    f"{side}block.0.layer.0.SelfAttention.relative_attention_bias.weight"
    for side in ("encoder.", "decoder.", "")
)


@dataclass(frozen=True)
class Heads:
    """The number of heads, their width d, how many share a key and a value, and d times heads."""

    count: int
    width: int
    group: int
    together: int


def heads_of(file: "TensorFile", stack: Stack, count: int | None = None) -> Heads:
    """Return the heads of a stack, as shapes tell them, or else `count`, or else config.json.

    Shapes tell the number where heads have a tensor, a norm or a bias of their own. Otherwise it
    is asked for; config.json beside the file, as models of transformers have it, may know.

    Raises
    ------
    InputError
        If the number is not known, or does not fit the shapes.
    """
    layer = next(iter(stack.layers), 0)
    shapes = {x: file.tensors[stack.tensor(x, layer)].shape for x in "qkvo"}
    if stack.scheme.places["o"].part == STACKED:
        return _stacked(stack, shapes, count)
    if any(len(shape) != 2 for shape in shapes.values()):
        raise InputError(f"{stack.name}: its tensors are not matrices: {shapes}")
    columns = stack.scheme.places["o"].part == COLUMNS
    together = shapes["o"][1 if columns else 0]
    told = _told_by_shapes(file, stack, together, layer)
    if told is not None and count is not None and told != count:
        raise InputError(f"{stack.name}: its shapes say {told} heads, not {count}")
    found = told or count or _in_config(file.path, _HEADS)
    if found is None:
        raise InputError(
            f"{stack.name}: its shapes do not tell how many heads there are; give --heads"
        )
    if found < 1 or together % found:
        raise InputError(f"{stack.name}: {together} is not a multiple of {found} heads")
    width = together // found
    if stack.scheme.places["q"].ending != stack.scheme.places["v"].ending:
        keys = shapes["k"][0]
        fits = shapes["q"][0] == together and keys == shapes["v"][0] and keys % width == 0 < keys
        group = found * width // keys if fits and together % keys == 0 else 0
    else:
        along = 0 if columns else 1
        group = int(shapes["q"][along] == 3 * together)
    if not group:
        raise InputError(f"{stack.name}: {found} heads of width {width} do not fit {shapes}")
    return Heads(found, width, group, together)


def layers_in_config(file: "TensorFile") -> int | None:
    """Return the number of layers that config.json beside a file tells, if it does."""
    return _in_config(file.path, _LAYERS)


def _stacked(stack: Stack, shapes: dict[str, tuple[int, ...]], count: int | None) -> Heads:
    heads, _, width = shapes["q"] if len(shapes["q"]) == 3 else (0, 0, 0)
    fits = all(
        len(shape) == 3 and shape[0] == heads and shape[1 if x == "o" else 2] == width
        for x, shape in shapes.items()
    )
    if not heads or not fits or count not in (None, heads):
        raise InputError(f"{stack.name}: {count or heads} heads do not fit {shapes}")
    return Heads(heads, width, 1, heads * width)


def _told_by_shapes(file: "TensorFile", stack: Stack, together: int, layer: int) -> int | None:
    before = stack.before.replace("{l}", str(layer))
    for norm in _NORMS:
        shape = file.tensors[before + norm].shape if before + norm in file.tensors else ()
        if len(shape) == 1 and 0 < shape[0] < together and together % shape[0] == 0:
            return together // shape[0]
    for bias in _BIASES:
        names = [name for name in file.tensors if name.endswith(bias)]
        if stack.scheme.name.startswith("T5") and names:
            shape = file.tensors[names[0]].shape
            return shape[1] if len(shape) == 2 else None
    return None


def _in_config(path: Path, keys: tuple[str, ...]) -> int | None:
    config = path.parent / "config.json"
    try:
        if not config.is_file() or config == path:
            return None
        content: Any = read_json(config)
    except (OSError, FileError):
        return None
    values = [content[key] for key in keys if key in content] if isinstance(content, dict) else []
    return values[0] if values and type(values[0]) is int and 0 < values[0] < 10**6 else None
