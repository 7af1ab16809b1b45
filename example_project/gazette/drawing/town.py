"""A street in autumn, and the roofs of a small town."""

from __future__ import annotations

import math
import random

from .canvas import HEIGHT, WIDTH, Canvas
from .shapes import hills, smooth


def bench() -> Canvas:
    """An empty bench under a plane tree in autumn, a long street behind."""
    canvas, chance = Canvas("#efe0c2", "#dcbf92"), random.Random(31)
    canvas.gradient(0, 430, "#f3e7cd", "#eccf9e")
    vanish = (800.0, 352.0)
    for side, walls in (
        (-1, ("#b98767", "#c99a75", "#a97a60", "#d0a985", "#b88d70")),
        (1, ("#a8785c", "#c08d68", "#b3856a", "#caa27e", "#a98468")),
    ):
        for number, wall in enumerate(walls):
            near, far = 1 - number * 0.19, 1 - (number + 1) * 0.19
            xs = [vanish[0] + side * (130 + 620 * part**1.6) for part in (near, far)]
            tops = [vanish[1] - 40 - 330 * part**1.5 for part in (near, far)]
            feet = [vanish[1] + 14 + 120 * part**1.7 for part in (near, far)]
            canvas.polygon(
                [(xs[0], tops[0]), (xs[1], tops[1] + 8), (xs[1], feet[1]), (xs[0], feet[0])], wall
            )
            for row in range(4):
                for step in range(3):
                    share = 0.2 + step * 0.28
                    x = xs[0] + (xs[1] - xs[0]) * share
                    top = tops[0] + (tops[1] - tops[0]) * share
                    foot = feet[0] + (feet[1] - feet[0]) * share
                    high = (foot - top) * 0.12
                    wide = abs(xs[1] - xs[0]) * 0.08
                    y = top + (foot - top) * (0.12 + row * 0.22)
                    canvas.box((x - wide, y), (x + wide, y + high), "#5e443b", 190)
    canvas.polygon([(670, 366), (930, 366), (1320, HEIGHT), (120, HEIGHT)], "#d9c3a0")
    canvas.polygon([(-20, 500), (430, 400), (620, HEIGHT), (-20, HEIGHT)], "#cbb189")
    canvas.glow((800, 330), 300, "#fff4d6", 150)
    trunk = smooth([(150, 600), (176, 470), (170, 330), (190, 150), (176, -20)])
    canvas.line(trunk, "#8a745c", 64)
    for _ in range(46):
        step = chance.randrange(len(trunk))
        x, y = trunk[step]
        canvas.ellipse(
            (x + chance.uniform(-26, 26), y),
            chance.uniform(5, 14),
            chance.uniform(8, 22),
            chance.choice(["#b9a687", "#6e5b48", "#d3c3a3"]),
            170,
        )
    canvas.line(smooth([(182, 190), (300, 110), (440, 70)]), "#7d6852", 20)
    canvas.line(smooth([(186, 120), (90, 60), (10, 40)]), "#7d6852", 22)
    for _ in range(330):
        x, y = chance.uniform(-30, 560), abs(chance.gauss(20, 74))
        canvas.circle(
            (x, y),
            chance.uniform(8, 22),
            chance.choice(["#c98a34", "#dba642", "#b8702c", "#8f9a4a"]),
            chance.randrange(140, 235),
        )
    for _ in range(150):
        x, y = chance.uniform(0, 900), chance.uniform(520, 668)
        turn = chance.uniform(0, 3)
        long = chance.uniform(5, 10)
        canvas.line(
            [(x, y), (x + long * math.cos(turn), y + long * math.sin(turn) * 0.5)],
            chance.choice(["#c98a34", "#b8702c", "#dba642"]),
            6,
            220,
        )
    _bench(canvas, 300, 590)
    return canvas


def _bench(canvas: Canvas, x: float, base: float) -> None:
    canvas.ellipse((x + 190, base + 8), 226, 17, "#8d7656", 130)
    for foot in (x + 36, x + 344):
        canvas.line([(foot, base), (foot + 4, base - 74)], "#2d3438", 10)
        canvas.line([(foot + 42, base - 14), (foot + 36, base - 80)], "#20262a", 9)
        canvas.line([(foot + 38, base - 78), (foot + 56, base - 158)], "#2d3438", 9)
        canvas.line(
            smooth([(foot - 12, base - 112), (foot + 18, base - 118), (foot + 48, base - 108)]),
            "#2d3438",
            8,
        )
        canvas.line([(foot - 10, base - 112), (foot - 2, base - 72)], "#2d3438", 7)
    for number in range(4):
        y = base - 70 - number * 5
        canvas.line(
            [(x + number * 8, y), (x + 372 + number * 8, y)], ("#8d5b36", "#9b683f")[number % 2], 8
        )
    for number in range(4):
        y = base - 102 - number * 17
        canvas.line(
            [(x + 40 + number * 4, y), (x + 410 + number * 4, y)],
            ("#9b683f", "#8d5b36")[number % 2],
            11,
        )


def clock() -> Canvas:
    """A square clock tower above the roofs of a small town."""
    canvas, chance = Canvas("#e7d9dc", "#f3d6b6"), random.Random(32)
    canvas.gradient(0, 480, "#b9c3d6", "#f6dcb8")
    for _ in range(16):
        canvas.ellipse(
            (chance.uniform(0, WIDTH), chance.uniform(60, 250)),
            chance.uniform(70, 190),
            chance.uniform(8, 18),
            "#fbefe0",
            110,
        )
    canvas.polygon(hills(chance, 430, 20, width=WIDTH, bottom=HEIGHT), "#9aa6ab")
    canvas.polygon([(520, 150), (680, 150), (690, 600), (510, 600)], "#c9a98a")
    canvas.polygon([(632, 150), (680, 150), (690, 600), (636, 600)], "#a98a70")
    canvas.box((502, 140), (698, 164), "#8d6f5a")
    canvas.polygon([(512, 142), (600, 20), (688, 142)], "#5d4a4c")
    canvas.polygon([(600, 20), (688, 142), (630, 142)], "#473a3d")
    canvas.line([(600, 24), (600, -14)], "#3a3033", 5)
    for x in (540, 636):
        canvas.box((x, 180), (x + 26, 226), "#4a3b3d", radius=12)
    canvas.circle((590, 300), 62, "#6d5648")
    canvas.circle((590, 300), 55, "#f6efe0")
    for hour in range(12):
        angle = hour * math.pi / 6
        start, end = 43, 51
        canvas.line(
            [
                (590 + start * math.sin(angle), 300 - start * math.cos(angle)),
                (590 + end * math.sin(angle), 300 - end * math.cos(angle)),
            ],
            "#3a3033",
            5 if hour % 3 == 0 else 3,
        )
    canvas.line([(590, 300), (590 + 26 * math.sin(-1.1), 300 - 26 * math.cos(-1.1))], "#2b2528", 7)
    canvas.line([(590, 300), (590 + 40 * math.sin(0.9), 300 - 40 * math.cos(0.9))], "#2b2528", 4)
    canvas.circle((590, 300), 5, "#2b2528")
    roofs = ("#a9624a", "#8f5546", "#b8745a", "#9a6a58", "#7e5a55")
    for row, (base, size) in enumerate(((500, 84), (560, 110), (640, 140))):
        x = -60.0 - row * 30
        while x < WIDTH + 20:
            wide = chance.uniform(size * 0.8, size * 1.3)
            tall = size * chance.uniform(0.55, 0.8)
            wall = chance.choice(["#ead9c0", "#dcc3a4", "#e6cdb6", "#d2b79a"])
            canvas.box((x, base - tall), (x + wide + 2, HEIGHT), wall)
            canvas.polygon(
                [
                    (x - 8, base - tall + 4),
                    (x + wide / 2, base - tall - size * 0.42),
                    (x + wide + 8, base - tall + 4),
                ],
                chance.choice(roofs),
            )
            for number in range(2):
                left = x + wide * (0.22 + number * 0.36)
                canvas.box(
                    (left, base - tall * 0.6),
                    (left + size * 0.14, base - tall * 0.6 + size * 0.22),
                    chance.choice(["#6b5a58", "#f3d795"]),
                )
            x += wide + chance.uniform(-4, 10)
    return canvas
