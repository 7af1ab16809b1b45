"""What stands on a table: fruit, and a bowl of soup."""

from __future__ import annotations

import math
import random

from .canvas import HEIGHT, WIDTH, Canvas, Point
from .shapes import smooth


def pear() -> Canvas:
    """Three small pears on a wooden table, one cut open."""
    canvas, chance = Canvas("#d8d3c6", "#c3baa7"), random.Random(42)
    canvas.gradient(0, 400, "#b8bdb2", "#d5d0bf")
    canvas.glow((300, 100), 560, "#fff7e2", 150)
    canvas.gradient(390, HEIGHT, "#a9794f", "#855a38")
    for _ in range(70):
        y = chance.uniform(396, HEIGHT)
        x = chance.uniform(-60, WIDTH)
        long = chance.uniform(120, 460)
        line = smooth(
            [
                (x, y),
                (x + long / 2, y + chance.uniform(-4, 4)),
                (x + long, y + chance.uniform(-3, 3)),
            ]
        )
        canvas.line(
            line, chance.choice(["#6f4a2d", "#bb8a5c", "#936640"]), chance.uniform(1, 2.4), 120
        )
    for y in (398, 486, 600):
        canvas.line([(-10, y), (1220, y + 3)], "#5d3c24", 3, 190)
    for x, base, size, turn in ((330, 566, 1.18, -0.12), (560, 530, 1.02, 0.16)):
        canvas.ellipse((x + 60 * size, base - 4), 150 * size, 22 * size, "#4c301c", 130)
        _whole(canvas, chance, x, base, size, turn)
    canvas.ellipse((900, 580), 170, 22, "#4c301c", 130)
    _half(canvas, chance, 860, 576, 1.2)
    return canvas


def _outline(x: float, base: float, size: float, turn: float) -> list[Point]:
    half = [
        (0.0, -232.0),
        (22, -228),
        (38, -196),
        (52, -156),
        (86, -112),
        (104, -66),
        (92, -22),
        (52, 0),
        (0, 4),
    ]
    points = smooth([*half, *[(-a, b) for a, b in half[::-1][1:-1]]], closed=True)
    return [
        (
            x + size * (a * math.cos(turn) - b * math.sin(turn)),
            base + size * (a * math.sin(turn) + b * math.cos(turn)),
        )
        for a, b in points
    ]


def _whole(
    canvas: Canvas, chance: random.Random, x: float, base: float, size: float, turn: float
) -> None:
    outline = _outline(x, base, size, turn)
    canvas.polygon(outline, "#8a6a3a")
    middle = (x + size * 70 * math.sin(turn), base - size * 90)
    for share, color, alpha in (
        (0.9, "#9c7a44", 190),
        (0.74, "#ac8a50", 170),
        (0.52, "#bc9b5f", 130),
    ):
        canvas.polygon(
            [
                (
                    middle[0] - 16 + (px - middle[0]) * share,
                    middle[1] - 10 + (py - middle[1]) * share,
                )
                for px, py in outline
            ],
            color,
            alpha,
        )
    canvas.polygon(
        [
            (middle[0] + 34 + (px - middle[0]) * 0.5, middle[1] + 20 + (py - middle[1]) * 0.7)
            for px, py in outline
        ],
        "#b0573a",
        60,
    )
    for _ in range(230):
        angle, far = chance.uniform(0, 2 * math.pi), math.sqrt(chance.random())
        px = middle[0] + 92 * size * far * math.cos(angle)
        py = base - size * 74 + 72 * size * far * math.sin(angle)
        canvas.circle((px, py), chance.uniform(0.8, 2), chance.choice(["#6d5028", "#d3b67a"]), 170)
    top = (x + size * 230 * math.sin(turn), base - size * 230 * math.cos(turn))
    canvas.line(
        smooth([top, (top[0] + 6, top[1] - 28), (top[0] + 26, top[1] - 54)]), "#4a3423", 8 * size
    )
    canvas.ellipse((middle[0] - 40 * size, base - size * 110), 14 * size, 34 * size, "#f0dfae", 70)


def _half(canvas: Canvas, chance: random.Random, x: float, base: float, size: float) -> None:
    outline = _outline(x, base, size, 0.5)
    canvas.polygon(outline, "#7b5b30")
    middle = (x + size * 105 * math.sin(0.5), base - size * 105 * math.cos(0.5))
    inside = [
        (middle[0] + (px - middle[0]) * 0.94, middle[1] + (py - middle[1]) * 0.955)
        for px, py in outline
    ]
    canvas.polygon(inside, "#f4e8c6")
    core = (x + size * 78 * math.sin(0.5), base - size * 78 * math.cos(0.5))
    for radius, color, alpha in ((58, "#b8433a", 210), (50, "#d9786a", 200), (43, "#f2e2bc", 255)):
        ring = [
            (core[0] + size * radius * 0.86 * math.cos(a), core[1] + size * radius * math.sin(a))
            for a in (2 * math.pi * step / 50 for step in range(50))
        ]
        canvas.polygon(ring, color, alpha)
    for angle in (0.4, 1.5, 2.7, 3.9, 5.1):
        seed = (core[0] + size * 20 * math.cos(angle), core[1] + size * 22 * math.sin(angle))
        canvas.ellipse(seed, 5.5 * size, 9 * size, "#3f2818")
    for _ in range(60):
        angle, far = chance.uniform(0, 2 * math.pi), chance.uniform(62, 84)
        canvas.circle(
            (core[0] + size * far * math.cos(angle), core[1] + size * far * math.sin(angle)),
            1.2,
            "#d9c493",
            200,
        )
    top = (x + size * 228 * math.sin(0.5), base - size * 228 * math.cos(0.5))
    canvas.line(smooth([top, (top[0] + 18, top[1] - 18), (top[0] + 48, top[1] - 30)]), "#4a3423", 8)


def soup() -> Canvas:
    """A bowl of orange soup on a counter, a round window with a pier behind it."""
    canvas, chance = Canvas("#3f5a5c", "#324a4d"), random.Random(43)
    for x in range(-10, 1220, 86):
        canvas.line([(x, 0), (x, 470)], "#2c4345", 4)
    canvas.circle((860, 220), 172, "#b98f4f")
    canvas.circle((860, 220), 158, "#8d6a36")
    canvas.circle((860, 220), 150, "#cfe3e3")
    for step in range(100):
        y = 220 - 150 + step * 3
        half = math.sqrt(max(0, 150**2 - (y - 220) ** 2))
        tone = "#dbe9e4" if y < 240 else "#5f97a0"
        canvas.line([(860 - half, y), (860 + half, y)], tone, 3.4)
    canvas.line([(716, 262), (1004, 250)], "#4b3b31", 9)
    for x in range(736, 1000, 34):
        canvas.line([(x, 258), (x, 318)], "#4b3b31", 6)
    canvas.polygon([(770, 246), (930, 240), (914, 214), (786, 218)], "#f1e9da")
    canvas.box((820, 188), (876, 218), "#f1e9da", radius=3)
    canvas.line([(856, 188), (856, 150)], "#a8433a", 12)
    for angle in range(8):
        at = (860 + 165 * math.cos(angle * math.pi / 4), 220 + 165 * math.sin(angle * math.pi / 4))
        canvas.circle(at, 6, "#6f5327")
    canvas.gradient(470, HEIGHT, "#8d5f3c", "#6a4329")
    canvas.line([(-10, 472), (1220, 472)], "#b98055", 6)
    for _ in range(26):
        y = chance.uniform(482, HEIGHT)
        x = chance.uniform(-60, WIDTH)
        canvas.line([(x, y), (x + chance.uniform(100, 340), y)], "#5a3820", 1.8, 120)
    canvas.ellipse((430, 596), 300, 34, "#3a2414", 150)
    bowl = smooth(
        [
            (170, 408),
            (186, 480),
            (250, 556),
            (340, 590),
            (430, 596),
            (520, 590),
            (610, 556),
            (674, 480),
            (690, 408),
        ]
    )
    canvas.polygon(bowl, "#efe7d8")
    canvas.polygon(
        smooth(
            [(520, 590), (610, 556), (674, 480), (690, 408), (640, 420), (610, 500), (540, 566)]
        ),
        "#cfc4b2",
    )
    canvas.ellipse((430, 408), 262, 64, "#f7f1e4")
    canvas.ellipse((430, 410), 238, 52, "#d6cab6")
    canvas.ellipse((430, 414), 226, 46, "#c8702c")
    canvas.ellipse((416, 410), 200, 38, "#d9843a")
    for _ in range(120):
        angle, far = chance.uniform(0, 2 * math.pi), math.sqrt(chance.random())
        canvas.ellipse(
            (430 + 206 * far * math.cos(angle), 414 + 38 * far * math.sin(angle)),
            chance.uniform(4, 9),
            chance.uniform(2, 4),
            chance.choice(["#e39a52", "#b9602a", "#e8ab66"]),
            200,
        )
    canvas.ellipse((360, 404), 34, 15, "#5a4426")
    canvas.ellipse((354, 400), 26, 10, "#7a5f38")
    for _ in range(26):
        x, y = chance.gauss(490, 34), chance.gauss(416, 9)
        canvas.line(
            smooth([(x, y), (x + 9, y - 5), (x + 18, y)]), chance.choice(["#6e3a1a", "#8a4c22"]), 4
        )
    for start in (330, 430, 530):
        steam = smooth(
            [(start, 350), (start + 26, 290), (start - 18, 226), (start + 22, 160), (start - 6, 90)]
        )
        for wide, alpha in ((20, 34), (11, 44), (5, 50)):
            ribbon = [
                (x, y, wide * math.sin(math.pi * step / (len(steam) - 1)))
                for step, (x, y) in enumerate(steam)
            ]
            canvas.polygon(
                [(x - w, y) for x, y, w in ribbon] + [(x + w, y) for x, y, w in ribbon[::-1]],
                "#f7f3ea",
                alpha,
            )
    canvas.line(smooth([(740, 620), (860, 596), (960, 590)]), "#c9cdcd", 11)
    canvas.ellipse((736, 622), 44, 20, "#d8dcdc")
    canvas.ellipse((734, 620), 32, 12, "#aeb5b6")
    return canvas
