"""The tangent and normal vectors that moves give in a block, and the proof that they are bases."""

from linnet_exact.algebra import Matrix
from linnet_exact.claims.proof.blocks import Block

__all__ = ["MoveVectors", "is_basis_of_block", "move_vectors"]

from typing import NamedTuple

Vectors = list[list[int]]


class MoveVectors(NamedTuple):
    """Vectors in the slots of a block: unit vectors and differences, and what is normal to them."""

    tangent: Vectors
    normal: Vectors


def move_vectors(of: Block, depth: int) -> MoveVectors:
    """Return the vectors of the moves of a block, by the rule on its two bars alone.

    With P = [h, k] and Q = [i, l]: if h < i and k < l (rising), or h = 0 and l = L (through), the
    differences of consecutive slots are tangent (two-matrix moves) and their sum is normal;
    otherwise each slot by itself is tangent (one-matrix moves). Shewchuk and Bhattacharya, arXiv
    2404.14855.

    Examples
    --------
    >>> from linnet_exact.claims.proof.blocks import block
    >>> from linnet_exact.strata import Interval
    >>> move_vectors(block(3, Interval(0, 1), Interval(1, 2)), 3)
    MoveVectors(tangent=[[1, -1]], normal=[[1, 1]])
    """
    n = len(of.slots)
    (h, k), (i, l) = of.source, of.target
    rising, through = h < i and k < l, h == 0 and l == depth
    if not n:
        return MoveVectors([], [])
    if rising or through:
        differences = [[int(j == at) - int(j == at + 1) for j in range(n)] for at in range(n - 1)]
        return MoveVectors(differences, [[1] * n])
    return MoveVectors([[int(j == at) for j in range(n)] for at in range(n)], [])


def is_basis_of_block(of: Block, vectors: MoveVectors, tangent_rank: int) -> bool:
    """Return whether the vectors are bases of the tangent and of the normal space of a block.

    The tangent ones must be the image of the tangent map restricted to its condition, the normal
    ones orthogonal to it, and together they must be a basis of all slots.

    Examples
    --------
    >>> from linnet_exact.claims.proof.blocks import block
    >>> from linnet_exact.strata import Interval
    >>> swap = block(3, Interval(0, 1), Interval(1, 2))
    >>> is_basis_of_block(swap, move_vectors(swap, 3), 1)
    True
    """
    n, unknowns = len(of.slots), len(of.layers)
    if not n:
        return tangent_rank == 0
    condition = Matrix(of.condition, shape=(len(of.condition), unknowns))
    tangent_map = Matrix(of.tangent_map, shape=(n, unknowns))
    image = condition.null_space().image(tangent_map)
    tangent = Matrix(vectors.tangent, shape=(len(vectors.tangent), n)).row_space()
    normal = Matrix(vectors.normal, shape=(len(vectors.normal), n)).row_space()
    return (
        image == tangent
        and normal == image.orthogonal_complement()
        and tangent.dimension == len(vectors.tangent) == tangent_rank
        and normal.dimension == len(vectors.normal) == n - tangent_rank
    )
