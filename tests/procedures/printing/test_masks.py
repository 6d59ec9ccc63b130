"""Our count of a QR code's penalty is the library's, so that the symbol is the one that it would have chosen."""

import pytest
import qrcode
from qrcode import util
from qrcode.constants import ERROR_CORRECT_M

from procedures.documents.rendering import masks
from procedures.documents.rendering.qr import modules

ADDRESS = "HTTPS://VERIF.EXAMPLE.TN/V/84G7ZWYRD6Z1RV0P#"


@pytest.mark.parametrize("more", ["A7", "Q2X5" * 15, "MFRGGZDF" * 26, "7777AAAA" * 28, "NB2HI4B2" * 35])
def test_the_symbol_is_the_one_of_the_library(more: str) -> None:
    theirs = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    theirs.add_data(ADDRESS + more)
    theirs.make()
    assert modules(ADDRESS + more) == [[bool(module) for module in row] for row in theirs.modules]


@pytest.mark.parametrize("mask", range(8))
def test_the_penalty_of_every_mask_is_the_one_of_the_library(mask: int) -> None:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=mask)
    code.add_data(ADDRESS + "MFRGGZDF" * 26)
    code.make()
    assert masks.score(masks.rows(code.modules), code.modules_count) == util.lost_point(code.modules)
