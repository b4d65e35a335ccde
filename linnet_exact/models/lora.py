"""What a LoRA adapter does to each module: exact ranks of B A, of W, and of W + s B A."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from linnet_exact.algebra import Matrix, NumberField
from linnet_exact.algebra.numbers.rational import parse_rational
from linnet_exact.errors import FileError
from linnet_exact.files.adapter import Adapter, Module
from linnet_exact.files.reading import read_factors
from linnet_exact.numeric.survey import product_ranks
from linnet_exact.weights import Weights

if TYPE_CHECKING:
    from linnet_exact.files.tensors.tensors import TensorFile

__all__ = ["adapter_rows"]


def adapter_rows(
    adapter: Adapter,
    base: "TensorFile | None" = None,
    report: Callable[[int], None] = lambda count: None,
) -> list[dict[str, Any]]:
    """Return a row for each module of an adapter.

    Parameters
    ----------
    base : TensorFile, optional
        The model that is adapted; without it, W and W + s B A are not looked at.
    report : function, optional
        Called with 1 after each module.

    Raises
    ------
    FileError
        If a tensor cannot be read, or W has another shape than B A.
    """
    rows = []
    for module in adapter.modules:
        rows.append(_row(adapter, module, base))
        report(1)
    return rows


def _row(adapter: Adapter, module: Module, base: "TensorFile | None") -> dict[str, Any]:
    (_, a), (_, b) = read_factors(adapter.file, [module.a.name, module.b.name])
    theta = Weights([a, b])
    (found,) = product_ranks(theta, [2])
    row = {
        "module": module.name,
        "r": module.rank,
        "scale": module.scale,
        "shape": list(found.shape),
        "rank_a": theta.rank_list.r(1, 0),
        "rank_b": theta.rank_list.r(2, 1),
        **{key: value for key, value in found.to_jsonable().items() if key not in _LEFT_OUT},
    }
    if base is not None:
        row |= _merged(base, module, b @ a)
    return row


_LEFT_OUT = ("factors", "shape")


def _merged(base: "TensorFile", module: Module, change: Matrix) -> dict[str, Any]:
    name = _weight_of(base, module.name)
    ((_, weight),) = read_factors(base, [name])
    if module.transposed:
        weight = weight.T
    if weight.shape != change.shape:
        raise FileError(
            f"{base.path}: {name} is {weight.nrows}x{weight.ncols} where B A is "
            f"{change.nrows}x{change.ncols}; fan_in_fan_out says how it lies"
        )
    if module.scale.startswith("sqrt"):
        field = NumberField(module.scale)
        scaled = change.change_field(field) * field(module.scale)
        merged = weight.change_field(field) + scaled
    else:
        merged = weight + change * parse_rational(module.scale)
    return {"weight": name, "rank_of_weight": weight.rank(), "rank_merged": merged.rank()}


def _weight_of(base: "TensorFile", module: str) -> str:
    """Return the tensor of a module's weight: its name, or the only one that ends in it."""
    name = f"{module}.weight"
    if name in base.tensors:
        return name
    parts = name.split(".")
    for start in range(len(parts) - 1):
        short = ".".join(parts[start:])
        fitting = [other for other in base.tensors if other == short or other.endswith(f".{short}")]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise FileError(f"{base.path}: {name} may be any of {', '.join(fitting[:3])}")
    raise FileError(f"{base.path}: no tensor for the module {module}")
