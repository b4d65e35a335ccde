"""Exact pseudo-random points of a stratum, with entries of bounded size.

A stratum of weight space is one orbit of G, so a walk by elementary matrices of G that starts at
the canonical weights reaches points without any special shape. Steps that would make an entry too
large are not taken, so the bound holds by construction.
"""

from collections.abc import Sequence
from math import lcm
from random import Random
from typing import TYPE_CHECKING, Any, TypeAlias

from flint import fmpz_mat

from linnet_exact.algebra import QQ, Field, Matrix
from linnet_exact.algebra.fields.field import common_field
from linnet_exact.arguments import as_boolean, as_integer, wrong_type
from linnet_exact.errors import CertificateError, InputError, ShapeError
from linnet_exact.strata import Barcode
from linnet_exact.weights.canonical import canonical_weights
from linnet_exact.weights.forms import as_field, as_matrix
from linnet_exact.weights.weights import Weights

if TYPE_CHECKING:
    import numpy as np

    from linnet_exact.strata import Stratum

__all__ = ["DEFAULT_HEIGHT", "checked_point", "require_height", "require_target", "sample"]

DEFAULT_HEIGHT = 9

Integers: TypeAlias = "np.ndarray[Any, Any]"


def sample(
    barcode: "Barcode | Stratum | str",
    seed: int | str = 0,
    height: int = DEFAULT_HEIGHT,
    field: Field | str = QQ,
    *,
    sparse: bool = False,
    target: Matrix | None = None,
) -> Weights:
    """Return a pseudo-random point of the stratum of a barcode.

    Parameters
    ----------
    barcode : Barcode, Stratum, anything with a barcode, or text
        Where the weights shall lie.
    seed : int or str
        The same seed gives the same weights.
    height : int
        Entries are integers (over Q(a): integer combinations of 1, a, …) of at most this size.
    field : Field or text
        Over Q(a) there are entries outside Q, if the height allows them.
    sparse : bool
        Whether most entries shall be 0; otherwise hardly any is.
    target : Matrix, optional
        The product W that the weights shall have. Then the bound on their size holds before a
        change of bases at input and output, which has to follow W.

    Raises
    ------
    InputError
        If the height is not positive, or the target has another rank than the barcode.
    ShapeError
        If the target is not d_L × d_0.
    TooLargeError
        If there would be too many weights.
    CertificateError
        If the weights found fail their exact check: a fault of this program.

    Examples
    --------
    >>> theta = sample(Barcode.parse("0-0,0-2,1-1:2,2-2"), seed=1)
    >>> str(theta.barcode), theta == sample(theta.barcode, seed=1)
    ('0-0,0-2,1-1:2,2-2', True)
    >>> W = Matrix([["1/2", 1], [1, 2]])
    >>> sample(theta.barcode, target=W).product() == W
    True
    """
    barcode, field = Barcode.of(barcode), as_field(field)
    sparse = as_boolean(sparse, "sparse")
    if isinstance(seed, bool) or not isinstance(seed, int | str):
        raise wrong_type("seed", "an integer or a text", seed)
    require_height(as_integer(height, "height"))
    target = None if target is None else as_matrix(target, "target")
    if target is not None:
        require_target(barcode, target)
        field = common_field([field, target.field])
    walk = _Walk(barcode, Random(f"{seed}:{barcode}"), height, field, fixed=target is not None)
    walk.permute_with_signs()
    if sparse:
        walk.shear_layers(rounds=1, steps=[width // 2 for width in barcode.widths])
    else:
        # About log(width) rounds, where every unit meets another one, leave no entry alone.
        rounds = 2 + max(barcode.widths).bit_length()
        walk.shear_layers(rounds, [2 * width if width > 1 else 0 for width in barcode.widths])
    theta = walk.weights()
    return checked_point(theta if target is None else _with_product(theta, target), barcode, target)


def checked_point(theta: Weights, barcode: Barcode, target: Matrix | None) -> Weights:
    """Return the weights, after certifying their barcode and comparing their product.

    Raises
    ------
    CertificateError
        If they are not on the stratum, or do not have the product that was asked for.

    Examples
    --------
    >>> checked_point(Weights([[[2]]]), Barcode.parse("0-1"), Matrix([[2]])).network
    Network(1, 1)
    """
    if theta.barcode != barcode:
        raise CertificateError(f"sampled weights have barcode {theta.barcode}, not {barcode}")
    if target is not None and theta.product() != target:
        raise CertificateError("sampled weights do not have the target as their product")
    return theta


def require_height(height: int) -> None:
    """Raise an `InputError` unless entries of this size can be nonzero.

    Examples
    --------
    >>> require_height(1)
    """
    if height < 1:
        raise InputError(f"the height must be at least 1, not {height}")


def require_target(barcode: Barcode, target: Matrix) -> None:
    """Refuse a product that no weights with this barcode have.

    Raises
    ------
    ShapeError
        If the matrix is not d_L × d_0.
    InputError
        If its rank is not that of the barcode.

    Examples
    --------
    >>> require_target(Barcode.parse("0-1"), Matrix([[5]]))
    """
    shape = barcode.widths[-1], barcode.widths[0]
    if target.shape != shape:
        raise ShapeError(
            f"the target is {target.nrows}x{target.ncols}; products of weights of widths "
            f"{barcode.network} are {shape[0]}x{shape[1]} (outputs x inputs)",
            expected=shape,
            found=target.shape,
        )
    rank = target.rank()
    if rank != barcode.rank:
        raise InputError(
            f"the target has rank {rank}, but weights with barcode {barcode} have products of "
            f"rank {barcode.rank} (the multiplicity of 0-{barcode.depth})"
        )


def _with_product(theta: Weights, target: Matrix) -> Weights:
    """Change the bases at input and output: from the product of the canonical weights to W."""
    # The strands 0-L come last at the input and first at the output, as they do in one layer.
    flow = Weights([target], theta.field).flow()
    matrices = list(theta.matrices)
    matrices[0] = matrices[0] @ flow.inverses[0]
    matrices[-1] = flow.bases[1] @ matrices[-1]
    return Weights(matrices)


class _Walk:
    """Weights on their way through the orbit of the canonical ones, as arrays of integers.

    Array j − 1 has shape d_j × d_{j−1} × e: the coordinates in 1, a, …, a^(e−1) of W_j's entries.
    With `fixed`, the product of the weights stays as it is.
    """

    def __init__(
        self, barcode: Barcode, random: Random, height: int, field: Field, fixed: bool
    ) -> None:
        import numpy as np

        self.random, self.height, self.field = random, height, field
        self.widths, self.depth, self.rank = barcode.widths, barcode.depth, barcode.rank
        self.fixed = fixed
        dtype, self.factors, self.multiples = _scalars(field, height)
        self.arrays: list[Integers] = []
        for matrix in canonical_weights(barcode).matrices:
            entries = [int(x) for x in matrix.coefficients[0].entries()]
            array = np.zeros((*matrix.shape, field.degree), dtype=dtype)
            array[:, :, 0] = np.array(entries, dtype=np.int64).reshape(matrix.shape)
            self.arrays.append(array)
        if field.degree > 1 and not fixed:
            self._leave_the_rationals()

    def _leave_the_rationals(self) -> None:
        """Multiply each strand by a number at every step; that changes no rank."""
        for array in self.arrays:
            for row, column in zip(*array[:, :, 0].nonzero(), strict=True):
                array[row, column] = array[row, column] @ self.random.choice(self.multiples)

    def permute_with_signs(self) -> None:
        """Apply a signed permutation to the units of every layer that may be changed."""
        import numpy as np

        for layer, width in enumerate(self.widths):
            if self.fixed and layer in (0, self.depth):
                continue
            order = self.random.sample(range(width), width)
            signs = np.array([self.random.choice((-1, 1)) for _ in order]).reshape(-1, 1)
            if layer > 0:
                self.arrays[layer - 1] = self.arrays[layer - 1][order] * signs[:, None]
            if layer < self.depth:
                self.arrays[layer] = self.arrays[layer][:, order] * signs

    def shear_layers(self, rounds: int, steps: Sequence[int]) -> None:
        """Go through the layers some times, with a number of steps at each."""
        for _ in range(rounds):
            for layer, count in enumerate(steps):
                for _ in range(count):
                    source, goal = self.random.sample(range(self.widths[layer]), 2)
                    factor = self.random.choice(self.factors)
                    if not (self.fixed and self._changes_product(layer, source, goal)):
                        self._shear(layer, source, goal, factor)

    def _changes_product(self, layer: int, source: int, goal: int) -> bool:
        """Return whether the product, the canonical one, would change.

        Its columns are zero but for the last ones, its rows but for the first ones.
        """
        if layer == 0:
            return goal >= self.widths[0] - self.rank
        return layer == self.depth and source < self.rank

    def _shear(self, layer: int, source: int, goal: int, factor: Integers) -> None:
        """Add factor times unit `source` to unit `goal`, unless an entry gets too large."""
        incoming = outgoing = None
        if layer > 0:
            rows = self.arrays[layer - 1]
            incoming = rows[goal] + rows[source] @ factor
            if abs(incoming).max() > self.height:
                return
        if layer < self.depth:
            columns = self.arrays[layer]
            outgoing = columns[:, source] - columns[:, goal] @ factor
            if abs(outgoing).max() > self.height:
                return
        if incoming is not None:
            self.arrays[layer - 1][goal] = incoming
        if outgoing is not None:
            self.arrays[layer][:, source] = outgoing

    def weights(self) -> Weights:
        """Return the weights that the walk has come to."""
        matrices = []
        for array in self.arrays:
            m, n, e = array.shape
            parts = (fmpz_mat(m, n, array[:, :, k].ravel().tolist()) for k in range(e))
            matrices.append(Matrix.from_coefficients(self.field, tuple(parts), 1))
        return Weights(matrices, self.field)


def _scalars(field: Field, height: int) -> tuple[Any, list[Integers], list[Integers]]:
    """Return a type for coordinates, and what units and what strands are multiplied by.

    Multipliers are matrices on rows of coordinates. Units: over Q, ±1 and ±2; over Q(a), ±1 and
    ±c a with the leading coefficient c of a's integer polynomial, which keeps coordinates
    integral. Strands: ±c a and ±(1 + c a).
    """
    import numpy as np

    e = field.degree
    unit = np.identity(e, dtype=object)
    leading = lcm(*(c.denominator for c in field.minimal_polynomial))
    if e == 1:
        units, multiples = [-2 * unit, -unit, unit, 2 * unit], [-unit, unit]
    elif leading > height:
        units, multiples = [-unit, unit], [-unit, unit]
    else:
        times = np.zeros((e, e), dtype=object)
        times[:-1, 1:] = leading * np.identity(e - 1, dtype=object)
        times[-1] = [int(-c * leading) for c in field.minimal_polynomial[:e]]
        units = [-times, -unit, unit, times]
        multiples = [-times, times, unit + times, -unit - times]
    # Coordinates never exceed the height, so a step makes none larger than height + e height t,
    # t the largest entry of a multiplier. Multiples act on 1 only: their first rows are at most
    # 1 + c <= 1 + t in size. What fits a word in every step, and every partial sum, is int64.
    largest = max(int(abs(factor).max()) for factor in [*units, *multiples])
    if height * (1 + e * largest) < 2**63:
        word = [[factor.astype(np.int64) for factor in part] for part in (units, multiples)]
        return np.int64, word[0], word[1]
    return object, units, multiples
