"""Floating point beside exact arithmetic: what an SVD says, and weights that it says are near."""

from linnet_exact.numeric.crosscheck import Crosscheck, crosscheck
from linnet_exact.numeric.snap import Snap, snap

__all__ = ["Crosscheck", "Snap", "crosscheck", "snap"]
