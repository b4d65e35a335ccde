"""From weights near a lower stratum to exact weights on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import frexp
from typing import TYPE_CHECKING, Any, TypeAlias

from linnet_exact.algebra import Matrix
from linnet_exact.errors import InputError
from linnet_exact.numeric.flags import Flag, nearest_flags, projected
from linnet_exact.numeric.nearby import nearby_rank_lists
from linnet_exact.numeric.rational_flags import exact_weights_on_flags
from linnet_exact.strata import Barcode, RankList
from linnet_exact.weights import Weights

if TYPE_CHECKING:
    import numpy as np

    Array: TypeAlias = np.ndarray[Any, Any]

__all__ = ["Snap", "snap"]

_BITS = (16, 24, 32, 40, 48)
_ROUNDING = 1.01


@dataclass(frozen=True)
class Snap:
    """Exact weights on a stratum, and how far they are from where they came from.

    Attributes
    ----------
    weights : Weights
        Their rank list was computed anew, exactly.
    original : Weights
    """

    weights: Weights
    original: Weights

    @cached_property
    def distances(self) -> tuple[float, ...]:
        """The Frobenius norm of the change of each W_j."""
        pairs = zip(self.weights.matrices, self.original.matrices, strict=True)
        return tuple(_norm((after - before).to_numpy()) for after, before in pairs)

    @cached_property
    def relative_distances(self) -> tuple[float, ...]:
        """The same over the Frobenius norm of W_j (over 1 where W_j = 0)."""
        norms = (_norm(matrix.to_numpy()) or 1.0 for matrix in self.original.matrices)
        return tuple(distance / norm for distance, norm in zip(self.distances, norms, strict=True))

    @cached_property
    def height(self) -> int:
        """The largest numerator or denominator of an entry, in absolute value."""
        return max(map(_height, self.weights.matrices))

    def to_jsonable(self) -> dict[str, Any]:
        """Return what the command ``snap`` tells about the weights."""
        return {
            "barcode": self.weights.barcode,
            "rank_list": self.weights.rank_list.to_jsonable(),
            "original_barcode": self.original.barcode,
            "distances": list(self.distances),
            "relative_distances": list(self.relative_distances),
            "height": self.height,
            "certified": True,
        }


def snap(
    theta: Weights,
    tolerance: float | None = None,
    barcode: Barcode | None = None,
    height: int | None = None,
) -> Snap:
    """Return exact weights near θ on a lower stratum.

    The null flags of the stratum are found by SVDs and improved one layer at a time; the nearest
    weights that respect them are rounded so that they still do, and their ranks are then computed
    exactly. That they are the nearest of all on the stratum is not claimed.

    Parameters
    ----------
    tolerance : float, optional
        Largest change of a W_j, relative to its Frobenius norm.
    barcode : Barcode, optional
        The stratum. Without it: the lowest one, of those that SVDs suggest, within the tolerance.
    height : int, optional
        Bound on the numerators and denominators of the entries.

    Raises
    ------
    InputError
        If neither a tolerance nor a barcode is given, the barcode has other widths, or no weights
        were found within the tolerance and the height.

    Examples
    --------
    >>> found = snap(Weights([[[1.0, 2.0], [2.0, 4.001]], [[1.0, 1.0]]]), tolerance=0.01)
    >>> str(found.original.barcode), str(found.weights.barcode)
    ('0-1,0-2', '0-0,0-2,1-1')
    >>> max(found.relative_distances) < 1e-3
    True
    """
    if barcode is None:
        if tolerance is None:
            raise InputError("snap needs a tolerance or a barcode")
        candidates = _lower_rank_lists(theta, tolerance)
    else:
        if barcode.network != theta.network:
            raise InputError(f"barcode {barcode} has widths {barcode.network}, not {theta.network}")
        candidates = iter([barcode.rank_list])
    nearest = None
    for ranks in candidates:
        found = _onto(theta, ranks, height)
        if found is None:
            continue
        if tolerance is None or max(found.relative_distances) <= tolerance:
            return found
        if nearest is None or max(found.relative_distances) < max(nearest.relative_distances):
            nearest = found
    within = "" if tolerance is None else f" within {tolerance:g} of the weights"
    low = "" if height is None else f" with entries of height at most {height}"
    stratum = "a lower stratum" if barcode is None else f"the stratum {barcode}"
    tried = (
        f"; the nearest ones found, on {nearest.weights.barcode}, are at "
        f"{max(nearest.relative_distances):.3g}"
        if nearest
        else ""
    )
    raise InputError(f"no weights on {stratum} were found{within}{low}{tried}")


def _lower_rank_lists(theta: Weights, tolerance: float) -> Iterator[RankList]:
    units = [_unit(matrix.to_numpy()) for matrix in theta.matrices]
    for ranks in nearby_rank_lists(units, tolerance):
        if ranks != theta.rank_list and ranks <= theta.rank_list:
            yield ranks


def _onto(theta: Weights, ranks: RankList, height: int | None) -> Snap | None:
    """Return exact weights with these ranks near θ, or None if rounding never gives them."""
    if ranks == theta.rank_list and height is None:
        return Snap(theta, theta)
    floats = [matrix.to_numpy() for matrix in theta.matrices]
    units = [_unit(matrix) for matrix in floats]
    flags = nearest_flags(units, ranks)
    if height is not None:
        return _of_height(theta, floats, flags, ranks, height)
    pairs = zip(units, flags[:-1], flags[1:], strict=True)
    least_changes = [_norm(unit - projected(unit, *flag)) for unit, *flag in pairs]
    best = None
    for bits in _BITS:
        found = _rounded(theta, floats, flags, ranks, 2**bits, [_step(m, bits) for m in floats])
        best = found or best
        if found and all(map(_is_about, found.relative_distances, least_changes)):
            break
    return best


def _is_about(change: float, least: float) -> bool:
    return change <= _ROUNDING * least


def _of_height(
    theta: Weights, floats: Sequence["Array"], flags: Sequence[Flag], ranks: RankList, height: int
) -> Snap | None:
    """Try all pairs of grids, those of the flags and those of the matrices inside."""
    best = None
    powers = [2**bits for bits in range(min(height.bit_length(), max(_BITS)))]
    for denominator in powers:
        for fine in reversed(powers):
            found = _rounded(theta, floats, flags, ranks, denominator, [1 / fine] * len(floats))
            if found and found.height <= height:
                if best is None or max(found.relative_distances) < max(best.relative_distances):
                    best = found
                break
    return best


def _rounded(
    theta: Weights,
    floats: Sequence["Array"],
    flags: Sequence[Flag],
    ranks: RankList,
    denominator: int,
    steps: Sequence[float],
) -> Snap | None:
    """Round to a grid; None if that gives other ranks."""
    for raised in (0.0, float(max(ranks.widths))):
        weights = Weights(exact_weights_on_flags(floats, flags, denominator, steps, raised))
        if weights.rank_list == ranks:
            return Snap(weights, theta)
    return None


def _step(matrix: "Array", bits: int) -> float:
    """Return 2^-bits times the size of a matrix."""
    return 2.0 ** (frexp(float(abs(matrix).max()) or 1.0)[1] - bits)


def _height(matrix: Matrix) -> int:
    rational = matrix.to_flint()
    return max(max(abs(int(x.p)), int(x.q)) for x in rational.entries())


def _unit(matrix: "Array") -> "Array":
    """Divide by the norm; a zero matrix stays."""
    largest = abs(matrix).max() or 1.0
    scaled: Array = matrix / largest
    return scaled / (_norm(scaled) or 1.0)


def _norm(matrix: "Array") -> float:
    """Return the Frobenius norm, of large and small entries too."""
    import numpy as np

    largest = float(abs(matrix).max()) or 1.0
    return largest * float(np.linalg.norm(matrix / largest))
