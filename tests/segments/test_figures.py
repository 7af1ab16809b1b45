"""Digits are those of the language."""

from __future__ import annotations

from wagtail_newsroom.segments.figures import has_own_digits, local_digits


def test_a_text_keeps_all_but_its_digits() -> None:
    assert local_digits("2.5 of 10", "fa") == local_digits("2.5 of 10", "fa-AF") == "۲.۵ of ۱۰"
    assert local_digits("2.5 of 10", "ckb") == "٢.٥ of ١٠"
    assert local_digits("2.5 of 10", "en") == "2.5 of 10"
    assert [has_own_digits(code) for code in ("ckb", "fa", "FA-AF", "en", "ar")] == [
        True,
        True,
        True,
        False,
        False,
    ]
