"""Outlines that several drawings share."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from .canvas import Canvas, Point


def smooth(points: Sequence[Point], *, closed: bool = False, steps: int = 12) -> list[Point]:
    """Return a soft curve through some points (a Catmull-Rom spline)."""
    if closed:
        knots = [points[-1], *points, points[0], points[1]]
    else:
        knots = [points[0], *points, points[-1]]
    curve: list[Point] = []
    for a, b, c, d in zip(knots, knots[1:], knots[2:], knots[3:], strict=False):
        for step in range(steps):
            t = step / steps
            curve.append((_between(a[0], b[0], c[0], d[0], t), _between(a[1], b[1], c[1], d[1], t)))
    return curve if closed else [*curve, points[-1]]


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )


def hills(
    chance: random.Random, height: float, rough: float, *, width: float, bottom: float
) -> list[Point]:
    """Return a hilly strip from its ridge down to a lower edge."""
    phases = [chance.uniform(0, 6) for _ in range(3)]
    ridge = [
        (
            x,
            height
            + rough * (math.sin(x / 210 + phases[0]) + math.sin(x / 83 + phases[1]) / 2)
            + rough / 5 * math.sin(x / 23 + phases[2]),
        )
        for x in range(-12, int(width) + 24, 12)
    ]
    return [*ridge, (width + 12, bottom), (-12, bottom)]


def house(canvas: Canvas, x: float, base: float, wide: float, tall: float, wall: str) -> None:
    """Draw a small house with a gable roof and two lit windows."""
    canvas.box((x, base - tall), (x + wide, base), wall)
    canvas.polygon(
        [
            (x - wide * 0.1, base - tall + 2),
            (x + wide / 2, base - tall - wide * 0.5),
            (x + wide * 1.1, base - tall + 2),
        ],
        "#4a3634",
    )
    for share in (0.2, 0.6):
        left = x + wide * share
        canvas.box(
            (left, base - tall * 0.66), (left + wide * 0.2, base - tall * 0.3), "#f4dc9c", 235
        )


def ripples(
    canvas: Canvas,
    chance: random.Random,
    *,
    top: float,
    bottom: float,
    width: float,
    colors: Sequence[str],
    count: int,
) -> None:
    """Draw short waves that grow towards the viewer."""
    for _ in range(count):
        share = chance.random() ** 0.7
        y = top + (bottom - top) * share
        long = 8 + 70 * share * chance.random()
        x = chance.uniform(-20, width)
        canvas.line(
            [(x, y), (x + long / 2, y - 1 - 3 * share), (x + long, y)],
            chance.choice(list(colors)),
            1 + 1.6 * share,
            round(60 + 110 * share),
        )


def fish(
    canvas: Canvas, x: float, y: float, size: float, turn: float, color: str, belly: str
) -> None:
    """Draw a small fish; `turn` is the angle at which it swims."""

    def at(a: float, b: float) -> Point:
        return (
            x + size * (a * math.cos(turn) - b * math.sin(turn)),
            y + size * (a * math.sin(turn) + b * math.cos(turn)),
        )

    back = smooth([(1.0, 0.0), (0.55, -0.22), (0.0, -0.24), (-0.62, -0.05), (-0.72, 0.0)])
    under = smooth([(-0.72, 0.0), (-0.6, 0.05), (0.0, 0.26), (0.6, 0.2), (1.0, 0.0)])
    canvas.polygon([at(a, b) for a, b in back + under], belly)
    canvas.polygon([at(a, b) for a, b in back] + [at(-0.6, 0.03), at(0.9, 0.03)], color)
    canvas.polygon([at(-0.64, 0.0), at(-1.05, -0.24), at(-0.94, 0.0), at(-1.05, 0.24)], color)
    eye = at(0.76, -0.05)
    canvas.circle(eye, max(1.0, size * 0.06), "#1b2530")


def pen_stroke(
    canvas: Canvas, points: Sequence[Point], nib: Point, color: str, alpha: int = 255
) -> None:
    """Draw a stroke of a broad pen, whose edge always lies the same way."""
    across, down = nib
    for (x, y), (next_x, next_y) in zip(points, points[1:], strict=False):
        canvas.polygon(
            [
                (x + across, y + down),
                (next_x + across, next_y + down),
                (next_x - across, next_y - down),
                (x - across, y - down),
            ],
            color,
            alpha,
        )
        canvas.line([(x + across, y + down), (x - across, y - down)], color, 1.2)
