"""The sequence of strata behaves like the list of its members."""

import pytest

from linnet_exact import Network
from linnet_exact.notebook import ROWS


@pytest.mark.parametrize(("widths", "rank"), [((1, 1), 1), ((2, 3, 2), 0), ((2, 2, 2, 2), 1)])
def test_like_a_list(widths: tuple[int, ...], rank: int) -> None:
    strata = Network(*widths).fiber(rank).strata()
    members = list(strata)
    assert len(strata) == len(members)
    assert [strata[at] for at in range(len(members))] == members
    assert strata[-1] == members[-1]
    assert strata[1:4] == members[1:4]
    assert strata[::-2] == members[::-2]
    assert members[-1] in strata
    assert strata.index(members[-1]) == len(members) - 1
    assert list(strata) == members  # once more: it is no iterator that is used up
    with pytest.raises(IndexError):
        strata[len(members)]


@pytest.mark.parametrize("widths", ["1,1,1", "2,3,2,1", "2,2,2,2"])
def test_the_first_rows_are_shown(widths: str) -> None:
    fiber = Network.parse(widths).fiber()
    strata = fiber.strata()
    *lines, last = str(strata).split("\n")
    shown = [str(stratum) for stratum in strata][:ROWS]
    more = len(strata) - ROWS
    assert [*lines, last] == (shown if more <= 0 else [*shown, f"… {more} more"])
    assert repr(strata) == f"<{len(strata)} strata of {fiber!r}>"
    html = strata._repr_html_()
    assert sum(f">{barcode}<" in html for barcode in shown) == len(shown)
    assert (f"{more} more" in html) == (more > 0)
