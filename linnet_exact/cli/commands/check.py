"""`linnet-exact check`: a certificate checked again."""

from pathlib import Path

import click

from linnet_exact.claims.checking import KINDS, check_document
from linnet_exact.cli.file_arguments import INPUT_FILE
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.cli.weights_options import Layers, layer_option
from linnet_exact.errors import CertificateError, FileError, InputError
from linnet_exact.files import read_json
from linnet_exact.files.certificates.checking import check_input

__all__ = ["check"]


@click.command()
@click.argument("certificate", type=INPUT_FILE)
@click.option(
    "--input",
    "source",
    type=INPUT_FILE,
    metavar="FILE",
    help="The file that was certified: check that it still holds the same weights.",
)
@layer_option()
@output_options("table", "json")
def check(certificate: Path, source: Path | None, layers: Layers, output: Output) -> int:
    """Check a certificate again, from nothing but the file.

    Path files and the reports of refute and prove in JSON are checked, too. The exit status is 1 if
    a claim does not hold; the reason is then given. It is 2 if the file is no certificate, or not
    written the one way in which certificates are written.

    With --input, the weights in FILE are compared with those of the certificate, and the bytes of
    FILE with its digest. --layer is for certificates that do not say which layers were read.

    \b
    Examples:
      linnet-exact analyze theta.json --certificate proof.json
      linnet-exact check proof.json
      linnet-exact check proof.json --input theta.json
    """
    if layers and source is None:
        raise click.UsageError("--layer needs --input", click.get_current_context())
    value = read_json(certificate, one_spelling=True)
    try:
        claims = check_document(value)
        if source is not None:
            check_input(value, source, layers, KINDS)
    except CertificateError as error:
        output.value({"valid": False, "claims": [], "reason": str(error)})
        return 1
    except FileError:
        raise
    except InputError as error:
        raise FileError(f"{certificate}: {error}") from None
    output.value({"valid": True, "claims": claims})
    return 0
