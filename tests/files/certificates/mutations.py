"""Every small change of a JSON document, in the hope that some reader takes it for another."""

import copy
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.files.certificates.both import encoded, resealed

HOSTILE: list[Any] = [
    None, True, False, 0, 1, -1, 2, 1.0, 0.5, float("nan"), 2**53, -(2**53), 10**30, [], {}, "",
    [[]], [0], [[0]], [[1]], {"a": 1}, "0", "1", "-1", "2", "-0", "+1", "01", "1.0", "1e0", " 1",
    "1 ",
    "0 4", "1/2", "2/4", "-1/2", "1/1", "0/1", "1/0", "1/-2", "-1/-2", "\u0663", "1\u0660", "1_0",
    "a", "-a", "1*a", "a*1", "2*a", "1/2*a", "2/4*a", "a/2", "a^1", "a^2", "a^02", "1 + a", "a + 1",
    "1+a", "1 - -a", "a + a", "0 + a", "(a)", "sqrt(2)", str(2**53), str(-(2**53)), str(2**53 - 1),
    "9007199254740992/3", "4", "6", "15", "7", "1302017037228309053", str(2**61 - 1),
    str(2**64 + 13), "0~0", "1~0", "01~0", "2~0", "0-0", "0-1", "1-0", "00-0", "QQ", "RR", "left",
    "right", "up", "shear", "rank-list", "path", "\ud800", "x" * 64, "0" * 64,
]  # fmt: skip


def nodes(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of all values, the whole document the first of them."""
    yield at
    if not isinstance(value, dict | list):
        return
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        yield from nodes(item, (*at, key))


def at(value: Any, place: tuple[Any, ...]) -> Any:
    for key in place:
        value = value[key]
    return value


def changed(document: Any, place: tuple[Any, ...], new: Any) -> Any:
    if not place:
        return new
    result = copy.deepcopy(document)
    at(result, place[:-1])[place[-1]] = new
    return result


def mutations(document: Any) -> Iterator[tuple[tuple[Any, ...], Callable[[], bytes]]]:
    """Pairs of a place and a function to the bytes of a document that differs there.

    Digests fit again, but where the digest itself is changed.
    """
    for place in nodes(document):
        old = at(document, place)
        news = [new for new in [*HOSTILE, *_near(old)] if type(new) is not type(old) or new != old]
        if isinstance(old, dict):
            news += _with_keys_changed(old)
            for key in old:
                yield (*place, key), partial(_with_key_twice, document, place, key)
        if isinstance(old, list):
            news += _with_items_changed(old)
        for new in news:
            yield place, partial(_forged, document, place, new)


def _forged(document: Any, place: tuple[Any, ...], new: Any) -> bytes:
    forged = changed(document, place, new)
    return encoded(forged if place == ("sha256",) else resealed(forged))


def _with_key_twice(document: Any, place: tuple[Any, ...], key: str) -> bytes:
    old = at(document, place)
    forged = _forged(document, place, {**old, f"{key}@": old[key]})
    return forged.replace(f"{key}@".encode(), key.encode())


def _near(old: Any) -> list[Any]:
    """Values next to one, and other ways to write it."""
    if isinstance(old, bool) or old is None:
        return [not old, int(bool(old)), str(old).lower()]
    if isinstance(old, int):
        return [old + 1, old - 1, -old, str(old), float(old), f"{old}/1", [old]]
    if isinstance(old, str):
        near = [*(f"{sign}{old}" for sign in " 0+-"), f"{old} ", f"{old}0", old.upper(), [old]]
        if old.removeprefix("-").isdigit() and len(old) < 30:
            near += [int(old), str(int(old) + 1), str(int(old) - 1), str(2 * int(old))]
        return [*near, old.replace(" ", ""), old.replace("a", "b"), f"{old}+0", f"{old} + 0"]
    return [[old]]


def _with_keys_changed(old: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield {**old, "more": 1}
    yield {**old, "": None}
    for key in old:
        rest = {name: item for name, item in old.items() if name != key}
        yield rest
        spelled = [*(f"{sign}{key}" for sign in " 0+"), f"{key} ", f"{key}0", key.upper()]
        for other in {*spelled, "9~0", "0-9"} - {key}:
            yield {**rest, other: old[key]}
            yield {**old, other: old[key]}


def _with_items_changed(old: list[Any]) -> Iterator[list[Any]]:
    for i in range(len(old)):
        yield old[:i] + old[i + 1 :]
        yield [*old[: i + 1], *old[i:]]
    for i in range(len(old) - 1):
        if old[i] != old[i + 1]:
            yield [*old[:i], old[i + 1], old[i], *old[i + 2 :]]
