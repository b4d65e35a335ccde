"""The rank conditions of a closure cut out just the strata in it."""

from linnet_exact.strata import Network, RankList
from linnet_exact.strata.order.conditions import rank_conditions
from tests.strategies_strata import box_of_fibers


def satisfies(ranks: RankList, conditions: list[tuple[int, int, int]]) -> bool:
    return all(ranks.r(k, i) <= rank for k, i, rank in conditions)


def test_they_cut_out_the_closure() -> None:
    for fiber in [*box_of_fibers(3, 2), Network(2, 3, 3, 2).fiber(1)]:
        strata = list(fiber.strata())
        for stratum in strata:
            conditions = rank_conditions(stratum.rank_list)
            inside = [s for s in strata if satisfies(s.rank_list, conditions)]
            assert inside == [s for s in strata if s <= stratum], stratum


def test_ranks_as_large_as_sizes_allow_are_no_conditions() -> None:
    assert rank_conditions(RankList.from_triangle([[2], [2, 3], [2, 2, 2]])) == []
