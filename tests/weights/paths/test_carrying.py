"""Transport of points and fibers: over fields, at the edges, and wrong certificates."""

from dataclasses import replace

import pytest

from linnet_exact import Barcode, Matrix, Weights
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.files import check_certificate
from linnet_exact.files.certificates.sealing import sealed
from linnet_exact.files.certificates.transport import transport_certificate
from linnet_exact.weights import sample
from linnet_exact.weights.paths.carrying import carry, carry_fiber
from tests.strategies_fields import IMAGINARY, QUADRATIC
from tests.weights.reference import product_of, ranks_of, small_barcodes

BARCODES = [*small_barcodes(1, 2), *small_barcodes(2, 2), *small_barcodes(3, 1)]


@pytest.mark.parametrize("barcode", BARCODES, ids=str)
def test_every_stratum_over_two_products(barcode: Barcode) -> None:
    first, second = (sample(barcode, seed=seed) for seed in (1, 2))
    found = carry(first, second)
    found.check()
    assert found.apply(first) == second
    depth = barcode.depth
    w, v = (product_of(theta, depth, 0) for theta in (first, second))
    g = found.group
    assert g[-1] @ Matrix(w) == Matrix(v) @ g[0]
    for stratum in barcode.fiber.strata():
        other = sample(stratum.barcode, 3, target=first.product())
        for carrying in (found, carry_fiber(first, second)):
            carrying.check()
            moved = carrying.apply(other)
            assert moved.product() == second.product()
            assert ranks_of(moved) == dict(stratum.barcode.rank_list)
            flat = Matrix([[x for m in other.matrices for row in m.rows() for x in row]])
            assert flat @ Matrix.block_diagonal(carrying.linear_map).T == Matrix(
                [[x for m in moved.matrices for row in m.rows() for x in row]]
            )


@pytest.mark.parametrize("field", [QUADRATIC, IMAGINARY], ids=str)
def test_over_number_fields_and_mixed(field) -> None:
    barcode = Barcode.parse("0-0,0-2,1-1:2,2-2")
    rational, other = sample(barcode, 1), sample(barcode, 2, field=field)
    for pair in ((rational, other), (other, rational), (other, other)):
        found = carry(*pair)
        found.check()
        assert found.group[0].field == field
        claims = check_certificate(transport_certificate(found))
        assert len(claims) == 2


def test_refused() -> None:
    one, other = Weights([[[1]], [[0]]]), Weights([[[0]], [[1]]])
    with pytest.raises(InputError, match="no g carries a point of barcode"):
        carry(one, other)
    with pytest.raises(InputError, match="a fiber of rank 0 to one of 1"):
        carry_fiber(one, Weights([[[1]], [[1]]]))
    with pytest.raises(InputError, match="the widths differ: 1,1,1 and 1,1"):
        carry_fiber(one, Weights([[[1]]]))


def test_wrong_certificates() -> None:
    theta = Weights([[[2]], [[3]]])
    found = carry(theta, Weights([[[1]], [[6]]]))
    for change, message in [
        ({"inverses": (Matrix([[1]]), Matrix([[1]]), Matrix([[1]]))}, "is not the identity"),
        ({"end": Weights([[[1]], [[7]]])}, "g_L W is not W' g_0"),
        ({"end": Weights([[[3]], [[2]]])}, "g_1 W_1 g_0"),
    ]:
        with pytest.raises(CertificateError, match=message):
            replace(found, **change).check()
    certificate = transport_certificate(found)
    for change, error, message in [
        ({"carries": "nothing"}, InputError, "carries must be"),
        ({"group": certificate["group"][:2]}, CertificateError, "do not fit the widths"),
        ({"group": [[[1]], [[1, 2]], [[1]]]}, CertificateError, "do not fit the widths"),
        ({"start": 5}, InputError, "start must be a list"),
    ]:
        with pytest.raises(error, match=message):
            check_certificate(sealed({**certificate, **change}))
