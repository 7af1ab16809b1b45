"""Rules for numbers: their digits and signs become Persian, their values stay.

https://www.w3.org/TR/alreq/#h_numbers_and_digits shows the signs ٪ ٫ ٬ and where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .characters import DIGITS, LETTERS, OTHER, edits, smallest
from .reading import Edit

_D = f"[{DIGITS}]"
# 13:45, 2019/11/16, 16-11-2019, 16.11.2019: their separators are no decimal signs.
_CLOCK_OR_DATE = rf"(?<!{_D})(?:{_D}{{1,2}}:{_D}{{2}}(?::{_D}{{2}})?|{_D}{{1,4}}(?P<sign>[/.-]){_D}{{1,2}}(?P=sign){_D}{{1,4}})(?!{_D})"
_CLOCK_OR_DATE_ONLY = re.compile(_CLOCK_OR_DATE)
_DIGITS = re.compile(rf"(?P<other>{_CLOCK_OR_DATE})|[0-9\u0660-\u0669]+")
_GROUPED = re.compile(rf"(?<!{_D})(?<!{_D}[.,:/٫٬]){_D}{{1,3}}(?:,{_D}{{3}})+(?!{_D}|[,:/]{_D})")
_DECIMAL = re.compile(
    rf"(?<!{_D})(?<!{_D}[.:/٫])({_D}+(?:[,٬]{_D}{{3}})*)\.({_D}+)(?!{_D}|[.:/٫]{_D})"
)
_PERCENT = re.compile(rf"(?<={_D})[ \u00a0]?%|(?<={_D})[ \u00a0]+٪")
_TO_PERSIAN = str.maketrans("0123456789٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹" * 2)
_ARABIC_LETTER = re.compile(f"[{LETTERS}]")


def digits(text: str) -> Iterator[Edit]:
    """Yield edits that write numbers in Persian digits, other than times and dates.

    A text whose words are all Latin keeps its digits.
    """
    if OTHER in text and not _ARABIC_LETTER.search(text):
        return iter(())
    return edits(
        _DIGITS,
        lambda match: match[0] if match["other"] else match[0].translate(_TO_PERSIAN),
        text,
    )


def times_and_dates(text: str) -> Iterator[Edit]:
    """Yield edits that write times and dates such as 13:45 in Persian digits.

    Their separators, and with them their order, stay.
    """
    if OTHER in text and not _ARABIC_LETTER.search(text):
        return iter(())
    return edits(_CLOCK_OR_DATE_ONLY, lambda match: match[0].translate(_TO_PERSIAN), text)


def number_signs(text: str) -> Iterator[Edit]:
    """Yield edits that write ٬ between thousands, ٫ before decimals and ٪ for percent."""
    if OTHER in text and not _ARABIC_LETTER.search(text):
        return
    if "," in text:
        yield from edits_inside(_GROUPED, ",", "٬", text)
    if "." in text:
        for match in _DECIMAL.finditer(text):
            yield Edit(match.end(1), ".", "٫")
    if "%" in text or "٪" in text:
        yield from edits(_PERCENT, "٪", text)


def edits_inside(pattern: re.Pattern[str], old: str, new: str, text: str) -> Iterator[Edit]:
    """Yield, inside each match of a pattern, an edit for each place where `old` stands."""
    for match in pattern.finditer(text):
        for place in re.finditer(re.escape(old), match[0]):
            edit = smallest(match.start() + place.start(), old, new)
            if edit:
                yield edit
