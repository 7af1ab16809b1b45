"""Digits as readers of a language write them."""

from __future__ import annotations

DIGITS = {
    "ckb": "٠١٢٣٤٥٦٧٨٩",
    "fa": "۰۱۲۳۴۵۶۷۸۹",
    "ps": "۰۱۲۳۴۵۶۷۸۹",
}
"""The digits of languages that do not write 0 to 9."""


def has_own_digits(language_code: str) -> bool:
    """Return whether a language writes other digits than 0 to 9."""
    return _digits_of(language_code) is not None


def local_digits(text: object, language_code: str) -> str:
    """Return a text with its digits as the language writes them."""
    digits = _digits_of(language_code)
    return str(text) if digits is None else str(text).translate(str.maketrans("0123456789", digits))


def _digits_of(language_code: str) -> str | None:
    # A variant without an entry of its own reads like its language.
    code = language_code.lower()
    return DIGITS.get(code, DIGITS.get(code.split("-")[0]))
