"""`linnet-exact cone`: tangent cone and multiplicity of a fiber at a stratum."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import click

from linnet_exact.cli.completion import complete_barcode
from linnet_exact.cli.file_arguments import names_a_file, read_too
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output, warn
from linnet_exact.cli.weights_options import Layers, layer_option
from linnet_exact.errors import InputError
from linnet_exact.files import read_weights
from linnet_exact.files.export.tangent_cone import tangent_cone_script
from linnet_exact.strata import Barcode, Network
from linnet_exact.strata.multiplicity import multiplicity
from linnet_exact.weights import Weights, canonical_weights

__all__ = ["cone"]


@click.command()
@click.argument("source", metavar="FILE|WIDTHS")
@click.option(
    "--barcode",
    metavar="BARCODE",
    shell_complete=complete_barcode,
    help="With WIDTHS: which stratum.",
)
@click.option("--macaulay2", is_flag=True, help="Compute it with Macaulay2 even so.")
@click.option(
    "--max-seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="S",
    help="Time for Macaulay2.",
)
@layer_option()
@output_options("table", "json")
def cone(
    source: str,
    barcode: str | None,
    macaulay2: bool,
    max_seconds: float,
    layers: Layers,
    output: Output,
) -> int:
    """Tangent cone and multiplicity of the fiber at a stratum: how singular it is there.

    They follow from formulas at smooth points (multiplicity 1), at the minimal stratum (the degree
    of a cone) and where the fiber is near the point one equation. Elsewhere Macaulay2 computes
    them, if it is installed: at the canonical point of the stratum, or at the weights in FILE. Who
    computed is told. The exit status is 3 if the multiplicity was not found.

    \b
    Examples:
      linnet-exact cone 1,1,1 --barcode 0-0,1-1,2-2
      linnet-exact cone 2,2,2 --barcode 0-0:2,1-1,1-2,2-2
      linnet-exact cone theta.json --macaulay2
    """
    theta, bars = _requested(source, barcode, layers)
    stratum = bars.stratum
    known = multiplicity(stratum)
    value: dict[str, Any] = {
        "barcode": bars if output.format == "table" else bars.to_jsonable(),
        "singular": stratum.singular,
        "tangent_dimension_of_fiber": stratum.tangent_dimension_of_fiber,
        "local_fiber_dimension": stratum.local_fiber_dimension,
        "multiplicity": None if known is None else known.value,
        "computed_by": None if known is None else f"formula: {known.formula}",
        "tangent_cone": None if known is None else known.tangent_cone,
    }
    if known is None or macaulay2:
        computed = _by_macaulay2(canonical_weights(bars) if theta is None else theta, max_seconds)
        if known is None and computed is not None:
            value |= {"multiplicity": computed, "computed_by": "Macaulay2"}
        if known is not None:
            value["macaulay2"] = computed
    output.value(value)
    return 0 if value["multiplicity"] is not None else 3


def _requested(source: str, barcode: str | None, layers: Layers) -> tuple[Weights | None, Barcode]:
    if names_a_file(source, "0123456789,^ "):
        if barcode is not None:
            raise InputError("--barcode goes with WIDTHS, not with a file")
        read_too(Path(source))
        theta = read_weights(Path(source), layers)
        return theta, theta.barcode
    if layers:
        raise InputError("--layer goes with a file, not with WIDTHS")
    network = Network.parse(source)
    if barcode is None:
        raise InputError("WIDTHS need a stratum: give --barcode")
    bars = Barcode.parse(barcode)
    if bars.network != network:
        raise InputError(f"barcode {bars} has widths {bars.network}, not {network}")
    return None, bars


def _by_macaulay2(theta: Weights, max_seconds: float) -> int | None:
    """Return the multiplicity that Macaulay2 finds; None, with a warning, if it finds none."""
    if shutil.which("M2") is None:
        warn("Macaulay2 is not installed: the command M2 is not found")
        return None
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "cone.m2")
        script.write_text(tangent_cone_script(theta), encoding="utf-8")
        try:
            done = subprocess.run(
                ["M2", "--script", str(script)],
                capture_output=True,
                text=True,
                timeout=max_seconds,
                stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired:
            warn(f"Macaulay2 did not end within {max_seconds:g} s")
            return None
    found = re.search(r"^multiplicity ([0-9]+)$", done.stdout, re.MULTILINE)
    if found is None:
        warn(f"Macaulay2 failed with status {done.returncode}")
        return None
    return int(found[1])
