"""Arguments and options that several commands share, with one name and one meaning everywhere."""

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linnet_exact.cli.file_arguments import INPUT_FILE, OUTPUT_FILE, format_of_output
from linnet_exact.cli.output import Output
from linnet_exact.cli.streams import spell_in_ascii
from linnet_exact.cli.writers import WRITERS
from linnet_exact.errors import InputError

if TYPE_CHECKING:
    from linnet_exact.strata import Network

__all__ = [
    "ascii_option",
    "box_options",
    "colours_option",
    "jobs_option",
    "output_options",
    "rank_options",
    "seed_option",
    "theme_for",
    "widths_argument",
]

Function = Callable[..., Any]

_ASCII = f"{__name__}.ascii"


def widths_argument(command: Function) -> Function:
    """Give `command` the argument WIDTHS, as `network`, a `Network`."""
    return click.argument("network", metavar="WIDTHS", callback=_parse_widths)(command)


def _parse_widths(context: click.Context, _: click.Parameter, text: str) -> "Network":
    from linnet_exact.strata import Network

    try:
        return Network.parse(text)
    except InputError as error:
        raise click.UsageError(str(error), context) from error


def rank_options(command: Function) -> Function:
    """Give `command` the options `--rank` and `--target`, as `rank` (int) and `target` (or None).

    Only one of the two can be given. With `target`, a `Path`, the rank is that of the matrix in
    the file and `rank` is 0.
    """

    @click.option("--rank", type=click.IntRange(min=0), help="Rank of W.  [default: 0]")
    @click.option(
        "--target",
        type=INPUT_FILE,
        metavar="FILE",
        help="Matrix file with W itself, instead of --rank.",
    )
    @functools.wraps(command)
    def with_rank(*args: Any, rank: int | None, target: Path | None, **kwargs: Any) -> Any:
        if rank is not None and target is not None:
            raise click.UsageError("give --rank or --target, not both", click.get_current_context())
        return command(*args, rank=rank or 0, target=target, **kwargs)

    return with_rank


def ascii_option(command: Function) -> Function:
    """Give `command` the flag `--ascii`: it has no parameter for it, but other streams."""
    return click.option(
        "--ascii",
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_in_ascii,
        help="Only characters of ASCII in texts and tables.",
    )(command)


def _in_ascii(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        context.meta[_ASCII] = True  # for this command, and those that it is the group of
        spell_in_ascii()


def output_options(*formats: str, in_file: str | None = None) -> Callable[[Function], Function]:
    """Give a command `--format`, `-o` and `--ascii`, together as `output`, an `Output`.

    Parameters
    ----------
    *formats : str
        The command's formats, default those of `WRITERS`. With `-o` the ending of the name decides.
        Where a person reads along, on a terminal, `table` or `text` is the default if the command
        has it; otherwise the first format that is neither is.
    in_file : str, optional
        What `-o` holds whatever the format on stdout is, for commands that print both.
    """
    choices = formats or tuple(WRITERS)
    for_programs = next(choice for choice in choices if choice not in ("table", "text"))
    for_people = next((choice for choice in choices if choice in ("table", "text")), for_programs)
    default = f"{for_people} on a terminal, otherwise {for_programs}"

    def decorate(command: Function) -> Function:
        @click.option(
            "--format",
            type=click.Choice(choices),
            help=f"[default: {for_programs if for_people == for_programs else default}]",
        )
        @click.option(
            "-o",
            "--output",
            "path",
            type=OUTPUT_FILE,
            metavar="FILE",
            help="Write to FILE instead of stdout.",
        )
        @functools.wraps(command)
        def with_output(*args: Any, format: str | None, path: Path | None, **kwargs: Any) -> Any:
            if path is not None and str(path) == "-":
                path = None
            chosen = format
            if path is not None:
                said = format_of_output(path, in_file or format, choices)
                chosen = format if in_file else said
            on_terminal = path is None and sys.stdout.isatty()
            chosen = chosen or (for_people if on_terminal else for_programs)
            in_ascii = click.get_current_context().meta.get(_ASCII, False)
            return command(*args, output=Output(chosen, path, in_ascii), **kwargs)

        return ascii_option(with_output)

    return decorate


def colours_option(command: Function) -> Function:
    """Give `command` the option `--dark/--light`, as `dark` (bool or None), for `theme_for`."""
    return click.option(
        "--dark/--light",
        default=None,
        help="Colours of a picture.  [default: light; SVG and HTML follow the reader's system]",
    )(command)


def theme_for(format: str, dark: bool | None) -> str:
    """Return the theme of a picture in a format, by the answer to `--dark/--light`.

    Examples
    --------
    >>> theme_for("svg", None), theme_for("png", None), theme_for("png", True)
    ('auto', 'light', 'dark')
    """
    if dark is not None:
        return "dark" if dark else "light"
    return "light" if format in ("pdf", "png") else "auto"


def seed_option(command: Function) -> Function:
    """Give `command` the option `--seed`, as `seed` (int)."""
    return click.option(
        "--seed",
        type=click.IntRange(min=0),
        default=0,
        show_default=True,
        help="Seed of the pseudo-random choices: the same seed, the same answer.",
    )(command)


def jobs_option(command: Function) -> Function:
    """Give `command` the option `--jobs`, as `jobs` (int)."""
    return click.option(
        "--jobs",
        type=click.IntRange(min=1),
        default=1,
        show_default=True,
        metavar="N",
        help="Number of processes.",
    )(command)


def box_options(max_depth: int, max_width: int) -> Callable[[Function], Function]:
    """Give a command the options of a box of networks, with these defaults.

    They are `max_depth` and `max_width` (int), and `max_weight_dimension` (int or None).
    """
    size = click.IntRange(min=1)
    options = (
        click.option(
            "--max-depth",
            type=size,
            default=max_depth,
            show_default=True,
            metavar="L",
            help="Only networks of at most L matrices.",
        ),
        click.option(
            "--max-width",
            type=size,
            default=max_width,
            show_default=True,
            metavar="W",
            help="Only networks with no layer wider than W.",
        ),
        click.option(
            "--max-weight-dimension",
            type=size,
            metavar="N",
            help="Only networks with at most N weights.",
        ),
    )

    def decorate(command: Function) -> Function:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate
