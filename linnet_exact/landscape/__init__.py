"""The square loss on weight space: critical points, their kinds, and what proves them."""

from linnet_exact.landscape.inertia.eigenvalues import Eigenvalue, eigenvalues
from linnet_exact.landscape.inertia.inertia import Inertia, inertia
from linnet_exact.landscape.inertia.ldl import LDL, ldl
from linnet_exact.landscape.loss.data import Data
from linnet_exact.landscape.loss.derivatives import gradient, hessian, loss, second_derivative
from linnet_exact.landscape.points.criticality import Criticality, criticality

__all__ = [
    "LDL",
    "Criticality",
    "Data",
    "Eigenvalue",
    "Inertia",
    "criticality",
    "eigenvalues",
    "gradient",
    "hessian",
    "inertia",
    "ldl",
    "loss",
    "second_derivative",
]
