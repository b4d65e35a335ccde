"""What a shell completes: claims, barcodes of a fiber, tensors of a file.

Nothing is offered where it cannot be known yet, and nothing ever fails: the shell would show it in
the middle of a line.
"""

from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from linnet_exact.errors import LinnetError
from linnet_exact.strata import Network

__all__ = ["complete_barcode", "complete_claim", "complete_tensor"]

MOST_BARCODES = 2000
"""Strata of a fiber up to which they are offered."""

MOST_UNITS = 40
"""Sum of the widths up to which strata are counted for that."""


def complete_barcode(
    context: click.Context, _: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the strata of the fiber of WIDTHS and --rank; without --rank, of every rank."""
    given = _first_argument(context)
    try:
        network = given if isinstance(given, Network) else Network.parse(str(given))
        rank = context.params.get("rank")
        ranks = range(network.min_width + 1) if rank is None else [rank]
        fibers = [network.fiber(rank) for rank in ranks]
        few = sum(network.widths) <= MOST_UNITS  # larger ones would take long to count
        if not few or sum(fiber.count() for fiber in fibers) > MOST_BARCODES:
            return []
        barcodes = [(str(each.barcode), each) for fiber in fibers for each in fiber.strata()]
    except LinnetError:
        return []
    return [
        CompletionItem(text, help=f"dimension {stratum.dimension}")
        for text, stratum in barcodes
        if text.startswith(incomplete)
    ]


def complete_claim(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the claims of `linnet-exact verify`, each with its domain."""
    from linnet_exact.claims import claims_named

    return [
        CompletionItem(claim.name, help=f"on {claim.domain.name}")
        for claim in claims_named(())
        if claim.name.startswith(incomplete)
    ]


def complete_tensor(
    context: click.Context, _: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the tensors of the file that comes before the option, each with its shape."""
    from linnet_exact.files import open_tensors

    given = _first_argument(context)
    if given is None or not Path(str(given)).exists():
        return []
    try:
        tensors = open_tensors(Path(str(given))).tensors.values()
    except (LinnetError, OSError):
        return []
    return [
        CompletionItem(tensor.name, help=" x ".join(map(str, tensor.shape)))
        for tensor in tensors
        if tensor.name.startswith(incomplete)
    ]


def _first_argument(context: click.Context) -> Any:
    """Return FILE or WIDTHS; click leaves it among the rest if an option has no value yet."""
    arguments = [each for each in context.command.params if isinstance(each, click.Argument)]
    value = context.params.get(arguments[0].name or "") if arguments else None
    return value or next(iter(context.args), None)
