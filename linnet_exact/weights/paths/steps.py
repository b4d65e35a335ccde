"""The steps of a path inside a fiber: each has a parameter t from 0 to 1, and is exact for every t.

A step can prove that it is what it says, for all t at once, from its matrices alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.algebra.fields.ways_past_zero import avoids_zero
from linnet_exact.algebra.matrices.near_triangular import is_dominant
from linnet_exact.algebra.numbers.rational import to_fraction
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.strata import Barcode
from linnet_exact.weights.moves.degeneration import rank_list_off_zero
from linnet_exact.weights.moves.one_matrix import OneMatrixMove
from linnet_exact.weights.weight_vector import WeightVector
from linnet_exact.weights.weights import Weights

__all__ = ["GroupStep", "MoveStep", "Step"]

PROBE = Fraction(1, 3)
"""A parameter inside each step at which a check also multiplies everything out."""


@dataclass(frozen=True)
class GroupStep:
    """θ(t) = g(t)·θ with g_j(t) = F_j (1 + t (T_j − 1)) F_j^{-1} in G_W: a step on one stratum.

    Attributes
    ----------
    start : WeightVector
        θ.
    frames : tuple of Matrix
        F_0, …, F_L, invertible.
    factors : tuple of Matrix
        T_0, …, T_L, triangular, or over Q strictly diagonally dominant. As the straight lines from
        1 to the entries of their diagonals avoid 0, every g_j(t) with t in [0, 1] is invertible.
    inverses : tuple of Matrix
        F_0^{-1}, …, F_L^{-1}; found if they are not given.

    Examples
    --------
    >>> one, two = Matrix([[1]]), Matrix([[2]])
    >>> step = GroupStep(Weights([[[3]], [[1]]]), (two, two, two), (one, two, one))
    >>> step.kind, step.at("1/2").matrices
    ('scale', (Matrix([['9/2']]), Matrix([['2/3']])))
    >>> step.check()
    """

    start: WeightVector
    frames: tuple[Matrix, ...]
    factors: tuple[Matrix, ...]
    inverses: tuple[Matrix, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.inverses:
            found = tuple(frame.inverse() for frame in self.frames)
            object.__setattr__(self, "inverses", found)

    @property
    def kind(self) -> str:
        """``"shear"`` if the diagonal of every factor is 1, else ``"scale"``."""
        return "shear" if all(x == 1 for x in self._diagonals) else "scale"

    @property
    def barcode(self) -> Barcode:
        """The barcode of all points of the step."""
        return self.start.barcode

    @cached_property
    def coordinates(self) -> Weights:
        """F_j^{-1} W_j F_{j−1}, θ in the frames: short numbers where those of θ are long."""
        pairs = zip(self.start.matrices, self.frames, strict=False)
        images = [matrix @ frame for matrix, frame in pairs]
        return Weights([i @ image for i, image in zip(self.inverses[1:], images, strict=True)])

    @cached_property
    def end(self) -> Weights:
        """θ(1)."""
        return self._in_frames(*self.end_frames)

    @cached_property
    def end_frames(self) -> tuple[tuple[Matrix, ...], tuple[Matrix, ...]]:
        """F_0 T_0, …, F_L T_L and their inverses: the frames of a step that continues this one."""
        return self._frames_at(Fraction(1))

    def at(self, t: object) -> Weights:
        """Return θ(t) for a rational t from 0 to 1.

        Raises
        ------
        InputError
            If t is not a rational number from 0 to 1.
        """
        return self._in_frames(*self._frames_at(_time(t)))

    def _frames_at(self, t: Fraction) -> tuple[tuple[Matrix, ...], tuple[Matrix, ...]]:
        frames, inverses = list(self.frames), list(self.inverses)
        for j, factor in enumerate(self.factors):
            unit = Matrix.identity(factor.nrows)
            if factor != unit:
                g = unit + (factor - unit) * t
                frames[j], inverses[j] = frames[j] @ g, g.inverse() @ inverses[j]
        return tuple(frames), tuple(inverses)

    def _in_frames(self, frames: Sequence[Matrix], inverses: Sequence[Matrix]) -> Weights:
        """Return the weights with the coordinates of θ in other frames."""
        triples = zip(frames[1:], self.coordinates.matrices, inverses, strict=False)
        return Weights([frame @ matrix @ inverse for frame, matrix, inverse in triples])

    def check(self) -> None:
        """Prove that every θ(t) has the product and the barcode of θ.

        Raises
        ------
        CertificateError
            If it is not so.
        """
        if not all(_is_triangular(factor) or is_dominant(factor) for factor in self.factors):
            raise CertificateError("a factor of a step is neither triangular nor dominant")
        if not all(map(avoids_zero, self._diagonals)):
            raise CertificateError("a group element of a step becomes singular on the way")
        for frame, inverse in zip(self.frames, self.inverses, strict=True):
            if frame @ inverse != Matrix.identity(frame.nrows):
                raise CertificateError("a frame of a step times its inverse is not the identity")
        product = self.coordinates.product()
        if self.factors[-1] @ product != product @ self.factors[0]:
            raise CertificateError("the group elements of a step do not stabilise the product")
        # In coordinates numbers are short, and 1 + t (T_j - 1) is the group element.
        units = tuple(Matrix.identity(factor.nrows) for factor in self.factors)
        _check_probe(GroupStep(self.coordinates, units, self.factors, units), self.barcode)

    @property
    def _diagonals(self) -> list[Scalar]:
        return [factor[i, i] for factor in self.factors for i in range(factor.nrows)]


@dataclass(frozen=True)
class MoveStep:
    """θ(t) = θ + t ε u vᵀ: a step along an edge of the stratum DAG.

    All points but the lower end, which is θ for a rising move and θ(1) for a reversed one, are on
    the upper stratum.

    Attributes
    ----------
    start : WeightVector
        θ.
    move : OneMatrixMove
        A connecting or swapping move, or the reverse of one.

    Examples
    --------
    >>> from linnet_exact.strata import Interval, Move
    >>> from linnet_exact.weights.moves.one_matrix import rising_move
    >>> theta = Weights([[[0]], [[0]]])
    >>> step = MoveStep(theta, rising_move(theta.flow(), Move(Interval(0, 0), Interval(1, 1))))
    >>> step.at("1/2").matrices, str(step.barcode)
    ((Matrix([['1/2']]), Matrix([[0]])), '0-1,2-2')
    >>> step.check()
    """

    start: WeightVector
    move: OneMatrixMove

    @property
    def kind(self) -> str:
        """``"connect"`` or ``"swap"``."""
        return self.move.kind

    @property
    def up(self) -> bool:
        """Whether the step leaves the lower stratum, and does not arrive at it."""
        return self.move.rises

    @property
    def barcode(self) -> Barcode:
        """The barcode of all points but the lower end."""
        return self.move.after if self.up else self.move.before

    @cached_property
    def end(self) -> Weights:
        """θ(1)."""
        return self.at(1)

    def at(self, t: object) -> Weights:
        """Return θ(t) for a rational t from 0 to 1.

        Raises
        ------
        InputError
            If t is not a rational number from 0 to 1.
        """
        return self.move.moved(self.start, _time(t))

    def check(self) -> None:
        """Prove that every θ(t) has the product of θ and the barcode that the move says.

        Raises
        ------
        CertificateError
            If it is not so.
        """
        lower, low, high = self.start, self.move.before, self.move.after
        if not self.up:
            lower, low, high = self.end, high, low
        if lower.barcode != low:
            raise CertificateError(f"the lower end of a step is on {lower.barcode}, not on {low}")
        found = rank_list_off_zero(lower, self.move).barcode
        if found != high:
            raise CertificateError(f"a step is on {found}, not on {high}")
        _check_probe(self, self.barcode)


Step: TypeAlias = GroupStep | MoveStep


def _check_probe(step: Step, barcode: Barcode) -> None:
    """Multiply everything out at one parameter: the proofs say the same of all of them."""
    point = step.at(PROBE)
    if point.product() != step.start.product() or point.barcode != barcode:
        raise CertificateError("a point of a step is not where the step says")


def _is_triangular(matrix: Matrix) -> bool:
    parts = matrix.coefficients
    return all(part.is_lower_triangular() for part in parts) or all(
        part.is_upper_triangular() for part in parts
    )


def _time(t: object) -> Fraction:
    time = to_fraction(t)
    if not 0 <= time <= 1:
        raise InputError(f"the parameter of a step must be between 0 and 1, not {t}")
    return time
