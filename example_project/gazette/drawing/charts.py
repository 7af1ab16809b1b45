"""Charts without words, so that each serves every language; the figures are the articles'."""

from __future__ import annotations

import math
import random

from .canvas import Canvas, Point
from .shapes import smooth

PAPER, INK, GRID = "#f7f3ea", "#2b2f3a", "#ded5c3"
LEFT, RIGHT, TOP, BASE = 90.0, 1110.0, 80.0, 590.0

FOG_LITERS = (7100, 6500, 5600, 4100, 2900, 1700, 1150, 1600, 2800, 4700, 6100, 7750)
"""Liters a day from the nets, January to December."""

FLOOD_METERS = 5.1
FLOOD_YEARS = (1968, 2014, 2021)
HERRING_FIRST, HERRING_LAST = 1978, 2026


def _axes() -> Canvas:
    canvas = Canvas(PAPER, PAPER)
    for step in range(5):
        y = TOP + (BASE - TOP) * step / 5
        canvas.line([(LEFT, y), (RIGHT, y)], GRID, 2)
    canvas.line([(LEFT, BASE), (RIGHT, BASE)], INK, 4)
    return canvas


def fog_chart() -> Canvas:
    """Twelve bars, tall in winter and short in summer."""
    canvas = _axes()
    wide = (RIGHT - LEFT) / 12
    for month, liters in enumerate(FOG_LITERS):
        x = LEFT + month * wide + wide * 0.16
        top = BASE - (BASE - TOP) * liters / 8000
        color = "#d98f3d" if liters < 2000 else "#4d8a9c"
        canvas.box((x, top), (x + wide * 0.68, BASE - 2), color, radius=4)
    average = BASE - (BASE - TOP) * sum(FOG_LITERS) / 12 / 8000
    for x in range(int(LEFT), int(RIGHT), 22):
        canvas.line([(x, average), (x + 11, average)], INK, 3)
    return canvas


def flood_chart() -> Canvas:
    """The highest water of each year since 1903, and the line that three of them reach."""
    canvas, chance = _axes(), random.Random(51)
    years = range(1903, 2027)
    wide = (RIGHT - LEFT) / len(years)
    level = BASE - (BASE - TOP) * FLOOD_METERS / 6
    for number, year in enumerate(years):
        peak = 2.5 + chance.gammavariate(2.2, 0.28) + max(0, year - 1990) * 0.008
        peak = FLOOD_METERS + 0.04 if year in FLOOD_YEARS else min(peak, 4.7)
        x = LEFT + (number + 0.5) * wide
        color = "#c8392f" if year in FLOOD_YEARS else "#6d8fa5"
        canvas.line([(x, BASE - 3), (x, BASE - (BASE - TOP) * peak / 6)], color, 4.6)
    canvas.line([(LEFT, level), (RIGHT, level)], "#c8392f", 3)
    return canvas


def sleep_chart() -> Canvas:
    """Two hills of one shape: hours of sleep before and after, the second further right."""
    canvas = Canvas(PAPER, PAPER)

    def hill(middle: float) -> list[Point]:
        return [
            (x, BASE - 430 * math.exp(-(((x - middle) / 150) ** 2)))
            for x in range(int(LEFT), int(RIGHT) + 1, 5)
        ]

    # An hour is 120 wide, so that 34 minutes are 68.
    before, after = hill(520), hill(588)
    for hour in range(9):
        x = LEFT + 30 + hour * 120
        canvas.line([(x, TOP), (x, BASE)], GRID, 2)
        canvas.line([(x, BASE), (x, BASE + 12)], INK, 3)
    canvas.polygon([*before, (RIGHT, BASE), (LEFT, BASE)], "#8c8f96", 90)
    canvas.polygon([*after, (RIGHT, BASE), (LEFT, BASE)], "#e08a3c", 90)
    canvas.line(before, "#7a7d85", 6)
    canvas.line(after, "#d8762d", 7)
    canvas.line([(LEFT, BASE), (RIGHT, BASE)], INK, 4)
    canvas.line([(520, 130), (580, 130)], INK, 5)
    canvas.polygon([(576, 117), (600, 130), (576, 143)], INK)
    return canvas


def herring_chart() -> Canvas:
    """A line that falls, stays low for long, and rises steeply at its end."""
    canvas, chance = _axes(), random.Random(53)
    years = range(HERRING_FIRST, HERRING_LAST + 1)
    tonnes = []
    for year in years:
        high = 165 * math.exp(-(((year - HERRING_FIRST) / 7) ** 2))
        rise = 152 / (1 + math.exp(-(year - 2023.6) * 1.5))
        tonnes.append(58 + high + rise + chance.uniform(-9, 9))
    tonnes[-1] = 212
    step = (RIGHT - LEFT) / (len(tonnes) - 1)
    points = [
        (LEFT + number * step, BASE - (BASE - TOP) * value / 250)
        for number, value in enumerate(tonnes)
    ]
    curve = smooth(points, steps=4)
    canvas.polygon([*curve, (RIGHT, BASE), (LEFT, BASE)], "#4d8a9c", 60)
    canvas.line(curve, "#2d6a8e", 7)
    canvas.circle(points[-1], 13, "#d8563f")
    canvas.circle(points[-1], 5, PAPER)
    canvas.line([(LEFT, BASE), (RIGHT, BASE)], INK, 4)
    return canvas
