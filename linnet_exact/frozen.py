"""What makes values unchangeable, all in the same way."""

__all__ = ["Frozen"]


class Frozen:
    """A value whose attributes are set once, by `object.__setattr__`, and never changed or deleted.

    Examples
    --------
    >>> Frozen().name = 1
    Traceback (most recent call last):
    ...
    AttributeError: a Frozen cannot be changed; build a new one
    """

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a {type(self).__name__} cannot be changed; build a new one")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a {type(self).__name__} cannot be changed; build a new one")
