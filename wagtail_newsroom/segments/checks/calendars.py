"""Months by name in two calendars, and how a day of one may read in the other."""

from __future__ import annotations

import datetime
import functools
from enum import Enum

from persiantools.jdatetime import JalaliDate


class Calendar(Enum):
    """A calendar that news texts date by."""

    GREGORIAN = "gregorian"
    JALALI = "jalali"


def _months(names: str, calendar: Calendar) -> dict[str, tuple[Calendar, int]]:
    return {
        name: (calendar, number)
        for number, variants in enumerate(names.split(), start=1)
        for name in variants.split("/")
    }


MONTHS = {
    **_months(
        "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug"
        " september/sep/sept october/oct november/nov december/dec",
        Calendar.GREGORIAN,
    ),
    **_months(
        "ژانویه/جنوری فوریه/فبروری مارس/مارچ آوریل/آپریل/اپریل مه/می ژوئن/ژوین/جون"
        " ژوئیه/ژوییه/جولای اوت/آگوست/اگست سپتامبر/سپتمبر اکتبر/اکتوبر نوامبر/نومبر دسامبر/دسمبر",
        Calendar.GREGORIAN,
    ),
    **_months(
        "farvardin ordibehesht khordad tir mordad shahrivar mehr aban azar dey bahman esfand",
        Calendar.JALALI,
    ),
    **_months(
        "فروردین/حمل اردیبهشت/ثور خرداد/جوزا تیر/سرطان مرداد/امرداد/اسد شهریور/سنبله مهر/میزان"
        " آبان/عقرب آذر/قوس دی/جدی بهمن/دلو اسفند/حوت",
        Calendar.JALALI,
    ),
}
"""The calendar and number of a month by its name in lower case; some names are words, too."""

YEARS_APART = (621, 622)
"""What a Gregorian year is ahead of the Jalali year, after and before the spring."""


def calendar_of_year(year: float) -> Calendar | None:
    """Return the calendar that a number is probably a year in; None for other numbers."""
    if 1200 <= year <= 1500:
        return Calendar.JALALI
    return Calendar.GREGORIAN if 1800 <= year <= 2130 else None


@functools.lru_cache(maxsize=1024)
def days_elsewhere(calendar: Calendar, month: int, day: int) -> frozenset[int]:
    """Return the days of the month that a day of one calendar is in the other, over the years."""
    found = set()
    for year in range(2016, 2032):
        try:
            if calendar is Calendar.GREGORIAN:
                found.add(JalaliDate(datetime.date(year, month, day)).day)
            else:
                found.add(JalaliDate(year - YEARS_APART[0], month, day).to_gregorian().day)
        except ValueError:
            continue
    return frozenset(found)


@functools.lru_cache(maxsize=1024)
def date_elsewhere(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    """Return a date in the other calendar; None when it is no date."""
    try:
        if calendar_of_year(year) is Calendar.JALALI:
            other = JalaliDate(year, month, day).to_gregorian()
            return other.year, other.month, other.day
        jalali = JalaliDate(datetime.date(year, month, day))
    except (ValueError, OverflowError):
        return None
    return jalali.year, jalali.month, jalali.day
