"""What word-size primes tell about a rank: a nonzero minor below it, vanishing minors above."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from flint import nmod_mat

from linnet_exact.algebra.ranks.evidence import Minor
from linnet_exact.algebra.ranks.residue_maps import Place, images
from linnet_exact.interruption import interruptible

if TYPE_CHECKING:
    from linnet_exact.algebra.arrays.entries import Coefficients

__all__ = ["Echelon", "Image", "largest_minor", "places_beyond", "rank_exceeds"]


class Echelon(NamedTuple):
    """A reduced row echelon form, zero rows included, and its pivot columns."""

    form: nmod_mat
    pivots: tuple[int, ...]


@dataclass(frozen=True)
class Image:
    """The image of a matrix in a prime field, where the generator of its field becomes a root."""

    matrix: nmod_mat
    root: int

    @cached_property
    def by_columns(self) -> Echelon:
        """The echelon form: which columns the others depend on, and how."""
        return _echelon(self.matrix)

    @cached_property
    def by_rows(self) -> Echelon:
        """The echelon form of the transpose: which rows the others depend on, and how."""
        transposed = self.matrix.transpose()
        square = transposed.nrows() == transposed.ncols()
        if square and not transposed - self.matrix:  # == compares entries as Python objects
            return self.by_columns
        return _echelon(transposed)

    @cached_property
    def minor(self) -> Minor:
        """A minor, as large as possible, that is not 0 in the image."""
        # Independent rows, as many as the rank, meet independent columns in an invertible block.
        columns = self.by_columns.pivots
        full = len(columns) == self.matrix.nrows()
        rows = tuple(range(len(columns))) if full else self.by_rows.pivots
        return Minor(int(self.matrix.modulus()), self.root, rows, columns)


def _echelon(reduced: nmod_mat) -> Echelon:
    form, rank = interruptible(nmod_mat.rref, reduced)
    if rank == reduced.ncols():
        return Echelon(form, tuple(range(rank)))
    pivots: list[int] = []
    for column in range(form.ncols()):
        if len(pivots) < rank and int(form[len(pivots), column]):
            pivots.append(column)
    return Echelon(form, tuple(pivots))


def largest_minor(reduced: nmod_mat, root: int) -> Minor:
    """Return a minor, as large as possible, that is not 0 in an image of a matrix modulo a prime.

    Examples
    --------
    >>> largest_minor(nmod_mat(2, 2, [0, 2, 0, 4], 7), root=0)
    Minor(prime=7, root=0, rows=(0,), columns=(1,))
    """
    return Image(reduced, root).minor


def places_beyond(bound: int, places: Iterable[Place]) -> tuple[Place, ...]:
    """Return the first places, as many as it takes for the product of their squares to reach B.

    The root counts: a place with s roots multiplies the product by p^(2s).

    Examples
    --------
    >>> places_beyond(10**4, [Place(7, (1, 2)), Place(11, (5,)), Place(13, (5,))])
    (Place(prime=7, roots=(1, 2)), Place(prime=11, roots=(5,)))
    """
    chosen: list[Place] = []
    square = 1
    for place in places:
        if square >= bound:
            break
        chosen.append(place)
        square *= place.prime ** (2 * len(place.roots))
    return tuple(chosen)


def rank_exceeds(rank: int, coefficients: "Coefficients", places: Iterable[Place]) -> bool:
    """Return whether some image of a matrix modulo a prime has a larger rank than the given one.

    Examples
    --------
    >>> from flint import fmpz_mat
    >>> rank_exceeds(1, (fmpz_mat([[1, 2], [3, 4]]),), [Place(2, (0,)), Place(7, (0,))])
    True
    """
    return any(
        interruptible(nmod_mat.rank, image) > rank
        for place in places
        for image in images(coefficients, place)
    )
