"""Train the example network of tests/data: a deep linear network that reads handwritten digits.

Needs scikit-learn (for the data only) and safetensors beside the project; run it as

    python scripts/train_example.py

The network W3 W2 W1, widths 64, 16, 16, 10, is fitted by least squares to the ten classes of the
8 x 8 digits that come with scikit-learn, by gradient descent with momentum and weight decay.
Meanwhile the weakest hidden units are pruned, one after the other, as is usual for making a network
small: the weights into them and out of them are exactly 0 from then on.

That makes an example with three different answers. Pruning lowers the exact ranks below the widths.
Nine singular values are enough to tell ten classes apart; weight decay drives the others towards 0,
but rounding keeps them from getting there: floating point calls them 0, exact arithmetic does not.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sklearn.datasets import load_digits

WIDTHS = (64, 16, 16, 10)
SEED = 2
STEPS = 12_000
LEARNING_RATE = 0.05
MOMENTUM = 0.9
WEIGHT_DECAY = 0.003
PRUNING_STEPS = {1: range(1000, 5000, 1000), 2: range(1500, 6500, 1000)}  # by hidden layer
DATA = Path(__file__).parent.parent / "tests" / "data"

Array = NDArray[np.float64]


def load() -> tuple[Array, Array, NDArray[np.int64]]:
    """Return images (columns, mean 0), class indicators (columns, mean 0) and classes."""
    digits = load_digits()
    images = digits.data.T / 16.0
    indicators = np.eye(10)[:, digits.target]
    return (
        images - images.mean(axis=1, keepdims=True),
        indicators - indicators.mean(axis=1, keepdims=True),
        digits.target,
    )


def gradients(weights: list[Array], images: Array, indicators: Array) -> list[Array]:
    """Gradients of the mean squared error plus weight decay."""
    layers = [images]
    for weight in weights:
        layers.append(weight @ layers[-1])
    error = (layers[-1] - indicators) / images.shape[1]
    result = []
    for weight, layer in zip(reversed(weights), reversed(layers[:-1]), strict=True):
        result.append(error @ layer.T + WEIGHT_DECAY * weight)
        error = weight.T @ error
    return result[::-1]


def weakest_unit(weights: list[Array], layer: int) -> int:
    """Return the unit of a hidden layer through which least flows, among those that are left."""
    flow = np.linalg.norm(weights[layer - 1], axis=1) * np.linalg.norm(weights[layer], axis=0)
    return int(np.argmin(np.where(flow > 0, flow, np.inf)))


def train(images: Array, indicators: Array) -> list[Array]:
    """Return the trained and pruned weight matrices, input side first."""
    random = np.random.default_rng(SEED)
    shapes = list(zip(WIDTHS[1:], WIDTHS[:-1], strict=True))
    weights = [random.normal(0, n**-0.5, (m, n)) for m, n in shapes]
    velocities = [np.zeros(shape) for shape in shapes]
    kept = [np.ones(shape) for shape in shapes]
    for step in range(STEPS):
        for layer, steps in PRUNING_STEPS.items():
            if step in steps:
                unit = weakest_unit(weights, layer)
                kept[layer - 1][unit, :] = kept[layer][:, unit] = 0
        for weight, velocity, gradient, keep in zip(
            weights, velocities, gradients(weights, images, indicators), kept, strict=True
        ):
            velocity *= MOMENTUM
            velocity -= LEARNING_RATE * gradient
            weight += velocity
            weight *= keep
            velocity *= keep
    return weights


def save_moments() -> None:
    """Write what the square loss of `critical` needs, exactly: n Sigma and n Gamma for n images.

    Centred data are not binary fractions, n times their moments are. To each pixel belongs one more
    sample, that pixel alone with the answer 0: three pixels are never used, and without these
    samples Sigma would be singular.
    """
    digits = load_digits()
    x, y = digits.data.T.astype(int), np.eye(10, dtype=int)[:, digits.target]
    n, sums, counts = x.shape[1], x.sum(axis=1), y.sum(axis=1)
    np.savez_compressed(
        DATA / "digits_moments.npz",
        Sigma=(n * x @ x.T - np.outer(sums, sums)) / 256 + n * np.eye(64),
        Gamma=(n * y @ x.T - np.outer(counts, sums)) / 16,
        energy=np.float64(n * y.sum() - (counts**2).sum()),
    )


def main() -> None:
    save_moments()
    images, indicators, classes = load()
    weights = train(images, indicators)
    scores = weights[2] @ weights[1] @ weights[0] @ images
    print(f"training accuracy {np.mean(scores.argmax(axis=0) == classes):.3f}")
    for name, weight in zip(("W1", "W2", "W3"), weights, strict=True):
        sizes = np.linalg.svd(weight, compute_uv=False)
        print(f"{name} singular values {sizes}")
    tensors = {f"W{j}": weight for j, weight in enumerate(weights, start=1)}
    np.savez(DATA / "digits.npz", **tensors)
    save_file(tensors, DATA / "digits.safetensors")


if __name__ == "__main__":
    main()
