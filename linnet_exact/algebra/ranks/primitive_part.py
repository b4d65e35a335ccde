"""The integer array of a matrix, freed of what its rows and columns have in common.

A matrix keeps its rank when rows and columns are multiplied by nonzero numbers. What can be
divided out makes every bound on its minors smaller: rows or columns of very different size,
as in float64 weights taken exactly, would otherwise make the numbers long.
"""

from typing import TYPE_CHECKING, Any, TypeAlias

from flint import fmpz_mat

from linnet_exact.algebra.arrays.packing import packed_entries

if TYPE_CHECKING:
    import numpy as np

    from linnet_exact.algebra.arrays.array import ExactArray
    from linnet_exact.algebra.arrays.entries import Coefficients

__all__ = ["AT_ONCE", "IntegerArray", "height_bits", "integer_array", "primitive_part"]

IntegerArray: TypeAlias = "np.ndarray[Any, Any]"
"""An array of int64, or of Python integers where these may overflow; never of floats."""

AT_ONCE = 1 << 18
"""So many entries are read as one list, which is twice as fast as one by one."""

FEW = 16  # entries of a row or column that are looked at first

WORD = 61  # bits that leave room for a sum of two and for a sign


def integer_array(matrix: "ExactArray") -> IntegerArray:
    """Return the coefficients N_0, ..., N_(e-1), the denominator left out, as e x m x n integers.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> integer_array(Matrix([["1/2", 3]])).tolist()
    [[[1, 6]]]
    """
    import numpy as np

    packed = [packed_entries(part) for part in matrix.coefficients]
    if all(part is not None for part in packed):
        array: IntegerArray = np.array(packed)
        if height_bits(array) <= WORD:
            return array
    try:
        array = _read(matrix, np.int64)
        if height_bits(array) <= WORD:
            return array
    except OverflowError:
        pass
    return _read(matrix, object)


def primitive_part(
    matrix: "ExactArray", array: "IntegerArray | None" = None
) -> "tuple[IntegerArray, Coefficients]":
    """Return the coefficients N_0, ..., N_(e-1), primitive in every row and then in every column.

    The denominator, and the greatest common divisor first of every row and then of every column of
    the N's taken together, are divided out.

    Parameters
    ----------
    array
        The `integer_array` of the matrix, if there is one already.

    Returns
    -------
    array, coefficients
        The same integers twice: as an array, e x m x n, and as FLINT matrices.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> primitive_part(Matrix([[2, 4], [9, 9]]))[0].tolist()
    [[[1, 2], [1, 1]]]
    """
    import numpy as np

    if array is None:
        array = integer_array(matrix)
    divided = False
    for axis in (2, 1):
        content = _contents(array, axis)
        if (content > 1).any():
            array = array // np.where(content == 0, 1, content)
            divided = True
    if array.dtype == object and height_bits(array) <= WORD:
        array = array.astype(np.int64)
    return array, _from_array(array) if divided else matrix.coefficients


def _contents(array: IntegerArray, axis: int) -> IntegerArray:
    """Return the greatest common divisors along two axes; mostly a few entries show them."""
    import numpy as np

    def common(numbers: IntegerArray) -> IntegerArray:
        # The divisor that NumPy finds of a single number has its sign.
        return abs(np.gcd.reduce(np.gcd.reduce(numbers, axis=axis, keepdims=True), axis=0))

    content = common(array[:, :, :FEW] if axis == 2 else array[:, :FEW])
    return common(array) if (content != 1).any() else content


def _read(matrix: "ExactArray", dtype: Any) -> IntegerArray:
    """Read all; if it is large row by row: a list of all entries would take too much space."""
    import numpy as np

    array = np.empty((matrix.field.degree, *matrix.shape), dtype)
    columns = range(matrix.ncols)
    for k, part in enumerate(matrix.coefficients):
        if array[k].size <= AT_ONCE:
            entries = part.entries() if dtype is np.int64 else map(int, part.entries())
            array[k] = np.fromiter(entries, dtype, array[k].size).reshape(matrix.shape)
            continue
        for i in range(matrix.nrows):
            array[k, i] = [int(part[i, j]) for j in columns]
    return array


def _from_array(array: IntegerArray) -> "Coefficients":
    _, nrows, ncols = array.shape
    return tuple(fmpz_mat(nrows, ncols, part.ravel().tolist()) for part in array)


def height_bits(array: IntegerArray) -> int:
    """Return the number of bits of the largest absolute value.

    Examples
    --------
    >>> import numpy as np
    >>> height_bits(np.array([3, -8]))
    4
    """
    return max(int(array.max(initial=0)), -int(array.min(initial=0))).bit_length()
