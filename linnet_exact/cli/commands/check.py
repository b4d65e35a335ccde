"""`linnet-exact check`: a certificate checked again."""

from pathlib import Path

import click

from linnet_exact.claims.proof.certificate import KIND, check_proof
from linnet_exact.cli.file_arguments import INPUT_FILE
from linnet_exact.cli.options import output_options
from linnet_exact.cli.output import Output
from linnet_exact.errors import CertificateError
from linnet_exact.files import check_certificate, input_record, read_json
from linnet_exact.files.certificate_critical import KIND as CRITICAL
from linnet_exact.files.certificate_critical import check_critical
from linnet_exact.files.certificate_transport import KIND as TRANSPORT
from linnet_exact.files.certificate_transport import check_transport

__all__ = ["check"]


@click.command()
@click.argument("certificate", type=INPUT_FILE)
@click.option(
    "--input",
    "source",
    type=INPUT_FILE,
    metavar="FILE",
    help="The file that was certified: check that it is still the same.",
)
@output_options("table", "json")
def check(certificate: Path, source: Path | None, output: Output) -> int:
    """Check a certificate again, from nothing but the file.

    The exit status is 1 if the certificate does not hold; the reason is then given.

    \b
    Examples:
      linnet-exact analyze theta.json --certificate proof.json
      linnet-exact check proof.json
      linnet-exact check proof.json --input theta.json
    """
    value = read_json(certificate)
    try:
        kinds = {KIND: check_proof, CRITICAL: check_critical, TRANSPORT: check_transport}
        claims = check_certificate(value, kinds)
        if source is not None:
            _check_source(value.get("input"), source)
    except CertificateError as error:
        output.value({"valid": False, "claims": [], "reason": str(error)})
        return 1
    output.value({"valid": True, "claims": claims})
    return 0


def _check_source(recorded: object, source: Path) -> None:
    if not isinstance(recorded, dict):
        raise CertificateError("the certificate does not name a file")
    if input_record(source)["sha256"] != recorded.get("sha256"):
        raise CertificateError(f"{source} is not the file that was certified: its digest differs")
