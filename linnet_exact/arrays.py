"""The one annotation of NumPy arrays; what is in them is said where they are used."""

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Array"]

Array: TypeAlias = "np.ndarray[Any, Any]"
"""An array of any type and shape; NumPy need not be loaded for that."""
