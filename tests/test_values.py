"""Values cannot be changed: every dataclass below the faces is frozen."""

import dataclasses
import importlib
import pkgutil

import pytest

import linnet_exact

FLOORS = ["algebra", "strata", "weights", "landscape", "files.certificates"]


@pytest.mark.parametrize("floor", FLOORS)
def test_dataclasses_are_frozen(floor: str) -> None:
    package = importlib.import_module(f"{linnet_exact.__name__}.{floor}")
    names = [info.name for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    found = {
        kind
        for module in map(importlib.import_module, names)
        for kind in vars(module).values()
        if dataclasses.is_dataclass(kind) and isinstance(kind, type)
    }
    assert found
    assert [kind for kind in found if not kind.__dataclass_params__.frozen] == []
