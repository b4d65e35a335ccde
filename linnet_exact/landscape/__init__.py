"""The square loss on weight space: critical points, their kinds, and what proves them."""

from linnet_exact.landscape.inertia.eigenvalues import Eigenvalue, eigenvalues
from linnet_exact.landscape.inertia.inertia import Inertia, inertia
from linnet_exact.landscape.inertia.ldl import LDL, ldl
from linnet_exact.landscape.loss.data import Data
from linnet_exact.landscape.loss.derivatives import gradient, hessian, loss, second_derivative
from linnet_exact.landscape.points.critical_points import critical_point
from linnet_exact.landscape.points.critical_values import CriticalValue, Landscape, landscape
from linnet_exact.landscape.points.criticality import Criticality, criticality
from linnet_exact.landscape.points.products import any_selection

__all__ = [
    "LDL",
    "CriticalValue",
    "Criticality",
    "Data",
    "Eigenvalue",
    "Inertia",
    "Landscape",
    "any_selection",
    "critical_point",
    "criticality",
    "eigenvalues",
    "gradient",
    "hessian",
    "inertia",
    "landscape",
    "ldl",
    "loss",
    "second_derivative",
]
