"""What the commands about one fiber share."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linnet_exact.errors import FileError
from linnet_exact.strata import LIST_LIMIT, Fiber, Network

if TYPE_CHECKING:
    from linnet_exact.algebra import Matrix

__all__ = ["fiber_of_target", "list_limit_option", "polynomials_option", "requested_fiber"]


def list_limit_option(limited: str = "strata that are listed") -> Callable[..., Any]:
    """Return a decorator for the option `--list-limit`, as `list_limit` (int).

    Parameters
    ----------
    limited
        What it limits the number of.
    """
    return click.option(
        "--list-limit",
        type=click.IntRange(min=0),
        default=LIST_LIMIT,
        show_default=True,
        metavar="N",
        help=f"Largest number of {limited}.",
    )


def polynomials_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give `command` the flag `--polynomials`, as `polynomials` (bool)."""
    return click.option(
        "--polynomials",
        is_flag=True,
        help="Also the point-count polynomial in q (with q = u v: the E-polynomial) and the "
        "polynomial of strata by codimension, as coefficients, that of degree 0 first.",
    )(command)


def requested_fiber(network: Network, rank: int, target: Path | None) -> Fiber:
    """Return the fiber that `--rank` or `--target` asks for.

    Raises
    ------
    InputError
        If the rank is too large, or the matrix in the file does not have the network's shape.
    """
    return network.fiber(rank) if target is None else fiber_of_target(network, target)[0]


def fiber_of_target(network: Network, target: Path) -> "tuple[Fiber, Matrix]":
    """Return the fiber of the matrix W in the file that `--target` names, and W.

    Raises
    ------
    InputError
        If there is none, or it does not have the network's shape, or its rank is too large.
    """
    from linnet_exact.files import read_matrix  # FLINT comes with it: only where it is needed

    matrix = read_matrix(target)
    shape = network.widths[-1], network.widths[0]
    if matrix.shape != shape:
        raise FileError(
            f"{target}: the matrix is {matrix.nrows}x{matrix.ncols}; a network of widths {network} "
            f"needs one that is {shape[0]}x{shape[1]} (outputs x inputs)"
        )
    rank = matrix.rank()
    if rank > network.min_width:
        raise FileError(
            f"{target}: the matrix has rank {rank}, but products of these weights have rank at "
            f"most {network.min_width} (the smallest width)"
        )
    return network.fiber(rank), matrix
