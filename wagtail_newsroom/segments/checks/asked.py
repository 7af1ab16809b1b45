"""What a figure in digits asks of the other text: the ways in which it may be told there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .calendars import (
    MONTHS,
    YEARS_APART,
    Calendar,
    calendar_of_year,
    date_elsewhere,
    days_elsewhere,
)
from .number_tokens import Token

Told = float | str
"""A number, or a time such as `1:45`, which stands for 13:45 as well."""


@dataclass(frozen=True)
class Figure:
    """A figure in digits, and the ways in which the other language may tell it."""

    text: str
    """As it is written."""
    ways: tuple[frozenset[Told], ...]
    """Sets of what the other text may tell; one set told in full is enough."""
    converted: tuple[frozenset[Told], ...] = ()
    """More such sets, if the two texts do not date by the same calendars."""
    tells: frozenset[Told] = frozenset()
    """What it tells the other text."""

    @property
    def is_small(self) -> bool:
        """Whether it is a number that most languages would rather write in letters."""
        return all(isinstance(told, float) and told <= 12 for told in self.ways[0])


_SHORT = {"bn": 1e9, "tn": 1e12, "trn": 1e12, "mn": 1e6, "m": 1e6, "k": 1e3, "b": 1e9}
_AFTERNOON = re.compile(
    r"\s?(?:[ap]\.?m\b|o.clock|بعد ?از ?ظهر|عصر|شب|صبح|بامداد|ظهر)", re.IGNORECASE
)
_OCLOCK = re.compile(r"(?:ساعت|at|by|from|to|until|تا|از)\s$")
_SHORT_RANGE = re.compile(r"(?<!\d)(\d{4})\s?[-–/]\s?$")
_DECADE = re.compile(r"دهه[ٔ‌ی\s]*$")


def asked_number(
    written: str, terms: list[float], tokens: list[Token], start: int, end: int, text: str
) -> Figure:
    """Return the figure that a chain of number tokens with digits asks for."""
    values = [round(term, 6) for term in terms]
    ways: list[frozenset[Told]] = [frozenset({round(sum(values), 6)})]
    if len(values) > 1:
        return Figure(written, (*ways, frozenset(values)))
    token, value = tokens[start], values[0]
    readings: list[Told] = []
    converted: list[frozenset[Told]] = []
    if end == start + 1 and value == int(value) and "," not in token.text:
        readings = list(_other_readings(token, value, text))
        ways += [frozenset({other}) for other in readings]
        # Years of the other calendar are told without any month, too.
        ways += [frozenset({other}) for other in _other_years(value)]
        converted = [frozenset({float(day)}) for day in _other_days(tokens, start, int(value))]
    elif _AFTERNOON.match(text, token.end) and "." in token.text:
        # 1.45 p.m., as some papers write it
        readings = [time_of_day(token.text.replace(".", ":"))]
        ways.append(frozenset(readings))
    return Figure(written, tuple(ways), tuple(converted), frozenset(readings))


def _other_readings(token: Token, value: float, text: str) -> Iterator[float]:
    before = text[max(0, token.start - 12) : token.start]
    if value <= 24 and (_AFTERNOON.match(text, token.end) or _OCLOCK.search(before)):
        yield value + 12
        yield value - 12
    if value < 100 and (first := _SHORT_RANGE.search(before)):
        yield int(first[1]) // 100 * 100 + value
    if _DECADE.search(before):
        yield from _decades(value)


def _other_years(value: float) -> Iterator[float]:
    calendar = calendar_of_year(value)
    if calendar:
        sign = 1 if calendar is Calendar.JALALI else -1
        yield from (value + sign * years for years in YEARS_APART)


def _other_days(tokens: list[Token], position: int, day: int) -> Iterator[int]:
    near = [
        *reversed(tokens[max(0, position - 2) : position]),
        *tokens[position + 1 : position + 3],
    ]
    for token in near:
        month = MONTHS.get(token.text.lower())
        if month and 1 <= day <= 31:
            yield from days_elsewhere(*month, day)


def _decades(value: float) -> Iterator[float]:
    """Yield the ways to tell a decade: in full and short, in both calendars."""
    for full in (value,) if value > 99 else (1300 + value, 1900 + value):
        other = full + 620 if calendar_of_year(full) is Calendar.JALALI else full - 620
        yield from (full, full % 100, other, other % 100)


def time_of_day(text: str) -> str:
    """Return a time by the clock of twelve hours, which both 1:45 and 13:45 are."""
    hour, rest = text.split(":", 1)
    return f"{int(hour) % 12}:{rest}"


def _asked_time(token: Token, written: str) -> Figure:
    ways: list[frozenset[Told]] = [frozenset({time_of_day(token.text)})]
    parts = [float(part) for part in token.text.split(":")]
    needed = frozenset(parts[1:]) - {0.0}
    for hour in (parts[0], parts[0] % 12, parts[0] % 12 + 12):
        ways.append(frozenset({hour, *needed}))
    return Figure(written, tuple(ways))


def _asked_date(token: Token, written: str) -> Figure:
    parts = [int(part) for part in re.findall(r"\d+", token.text)]
    ways = (frozenset(map(float, parts)),)
    converted = []
    for year, month, day in (parts, parts[::-1], (parts[2], parts[0], parts[1])):
        other = date_elsewhere(year, month, day) if year > 31 else None
        if other:
            converted.append(frozenset(map(float, other)))
    return Figure(written, (*ways, *converted))


def _asked_fraction(token: Token, written: str) -> Figure:
    one, other = token.text.split("/")
    ways: list[frozenset[Told]] = [frozenset({float(one), float(other)})]
    # Persian also writes 3.5 as ۳/۵.
    ways.append(frozenset({float(f"{one}.{other}")}))
    if int(other):
        ways.append(frozenset({round(int(one) / int(other), 6)}))
    return Figure(written, tuple(ways), tells=frozenset().union(*ways))


def _asked_decade(token: Token, written: str) -> Figure:
    readings = list(_decades(float(token.text[:-1])))
    return Figure(written, tuple(frozenset[Told]({other}) for other in readings))


def _asked_short(token: Token, written: str) -> Figure:
    number = token.text.rstrip("abcdefghijklmnopqrstuvwxyz ")
    unit = token.text[len(number) :].strip()
    value = float(number.replace(",", ""))
    ways: list[frozenset[Told]] = [frozenset({round(value * _SHORT[unit], 6)})]
    if unit == "m":
        # Meters as well as millions
        ways.append(frozenset({value}))
    return Figure(written, tuple(ways), tells=frozenset().union(*ways))


ASKED = {
    "time": _asked_time,
    "date": _asked_date,
    "fraction": _asked_fraction,
    "decade": _asked_decade,
    "short": _asked_short,
}
"""What figures other than plain numbers ask for, by the kind of their token."""
