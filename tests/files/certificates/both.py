"""Both checkers on the bytes of one document: 0 it holds, 1 it does not, 2 it is not written well.

Anything but these three, and any exception that is not meant, fails the test that asks.
"""

import json
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from linnet_exact.claims.proof.certificate import DIMENSION_THEOREM, KIND
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.files import Source, check_certificate, read_json
from linnet_exact.files.certificates.sealing import sealed

SCRIPTS = Path(__file__).parents[3] / "scripts"
GOLDEN = Path(__file__).parents[1] / "golden"
OTHERS = {KIND: DIMENSION_THEOREM}


def script(name: str) -> ModuleType:
    """A module of the stand-alone checker, which is no package."""
    sys.path.insert(0, str(SCRIPTS))
    try:
        return import_module(name)
    finally:
        sys.path.remove(str(SCRIPTS))


def encoded(document: Any) -> bytes:
    return document if isinstance(document, bytes) else json.dumps(document).encode()


def ours(document: Any) -> tuple[int, str]:
    try:
        value = read_json(Source(Path("it.json"), encoded(document)), one_spelling=True)
        return 0, str(check_certificate(value, OTHERS))
    except CertificateError as error:
        return 1, str(error)
    except InputError as error:
        return 2, str(error)


def theirs(document: Any) -> tuple[int, str]:
    checker, parts = script("check_certificate"), script("checker.document")
    sys.set_int_max_str_digits(0)
    try:
        return 0, checker.check(parts.read_json(encoded(document)))
    except parts.Refused as error:
        return 1, str(error)
    except parts.Malformed as error:
        return 2, str(error)
    finally:
        sys.set_int_max_str_digits(4300)


def verdict(document: Any) -> int:
    """What both say, one after the other, must be the same."""
    mine, other = ours(document), theirs(document)
    assert mine[0] == other[0], (mine, other, encoded(document)[:2000])
    assert "\n" not in mine[1]
    assert mine[0] == 0 or "\n" not in other[1]
    return mine[0]


def resealed(document: Any) -> Any:
    """The same with a digest that fits, where there is one."""
    if isinstance(document, dict) and "sha256" in document:
        return sealed({key: value for key, value in document.items() if key != "sha256"})
    return document
