"""Labels: one short name for each network, fiber and stratum, for links, files and data bases.

A network is its widths, ``2.3.2``; a fiber adds its rank, ``2.3.2-1``; a stratum adds its barcode,
``2.3.2-1-0_0.0_2.1_1x2.2_2``, a bar from layer i to layer k as ``i_k``, with ``xN`` if there are N
of them. Labels depend on nothing but what they name, so that they stay the same for ever; they hold
letters, digits, dots, dashes and underscores only; and each thing has one.
"""

from __future__ import annotations

from dataclasses import dataclass

from linnet_exact.errors import InputError
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.network import Network

__all__ = ["Label"]

_FORM = "a label such as 2.3.2, 2.3.2-1 or 2.3.2-1-0_0.0_2.1_1x2.2_2"
_TO_LABEL = str.maketrans("-:,", "_x.")
_FROM_LABEL = str.maketrans("_x.", "-:,")


@dataclass(frozen=True)
class Label:
    """What a label names: a network, or one of its fibers, or a stratum of that.

    Parameters
    ----------
    rank
        Of the fiber; None for the network itself.
    barcode
        Of the stratum; None for the fiber or the network.

    Raises
    ------
    InputError
        If there is no such fiber or stratum.

    Examples
    --------
    >>> str(Label(Network(2, 3, 2), 1))
    '2.3.2-1'
    >>> str(Label.of(Barcode.parse("0-0,0-2,1-1:2,2-2")))
    '2.3.2-1-0_0.0_2.1_1x2.2_2'
    """

    network: Network
    rank: int | None = None
    barcode: Barcode | None = None

    def __post_init__(self) -> None:
        rank, barcode = self.rank, self.barcode
        if rank is not None and not 0 <= rank <= self.network.min_width:
            raise InputError(
                f"a fiber of widths {self.network} has a rank from 0 to {self.network.min_width}, "
                f"not {rank}"
            )
        if barcode is not None and (barcode.network != self.network or barcode.rank != rank):
            raise InputError(
                f"the barcode {barcode} has widths {barcode.network} and rank {barcode.rank}, not "
                f"{self.network} and {rank}"
            )

    @classmethod
    def of(cls, barcode: Barcode) -> Label:
        """Return the label of a stratum."""
        return cls(barcode.network, barcode.rank, barcode)

    @classmethod
    def parse(cls, text: str) -> Label:
        """Return what `text` names.

        Raises
        ------
        InputError
            If the text is not a label, or spelled in another way than `str` does.

        Examples
        --------
        >>> Label.parse("2.1.2-0-0_0x2.1_2.2_2").barcode
        Barcode.parse('0-0:2,1-2,2-2')
        >>> Label.parse("2.01")
        Traceback (most recent call last):
        ...
        linnet_exact.errors.InputError: '2.01': expected a label such as 2.3.2, 2.3.2-1 or \
2.3.2-1-0_0.0_2.1_1x2.2_2
        """
        widths, *rest = text.split("-", 2)
        try:
            network = Network.parse(widths.replace(".", ","))
            rank = int(rest[0][:12]) if rest else None
            barcode = Barcode.parse(rest[1].translate(_FROM_LABEL)) if len(rest) > 1 else None
            label = cls(network, rank, barcode)
        except ValueError as error:
            raise InputError(f"{text[:80]!r}: expected {_FORM}") from error
        if str(label) != text:
            raise InputError(f"{text[:80]!r}: expected {_FORM}")
        return label

    def __str__(self) -> str:
        parts = [str(self.network).replace(",", ".")]
        if self.rank is not None:
            parts.append(str(self.rank))
        if self.barcode is not None:
            parts.append(str(self.barcode).translate(_TO_LABEL))
        return "-".join(parts)
