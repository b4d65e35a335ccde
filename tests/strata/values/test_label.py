"""Labels name one thing each, and are read back as they were written."""

import re

import pytest

from linnet_exact.errors import InputError
from linnet_exact.strata import Barcode, Network
from linnet_exact.strata.values.label import Label
from tests.strategies_strata import box_of_fibers


def test_labels_are_read_back_and_differ() -> None:
    labels = set()
    for fiber in box_of_fibers(3, 3):
        named = [Label(fiber.network), Label(fiber.network, fiber.rank)]
        named += [Label.of(stratum.barcode) for stratum in fiber.strata()]
        for label in named:
            assert Label.parse(str(label)) == label
            assert re.fullmatch(r"[0-9._x-]+", str(label))
        labels |= {str(label) for label in named}
    fibers = list(box_of_fibers(3, 3))
    networks = {fiber.network for fiber in fibers}
    assert len(labels) == len(networks) + len(fibers) + sum(fiber.count() for fiber in fibers)


def test_deep_layers_have_two_digits() -> None:
    barcode = Barcode.parse("0-11,3-10:12")
    assert str(Label.of(barcode)).endswith("-1-0_11.3_10x12")
    assert Label.parse(str(Label.of(barcode))).barcode == barcode


@pytest.mark.parametrize(
    "text",
    [
        *("", "2", "2.3.2-", "2.3.2-3", "2.3.2--1", "2.3.2-01", "2^3", "2.3.2-1-", "2,3,2"),
        *(" 2.3.2", "2.3.2\n", "٢.٣", "2.3.2-1_0", "2.3.2-" + "9" * 5000),
        *("2.3.2-0-0_0.0_2.1_1x2.2_2", "2.3.2-1-0_2.0_0.1_1x2.2_2"),
        *("2.3.2-1-0_0.0_2.1_1.1_1.2_2", "2.3.2-1-0_0x1.0_2.1_1x2.2_2"),
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="expected a label such as"):
        Label.parse(text)


def test_what_is_not_there_has_no_label() -> None:
    with pytest.raises(InputError, match="from 0 to 2, not 3"):
        Label(Network(2, 3, 2), 3)
    with pytest.raises(InputError, match="has widths"):
        Label(Network(2, 2), 0, Barcode.parse("0-1:2"))
