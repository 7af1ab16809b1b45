"""Dates are written in the calendar, the digits and the day of the reader."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone as django_timezone
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from wagtail_newsroom.publishing.dates import format_date, local_digits, machine_date

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
