"""Characters by engine and month, as the figures of a table and the bars of a chart beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

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
    """A year of usage; `has_others` says whether the last engine stands for several."""

    engines: list[str]
    columns: list[Column]
    most: int
    """The total of the highest month."""
    has_others: bool = False
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
        .values_list("month", "engine")
        .annotate(sum=Sum("characters"))
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
    columns = [
        _column(month, figures[month], titles, most=most, place=place)
        for place, month in enumerate(reversed(months) if is_rtl else months)
    ]
    if is_rtl:
        columns.reverse()
    return Chart(engines=titles, columns=columns, most=most, has_others=bool(others))


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
    bars, below = [], 0
    for number, (characters, title) in enumerate(zip(figures, titles, strict=True), start=1):
        if not characters:
            continue
        # Whatever was sent can be seen, however little it was.
        top = max(round(room * (below + characters) / most), round(room * below / most) + 1)
        bottom = round(room * below / most)
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
        below += characters
    return Column(month, bars, figures, sum(figures), place * step + step // 2)
