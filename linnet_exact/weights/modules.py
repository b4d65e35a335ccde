"""The arrays of the linear layers of a PyTorch model."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from linnet_exact.errors import InputError, MissingExtraError

__all__ = ["arrays_of_modules"]


def arrays_of_modules(modules: Any) -> list[Any]:
    """Return the matrices of `torch.nn.Linear` layers without bias; see `Weights.from_modules`."""
    try:
        torch: Any = import_module("torch")
    except ImportError:
        raise MissingExtraError(
            "from_modules needs PyTorch (pip install torch); from arrays, write Weights([W1, W2])"
        ) from None
    return [_array(torch, name, layer) for name, layer in _layers(torch, "", modules)]


def _layers(torch: Any, name: str, module: Any) -> Iterator[tuple[str, Any]]:
    """Yield the linear layers in the order in which they are applied, with their names."""
    nn = torch.nn
    if isinstance(module, nn.Linear):
        yield name or "the layer", module
    elif isinstance(module, nn.Sequential):
        for key, child in module.named_children():
            yield from _layers(torch, f"{name}.{key}" if name else key, child)
    elif isinstance(module, list | tuple | nn.ModuleList):
        for at, child in enumerate(module):
            yield from _layers(torch, f"{name}.{at}" if name else str(at), child)
    elif not isinstance(module, nn.Identity):
        raise InputError(
            f"{name or 'the model'} is a {type(module).__name__}; expected torch.nn.Linear, "
            f"Identity, or a Sequential or list of them, from input to output"
        )


def _array(torch: Any, name: str, layer: Any) -> Any:
    if layer.bias is not None:
        raise InputError(
            f"{name} has a bias, so it is not linear: append a constant input 1 and make the bias "
            f"a column of the matrix, or use bias=False"
        )
    if layer.weight.dtype not in (torch.float64, torch.float32, torch.float16, torch.bfloat16):
        raise InputError(f"{name} has weights of type {layer.weight.dtype}; expected floats")
    # float64 holds every number of the other types, also of bfloat16, which NumPy does not have.
    return layer.weight.detach().to(device="cpu", dtype=torch.float64).numpy()
