"""What the square loss is measured on: samples, their second moments, or a target matrix alone."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from linnet_exact.algebra import Field, Matrix
from linnet_exact.algebra.fields.field import Scalar, common_field
from linnet_exact.errors import InputError, ShapeError
from linnet_exact.landscape.inertia.inertia import inertia
from linnet_exact.landscape.inertia.signs import require_real, require_symmetric
from linnet_exact.strata import Network
from linnet_exact.weights.forms import as_matrix

__all__ = ["Data", "trace"]


@dataclass(frozen=True)
class Data:
    """The second moments of samples, which are all that the square loss depends on.

    The loss of W is ½‖W X − Y‖² = ½ tr(W Σ Wᵀ) − tr(W Γᵀ) + ½ tr(Y Yᵀ).

    Attributes
    ----------
    sigma : Matrix
        Σ = X Xᵀ, d_0 × d_0, symmetric and positive semidefinite.
    gamma : Matrix
        Γ = Y Xᵀ, d_L × d_0.
    energy : Fraction or FieldElement
        tr(Y Yᵀ), the loss of W = 0 twice over.

    Raises
    ------
    ShapeError
        If the shapes do not fit together.
    InputError
        If Σ is not symmetric, or the field has no real embedding.

    Examples
    --------
    >>> data = Data.from_samples(Matrix([[1, 2]]), Matrix([[1, 3]]))
    >>> data.sigma, data.gamma, data.energy
    (Matrix([[5]]), Matrix([[7]]), Fraction(10, 1))
    >>> data.explained, data.rank, data.is_invertible, data.field
    (Matrix([['49/5']]), 1, True, QQ)
    """

    sigma: Matrix
    gamma: Matrix
    energy: Scalar = Fraction(0)

    def __post_init__(self) -> None:
        for name in ("sigma", "gamma"):
            object.__setattr__(self, name, as_matrix(getattr(self, name), name))
        require_symmetric(self.sigma, "Sigma")
        require_real(self.gamma.field, "Gamma")
        if self.gamma.ncols != self.sigma.nrows:
            raise ShapeError(
                f"Gamma is {self.gamma.nrows}x{self.gamma.ncols} (outputs x inputs) but Sigma is "
                f"{self.sigma.nrows}x{self.sigma.ncols} (inputs x inputs)"
            )

    @classmethod
    def of(cls, value: Any, name: str = "data") -> "Data":
        """Return the data that `value` is, or those of the target matrix that it is.

        Raises
        ------
        InputError
            If it is neither; `name` is that of the argument, for the message.

        Examples
        --------
        >>> Data.of([[5]]) == Data.from_target(Matrix([[5]]))
        True
        """
        return value if isinstance(value, Data) else cls.from_target(as_matrix(value, name))

    @classmethod
    def from_samples(cls, inputs: Matrix, outputs: Matrix) -> "Data":
        """Return the moments of samples, one in each column of X (d_0 × n) and Y (d_L × n).

        Raises
        ------
        ShapeError
            If X and Y do not have equally many columns.

        Examples
        --------
        >>> Data.from_samples([[1, 2]], [[1, 3]]).gamma
        Matrix([[7]])
        """
        inputs, outputs = as_matrix(inputs, "inputs"), as_matrix(outputs, "outputs")
        for samples, name in ((inputs, "X"), (outputs, "Y")):
            require_real(samples.field, name)
        if inputs.ncols != outputs.ncols:
            raise ShapeError(
                f"X has {inputs.ncols} samples and Y has {outputs.ncols}; samples are columns "
                f"(X is {inputs.nrows}x{inputs.ncols}, Y is {outputs.nrows}x{outputs.ncols})"
            )
        return cls(inputs @ inputs.T, outputs @ inputs.T, trace(outputs @ outputs.T))

    @classmethod
    def from_moments(cls, sigma: Matrix, gamma: Matrix, energy: Scalar = Fraction(0)) -> "Data":
        """Return given moments after checking that there are samples with these Σ and Γ.

        Raises
        ------
        InputError
            If Σ is not positive semidefinite, or a row of Γ is not in its row space: then the loss
            has no lower bound.

        Examples
        --------
        >>> Data.from_moments(Matrix([[2]]), Matrix([[1]])).regression
        Matrix([['1/2']])
        """
        data = cls(sigma, gamma, energy)
        sigma, gamma = data.sigma, data.gamma
        negative = inertia(sigma).negative
        if negative:
            raise InputError(
                f"Sigma has {negative} negative eigenvalue{'s' if negative > 1 else ''}; "
                f"X X^T has none"
            )
        spanned = sigma.row_space()
        for number in range(gamma.nrows):
            if gamma[number : number + 1, :] not in spanned:
                raise InputError(
                    f"row {number + 1} of Gamma is not in the row space of Sigma, as Y X^T and "
                    f"X X^T of samples are: the loss would have no lower bound"
                )
        return data

    @classmethod
    def from_target(cls, target: Matrix) -> "Data":
        """Return Σ = 1 and Γ = M, for the loss ½‖W − M‖².

        Examples
        --------
        >>> Data.from_target(Matrix([[3, 4]])).energy
        Fraction(25, 1)
        """
        target = as_matrix(target, "target")
        require_real(target.field, "the target")
        unit = Matrix.identity(target.ncols, target.field)
        return cls(unit, target, trace(target @ target.T))

    @property
    def field(self) -> Field:
        """The field of the entries."""
        return common_field([self.sigma.field, self.gamma.field])

    @cached_property
    def rank(self) -> int:
        """The rank ρ of Γ."""
        return self.gamma.rank()

    @cached_property
    def is_invertible(self) -> bool:
        """Whether Σ is invertible: whether the samples span the inputs."""
        return self.sigma.rank() == self.sigma.nrows

    @cached_property
    def regression(self) -> Matrix:
        """The least-squares solution Γ Σ⁻¹, d_L × d_0.

        Raises
        ------
        InputError
            If Σ is singular.
        """
        if not self.is_invertible:
            raise InputError(
                f"Sigma is singular: its rank is {self.sigma.rank()}, and there are "
                f"{self.sigma.nrows} inputs"
            )
        return self.sigma.solve(self.gamma.T).T

    @cached_property
    def explained(self) -> Matrix:
        """The symmetric matrix Γ Σ⁻¹ Γᵀ, d_L × d_L, whose eigenvalues the theory is about."""
        return self.regression @ self.gamma.T

    @property
    def least_energy(self) -> Scalar:
        """tr(Γ Σ⁺ Γᵀ), the least tr(Y Yᵀ) of samples with this Σ and Γ: those that W fits exactly.

        Examples
        --------
        >>> Data.from_moments([[1, 0], [0, 0]], [[3, 0]]).least_energy
        Fraction(9, 1)
        """
        return trace(self.gamma @ self.sigma.solve(self.gamma.T))

    def require_fits(self, network: Network) -> None:
        """Refuse networks whose inputs and outputs are not those of the data.

        Raises
        ------
        ShapeError
            If they are not; it says which of them.

        Examples
        --------
        >>> Data.from_target([[5, 6]]).require_fits(Network(2, 1))
        """
        for name, width, found in (
            ("inputs", network.widths[0], self.gamma.ncols),
            ("outputs", network.widths[-1], self.gamma.nrows),
        ):
            if width != found:
                raise ShapeError(
                    f"the data has {found} {name} but the network of widths {network} has {width}",
                    expected=width,
                    found=found,
                )

    def loss(self, product: Matrix) -> Scalar:
        """Return ½ tr(W Σ Wᵀ) − tr(W Γᵀ) + ½ tr(Y Yᵀ).

        Examples
        --------
        >>> Data.from_target(Matrix([[3, 4]])).loss(Matrix([[3, 3]]))
        Fraction(1, 2)
        """
        half = Fraction(1, 2)
        quadratic = trace(product @ self.sigma @ product.T)
        mixed = trace(product @ self.gamma.T)
        return half * quadratic - mixed + half * self.energy


def trace(matrix: Matrix) -> Scalar:
    """Return the sum of the diagonal entries.

    Examples
    --------
    >>> trace(Matrix([[1, 2], [3, 4]]))
    Fraction(5, 1)
    """
    numbers = [sum(int(part[i, i]) for i in range(matrix.nrows)) for part in matrix.coefficients]
    return matrix.field.element(numbers, int(matrix.denominator))
