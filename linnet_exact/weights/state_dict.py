"""The layers of a mapping from names to arrays, such as a PyTorch state dict."""

import re
from collections.abc import Mapping
from typing import Any

from linnet_exact.arguments import as_text, wrong_type
from linnet_exact.errors import InputError

__all__ = ["arrays_of_state_dict"]


def arrays_of_state_dict(mapping: Any, pattern: str | None = None) -> list[Any]:
    """Return the arrays of the layers; see `Weights.from_state_dict`.

    Examples
    --------
    >>> arrays_of_state_dict({"net.10.weight": [[1]], "net.2.weight": [[2]]})
    [[[2]], [[1]]]
    """
    if not isinstance(mapping, Mapping):
        raise wrong_type("mapping", "a mapping from names to arrays", mapping)
    names = [as_text(name, "a name in mapping", "0.weight") for name in mapping]
    if pattern is not None:
        names = _matching(names, as_text(pattern, "pattern", r"layers\.(\d+)\.weight"))
    biases = [name for name in names if name.rpartition(".")[2] == "bias"]
    if biases and pattern is None:
        raise InputError(
            f"{biases[0]!r} is a bias, so that layer is not linear; a pattern such as "
            f"'(.*)weight' takes the weights alone"
        )
    if not names:
        found = ", ".join(list(map(repr, mapping))[:6]) or "none"
        raise InputError(f"no name in mapping matches; there are {found}")
    return [_array(mapping[name]) for name in sorted(names, key=_natural)]


def _matching(names: list[str], pattern: str) -> list[str]:
    try:
        form = re.compile(pattern)
    except re.error as error:
        raise InputError(f"pattern {pattern!r} is not a regular expression: {error}") from None
    return [name for name in names if form.fullmatch(name)]


def _natural(name: str) -> list[tuple[int, str]]:
    """Sort numbers in names as numbers: 2 before 10."""
    parts = re.split(r"([0-9]+)", name)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def _array(value: Any) -> Any:
    """Return a tensor of PyTorch as an array; float64 holds every number of the other floats."""
    if hasattr(value, "detach"):
        value = value.detach().cpu()
        if value.dtype.is_floating_point:
            value = value.double()
        return value.numpy()
    return value
