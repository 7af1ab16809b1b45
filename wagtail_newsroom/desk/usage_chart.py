"""Characters by engine and month, as the figures of a table and the bars of a chart beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .models import EngineUsage
from .usage import this_month

MONTHS = 12
"""How many months are shown, the current one included."""
MOST_ENGINES = 6
"""Engines that have a colour of their own; the rest is one more."""

WIDTH, HEIGHT = 720, 240
_BOTTOM, _TOP = 24, 20
"""Room for the months below, and for the scale above."""


@dataclass(frozen=True)
class Bar:
    """A part of a month's column: one engine's characters."""

    engine: str
    number: int
    """Which colour it has, from 1."""
    characters: int
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Column:
    """One month: its place in the chart, and its line in the table."""

    month: date
    bars: list[Bar]
    figures: list[int]
    """Characters by engine, in the order of the chart's engines."""
    total: int
    middle: int
    """Where its name stands."""


@dataclass(frozen=True)
class Chart:
    """A year of usage."""

    engines: list[str]
    """Their names; an empty one stands for all others."""
    columns: list[Column]
    most: int
    """The total of the highest month."""
    start: int
    """Where lines are begun to be read."""
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - _BOTTOM
    """Where the columns stand."""


def usage_chart(labels: Mapping[str, str], *, is_rtl: bool = False) -> Chart | None:
    """Return the chart of the last twelve months, None where nothing was sent; one query.

    Engines are named by `labels`, as far as they are set up still. In right-to-left languages the
    oldest month stands at the right.
    """
    months = _last_months()
    sent: dict[tuple[date, str], int] = {}
    totals: dict[str, int] = {}
    for month, engine, characters in (
        EngineUsage.objects.filter(month__gte=months[0], month__lte=months[-1])
        .order_by()
        .values_list("month", "engine", "characters")
    ):
        sent[month, engine] = characters
        totals[engine] = totals.get(engine, 0) + characters
    names = sorted((name for name in totals if totals[name]), key=lambda one: (-totals[one], one))
    if not names:
        return None
    groups = [[name] for name in names[:MOST_ENGINES]]
    if others := names[MOST_ENGINES:]:
        groups.append(others)
    figures = {
        month: [sum(sent.get((month, name), 0) for name in group) for group in groups]
        for month in months
    }
    most = max(sum(row) for row in figures.values())
    titles = [labels.get(name, name) for name in names[:MOST_ENGINES]]
    if others:
        titles.append("")
    places = range(MONTHS)[:: -1 if is_rtl else 1]
    columns = [
        _column(month, figures[month], titles, most=most, place=place)
        for month, place in zip(months, places, strict=True)
    ]
    return Chart(engines=titles, columns=columns, most=most, start=WIDTH if is_rtl else 0)


def _last_months() -> list[date]:
    """Return the first days of the last months, the oldest first."""
    last = this_month()
    count = last.year * 12 + last.month - 1
    return [
        date(number // 12, number % 12 + 1, 1) for number in range(count - MONTHS + 1, count + 1)
    ]


def _column(month: date, figures: list[int], titles: list[str], *, most: int, place: int) -> Column:
    step = WIDTH // MONTHS
    gap = step // 5
    room = HEIGHT - _BOTTOM - _TOP
    bars, below, bottom = [], 0, 0
    for number, (characters, title) in enumerate(zip(figures, titles, strict=True), start=1):
        if not characters:
            continue
        below += characters
        # Whatever was sent can be seen, however little it was.
        top = max(round(room * below / most), bottom + 1)
        bars.append(
            Bar(
                engine=title,
                number=number,
                characters=characters,
                x=place * step + gap,
                y=HEIGHT - _BOTTOM - top,
                width=step - 2 * gap,
                height=top - bottom,
            )
        )
        bottom = top
    return Column(month, bars, figures, sum(figures), place * step + step // 2)
