"""Numbers as people read them: in the active language, with its signs between thousands and parts."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language

from ..segments.figures import has_own_digits, local_digits

_SIGNS = str.maketrans({",": "\N{ARABIC THOUSANDS SEPARATOR}", ".": "\N{ARABIC DECIMAL SEPARATOR}"})


def local_number(number: int | Decimal, *, places: int = 0) -> str:
    """Return a number in the active language, with so many digits after its decimal sign.

    Django knows the signs of most languages; of those with digits of their own it writes 0 to 9.
    """
    code = get_language() or "en"
    if has_own_digits(code):
        return local_digits(f"{number:,.{places}f}".translate(_SIGNS), code)
    return str(number_format(number, decimal_pos=places, force_grouping=True))
