"""From exceptions to one line on stderr and an exit status.

0 done; 1 the answer is no; 2 bad usage or bad input; 3 not decided within a limit; 70 a fault in
this program, whose traceback the environment variable LINNET_EXACT_TRACEBACK shows; 130
interrupted; 141 the reader of our output went away (what the shell reports for other programs).
"""

import os
import sys
from collections.abc import Sequence
from itertools import takewhile

import click

from linnet_exact.cli.progress import hide_progress, progress
from linnet_exact.cli.terminal import columns_of, hanging, shown
from linnet_exact.errors import InputError, LinnetError, printable

__all__ = ["PROGRAM", "run", "say"]

PROGRAM = "linnet-exact"


def run(command: click.Command, arguments: Sequence[str]) -> int:
    """Run `command` and say in one line on stderr what went wrong, if anything did.

    A command returns its exit status: None for 0, or 1 when it was asked a question and the
    answer is no.

    Returns
    -------
    int
        The exit status.
    """
    try:
        _require_names_of_files(arguments)
        name = " ".join([PROGRAM, *takewhile(str.isalpha, arguments[:2])])
        with command.make_context(PROGRAM, list(arguments)) as context, progress(name):
            status = command.invoke(context)
        sys.stdout.flush()
        return int(status or 0)
    except click.exceptions.Exit as exit_request:
        return exit_request.exit_code
    except click.exceptions.NoArgsIsHelpError as help_request:
        click.echo(help_request.message)
        return 0
    except click.UsageError as error:
        return _fail(2, _usage_message(error), error.ctx.command_path if error.ctx else PROGRAM)
    except click.ClickException as error:
        return _fail(2, error.format_message())
    except LinnetError as error:
        return _fail(2, str(error))
    except BrokenPipeError:
        _empty_stdout()
        return 141
    except OSError as error:
        _empty_stdout()
        name = f"{os.fsdecode(error.filename)}: " if error.filename is not None else ""
        return _fail(2, f"{name}{error.strerror or error}")
    except RecursionError:
        return _fail(2, "the input is nested too deeply")
    except MemoryError:
        return _fail(2, "out of memory")
    except (KeyboardInterrupt, click.Abort):
        return _fail(130, "interrupted")
    except Exception as error:  # a fault of ours
        if "LINNET_EXACT_TRACEBACK" in os.environ:
            raise
        name = type(error).__name__
        return _fail(70, f"internal error, please report it: {name}: {error}")


def _fail(status: int, message: str, speaker: str = PROGRAM) -> int:
    say(f"{speaker}: {printable(' '.join(message.split()))}")
    return status


def say(line: str) -> None:
    """Print one line on stderr, which is broken between words if that is a terminal."""
    hide_progress()
    columns = columns_of(sys.stderr)
    for part in [line] if columns is None else hanging(shown(line, sys.stderr), columns, 2):
        print(part, file=sys.stderr)  # click.echo writes UTF-8 where the encoding is ASCII


def _require_names_of_files(arguments: Sequence[str]) -> None:
    """Refuse arguments that no shell can pass: each could be the name of a file."""
    for number, argument in enumerate(arguments, start=1):
        try:
            impossible = b"\0" in os.fsencode(argument)
        except UnicodeEncodeError:
            impossible = True
        if impossible:
            raise InputError(f"argument {number}, {argument!a}, holds NUL or half a character")


def _usage_message(error: click.UsageError) -> str:
    message = error.format_message().strip().removesuffix(".")
    message = message[:1].lower() + message[1:]
    return f"{message} (try {error.ctx.command_path} --help)" if error.ctx else message


def _empty_stdout() -> None:
    """Leave nothing in the buffer that would fail a second time when Python exits."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
