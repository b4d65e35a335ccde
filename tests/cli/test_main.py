"""The console script as other programs see it: what it prints where, and its exit status."""

import os
import re
import shlex
import signal
import subprocess
import sys
import sysconfig
from pathlib import Path

import click
import pytest

from linnet_exact import __version__
from linnet_exact.cli import errors, lazy, main
from linnet_exact.errors import FileError, InputError
from tests.terminal import run_command

SCRIPT = str(Path(sysconfig.get_path("scripts"), "linnet-exact"))


def run(*command: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


@pytest.mark.parametrize("command", [(SCRIPT,), (sys.executable, "-m", "linnet_exact")])
def test_version(command):
    done = run(*command, "--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"linnet-exact {__version__}\n", "")


@pytest.mark.parametrize("arguments", [("--help",), ("-h",)])
def test_help_goes_to_stdout(arguments):
    done = run(SCRIPT, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: linnet-exact [OPTIONS] COMMAND")
    for command in main.COMMANDS:
        assert f"  {command.name} " in done.stdout


def test_without_arguments_it_shows_around(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 10
    assert all(len(line) <= 80 for line in lines)
    commands = [re.split(r"   |$", line)[0] for line in lines[2:]]
    statuses = [main.main(shlex.split(command)[1:]) for command in commands]
    assert statuses == [0] * 6 + [1, 0]  # the conjecture is wrong


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["analyse", "x"], "'analyze'"),
        (["fiber", "2,2", "--ranc", "1"], "'--rank'"),
        (["verify", "dimensoin"], "did you mean dimension"),
        (["guide", "fibres"], "did you mean fibers?"),
        (["refute", "dimm == 3"], "did you mean dim"),
    ],
)
def test_the_nearest_name_is_suggested(arguments, words, capsys):
    assert main.main(arguments) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("argument", "words"),
    [("no-such-command", "no such command"), ("--no-such-option", "no such option")],
)
def test_bad_usage_is_one_line_and_status_2(argument, words):
    done = run(SCRIPT, argument)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("linnet-exact: ")
    assert done.stderr.endswith("(try linnet-exact --help)\n")
    assert words in done.stderr
    assert argument in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", main.COMMANDS, ids=lambda command: command.name)
def test_listed_command_is_there(command):
    loaded = command.load()
    assert loaded.name == command.name
    assert loaded.help
    options = [option for option in loaded.params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []
    done = run_command(command.name, "--help")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "action",
    [
        "import linnet_exact",
        "from linnet_exact.cli.main import main; main([])",
        "import linnet_exact.strata",
    ],
)
def test_nothing_heavy_is_imported(action):
    heavy = ["flint", "numpy", "sympy", "linnet_exact.algebra"]
    done = run(
        sys.executable, "-c", f"{action}\nimport sys\nassert not {{*{heavy}}} & {{*sys.modules}}"
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_public_names_are_there():
    import linnet_exact

    assert set(linnet_exact.__all__) <= set(dir(linnet_exact))
    for name in linnet_exact.__all__:
        assert getattr(linnet_exact, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = linnet_exact.Nothing


def test_completion_lists_commands():
    environment = os.environ | {
        "_LINNET_EXACT_COMPLETE": "bash_complete",
        "COMP_WORDS": "linnet-exact --v",
        "COMP_CWORD": "1",
    }
    done = run(SCRIPT, env=environment)
    assert done.stdout == "plain,--version\n"


def command_that(action) -> click.Command:
    """A group with one command, `do`, that performs `action`."""
    return lazy.LazyGroup("linnet-exact", commands=[click.Command("do", callback=action)])


def raising(error: BaseException) -> click.Command:
    def action():
        raise error

    return command_that(action)


@pytest.mark.parametrize(
    ("error", "status", "line"),
    [
        (FileError("w.json: line 3:\nexpected a list"), 2, "w.json: line 3:\\nexpected a list"),
        (InputError("two\nlines"), 2, "two lines"),
        (FileNotFoundError(2, "No such file or directory", "w.json"), 2, "w.json: No such file or"),
        (OSError(28, "No space left on device"), 2, "No space left on device"),
        (MemoryError(), 2, "out of memory"),
        (RecursionError(), 2, "the input is nested too deeply"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_failure_is_one_line(error, status, line, capsys):
    assert errors.run(raising(error), ["do"]) == status
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"linnet-exact: {line}")
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize(("answer", "status"), [(None, 0), (0, 0), (1, 1)])
def test_command_returns_its_exit_status(answer, status):
    assert errors.run(command_that(lambda: answer), ["do"]) == status


def test_wrong_use_of_a_command_names_the_command(capsys):
    assert errors.run(command_that(lambda: None), ["do", "--foo"]) == 2
    printed = capsys.readouterr().err
    assert printed.startswith("linnet-exact do: no such option")
    assert "--foo" in printed
    assert printed.endswith(" (try linnet-exact do --help)\n")


PRINT_FOREVER = """
import sys, click
from linnet_exact.cli import errors
def action():
    while True: print("more")
sys.exit(errors.run(click.Command("do", callback=action), []))
"""


def test_reader_that_goes_away_is_no_error():
    with subprocess.Popen(
        [sys.executable, "-c", PRINT_FOREVER], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == b"more\n"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_interrupted():
    with subprocess.Popen(
        [sys.executable, "-c", PRINT_FOREVER], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, printed = process.communicate()
    assert (process.returncode, printed) == (130, b"linnet-exact: interrupted\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no /dev/full")
def test_full_disk():
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [SCRIPT, "--help"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (2, "linnet-exact: No space left on device\n")


def test_fault_of_ours_is_one_line_and_keeps_its_traceback_for_us(capsys, monkeypatch):
    monkeypatch.delenv("LINNET_EXACT_TRACEBACK", raising=False)
    assert errors.run(raising(KeyError("lost")), ["do"]) == 70
    err = capsys.readouterr().err
    assert err == "linnet-exact: internal error, please report it: KeyError: 'lost'\n"
    monkeypatch.setenv("LINNET_EXACT_TRACEBACK", "1")
    with pytest.raises(KeyError):
        errors.run(raising(KeyError("lost")), ["do"])
