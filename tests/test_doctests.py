"""Every name of the face, and every public method of its classes, has an example that runs."""

import doctest
import inspect
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cached_property
from typing import Any

import linnet_exact

FINDER = doctest.DocTestParser()


def public_methods(kind: type) -> Iterator[tuple[str, Any]]:
    seen = {field.name for field in fields(kind)} if is_dataclass(kind) else set()
    for owner in kind.__mro__:
        if owner.__module__.startswith("linnet_exact"):
            for name, value in vars(owner).items():
                plain = getattr(value, "__func__", value)
                if name in seen:
                    continue
                seen.add(name)
                if not name.startswith("_") and inspect.isfunction(plain):
                    yield f"{owner.__name__}.{name}", plain


def test_every_name_and_method_has_an_example() -> None:
    face = linnet_exact.__doc__ or ""
    missing = set()
    for name in linnet_exact.__all__:
        value = getattr(linnet_exact, name)
        if not callable(value):
            if name not in face:
                missing.add(name)
        elif not (isinstance(value, type) and issubclass(value, linnet_exact.LinnetError)):
            if not FINDER.get_examples(value.__doc__ or "") and not isinstance(value, type):
                missing.add(name)
            if isinstance(value, type):
                missing |= {
                    method
                    for method, function in public_methods(value)
                    if not FINDER.get_examples(inspect.getdoc(function) or "")
                }
    assert not missing


def public_properties(kind: type) -> set[str]:
    return {
        name
        for owner in kind.__mro__
        if owner.__module__.startswith("linnet_exact")
        for name, value in vars(owner).items()
        if isinstance(value, property | cached_property) and not name.startswith("_")
    }


def sources_of_examples(kind: type) -> str:
    """Return what the examples of a class and of all its methods and properties run."""
    texts = [inspect.getdoc(kind) or ""]
    for owner in kind.__mro__:
        for value in [owner, *vars(owner).values()]:
            plain = getattr(value, "fget", getattr(value, "func", value))
            texts.append(getattr(plain, "__doc__", None) or "")
    return "".join(example.source for text in texts for example in FINDER.get_examples(text))


def test_every_property_is_in_an_example_of_its_class() -> None:
    missing = []
    for name in linnet_exact.__all__:
        kind = getattr(linnet_exact, name)
        if isinstance(kind, type) and not issubclass(kind, linnet_exact.LinnetError):
            examples = sources_of_examples(kind)
            missing += [
                f"{name}.{each}"
                for each in sorted(public_properties(kind))
                if re.search(rf"\.{each}\b", examples) is None
            ]
    assert not missing


def test_help_begins_with_a_summary() -> None:
    summary = inspect.getdoc(linnet_exact.Weights) or ""
    assert len(summary.splitlines()) <= 40
    assert "Examples" in summary
