"""Networks with exact weights: where they lie, and what surrounds them."""

from linnet_exact.weights.canonical import canonical_weights
from linnet_exact.weights.sample import DEFAULT_HEIGHT, sample
from linnet_exact.weights.weights import Weights

__all__ = ["DEFAULT_HEIGHT", "Weights", "canonical_weights", "sample"]
