"""The kinds of values that expressions have; every subexpression has one before it is evaluated."""

from dataclasses import dataclass

__all__ = ["NUMBER", "TEXT", "TRUTH", "Kind", "Sequence", "Tuple", "is_sequence", "unified"]


@dataclass(frozen=True)
class Kind:
    """A kind of value, with the words for it in error messages.

    Examples
    --------
    >>> str(NUMBER), str(Sequence(TRUTH))
    ('a number', 'a sequence of truth values')
    """

    singular: str
    plural: str

    def __str__(self) -> str:
        return self.singular


NUMBER = Kind("a number", "numbers")
TRUTH = Kind("a truth value", "truth values")
TEXT = Kind("a word", "words")


@dataclass(frozen=True, init=False)
class Sequence(Kind):
    """Any number of values of one kind."""

    entry: Kind

    def __init__(self, entry: Kind) -> None:
        super().__init__(f"a sequence of {entry.plural}", f"sequences of {entry.plural}")
        object.__setattr__(self, "entry", entry)


@dataclass(frozen=True, init=False)
class Tuple(Kind):
    """A fixed number of values, each of its own kind: a bar is a pair of numbers."""

    entries: tuple[Kind, ...]

    def __init__(self, *entries: Kind) -> None:
        super().__init__(f"a tuple of {len(entries)}", f"tuples of {len(entries)}")
        object.__setattr__(self, "entries", entries)


def is_sequence(kind: Kind) -> Sequence | None:
    """Return `kind` as a sequence: a tuple whose entries are of one kind is one too.

    Examples
    --------
    >>> is_sequence(Tuple(NUMBER, NUMBER)) == Sequence(NUMBER), is_sequence(NUMBER)
    (True, None)
    """
    if isinstance(kind, Sequence):
        return kind
    if isinstance(kind, Tuple) and len(set(kind.entries)) == 1:
        return Sequence(kind.entries[0])
    return None


def unified(first: Kind, second: Kind) -> Kind | None:
    """Return a kind that values of both kinds have, or None if they cannot be compared.

    Examples
    --------
    >>> unified(Tuple(NUMBER, NUMBER), Sequence(NUMBER)) == Sequence(NUMBER)
    True
    >>> unified(NUMBER, TRUTH) is None
    True
    """
    if first == second:
        return first
    one, other = is_sequence(first), is_sequence(second)
    return one if one == other else None
