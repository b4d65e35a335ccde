"""Building on a real Dask scheduler with real workers on this machine; one of them is killed."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from linnet_exact.atlas import on_dask
from linnet_exact.errors import InputError, MissingExtraError
from tests.atlas.contents import contents_of, run_command, start_command, units_done, until

BOX = ("--max-depth", 4, "--max-width", 3, "--include", "strata,invariants,dag")


@contextmanager
def dask(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@contextmanager
def cluster(workers: int) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """Start a scheduler and workers; yield the scheduler's address and the workers."""
    pytest.importorskip("distributed", reason="the extra `dask` is not installed")
    with dask(
        "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"
    ) as scheduler:
        assert scheduler.stderr is not None
        for line in scheduler.stderr:
            if found := re.search(r"tcp://[\d.]+:\d+", line):
                break
        address = found[0]
        started = []
        try:
            for _ in range(workers):
                context = dask(
                    "dask_worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard"
                )
                started.append((context, context.__enter__()))
                assert started[-1][1].stderr is not None
                for line in started[-1][1].stderr:
                    if "Registered to" in line:
                        break
            yield address, [process for _, process in started]
        finally:
            for context, _ in started:
                context.__exit__(None, None, None)


def test_a_cluster_makes_the_same_and_survives_the_death_of_a_worker(tmp_path: Path) -> None:
    assert run_command(tmp_path, "atlas", "build", "-o", "here.atlas", *BOX)[0] == 0
    with cluster(2) as (address, workers):
        path = tmp_path / "dask.atlas"
        workers[0].send_signal(signal.SIGSTOP)  # what it gets is not done before it dies
        building = start_command(tmp_path, "atlas", "build", "-o", path, *BOX, "--dask", address)
        until(lambda: units_done(path) >= 3 or building.poll() is not None)
        workers[0].kill()
        assert building.poll() is None
        out, err = building.communicate()
        assert building.returncode == 0, err
        assert "complete" in out
        assert contents_of(path) == contents_of(tmp_path / "here.atlas")
        status, _, err = run_command(
            tmp_path, "atlas", "build", "--parquet", "parts", *BOX, "--dask", address
        )
        assert status == 0, err
    assert run_command(tmp_path, "atlas", "verify", "parts", "--sample", 50)[0] == 0


def test_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    dask_config = pytest.importorskip("dask").config
    with (
        dask_config.set({"distributed.comm.timeouts.connect": "0.2s"}),
        pytest.raises(InputError, match=r"no Dask scheduler answers at tcp://127.0.0.1:1"),
    ):
        list(on_dask("tcp://127.0.0.1:1")(abs, iter([1]), lambda: False))


def test_without_dask_one_line_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r"pip install '\.\[dask\]'"):
        on_dask("tcp://127.0.0.1:1")
