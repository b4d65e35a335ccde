"""Reports of searches read again: is what they found a counterexample?

The case is built from its widths, rank and bars, or from its weights; every quantity is found
again, and the statement is tried. The certificates in the report are checked. What the report says
of the search, how many cases came before and how long it took, is not.
"""

from typing import Any

from linnet_exact.algebra import Matrix
from linnet_exact.claims.language.arithmetic import UndefinedError
from linnet_exact.claims.language.expression import Expression
from linnet_exact.claims.refutation.batches import batches
from linnet_exact.claims.refutation.counterexample import Counterexample
from linnet_exact.claims.refutation.critical_search import CriticalRefutation, value_at
from linnet_exact.claims.refutation.quantities import OVER, kinds_over
from linnet_exact.claims.refutation.weights_search import WeightsRefutation, failure_at
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.files import check_certificate
from linnet_exact.files.certificates.document import (
    counts,
    items,
    members,
    natural,
    one_of,
    same,
    text,
)
from linnet_exact.files.certificates.entries import field_of, matrix, weights_of
from linnet_exact.files.certificates.kind import require
from linnet_exact.landscape import Data, criticality
from linnet_exact.strata import Barcode, Fiber, Network
from linnet_exact.strata.values.json_integers import jsonable
from linnet_exact.weights import Weights

__all__ = ["check_refutation"]

_KEYS = ("statement", "over", "found", "counterexample", "checked", "violations", "complete")


def check_refutation(report: Any) -> list[str]:
    """Check the counterexample in what ``refute`` printed, and return what it proves, in words.

    Raises
    ------
    InputError
        If it is no such report, or one of a search that found nothing.
    CertificateError
        If it does not refute the statement.

    Examples
    --------
    >>> import json
    >>> from linnet_exact import refute
    >>> from linnet_exact.strata.values.json_integers import jsonable
    >>> check_refutation(jsonable(refute("implies(not maximal, singular)").to_jsonable()))[0]
    'implies(not maximal, singular) does not hold: widths 1,2,1, rank 0'
    """
    keys = members(report, "the report", (*_KEYS, "seconds", "note"), ("reached",))
    over = one_of(keys["over"], "over", OVER)
    expression = Expression(text(keys["statement"], "statement"), kinds_over(over))
    for name, types in (("found", bool), ("complete", bool), ("note", str)):
        if not isinstance(keys[name], types):
            raise InputError(f"{name} cannot be {str(keys[name])[:40]!r}")
    for name in ("checked", "violations"):
        natural(keys[name], name)
    if not keys["found"]:
        raise InputError(
            "the search found no counterexample, which proves nothing beyond its cases; to try "
            "them again, run linnet-exact refute again"
        )
    said = keys["counterexample"]
    certificate = said.get("certificate") if isinstance(said, dict) else None
    try:
        true = jsonable(_counterexample(over, expression, said))
    except UndefinedError as error:
        raise CertificateError(f"the statement has no value there: {error}") from None
    members(said, "counterexample", true)
    for name in true.keys() - {"certificate"}:
        require(same(said[name], true[name]), f"{name}: it is {str(true[name])[:200]}")
    _check_certificates(certificate, true.get("certificate"))
    where = f"widths {','.join(map(str, true['widths']))}, rank {true['rank']}"
    values = ", ".join(f"{name} = {value}" for name, value in true["values"].items())
    return [
        f"{expression.text} does not hold: {where}",
        *([f"there {values}"] if values else []),
        "not checked: that no smaller network has a counterexample",
    ]


def _counterexample(over: str, expression: Expression, said: Any) -> dict[str, Any]:
    """Return the counterexample as it should be, after a look at everything that it depends on."""
    if not isinstance(said, dict):
        raise InputError("counterexample must be a JSON object")
    of_search: dict[str, Any] = {"statement": expression.text, "over": over, "seconds": 0.0}
    of_search |= {"checked": 1, "violations": 1, "reached": None, "counted": False}
    found: CriticalRefutation | WeightsRefutation
    if over == "weights":
        theta = _weights(said)
        failed = failure_at(expression, theta)
        require(failed is not None, "the statement holds for these weights")
        assert failed is not None
        layers, values = failed
        family = text(said.get("family"), "family")
        found = WeightsRefutation(
            **of_search, weights=theta, family=family, layers=layers, values=values
        )
    elif over == "critical":
        point = criticality(_weights(said), Data.from_target(_target(said)))
        require(point.is_critical, "the weights are not critical")
        values = {name: value_at(name, point) for name in expression.names}
        holds = expression.holds(tuple(values[name] for name in expression.names))
        require(not holds, "the statement holds at this point")
        found = CriticalRefutation(**of_search, point=point, values=values)
    else:
        return _case(over, expression, said).to_jsonable()
    value = found.counterexample_to_jsonable()
    assert value is not None
    return value


def _case(over: str, expression: Expression, said: dict[str, Any]) -> Counterexample:
    """Return the case that has these bars, of all cases of the fiber."""
    fiber = _fiber(said)
    names = {"fibers": (), "strata": ("barcode",)}.get(over, ("lower", "upper"))
    bars = {name: Barcode(counts(said.get(name), name)) for name in names}
    for batch in batches(over, [fiber], expression.names):
        for number, values in enumerate(batch.values):
            case = Counterexample.of(over, batch.case(number), expression, values)
            if over == "fibers" or case.barcodes == bars:
                require(not expression.holds(values), "the statement holds in this case")
                return case
    raise CertificateError(f"the fiber has no such {'stratum' if over == 'strata' else 'pair'}")


def _fiber(said: dict[str, Any]) -> Fiber:
    widths = items(said.get("widths"), "widths", natural, 2)
    return Network(*widths).fiber(natural(said.get("rank"), "rank"))


def _weights(said: dict[str, Any]) -> Weights:
    keys = ("format", "version", "field", "weights")
    value = members(said.get("weights"), "weights", keys)
    return Weights(weights_of(value["weights"], "weights", field_of(value["field"])))


def _target(said: dict[str, Any]) -> Matrix:
    keys = ("format", "version", "field", "matrix")
    value = members(said.get("target"), "target", keys)
    return matrix(value["matrix"], "target", field_of(value["field"]))


def _check_certificates(said: Any, true: Any) -> None:
    """The certificates may be of an older version, but they are about the same weights."""
    if true is None:
        require(said is None, "there can be no certificate")
    elif "format" in true:
        check_certificate(said)
        for name in ("kind", "field", "weights"):
            require(same(said[name], true[name]), f"certificate: {name} is not that of the case")
    else:
        for name, value in members(said, "certificate", true).items():
            _check_certificates(value, true[name])
