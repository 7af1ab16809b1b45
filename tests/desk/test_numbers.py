"""Numbers are written as the admin's language does, with its signs between thousands."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override

from wagtail_newsroom.desk.numbers import local_number


@pytest.mark.parametrize(
    ("code", "written", "price"),
    [
        ("en", "1,243,108", "1,240.50"),
        ("de", "1.243.108", "1.240,50"),
        ("fa", "۱٬۲۴۳٬۱۰۸", "۱٬۲۴۰٫۵۰"),
        ("fa-AF", "۱٬۲۴۳٬۱۰۸", "۱٬۲۴۰٫۵۰"),
        ("ckb", "١٬٢٤٣٬١٠٨", "١٬٢٤٠٫٥٠"),
    ],
)
def test_a_number_is_written_as_its_language_does(code: str, written: str, price: str) -> None:
    with override(code):
        assert local_number(1_243_108) == written
        assert local_number(Decimal("1240.5"), places=2) == price


@pytest.mark.parametrize(("code", "written"), [("en", "0 999"), ("fa", "۰ ۹۹۹")])
def test_small_numbers_have_no_sign(code: str, written: str) -> None:
    with override(code):
        assert f"{local_number(0)} {local_number(999)}" == written
