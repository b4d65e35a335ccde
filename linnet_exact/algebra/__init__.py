"""Exact numbers, matrices and subspaces; knows no network."""

from linnet_exact.algebra.field import QQ, Field, RationalField
from linnet_exact.algebra.matrix import Matrix
from linnet_exact.algebra.subspace import Subspace

__all__ = ["QQ", "Field", "Matrix", "RationalField", "Subspace"]
