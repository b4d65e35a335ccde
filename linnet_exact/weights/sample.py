"""Exact pseudo-random points of a stratum, with entries of bounded size.

A stratum of weight space is one orbit of G, so a walk by elementary matrices of G that starts at
the canonical weights reaches points without any special shape. Steps that would make an entry too
large are not taken, so the bound holds by construction.
"""

from random import Random
from typing import TypeAlias

from linnet_exact.algebra import QQ, Field
from linnet_exact.errors import InputError
from linnet_exact.strata import Barcode
from linnet_exact.weights.canonical import canonical_weights
from linnet_exact.weights.weights import Weights

__all__ = ["DEFAULT_HEIGHT", "sample"]

DEFAULT_HEIGHT = 9

Rows: TypeAlias = list[list[int]]


def sample(
    barcode: Barcode, seed: int | str = 0, height: int = DEFAULT_HEIGHT, field: Field = QQ
) -> Weights:
    """Return a pseudo-random point of the stratum of a barcode; it is dense, not canonical.

    Parameters
    ----------
    seed : int or str
        The same seed gives the same weights.
    height : int
        Entries are integers (over Q(a): integer combinations of 1, a, …) of at most this size.

    Raises
    ------
    InputError
        If the height is not positive.
    TooLargeError
        If there would be too many weights.

    Examples
    --------
    >>> theta = sample(Barcode.parse("0-0,0-2,1-1:2,2-2"), seed=1)
    >>> str(theta.barcode), theta == sample(theta.barcode, seed=1)
    ('0-0,0-2,1-1:2,2-2', True)
    """
    if height < 1:
        raise InputError(f"the height must be at least 1, not {height}")
    random = Random(f"{seed}:{barcode}")
    start = canonical_weights(barcode)
    matrices = [[[int(x) for x in row] for row in matrix.rows()] for matrix in start.matrices]
    for layer, width in enumerate(barcode.widths):
        _permute_with_signs(matrices, layer, width, random)
    # About log(width) rounds, in each of which every unit meets another one, leave no entry alone.
    for _ in range(2 + max(barcode.widths).bit_length()):
        for layer, width in enumerate(barcode.widths):
            for _ in range(2 * width if width > 1 else 0):
                source, goal = random.sample(range(width), 2)
                _shear(matrices, layer, source, goal, random.choice((-2, -1, 1, 2)), height)
    return Weights(matrices, field)


def _permute_with_signs(matrices: list[Rows], layer: int, width: int, random: Random) -> None:
    """Apply a signed permutation to the units of one layer."""
    order = random.sample(range(width), width)
    signs = [random.choice((-1, 1)) for _ in order]
    if layer > 0:
        rows = matrices[layer - 1]
        rows[:] = [[s * x for x in rows[at]] for at, s in zip(order, signs, strict=True)]
    if layer < len(matrices):
        for row in matrices[layer]:
            row[:] = [s * row[at] for at, s in zip(order, signs, strict=True)]


def _shear(
    matrices: list[Rows], layer: int, source: int, goal: int, factor: int, height: int
) -> None:
    """Add factor times unit `source` to unit `goal` of a layer, unless an entry gets too large."""
    incoming = outgoing = None
    if layer > 0:
        rows = matrices[layer - 1]
        incoming = [x + factor * y for x, y in zip(rows[goal], rows[source], strict=True)]
        if max(map(abs, incoming)) > height:
            return
    if layer < len(matrices):
        outgoing = [row[source] - factor * row[goal] for row in matrices[layer]]
        if max(map(abs, outgoing)) > height:
            return
    if incoming is not None:
        matrices[layer - 1][goal] = incoming
    if outgoing is not None:
        for row, x in zip(matrices[layer], outgoing, strict=True):
            row[source] = x
