"""Strata by the table against strata one by one."""

import pytest

from linnet_exact.claims import networks_in_box
from linnet_exact.claims.refutation.quantities import STRATUM_QUANTITIES
from linnet_exact.claims.refutation.strata_table import place, strata_tables
from linnet_exact.strata import Fiber, Network
from linnet_exact.strata.listing.listing import Listing

# With small blocks the tables of a fiber are cut, and its components are found in another way.
BLOCKS = [1, 7, 1 << 16]


def rows_of(fibers: list[Fiber], block_size: int) -> list[tuple]:
    rows = []
    for table in strata_tables(Listing([fiber.excess for fiber in fibers]), block_size):
        columns = {name: q.column(table) for name, q in STRATUM_QUANTITIES.items()}
        for row in range(len(table)):
            values = {name: column[row] for name, column in columns.items()}
            rows.append((table.stratum(row), values))
    return rows


@pytest.mark.parametrize("block_size", BLOCKS)
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_columns_of_a_box(depth: int, block_size: int) -> None:
    networks = [n for n in networks_in_box(depth, 3 if depth < 3 else 2) if n.depth == depth]
    fibers = [fiber for network in networks for fiber in network.fibers()]
    rows = rows_of(fibers, block_size)
    listed = [stratum for fiber in fibers for stratum in fiber.strata()]
    assert [stratum for stratum, _ in rows] == listed
    for stratum, values in rows:
        assert values["dim"] == stratum.dimension
        assert values["codim"] == stratum.codimension
        assert values["tangent_dim"] == stratum.tangent_dimension_of_fiber
        assert values["local_dim"] == stratum.local_fiber_dimension
        assert values["singular"] == stratum.singular
        assert values["maximal"] == stratum.maximal
        assert values["minimal"] == stratum.minimal
        assert values["real_components"] == stratum.real_components
        bars = [tuple(bar) for bar, n in stratum.barcode.items() for _ in range(n)]
        assert list(values["bars"]) == bars
        for (k, i), rank in stratum.rank_list.items():
            assert values["r"][place(k, i)] == rank
            assert values["omega"][place(k, i)] == stratum.barcode.omega(k, i)


def test_deep_networks_have_more_bars_than_a_word_has_bits() -> None:
    fiber = Network(*[1] * 12).fiber()
    (table,) = strata_tables(Listing([fiber.excess]))
    assert len(table) == 2**11 - 1
    found = STRATUM_QUANTITIES["real_components"].column(table)[:50]
    assert found == [table.stratum(row).real_components for row in range(50)]


def test_widths_beyond_small_integers() -> None:
    (table,) = strata_tables(Listing([Network(1, 10**6).fiber().excess]))
    assert table.columns.dimension.tolist() == [0]
    assert table.columns.tangent_dimension.tolist() == [0]
