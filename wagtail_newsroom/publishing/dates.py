"""Dates and digits as readers of a language write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from django.utils import timezone, translation
from django.utils.formats import date_format
from persiantools.jdatetime import MONTH_NAMES_EN, MONTH_NAMES_FA, JalaliDate

from ..conf import conf
from ..segments.figures import local_digits

T = TypeVar("T")

CALENDARS = ("jalali", "gregorian", "both")
"""What `WAGTAIL_NEWSROOM_CALENDARS` may say of a language; `both` adds the Gregorian date."""

# Names of the solar months by language; index 0 is empty.
_JALALI_MONTHS: dict[str, list[str]] = {
    "en": ["", *MONTH_NAMES_EN[1:]],
    "fa": ["", *MONTH_NAMES_FA[1:]],
    "fa-af": [
        "",
        "حمل",
        "ثور",
        "جوزا",
        "سرطان",
        "اسد",
        "سنبله",
        "میزان",
        "عقرب",
        "قوس",
        "جدی",
        "دلو",
        "حوت",
    ],
}

# Django's own formats are American for English.
_FORMATS = {"en": "j F Y"}


def calendar_of(language_code: str) -> str:
    """Return the calendar that a language's dates are written in, one of `CALENDARS`."""
    code = language_code.lower()
    chosen = _find({key.lower(): value for key, value in conf.calendars.items()}, code)
    return chosen or ("jalali" if code.split("-")[0] == "fa" else "gregorian")


def uses_jalali(language_code: str) -> bool:
    """Return whether a language's years and months are solar ones; also where both are written."""
    return calendar_of(language_code) != "gregorian"


def format_date(value: date | datetime, language_code: str) -> str:
    """Return a date in words, in the language's calendar and digits: `۲۵ آبان ۱۳۹۸`.

    A day that the solar calendar cannot name is a Gregorian date in every language. With both
    calendars, the Gregorian date follows: `۲۵ آبان ۱۳۹۸ (۱۶ نوامبر ۲۰۱۹)`. An aware time is
    first turned into the current time zone, for at 21:00 UTC it is already the next day in Tehran.
    """
    day = day_of(value)
    code = language_code.lower()
    calendar = calendar_of(code)
    if calendar == "gregorian":
        return _gregorian(day, code)
    try:
        jalali = JalaliDate.to_jalali(day.year, day.month, day.day)
    except ValueError:
        # Before the first solar year, or after the last that can be reckoned.
        return _gregorian(day, code)
    # persiantools' own `%d` writes a leading zero.
    words = f"{jalali.day} {_solar_months(code)[jalali.month]} {jalali.year}"
    if calendar == "both":
        words = f"{words} ({_gregorian(day, code)})"
    return local_digits(words, code)


def _gregorian(day: date, code: str) -> str:
    with translation.override(code):
        return local_digits(date_format(day, _find(_FORMATS, code) or "DATE_FORMAT"), code)


def _solar_months(code: str) -> list[str]:
    return _find(_JALALI_MONTHS, code) or _JALALI_MONTHS["en"]


def format_month(year: int, month: int, language_code: str) -> str:
    """Return a month of the language's calendar in words: `آبان ۱۳۹۸`, `November 2019`."""
    code = language_code.lower()
    if uses_jalali(code):
        return local_digits(f"{_solar_months(code)[month]} {year}", code)
    with translation.override(code):
        return local_digits(date_format(date(year, month, 1), "YEAR_MONTH_FORMAT"), code)


def name_of_month(month: int, language_code: str) -> str:
    """Return the name of a month of the language's calendar."""
    code = language_code.lower()
    if uses_jalali(code):
        return _solar_months(code)[month]
    with translation.override(code):
        return date_format(date(2000, month, 1), "F")


def day_of(value: date | datetime) -> date:
    """Return the day of a date or time in the current time zone."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def machine_date(value: date | datetime) -> str:
    """Return a date or time for machines, ISO 8601, a time with its zone and without fractions."""
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.isoformat(timespec="seconds")
    return value.isoformat()


def _find(table: dict[str, T], code: str) -> T | None:
    # A variant without an entry of its own reads like its language.
    return table.get(code, table.get(code.split("-")[0]))
