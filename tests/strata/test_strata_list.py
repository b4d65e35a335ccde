"""The sequence of strata behaves like the list of its members."""

import pytest

from linnet_exact import Network


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
