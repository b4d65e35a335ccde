"""Adapters of LoRA as peft saves them: `adapter_config.json` and `adapter_model.safetensors`.

A module with the weight W gets W + s B A, where A has r rows and B has r columns (E. J. Hu et al.,
arXiv 2106.09685). The scale s is alpha / r, or alpha / √r with rsLoRA (D. Kalajdzievski, arXiv
2312.03732).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from linnet_exact.algebra.numbers.rational import parse_rational
from linnet_exact.errors import FileError, InputError
from linnet_exact.files.json_text import RoundedNumber, read_json
from linnet_exact.files.tensors.formats import open_tensors
from linnet_exact.files.tensors.layer_spec import LayerSpec
from linnet_exact.files.tensors.tensors import TensorFile

__all__ = ["Adapter", "Module", "read_adapter"]

_FILES = ("adapter_model.safetensors", "adapter_model.bin")
_FACTOR = re.compile(
    r"(?P<module>.+)\.lora_(?P<side>A|B|embedding_A|embedding_B)(\.(weight|default))*", re.DOTALL
)
_OTHERS = ("lora_magnitude_vector", "lora_ga_", "vblora", "ia3", "hada_", "lokr_")


@dataclass(frozen=True)
class Module:
    """One module that an adapter changes.

    Attributes
    ----------
    name : str
    a, b : LayerSpec
        Where A (r × inputs) and B (outputs × r) lie in the file of the adapter.
    rank : int
        The number r.
    squared_scale : Fraction
        The square of s.
    transposed : bool
        Whether the weight lies in its file as inputs × outputs.
    """

    name: str
    a: LayerSpec
    b: LayerSpec
    rank: int
    squared_scale: Fraction
    transposed: bool

    @property
    def scale(self) -> str:
        """The scale s, exactly.

        Examples
        --------
        >>> spec = LayerSpec("x")
        >>> Module("m", spec, spec, 8, Fraction(4), False).scale
        '2'
        >>> Module("m", spec, spec, 8, Fraction(2), False).scale
        'sqrt(2)'
        """
        root = _root(self.squared_scale)
        return f"sqrt({self.squared_scale})" if root is None else str(root)


@dataclass(frozen=True)
class Adapter:
    """An adapter: the file with its factors, opened, and its modules."""

    file: TensorFile
    modules: tuple[Module, ...]


def read_adapter(folder: Path) -> Adapter:
    """Read the configuration of an adapter and the names of its tensors.

    Raises
    ------
    FileError
        If a file is missing or damaged, or the adapter is of another kind than LoRA.
    """
    path = folder / "adapter_config.json"
    if not path.is_file():
        raise FileError(f"{folder}: no adapter_config.json, which peft saves with an adapter")
    config = read_json(path)
    if not isinstance(config, dict):
        raise FileError(f"{path}: expected a JSON object")
    kind = config.get("peft_type", "LORA")
    if kind != "LORA":
        raise FileError(f"{path}: peft_type is {kind!r:.40}; only LORA is read")
    if config.get("use_dora"):
        raise FileError(f"{path}: use_dora scales columns by square roots; it is not read")
    saved = next((folder / name for name in _FILES if (folder / name).is_file()), None)
    if saved is None:
        raise FileError(f"{folder}: none of {', '.join(_FILES)}")
    file = open_tensors(saved)
    return Adapter(file, tuple(_modules(path, config, file)))


def _modules(path: Path, config: dict[str, Any], file: TensorFile) -> list[Module]:
    found: dict[str, dict[str, str]] = {}
    for name in file.tensors:
        match = _FACTOR.fullmatch(name)
        if match:
            found.setdefault(match["module"], {})[match["side"]] = name
        elif any(other in name for other in _OTHERS):
            raise FileError(f"{file.path}: tensor {name} belongs to another kind than LoRA")
    if not found:
        raise FileError(f"{file.path}: no tensors with names such as module.lora_A.weight")
    return [_module(path, config, file, name, sides) for name, sides in found.items()]


def _module(
    path: Path, config: dict[str, Any], file: TensorFile, name: str, sides: Mapping[str, str]
) -> Module:
    embedding = "embedding_A" in sides
    keys = ("embedding_A", "embedding_B") if embedding else ("A", "B")
    if set(sides) != set(keys):
        raise FileError(
            f"{file.path}: {name} has {', '.join(sides)}; expected {' and '.join(keys)}"
        )
    a, b = (file.tensors[sides[key]] for key in keys)
    if len(a.shape) != 2 or len(b.shape) != 2 or a.shape[0] != b.shape[1]:
        raise FileError(f"{file.path}: {name}: A {a.shape} and B {b.shape} are no factors of B A")
    rank = a.shape[0]
    short = name.removeprefix("base_model.model.")
    told = _pattern(path, config, "rank_pattern", short, config.get("r"))
    if told != rank:
        raise FileError(f"{path}: r is {told} for {short}, but A has {rank} rows")
    alpha = _pattern(path, config, "alpha_pattern", short, config.get("lora_alpha"))
    scale = alpha / rank
    square = alpha * alpha / rank if config.get("use_rslora") else scale * scale
    transposed = bool(config.get("fan_in_fan_out")) or embedding
    return Module(short, LayerSpec(a.name), LayerSpec(b.name), rank, square, transposed)


def _pattern(path: Path, config: dict[str, Any], key: str, module: str, value: Any) -> Fraction:
    """Return a number of the configuration, for one module: the first name in a pattern counts."""
    patterns = config.get(key) or {}
    if not isinstance(patterns, dict):
        raise FileError(f"{path}: {key} must be a JSON object")
    for name, other in patterns.items():
        if re.search(r"[^A-Za-z0-9_.\-]", name):
            raise FileError(f"{path}: {key}: {name!r:.60} is a regular expression, and not read")
        if module == name or module.endswith(f".{name}"):
            value = other
            break
    what = "r" if key == "rank_pattern" else "lora_alpha"
    try:
        text = value.text if isinstance(value, RoundedNumber) else str(value)
        number = parse_rational(text) if not isinstance(value, bool) else Fraction(0)
    except InputError:
        number = Fraction(0)
    if number <= 0:
        raise FileError(f"{path}: {what} must be a positive number, not {value!r:.40}")
    return Fraction(number)


def _root(square: Fraction) -> Fraction | None:
    from math import isqrt

    top, bottom = isqrt(square.numerator), isqrt(square.denominator)
    root = Fraction(top, bottom)
    return root if root * root == square else None
