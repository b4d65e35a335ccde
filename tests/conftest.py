"""What every test shares: the `--exhaustive` option and the hypothesis profile."""

import faulthandler
import signal

import pytest
from hypothesis import HealthCheck, settings

# Shells have jobs in the background ignore Ctrl-C, and nohup SIGHUP; what tests start would inherit
# that.
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# What made fixtures imports libraries that the tests do not need.
collect_ignore_glob = ["**/make_*.py"]

# A machine that many share stalls now and then: slowness is no failure. And the same examples every
# time, so that a failure in CI is one that everybody sees.
COMMON = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeatable", COMMON, derandomize=True, max_examples=30)
settings.register_profile("search", COMMON, max_examples=1000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--exhaustive",
        action="store_true",
        help="also run the tests marked slow, and more (and random) hypothesis examples",
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("search" if config.getoption("--exhaustive") else "repeatable")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.config.getoption("--exhaustive"):  # then a test may take hours without having hung
        faulthandler.cancel_dump_traceback_later()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--exhaustive"):
        return
    skip = pytest.mark.skip(reason="slow: run with --exhaustive")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)
