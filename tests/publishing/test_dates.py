"""Dates are written in the calendar, the digits and the day of the reader."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone as django_timezone
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from wagtail_newsroom.checks import check_calendars
from wagtail_newsroom.publishing.calendars import period_of, year_and_month
from wagtail_newsroom.publishing.dates import (
    format_date,
    format_month,
    machine_date,
    name_of_month,
    uses_jalali,
)
from wagtail_newsroom.segments.figures import local_digits

EVENING = datetime(2019, 11, 15, 21, 0, 30, 5, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("zone", "code", "words", "machine"),
    [
        ("UTC", "fa", "۲۴ آبان ۱۳۹۸", "2019-11-15T21:00:30+00:00"),
        ("Asia/Tehran", "fa", "۲۵ آبان ۱۳۹۸", "2019-11-16T00:30:30+03:30"),
        ("UTC", "en", "15 November 2019", "2019-11-15T21:00:30+00:00"),
        ("Asia/Tehran", "en", "16 November 2019", "2019-11-16T00:30:30+03:30"),
        ("Asia/Tehran", "en-gb", "16 November 2019", "2019-11-16T00:30:30+03:30"),
        ("UTC", "fa-af", "۲۴ عقرب ۱۳۹۸", "2019-11-15T21:00:30+00:00"),
        ("UTC", "fa-ir", "۲۴ آبان ۱۳۹۸", "2019-11-15T21:00:30+00:00"),
        ("UTC", "de", "15. November 2019", "2019-11-15T21:00:30+00:00"),
    ],
)
def test_the_day_is_that_of_the_current_time_zone(
    zone: str, code: str, words: str, machine: str
) -> None:
    with django_timezone.override(ZoneInfo(zone)):
        assert (format_date(EVENING, code), machine_date(EVENING)) == (words, machine)


def test_a_day_without_time_is_taken_as_it_is() -> None:
    assert format_date(date(2024, 3, 20), "fa") == "۱ فروردین ۱۴۰۳"
    assert format_date(date(2025, 3, 20), "fa") == "۳۰ اسفند ۱۴۰۳"
    assert machine_date(date(2024, 3, 20)) == "2024-03-20"


def test_a_time_without_zone_is_taken_as_it_is() -> None:
    naive = datetime(2019, 11, 15, 23, 59)
    assert format_date(naive, "en") == "15 November 2019"
    assert machine_date(naive) == "2019-11-15T23:59:00"


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_solar_date_has_no_leading_zero_and_no_latin_digit(day: date) -> None:
    number, month, year = format_date(day, "fa").split(" ")
    jalali = JalaliDate(day)
    assert (int(number), int(year)) == (jalali.day, jalali.year)
    assert not number.startswith("۰")
    assert not any(digit in number + year for digit in "0123456789")
    next_day = format_date(day + timedelta(days=1), "fa")
    assert next_day != f"{number} {month} {year}"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("fa", "صفحهٔ ۱۲ از ۳۴۰"),
        ("fa-af", "صفحهٔ ۱۲ از ۳۴۰"),
        ("ckb", "صفحهٔ ١٢ از ٣٤٠"),
        ("en", "صفحهٔ 12 از 340"),
        ("ur", "صفحهٔ 12 از 340"),
    ],
)
def test_digits_are_those_of_the_language(code: str, text: str) -> None:
    assert local_digits("صفحهٔ 12 از 340", code) == text


@pytest.mark.parametrize(
    ("calendars", "code", "words", "month", "is_solar"),
    [
        ({}, "fa", "۲۵ آبان ۱۳۹۸", "آبان ۱۳۹۸", True),
        ({"fa": "jalali"}, "fa-ir", "۲۵ آبان ۱۳۹۸", "آبان ۱۳۹۸", True),
        ({"fa": "gregorian"}, "fa", "۱۶ نوامبر ۲۰۱۹", "نوامبر ۲۰۱۹", False),
        ({"fa": "both"}, "fa", "۲۵ آبان ۱۳۹۸ (۱۶ نوامبر ۲۰۱۹)", "آبان ۱۳۹۸", True),
        ({"fa": "gregorian", "fa-AF": "both"}, "fa-af", None, "عقرب ۱۳۹۸", True),
        ({"en": "both"}, "en", "25 Aban 1398 (16 November 2019)", "Aban 1398", True),
        ({"fa": "both"}, "en", "16 November 2019", "November 2019", False),
        ({"ckb": "jalali"}, "ckb", "٢٥ Aban ١٣٩٨", "Aban ١٣٩٨", True),
    ],
)
def test_a_language_is_written_in_the_calendar_that_the_site_gives_it(
    calendars: dict[str, str],
    code: str,
    words: str | None,
    month: str,
    is_solar: bool,
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_CALENDARS = calendars
    if words is not None:
        assert format_date(date(2019, 11, 16), code) == words
    year, number = year_and_month(date(2019, 11, 16), code)
    assert format_month(year, number, code) == month
    assert name_of_month(number, code) == month.rpartition(" ")[0]
    assert uses_jalali(code) is is_solar
    period = period_of(code, year, number)
    assert period is not None
    assert period.first <= date(2019, 11, 16) < period.end


def test_a_calendar_that_there_is_not_is_an_error(settings: Any) -> None:
    assert check_calendars() == []
    settings.WAGTAIL_NEWSROOM_CALENDARS = {"fa": "both", "en": "julian"}
    (error,) = check_calendars()
    assert error.id == "wagtail_newsroom.E018"
    assert "en: julian" in error.msg


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(1, 1, 1), "۱ ژانویه ۰۰۰۱"),
        (date(622, 3, 22), "۱ فروردین ۱"),
        (date(9999, 12, 31), "۳۱ دسامبر ۹۹۹۹"),
    ],
)
def test_a_day_that_the_solar_calendar_cannot_name_is_gregorian(day: date, words: str) -> None:
    assert format_date(day, "fa") == words
