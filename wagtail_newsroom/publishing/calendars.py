"""Years and months as readers of a language count them, in the calendar of its dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from persiantools.jdatetime import JalaliDate

from ..conf import conf
from ..segments.figures import local_digits
from .dates import format_month, uses_jalali

_FIRST_YEAR, _LAST_YEAR = 1000, 9000
"""Gregorian years in which any zone's midnight is a time that databases take."""


@dataclass(frozen=True, slots=True)
class Period:
    """A year or a month of a language's calendar."""

    language_code: str
    year: int
    month: int | None
    first: date
    """The first day, Gregorian as all that is stored."""
    end: date
    """The day after the last."""

    @property
    def name(self) -> str:
        """The year or the month with its year, as the language writes it."""
        if self.month is None:
            return local_digits(self.year, self.language_code)
        return format_month(self.year, self.month, self.language_code)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """When it begins and when the next begins, by midnight in the current time zone."""
        return _midnight(self.first), _midnight(self.end)

    def nearest(self, language_code: str) -> Period:
        """Return the year or month of another language's calendar that holds the middle day."""
        if uses_jalali(language_code) == uses_jalali(self.language_code):
            year, month = self.year, self.month
        else:
            middle = self.first + timedelta(days=(self.end - self.first).days // 2)
            year, month = year_and_month(middle, language_code)
        found = period_of(language_code, year, None if self.month is None else month)
        if found is None:
            raise ValueError(f"{self.name} has no counterpart in {language_code}")
        return found


def period_of(language_code: str, year: int, month: int | None = None) -> Period | None:
    """Return a year or month of a language's calendar; None if the calendar has none such."""
    if month is not None and not 1 <= month <= 12:
        return None
    following = (year + 1, 1) if month in (None, 12) else (year, (month or 0) + 1)
    try:
        first = _first_day(language_code, year, month or 1)
        end = _first_day(language_code, *following)
    except (ValueError, OverflowError):
        return None
    if not _FIRST_YEAR <= first.year <= _LAST_YEAR:
        return None
    return Period(language_code, year, month, first, end)


def year_and_month(day: date, language_code: str) -> tuple[int, int]:
    """Return the year and month of a language's calendar in which a day lies."""
    if uses_jalali(language_code):
        jalali = JalaliDate.to_jalali(day.year, day.month, day.day)
        return jalali.year, jalali.month
    return day.year, day.month


def _first_day(language_code: str, year: int, month: int) -> date:
    if uses_jalali(language_code):
        first: date = JalaliDate(year, month, 1).to_gregorian()
        return first
    return date(year, month, 1)


def _midnight(day: date) -> datetime:
    moment = datetime.combine(day, time.min)
    return timezone.make_aware(moment) if conf.use_tz else moment
