"""Prime powers: the sizes of finite fields."""

from linnet_exact.arguments import as_integer
from linnet_exact.errors import InputError

__all__ = ["checked_prime_power", "is_prime"]

_LIMIT = 2**64
# Miller–Rabin with these bases is a proof for all numbers below 2^64 (Sorenson and Webster, 2015).
_BASES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)


def checked_prime_power(q: int) -> tuple[int, int]:
    """Return (p, e) with q = p^e and p prime.

    Raises
    ------
    InputError
        If `q` is not a prime power below 2^64.

    Examples
    --------
    >>> checked_prime_power(9)
    (3, 2)
    >>> checked_prime_power(6)
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: q must be a prime power such as 2, 3, 4 or 5, not 6
    """
    number = as_integer(q, "q")
    if number >= _LIMIT:
        raise InputError("q must be a prime power below 2^64")
    for exponent in range(1, max(number, 1).bit_length()):
        root = number if exponent == 1 else round(number ** (1 / exponent))
        for candidate in (root - 1, root, root + 1):
            if candidate >= 2 and candidate**exponent == number and is_prime(candidate):
                return candidate, exponent
    raise InputError(f"q must be a prime power such as 2, 3, 4 or 5, not {number}")


def is_prime(number: int) -> bool:
    """Return whether `number`, from 2 up to 2^64, is prime.

    Examples
    --------
    >>> is_prime(2**31 - 1), is_prime(2**31 + 1)
    (True, False)
    """
    for base in _BASES:
        if number % base == 0:
            return number == base
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    return all(_passes(number, base, odd, twos) for base in _BASES)


def _passes(number: int, base: int, odd: int, twos: int) -> bool:
    """Return whether `number` passes the strong test to `base`."""
    power = pow(base, odd, number)
    if power in (1, number - 1):
        return True
    for _ in range(twos - 1):
        power = power * power % number
        if power == number - 1:
            return True
    return False
