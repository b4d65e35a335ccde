"""Whatever says which tensors are layers, as the list of texts that `read_layer` takes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from linnet_exact.arguments import as_text, wrong_type
from linnet_exact.files.chains.circuits import Circuit
from linnet_exact.files.chains.expansion import Chain
from linnet_exact.files.chains.notation import Factor, IndexPart, SliceOf, Template
from linnet_exact.files.chains.patterns import matching_layers
from linnet_exact.files.tensors.layer_spec import layer_in

if TYPE_CHECKING:
    from linnet_exact.files.tensors.tensors import TensorFile

__all__ = ["Choice", "Layers", "as_choice", "chain_of", "layer_texts"]


@runtime_checkable
class Choice(Protocol):
    """What finds the layers in a file: a `Chain` or a `Circuit`."""

    def layers(self, file: "TensorFile") -> list[str]:
        """Return the layers, from input to output, as ``--layer`` takes them."""


Layers: TypeAlias = "Sequence[str] | str | Choice"


def as_choice(layers: Layers) -> "Choice | list[str]":
    """Return what chooses layers, with a single text in a list.

    Raises
    ------
    WrongTypeError
        If it is of another type.

    Examples
    --------
    >>> as_choice("w1")
    ['w1']
    """
    if isinstance(layers, Choice):
        return layers
    if isinstance(layers, str):
        layers = [layers]
    if not isinstance(layers, list | tuple):
        raise wrong_type("layers", "names of tensors in a list, such as ['w1', 'w2.T']", layers)
    return [as_text(layer, "a layer", "w1[:, 0:32].T") for layer in layers]


def layer_texts(file: "TensorFile", layers: Layers) -> list[str]:
    """Return the layers that are chosen in a file; all of its tensors if none is.

    Raises
    ------
    InputError
        If nothing can be chosen so.
    FileError
        If a pattern fits no tensor.
    """
    chosen = as_choice(layers)
    if isinstance(chosen, Choice):
        return chosen.layers(file)
    return matching_layers(file, chosen) if chosen else list(file.tensors)


def chain_of(file: "TensorFile", layers: Layers) -> Chain:
    """Return what is chosen in a file, written as a chain.

    Raises
    ------
    InputError
        If nothing can be chosen so.
    FileError
        If a pattern fits no tensor.

    Examples
    --------
    >>> import pathlib, tempfile, numpy as np
    >>> from linnet_exact.files import open_tensors
    >>> path = pathlib.Path(tempfile.mkdtemp(), "model.npz")
    >>> np.savez(path, **{"l.2.w": np.ones((1, 1))})
    >>> print(chain_of(open_tensors(path), ["l.*.w[0:1, :].T"]))
    "l.2.w"[0:1, :].T
    """
    if isinstance(layers, Chain):
        return layers
    if isinstance(layers, Circuit):
        return layers.chain(file)
    return Chain(tuple(_factor(file, text) for text in layer_texts(file, layers)))


def _factor(file: "TensorFile", text: str) -> Factor:
    spec = layer_in(file, text)
    parts: list[IndexPart] = [
        SliceOf(part.start, part.stop, part.step) if isinstance(part, slice) else (part,)
        for part in spec.index
    ]
    return Factor(Template((spec.name,)), tuple(parts), spec.transpose)
