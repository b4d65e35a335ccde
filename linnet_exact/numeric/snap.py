"""From weights near a lower stratum to exact weights on it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import cached_property
from numbers import Rational
from typing import TYPE_CHECKING, Any

import numpy as np
from flint import fmpq_mat

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.matrices.norms import squared_norm
from linnet_exact.arguments import as_integer, as_number
from linnet_exact.arrays import Array
from linnet_exact.errors import InputError
from linnet_exact.numeric.distance import Bounds, bounds_of_root, decimal_or_float
from linnet_exact.numeric.flags import Flag, nearest_flags, projected
from linnet_exact.numeric.float_grids import DIGITS, are_floats, float_candidates
from linnet_exact.numeric.nearby import nearby_rank_lists
from linnet_exact.numeric.rational_flags import FlagCoordinates, flag_coordinates
from linnet_exact.numeric.scaled_floats import ScaledFloats, scaled_floats
from linnet_exact.strata import Barcode, RankList
from linnet_exact.weights import Weights

if TYPE_CHECKING:
    from linnet_exact.algebra.fields.field import Scalar

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

    Examples
    --------
    >>> from linnet_exact import Weights
    >>> found = Weights([[[1, 2], [2, "4.01"]]]).snap(barcode="0-0,0-1,1-1", height=9)
    >>> found.weights.matrices, found.height
    ((Matrix([[1, 2], [2, 4]]),), 4)
    >>> found.squared_distances, found.squared_relative_distances
    ((Fraction(1, 10000),), (Fraction(1, 250801),))
    >>> [low <= high for low, high in (*found.distance_bounds, *found.relative_distance_bounds)]
    [True, True]
    >>> found.distances, found.relative_distances
    ((0.01,), (0.0019968036787125698,))
    """

    weights: Weights
    original: Weights

    @cached_property
    def squared_distances(self) -> "tuple[Scalar, ...]":
        """The square of the Frobenius norm of the change of each W_j, exactly."""
        pairs = zip(self.weights.matrices, self.original.matrices, strict=True)
        return tuple(squared_norm(after - before) for after, before in pairs)

    @cached_property
    def squared_relative_distances(self) -> "tuple[Scalar, ...]":
        """The same over the square of the Frobenius norm of W_j (over 1 where W_j = 0)."""
        norms = map(squared_norm, self.original.matrices)
        pairs = zip(self.squared_distances, norms, strict=True)
        return tuple(distance / norm if norm else distance for distance, norm in pairs)

    @cached_property
    def distance_bounds(self) -> tuple[Bounds, ...]:
        """Decimal numbers of 17 digits around the Frobenius norm of the change of each W_j."""
        return tuple(map(bounds_of_root, self.squared_distances))

    @cached_property
    def relative_distance_bounds(self) -> tuple[Bounds, ...]:
        """The same over the Frobenius norm of W_j (over 1 where W_j = 0)."""
        return tuple(map(bounds_of_root, self.squared_relative_distances))

    @property
    def distances(self) -> tuple[float, ...]:
        """The upper `distance_bounds` as floats: infinite, or 0, where these have no such number.

        Examples
        --------
        >>> found = snap(Weights([[["1e-200", 0], [0, "1e-203"]]]), tolerance=0.01)
        >>> [f"{distance:.4g}" for distance in found.distances]
        ['1e-203']
        """
        return tuple(float(upper) for _, upper in self.distance_bounds)

    @property
    def relative_distances(self) -> tuple[float, ...]:
        """The same over the Frobenius norm of W_j (over 1 where W_j = 0)."""
        return tuple(float(upper) for _, upper in self.relative_distance_bounds)

    @cached_property
    def height(self) -> int:
        """The largest numerator or denominator of an entry, in absolute value."""
        return max(map(_height, self.weights.matrices))

    def to_jsonable(self) -> dict[str, Any]:
        """Return what the command ``snap`` tells about the weights.

        Examples
        --------
        >>> found = snap(Weights([[[1]]]), barcode=Barcode("0-0,1-1"))
        >>> found.to_jsonable()["squared_distances"]
        [Fraction(1, 1)]
        """
        return {
            "barcode": self.weights.barcode,
            "rank_list": self.weights.rank_list.to_jsonable(),
            "original_barcode": self.original.barcode,
            "distances": [decimal_or_float(bounds) for bounds in self.distance_bounds],
            "relative_distances": [
                decimal_or_float(bounds) for bounds in self.relative_distance_bounds
            ],
            "squared_distances": list(self.squared_distances),
            "distance_bounds": [list(map(str, bounds)) for bounds in self.distance_bounds],
            "height": self.height,
            "certified": True,
        }


def snap(
    theta: Weights,
    tolerance: Rational | float | None = None,
    barcode: Barcode | str | None = None,
    height: int | None = None,
    precision: str | None = None,
) -> Snap:
    """Return exact weights near θ on a lower stratum.

    The null flags of the stratum are found by SVDs and improved one layer at a time; the nearest
    weights that respect them are rounded so that they still do, and their ranks are then computed
    exactly. That they are the nearest of all on the stratum is not claimed.

    Parameters
    ----------
    tolerance : number, optional
        Largest change of a W_j, relative to its Frobenius norm; a fraction may be below all floats.
    barcode : Barcode, optional
        The stratum. Without it: the lowest one, of those that SVDs suggest, within the tolerance.
    height : int, optional
        Bound on the numerators and denominators of the entries.
    precision : str, optional
        ``"float32"`` or ``"float64"``: only weights all of whose entries are such floats.

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
    theta = Weights.of(theta)
    bound = None if tolerance is None else _exactly(tolerance)
    height = None if height is None else as_integer(height, "height", least=0)
    if precision is not None and (precision not in DIGITS or height is not None):
        raise InputError(f"precision must be {' or '.join(DIGITS)}, and has no height beside it")
    if barcode is None:
        if bound is None:
            raise InputError("snap needs a tolerance or a barcode")
        candidates = _lower_rank_lists(theta, float(bound))
    else:
        barcode = Barcode.of(barcode)
        if barcode.network != theta.network:
            raise InputError(f"barcode {barcode} has widths {barcode.network}, not {theta.network}")
        candidates = iter([barcode.rank_list])
    nearest = None
    for ranks in candidates:
        found = (
            _onto(theta, ranks, height)
            if precision is None
            else _onto_floats(theta, ranks, precision)
        )
        if found is None:
            continue
        if bound is None or _change(found) <= bound**2:
            return found
        if nearest is None or _change(found) < _change(nearest):
            nearest = found
    within = "" if bound is None else f" within {_few_digits(bound)} of the weights"
    low = "" if height is None else f" with entries of height at most {height}"
    low = low if precision is None else f" with entries that are {precision}"
    stratum = "a lower stratum" if barcode is None else f"the stratum {barcode}"
    tried = (
        f"; the nearest ones found, on {nearest.weights.barcode}, are at "
        f"{bounds_of_root(_change(nearest))[1]:.3g}"
        if nearest
        else ""
    )
    raise InputError(f"no weights on {stratum} were found{within}{low}{tried}")


def _exactly(tolerance: Rational | float) -> Fraction:
    number = as_number(tolerance, "tolerance")
    return Fraction(tolerance if isinstance(tolerance, Rational) else number)


def _few_digits(number: Fraction) -> str:
    tiny = Context(prec=6).divide(Decimal(number.numerator), Decimal(number.denominator))
    return f"{float(number) or tiny:g}"


def _change(found: Snap) -> Any:
    """Return the square of the largest change of a matrix, relative to the matrix, exactly."""
    return max(found.squared_relative_distances)


def _lower_rank_lists(theta: Weights, tolerance: float) -> Iterator[RankList]:
    units = [_unit(scaled_floats(matrix).array) for matrix in theta.matrices]
    for ranks in nearby_rank_lists(units, tolerance):
        if ranks != theta.rank_list and ranks.at_most(theta.rank_list):
            yield ranks


def _onto(theta: Weights, ranks: RankList, height: int | None) -> Snap | None:
    """Return exact weights with these ranks near θ, or None if rounding never gives them."""
    if ranks == theta.rank_list and height is None:
        return Snap(theta, theta)
    floats = [scaled_floats(matrix) for matrix in theta.matrices]
    units = [_unit(matrix.array) for matrix in floats]
    flags = nearest_flags(units, ranks)
    if height is not None:
        return _of_height(theta, floats, flags, ranks, height)
    pairs = zip(units, flags[:-1], flags[1:], strict=True)
    least_changes = [float(np.linalg.norm(unit - projected(unit, *flag))) for unit, *flag in pairs]
    best = None
    for bits in _BITS:
        near = flag_coordinates(floats, flags, 2**bits)
        found = _rounded(theta, near, ranks, [matrix.exponent - bits for matrix in floats])
        best = found or best
        if found and all(map(_is_about, found.relative_distances, least_changes)):
            break
    return best


def _onto_floats(theta: Weights, ranks: RankList, precision: str) -> Snap | None:
    """Return the nearest weights of floats with these ranks that were found, or None."""
    if ranks == theta.rank_list and all(are_floats(matrix, precision) for matrix in theta.matrices):
        return Snap(theta, theta)
    floats = [scaled_floats(matrix) for matrix in theta.matrices]
    flags = nearest_flags([_unit(matrix.array) for matrix in floats], ranks)
    best = None
    for matrices in float_candidates(theta.matrices, floats, flags, precision):
        found = Snap(Weights(matrices), theta)
        if best is None or _change(found) < _change(best):
            best = found if found.weights.rank_list == ranks else best
    return best


def _is_about(change: float, least: float) -> bool:
    return change <= _ROUNDING * least


def _of_height(
    theta: Weights,
    floats: Sequence[ScaledFloats],
    flags: Sequence[Flag],
    ranks: RankList,
    height: int,
) -> Snap | None:
    """Try all grids of the flags, each with the finest grids of the matrices that are low enough.

    Finer grids make entries higher, so the finest one is found by bisection.
    """
    best, grids = None, range(min(height.bit_length(), max(_BITS)))
    for bits in grids:
        near = flag_coordinates(floats, flags, 2**bits)

        def too_high(fine: int, near: FlagCoordinates = near) -> bool:
            return max(map(_height, near.rounded([-fine] * len(floats)))) > height

        for fine in reversed(range(bisect_left(grids, True, key=too_high))):
            found = _rounded(theta, near, ranks, [-fine] * len(floats))
            if found and found.height <= height:
                if best is None or _change(found) < _change(best):
                    best = found
                break
    return best


def _rounded(
    theta: Weights, near: FlagCoordinates, ranks: RankList, steps: Sequence[int]
) -> Snap | None:
    """Round to a grid; None if that gives other ranks."""
    for raised in (0.0, float(max(ranks.widths))):
        weights = Weights(near.rounded(steps, raised))
        if weights.rank_list == ranks:
            return Snap(weights, theta)
    return None


def _height(matrix: Matrix) -> int:
    coordinates = (fmpq_mat(part) / matrix.denominator for part in matrix.coefficients)
    return max(max(abs(int(x.p)), int(x.q)) for part in coordinates for x in part.entries())


def _unit(matrix: Array) -> Array:
    """Divide by the norm; a zero matrix stays."""
    unit: Array = matrix / (np.linalg.norm(matrix) or 1.0)
    return unit
