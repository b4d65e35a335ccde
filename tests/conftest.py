"""What every test shares: the `--exhaustive` option and the hypothesis profile."""

import pytest
from hypothesis import settings

# Shared machines stall now and then: a slow example is no failure. The same examples every time,
# so that a failure in CI is one that everybody can see.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=1000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--exhaustive",
        action="store_true",
        help="also run the tests marked slow, and more (and random) hypothesis examples",
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("search" if config.getoption("--exhaustive") else "repeatable")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--exhaustive"):
        return
    skip = pytest.mark.skip(reason="slow: run with --exhaustive")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)
