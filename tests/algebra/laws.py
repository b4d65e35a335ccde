"""Laws over every field: one entry more in `FIELDS` tests a new field by all of them."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linnet_exact.algebra import Field, Matrix
from tests.strategies import FIELDS

over_every_field = pytest.mark.parametrize("field", FIELDS, ids=repr)
FEWER = settings(max_examples=settings().max_examples // 3)


def law(test: Callable[[Field, st.DataObject], None]) -> Callable[[Field], None]:
    """Try a law over every field, less often where it takes long."""
    at_random = given(data=st.data())(test)
    less_often = FEWER(given(data=st.data())(test))

    @over_every_field
    def run(field: Field) -> None:
        (less_often if field.degree >= 8 else at_random)(field)

    return run


def entries(matrix: Matrix) -> list[list[Any]]:
    return matrix.rows()
