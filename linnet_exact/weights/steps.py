"""The steps of a path inside a fiber: each has a parameter t from 0 to 1, and is exact for every t.

A step can prove that it is what it says, for all t at once, from its matrices alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.field import Scalar
from linnet_exact.algebra.positive import avoids_zero
from linnet_exact.algebra.rational import to_fraction
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.strata import Barcode
from linnet_exact.weights.degeneration import rank_list_off_zero
from linnet_exact.weights.group import act
from linnet_exact.weights.moves import OneMatrixMove
from linnet_exact.weights.weights import Weights

__all__ = ["GroupStep", "MoveStep", "Step"]

PROBES = (Fraction(1, 3), Fraction(1, 2), Fraction(7, 8))
"""Parameters inside a step at which a check multiplies everything out."""


@dataclass(frozen=True)
class GroupStep:
    """θ(t) = g(t)·θ with g_j(t) = 1 + t N_j in G_W: a step on one stratum.

    Attributes
    ----------
    start : Weights
        θ.
    directions : tuple of Matrix
        N_0, …, N_L, with N_L W = W N_0.
    eigenvalues : tuple of tuples of numbers
        For each layer numbers λ, repeated where needed, such that ∏ (N_j − λ) = 0. As 1 + tλ is
        never 0 for t in [0, 1], every g_j(t) is invertible.

    Examples
    --------
    >>> from linnet_exact.algebra import QQ
    >>> step = GroupStep(Weights([[[3]]]), (Matrix([[1]]), Matrix([[1]])), ((QQ(1),), (QQ(1),)))
    >>> step.at("1/2").matrices
    (Matrix([[3]]),)
    >>> step.check()
    """

    start: Weights
    directions: tuple[Matrix, ...]
    eigenvalues: tuple[tuple[Scalar, ...], ...]

    @property
    def kind(self) -> str:
        """``"shear"`` if every N_j is nilpotent, else ``"scale"``."""
        return "scale" if any(map(any, self.eigenvalues)) else "shear"

    @property
    def barcode(self) -> Barcode:
        """The barcode of all points of the step."""
        return self.start.barcode

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
        time = _time(t)
        group = [
            Matrix.identity(direction.nrows, direction.field) + direction * time
            for direction in self.directions
        ]
        return act(group, self.start)

    def check(self) -> None:
        """Prove that every θ(t) has the product and the barcode of θ.

        Raises
        ------
        CertificateError
            If it is not so.
        """
        product = self.start.product()
        if self.directions[-1] @ product != product @ self.directions[0]:
            raise CertificateError("the group elements of a step do not stabilise the product")
        for j, (direction, roots) in enumerate(zip(self.directions, self.eigenvalues, strict=True)):
            unit = Matrix.identity(direction.nrows, direction.field)
            power = unit
            for root in roots:
                if not avoids_zero(direction.field(1 + root)):
                    raise CertificateError(f"the group element at layer {j} becomes singular")
                power = power @ (direction - unit * root)
            if not power.is_zero():
                raise CertificateError(f"the eigenvalues at layer {j} of a step are not all listed")
        _check_probes(self)


@dataclass(frozen=True)
class MoveStep:
    """θ(t) = θ + t ε u vᵀ: a step along an edge of the stratum DAG.

    All points but the lower end, which is θ for a rising move and θ(1) for a reversed one, are on
    the upper stratum.

    Attributes
    ----------
    start : Weights
        θ.
    move : OneMatrixMove
        A connecting or swapping move, or the reverse of one.

    Examples
    --------
    >>> from linnet_exact.strata import Interval, Move
    >>> from linnet_exact.weights.moves import rising_move
    >>> theta = Weights([[[0]], [[0]]])
    >>> step = MoveStep(theta, rising_move(theta.flow(), Move(Interval(0, 0), Interval(1, 1))))
    >>> step.at("1/2").matrices, str(step.barcode)
    ((Matrix([['1/2']]), Matrix([[0]])), '0-1,2-2')
    >>> step.check()
    """

    start: Weights
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
        _check_probes(self)


Step: TypeAlias = GroupStep | MoveStep


def _check_probes(step: Step) -> None:
    """Multiply everything out at a few parameters."""
    for point in _probes(step):
        if point.product() != step.start.product() or point.barcode != step.barcode:
            raise CertificateError("a point of a step is not where the step says")


def _probes(step: Step) -> Iterator[Weights]:
    return map(step.at, PROBES)


def _time(t: object) -> Fraction:
    time = to_fraction(t)
    if not 0 <= time <= 1:
        raise InputError(f"the parameter of a step must be between 0 and 1, not {t}")
    return time
