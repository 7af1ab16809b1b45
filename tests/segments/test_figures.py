"""Digits and large numbers are those of the language."""

from __future__ import annotations

import pytest

from wagtail_newsroom.segments.figures import local_digits, local_number


@pytest.mark.parametrize(
    ("number", "code", "written"),
    [
        (1_243_108, "en", "1,243,108"),
        (1_243_108, "fa", "۱٬۲۴۳٬۱۰۸"),
        (1_243_108, "fa-AF", "۱٬۲۴۳٬۱۰۸"),
        (1_240, "ckb", "١٬٢٤٠"),
        (999, "fa", "۹۹۹"),
        (0, "fa", "۰"),
    ],
)
def test_a_number_is_written_as_its_language_does(number: int, code: str, written: str) -> None:
    assert local_number(number, code) == written


def test_a_text_keeps_all_but_its_digits() -> None:
    assert local_digits("2.5 of 10", "fa") == "۲.۵ of ۱۰"
    assert local_digits("2.5 of 10", "en") == "2.5 of 10"
