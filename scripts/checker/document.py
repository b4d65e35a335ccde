"""The part of check_certificate.py about JSON: bounded reading, and the one spelling of everything.

What is written in another way than the format has it is Malformed. What is written well but does
not hold is Refused.
"""

import json
import re
import sys
from fractions import Fraction
from math import gcd

MOST_BYTES, MOST_COMMAS, MOST_BRACKETS, MOST_DIGITS = 128 * 2**20, 2**22, 2**20, 100_000
IN_DOUBLES = 2**53
INTEGER = "0|-?[1-9][0-9]*"
NUMBER = rf"({INTEGER})(?:/([1-9][0-9]*))?"
LAYER = "(0|[1-9][0-9]{0,3})"


class Malformed(Exception):
    """The file is no certificate, or not written as one; the message says where."""


class Refused(Exception):
    """The certificate does not hold; the message says why."""


def expect(condition, reason):
    if not condition:
        raise Malformed(reason)


def require(condition, reason):
    if not condition:
        raise Refused(reason)


def shown(value):
    text = ascii(value)
    return text if len(text) <= 40 else text[:37] + "..."


def read_bytes(path, most=MOST_BYTES):
    """The bytes of a file, of a pipe or of a device; never more than one piece beyond the limit."""
    found = bytearray()
    with sys.stdin.buffer if path == "-" else open(path, "rb", buffering=0) as stream:
        while piece := stream.read(2**20):
            found += piece
            expect(len(found) <= most, f"it has more than the {most} bytes that are read")
    return bytes(found)


def read_json(data):
    """The value of a JSON text with integers only, none of them -0, and no key twice."""
    brackets = data.count(b"[") + data.count(b"{")
    expect(data.count(b",") <= MOST_COMMAS and brackets <= MOST_BRACKETS, "it has too many values")

    def once(pairs):
        value = dict(pairs)
        expect(len(value) == len(pairs), "a key comes twice in one JSON object")
        return value

    def integer(digits):
        expect(len(digits) <= 17 and digits != "-0", f"write the integer {digits[:20]} otherwise")
        return int(digits)

    def rounded(digits):
        raise Malformed(f"the number {digits[:20]} may have been rounded")

    try:
        return json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=once,
            parse_int=integer,
            parse_float=rounded,
            parse_constant=rounded,
        )
    except ValueError as error:
        raise Malformed(f"it is not JSON: {error}") from None
    except RecursionError:
        raise Malformed("it is nested too deeply") from None


def members(value, place, required, optional=()):
    expect(isinstance(value, dict), f"{place} must be a JSON object")
    for key in required:
        expect(key in value, f"{place}: the key {key!r} is missing")
    for key in value:
        expect(key in required or key in optional, f"{place}: the key {shown(key)} is not known")
    return value


def items(value, place, read, least=0):
    expect(isinstance(value, list) and len(value) >= least, f"{place} must be a list")
    return [read(item, f"{place}[{at}]") for at, item in enumerate(value)]


def text(value, place, pattern="(?s:.*)"):
    good = isinstance(value, str) and re.fullmatch(pattern, value)
    expect(good, f"{place} must be a text of the form {pattern}, not {shown(value)}")
    return value


def natural(value, place):
    good = type(value) is int and 0 <= value < IN_DOUBLES
    expect(good, f"{place} must be an integer of at least 0, not {shown(value)}")
    return value


def number(value, place):
    """A JSON integer below 2^53 and of up to 16 characters; else text, p or p/q in lowest terms."""

    def small(n):
        return -(10**15) < n < IN_DOUBLES

    if type(value) is int:
        expect(small(value), f"{place}: integers of 2^53 and beyond must be texts")
        return Fraction(value)
    found = rational(value, place)
    expect(
        not (found.denominator == 1 and small(found)),
        f"{place}: {shown(value)} must be a JSON integer",
    )
    return found


def rational(value, place):
    """The number that a text p or p/q in lowest terms, q > 1, is."""
    match = re.fullmatch(NUMBER, value) if isinstance(value, str) else None
    expect(match and len(value) <= MOST_DIGITS, f"{place}: {shown(value)} is no number")
    top, below = int(match[1]), int(match[2] or 1)
    lowest = match[2] is None or (below > 1 and gcd(top, below) == 1)
    expect(lowest, f"{place}: {shown(value)} is not in lowest terms")
    return Fraction(top, below)


def layer_pair(value, place, sign="~"):
    """(k, i) of a text k~i, or with another sign (i, k) of i-k."""
    match = re.fullmatch(LAYER + sign + LAYER, value) if isinstance(value, str) else None
    expect(match, f"{place}: expected a text such as 2{sign}0, not {shown(value)}")
    return int(match[1]), int(match[2])


def bar(value, place):
    return layer_pair(value, place, "-")


def counts(value, place):
    """A barcode as it stands: how often each bar occurs."""
    expect(isinstance(value, dict), f"{place} must be a JSON object")
    return {bar(key, place): natural(count, place) for key, count in value.items()}
