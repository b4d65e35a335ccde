"""The proof itself: ranks of blocks summed to quadratic forms, compared with the formulas.

Every point of a stratum is g·Ĩ with Ĩ canonical and g in G_W, so ranks at the canonical point are
those at every point. They are sums over ordered pairs of strands, p of P and q of Q, of the rank
of the block (P, Q), hence quadratic forms in the multiplicities ω. A formula that is the same
polynomial in the ω holds for every barcode of that depth, whatever its widths.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from linnet_exact.arguments import as_integer
from linnet_exact.claims.proof.blocks import BlockRanks, block, ranks_of
from linnet_exact.claims.proof.counts import differential_by_ranks, identities_of_counts
from linnet_exact.claims.proof.moves import is_basis_of_block, move_vectors
from linnet_exact.claims.proof.ring import Form, Identity, Ring, quadratic_form
from linnet_exact.errors import InputError
from linnet_exact.strata import Interval
from linnet_exact.strata.values.interval import ext

__all__ = ["MAX_DEPTH", "Proof", "prove"]

MAX_DEPTH = 10


@dataclass(frozen=True)
class Proof:
    """The dimension theorem, the rank of dμ and the count of moves for all widths of one depth.

    Attributes
    ----------
    depth : int
    blocks : dict
        From ordered pairs of bar types to the exact ranks of their block.
    moves_are_bases : bool
        Whether in every block the vectors of the moves are bases of its tangent and normal spaces.
    identities : tuple of Identity
        The dimension of the stratum, the rank of dμ, and the moves that stay or leave.
    counts : tuple of Identity
        The number of moves of each kind.

    Examples
    --------
    >>> proof = prove(2)
    >>> len(proof.blocks), proof.holds
    (36, True)
    """

    depth: int
    blocks: dict[tuple[Interval, Interval], BlockRanks] = field(repr=False)
    moves_are_bases: bool
    identities: tuple[Identity, ...] = field(repr=False)
    counts: tuple[Identity, ...] = field(repr=False)

    @property
    def holds(self) -> bool:
        """Whether everything that was to be shown is shown."""
        return self.moves_are_bases and all(
            identity.holds for identity in (*self.identities, *self.counts)
        )

    def to_jsonable(self) -> dict[str, Any]:
        """Return what was proved, in JSON.

        Examples
        --------
        >>> list(prove(1).to_jsonable())
        ['depth', 'blocks', 'identity', 'identities']
        """
        rows = [
            {
                "name": identity.name,
                "formula": identity.formula,
                "coefficients": identity.coefficients,
                "holds": identity.holds,
            }
            for identity in (*self.identities, *self.counts)
        ]
        return {
            "depth": self.depth,
            "blocks": len(self.blocks),
            "identity": self.holds,
            "identities": rows,
        }


def prove(depth: int) -> Proof:
    """Prove the dimension theorem for every width vector of one depth.

    Raises
    ------
    InputError
        If the depth is not between 1 and `MAX_DEPTH`.

    Examples
    --------
    >>> for identity in prove(1).identities:
    ...     print(identity.name, identity.holds)
    slots True
    dimension True
    differential by bars True
    differential by ranks True
    tangent moves True
    normal moves True
    """
    depth = as_integer(depth, "depth")
    if not 1 <= depth <= MAX_DEPTH:
        raise InputError(f"the depth must be between 1 and {MAX_DEPTH}, not {depth}")
    ring = Ring(depth)
    blocks, tangent_moves, normal_moves = {}, {}, {}
    moves_are_bases = True
    for source in ring.bars:
        for target in ring.bars:
            pair = (source, target)
            matrices = block(depth, source, target)
            blocks[pair] = ranks_of(matrices)
            vectors = move_vectors(matrices, depth)
            moves_are_bases &= is_basis_of_block(matrices, vectors, blocks[pair].tangent)
            tangent_moves[pair] = len(vectors.tangent)
            normal_moves[pair] = len(vectors.normal)

    def summed(number: Callable[[BlockRanks], int]) -> Form:
        return quadratic_form(ring, {pair: number(ranks) for pair, ranks in blocks.items()})

    dimension = _dimension(ring)
    identities = (
        Identity(
            "slots",
            "d_θ = Σ_j d_j d_j−1",
            r"d_\theta = \sum_{j=1}^{L} d_j d_{j-1}",
            summed(lambda ranks: ranks.slots),
            ring.weights(),
        ),
        Identity(
            "dimension",
            "dim S = d_θ − r(d_0 + d_L − r) − Σ ω_kh ω_li over h < i ≤ k+1 ≤ l",
            r"\dim S = d_\theta - r(d_0 + d_L - r) "
            r"- \sum_{h < i \le k+1 \le l} \omega_{kh}\,\omega_{li}",
            summed(lambda ranks: ranks.tangent),
            dimension,
        ),
        Identity(
            "differential by bars",
            "rk dμ = Σ ω_k0 ω_Li over i ≤ k+1",
            r"\operatorname{rk} d\mu = \sum_{i \le k+1} \omega_{k0}\,\omega_{Li}",
            summed(lambda ranks: ranks.differential),
            _differential_by_bars(ring),
        ),
        Identity(
            "differential by ranks",
            "rk dμ = Σ_j r_L~j r_j−1~0 − Σ_j r_L~j r_j~0",
            r"\operatorname{rk} d\mu = \sum_{j=1}^{L} r_{L\sim j}\,r_{j-1\sim 0} "
            r"- \sum_{j=1}^{L-1} r_{L\sim j}\,r_{j\sim 0}",
            summed(lambda ranks: ranks.differential),
            differential_by_ranks(ring),
        ),
        Identity(
            "tangent moves",
            "the number of one-matrix and two-matrix moves that stay on S is dim S",
            r"\#\{\text{tangent moves}\} = \dim S",
            quadratic_form(ring, tangent_moves),
            dimension,
        ),
        Identity(
            "normal moves",
            "the number of normal vectors is d_θ − dim S",
            r"\#\{\text{normal vectors}\} = d_\theta - \dim S",
            quadratic_form(ring, normal_moves),
            ring.weights() - dimension,
        ),
    )
    return Proof(depth, blocks, moves_are_bases, identities, identities_of_counts(ring, blocks))


def _dimension(ring: Ring) -> Form:
    rank = ring.rank(ring.depth, 0)
    products = rank * (ring.width(0) + ring.width(ring.depth) - rank)
    pairs = {(p, q): 1 for p in ring.bars for q in ring.bars if ext(p, q)}
    return ring.weights() - products - quadratic_form(ring, pairs)


def _differential_by_bars(ring: Ring) -> Form:
    inputs = [bar for bar in ring.bars if bar.start == 0]
    outputs = [bar for bar in ring.bars if bar.end == ring.depth]
    return quadratic_form(
        ring, {(p, q): 1 for p in inputs for q in outputs if q.start <= p.end + 1}
    )
