"""The river at a bridge."""

from __future__ import annotations

import math
import random

from .canvas import HEIGHT, WIDTH, Canvas, Point
from .shapes import hills, house, smooth


def flood_marks() -> Canvas:
    """A stone pier with carved lines, brown water close below the highest."""
    canvas, chance = Canvas("#c9ccc8", "#a5a49a"), random.Random(34)
    canvas.gradient(0, 420, "#aab4ba", "#dcd8cc")
    canvas.polygon(hills(chance, 300, 14, width=WIDTH, bottom=HEIGHT), "#8f9a94")
    for x in (30, 96, 170, 246, 318, 870, 948, 1020, 1100, 1168):
        wall = chance.choice(["#d9cbb4", "#c9b59a", "#e0d2bd"])
        house(canvas, x, 352 + chance.uniform(-4, 6), 36, 30, wall)
    level = 388
    under: list[Point] = []
    for middle in (1052, 188):
        under += [
            (middle + 222 * math.cos(a), level + 10 - 236 * math.sin(a))
            for a in (math.pi * step / 48 for step in range(49))
        ]
    bottom = [(1274, HEIGHT), *under[:49], (830, HEIGHT), (410, HEIGHT), *under[49:], (-34, HEIGHT)]
    canvas.polygon([(-34, 60), (1274, 60), *bottom], "#948b7c")
    canvas.box((-10, 40), (1210, 66), "#6f675c")
    canvas.box((-10, 34), (1210, 44), "#857c6e")
    for row in range(8):
        y = 76 + row * 42
        for column in range(6):
            x = 396 + column * 80 - (row % 2) * 40
            left, right = max(x, 420), min(x + 76, 820)
            if right - left > 12:
                tone = chance.choice(["#a79e8d", "#938a7b", "#9d9484", "#b0a796"])
                canvas.box((left, y), (right, y + 38), tone, radius=4)
    for y, indent in ((196, 14), (212, 0), (226, 26), (292, 8), (330, 20), (362, 4)):
        start = 486 + indent
        color = "#38342e" if y < 240 else "#544e44"
        canvas.line([(start, y), (start + 168, y)], color, 5)
        canvas.line([(start, y + 4), (start + 168, y + 4)], "#cbc3b2", 1.8, 190)
        for number in range(4):
            left = start + 186 + number * 12
            canvas.line([(left, y - 8), (left + 3, y + 7)], color, 3.4)
    water = smooth(
        [
            (-20, level),
            (200, level - 4),
            (410, level - 16),
            (620, level - 22),
            (830, level - 14),
            (1010, level - 2),
            (1220, level),
        ]
    )
    canvas.polygon([*water, (1220, HEIGHT), (-20, HEIGHT)], "#8b7c62")
    for step in range(40):
        y = level + step * 7.3
        canvas.polygon([(-20, y), (1220, y), (1220, HEIGHT), (-20, HEIGHT)], "#3d382f", 7)
    for _ in range(170):
        share = chance.random() ** 0.8
        y = level + 8 + (HEIGHT - level) * share
        x = chance.uniform(-60, WIDTH)
        long = 40 + 190 * share
        line = smooth(
            [
                (x, y),
                (x + long * 0.35, y + 5 * share),
                (x + long * 0.7, y - 4 * share),
                (x + long, y + 2),
            ]
        )
        canvas.line(
            line,
            chance.choice(["#c3b494", "#5f5543", "#d8cbae"]),
            1 + 2 * share,
            chance.randrange(60, 150),
        )
    canvas.line(water, "#e4dac0", 3, 170)
    for side in (-1, 1):
        for far in (0, 26, 60):
            wake = [
                (620 + side * (204 + far), level - 10 + far * 0.5),
                (620 + side * (280 + far), level + 20 + far),
                (620 + side * (400 + far), level + 52 + far * 1.4),
            ]
            canvas.line(smooth(wake), "#efe6cf", 4, 150)
    return canvas
