"""How many threads BLAS takes: one, for products that are over before threads have met.

With all cores busy, threads that wait for each other made products of 8 x 256 by 256 x 256 numbers
a hundred times slower, and decompositions of 256 x 256 four times.
"""

from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any

__all__ = ["one_blas_thread"]


def one_blas_thread() -> AbstractContextManager[object]:
    """Keep BLAS to one thread while the context lasts.

    Examples
    --------
    >>> from threadpoolctl import ThreadpoolController
    >>> with one_blas_thread():
    ...     pools = ThreadpoolController().select(user_api="blas").info()
    >>> {pool["num_threads"] for pool in pools} <= {1}
    True
    """
    limit: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limit


@lru_cache(maxsize=1)
def _controller() -> Any:
    import numpy  # noqa: F401 - the controller sees the libraries that are loaded
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
