"""Large pictures of streets, squares and the river in the town."""

from __future__ import annotations

import math
import random

from .canvas import HEIGHT, WIDTH, Canvas, Point
from .shapes import hills, house, smooth


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


def school_morning() -> Canvas:
    """A school gate in low sun, children with long shadows, a clock at nine."""
    canvas, chance = Canvas("#f6e3bf", "#eec88e"), random.Random(33)
    canvas.gradient(0, 470, "#cfe0e4", "#f8e2b4")
    canvas.glow((1080, 230), 520, "#fff6d8", 230)
    canvas.circle((1080, 230), 44, "#fffdf0")
    canvas.box((150, 170), (850, 470), "#c98b63")
    canvas.polygon([(130, 176), (500, 60), (870, 176)], "#7b4b3e")
    canvas.box((150, 170), (850, 182), "#8f5a46")
    for x in (190, 280, 370, 590, 680, 770):
        for y in (220, 340):
            canvas.box((x, y), (x + 52, y + 78), "#f7ecd2", radius=4)
            canvas.box((x + 4, y + 4), (x + 48, y + 74), "#8fb4bd", radius=3)
            canvas.line([(x + 26, y + 4), (x + 26, y + 74)], "#f7ecd2", 4)
    canvas.box((448, 300), (552, 470), "#5d3a31", radius=8)
    canvas.box((456, 308), (497, 470), "#3d5f63")
    canvas.box((503, 308), (544, 470), "#3d5f63")
    canvas.circle((500, 150), 42, "#f7ecd2")
    canvas.circle((500, 150), 36, "#fffdf5")
    for hour in range(12):
        angle = hour * math.pi / 6
        canvas.line(
            [
                (500 + 28 * math.sin(angle), 150 - 28 * math.cos(angle)),
                (500 + 33 * math.sin(angle), 150 - 33 * math.cos(angle)),
            ],
            "#3a3033",
            3,
        )
    canvas.line([(500, 150), (480, 150)], "#2b2528", 5)
    canvas.line([(500, 150), (500, 122)], "#2b2528", 3.4)
    canvas.gradient(470, HEIGHT, "#e5c48e", "#d5a968")
    for x in range(-10, 1220, 34):
        if 400 < x < 600:
            continue
        canvas.line([(x, 402), (x, 486)], "#2f3f43", 5)
    for start, end in ((-10, 404), (600, 1220)):
        for y in (414, 470):
            canvas.line([(start, y), (end, y)], "#2f3f43", 5)
    for x in (404, 600):
        canvas.box((x - 15, 372), (x + 15, 492), "#8f5a46")
        canvas.box((x - 20, 362), (x + 20, 376), "#7b4b3e", radius=3)
    coats = ("#c8523c", "#27507c", "#3f7d4f", "#b98a3d", "#6b4a7a", "#2f5d73", "#a8433a")
    pupils: list[tuple[float, float, float]] = [
        (300, 612, 1.1),
        (392, 560, 0.84),
        (470, 522, 0.62),
        (540, 530, 0.66),
        (590, 588, 0.98),
        (690, 626, 1.16),
        (760, 566, 0.86),
    ]
    for number, (x, y, size) in enumerate(sorted(pupils, key=lambda one: one[1])):
        canvas.polygon(
            [
                (x - 8 * size, y),
                (x + 8 * size, y),
                (x - 150 * size, y + 58 * size),
                (x - 190 * size, y + 54 * size),
            ],
            "#8d6a45",
            110,
        )
        _pupil(canvas, x, y, size, coats[number % len(coats)])
    return canvas


def _pupil(canvas: Canvas, x: float, y: float, size: float, coat: str) -> None:
    for side in (-1, 1):
        canvas.line(
            [(x + side * 7 * size, y), (x + side * 6 * size, y - 34 * size)], "#2d3540", 10 * size
        )
    body: list[Point] = [
        (x - 15 * size, y - 30 * size),
        (x - 17 * size, y - 62 * size),
        (x, y - 76 * size),
        (x + 17 * size, y - 62 * size),
        (x + 15 * size, y - 30 * size),
    ]
    canvas.polygon(smooth(body, closed=True), coat)
    canvas.box(
        (x - 13 * size, y - 66 * size),
        (x + 13 * size, y - 34 * size),
        "#37424c",
        235,
        radius=6 * size,
    )
    canvas.box(
        (x - 9 * size, y - 48 * size), (x + 9 * size, y - 37 * size), "#4d5a64", radius=3 * size
    )
    canvas.circle((x, y - 88 * size), 14 * size, "#4a3326")


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
