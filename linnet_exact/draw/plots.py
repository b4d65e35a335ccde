"""Pictures on Matplotlib axes: the bars of a barcode, the stratum DAG, ranks beside floats."""

from typing import Any

from linnet_exact.draw.layout import strand_class
from linnet_exact.draw.svg import COLORS
from linnet_exact.errors import TooLargeError, missing_extra
from linnet_exact.strata import Barcode
from linnet_exact.strata.dag import StratumDAG

__all__ = ["PLOT_LIMIT", "axes", "plot_barcode", "plot_dag", "plot_spectra"]

PLOT_LIMIT = 2000
"""Most bars, or strata, that a plot shows."""


def axes(ax: Any = None) -> Any:
    """Return the given Matplotlib axes, or those of a new figure.

    Raises
    ------
    MissingExtraError
        If Matplotlib is not installed.

    Examples
    --------
    >>> axes().get_title()
    ''
    """
    if ax is not None:
        return ax
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise missing_extra("Matplotlib is not installed", "draw") from None
    return Figure(layout="constrained").add_subplot()


def plot_barcode(barcode: Barcode, ax: Any = None) -> Any:
    """Draw the bars, from the top down in their order; thicker lines have more copies.

    Raises
    ------
    MissingExtraError
        If Matplotlib is not installed.
    TooLargeError
        If there are more than `PLOT_LIMIT` bars.

    Examples
    --------
    >>> len(plot_barcode(Barcode("0-0,0-2,1-1:2,2-2")).lines)
    4
    """
    if len(barcode) > PLOT_LIMIT:
        raise TooLargeError(
            f"a plot of {len(barcode)} bars could not be read; at most {PLOT_LIMIT}"
        )
    ax = axes(ax)
    for height, (bar, count) in enumerate(barcode.items()):
        color = COLORS[strand_class(bar, barcode.depth)]
        thick = 1.5 + min(count, 8)
        ends = [bar.start, bar.end]
        ax.plot(ends, [-height, -height], "-o", color=color, linewidth=thick)
        if count > 1:
            ax.annotate(f"×{count}", (bar.start, -height), (4, 6), textcoords="offset points")
    ax.set_xticks(range(barcode.depth + 1))
    ax.set_yticks([])
    ax.set_xlabel("layer")
    return ax


def plot_dag(dag: StratumDAG, ax: Any = None) -> Any:
    """Draw the strata by dimension, with a line for each cover of the closure order.

    Raises
    ------
    MissingExtraError
        If Matplotlib is not installed.
    TooLargeError
        If there are more than `PLOT_LIMIT` strata.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> plot_dag(Network(1, 1, 1).fiber().dag()).get_ylabel()
    'dimension'
    """
    if len(dag) > PLOT_LIMIT:
        raise TooLargeError(f"a plot of {len(dag)} strata could not be read; at most {PLOT_LIMIT}")
    ax = axes(ax)
    dimensions = dag.dimension.tolist()
    rows: dict[int, list[int]] = {}
    for node, dimension in enumerate(dimensions):
        rows.setdefault(dimension, []).append(node)
    places = {
        node: at - (len(nodes) - 1) / 2 for nodes in rows.values() for at, node in enumerate(nodes)
    }
    for lower, upper, _ in dag.edges():
        xs, ys = [places[lower], places[upper]], [dimensions[lower], dimensions[upper]]
        ax.plot(xs, ys, color="0.6", linewidth=0.8, zorder=1)
    ax.scatter([places[node] for node in range(len(dag))], dimensions, zorder=2)
    ax.set_xticks([])
    ax.set_ylabel("dimension")
    return ax


def plot_spectra(found: Any, ax: Any = None) -> Any:
    """Draw the singular values in float64 of every W_{k~i}, k > i, by their number.

    Raises
    ------
    MissingExtraError
        If Matplotlib is not installed.

    Examples
    --------
    >>> from linnet_exact import Weights
    >>> len(plot_spectra(Weights([[[1, 2]], [[3]]]).crosscheck()).lines)
    3
    """
    ax = axes(ax)
    for comparison in found.comparisons[: PLOT_LIMIT // 10]:
        values = comparison.by_svd["float64"].singular_values
        if comparison.k > comparison.i and values:
            name = f"k={comparison.k}, i={comparison.i}: rank {comparison.exact}"
            ax.plot(range(1, len(values) + 1), values, "-o", markersize=3, label=name)
    ax.set_yscale("log")
    ax.set_xlabel("number")
    ax.set_ylabel("singular value")
    return ax
