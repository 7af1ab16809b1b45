"""The large pictures above the articles."""

from __future__ import annotations

import math
import random

from .canvas import HEIGHT, WIDTH, Canvas, Point


def marsh() -> Canvas:
    """A marsh at dusk with a creek that winds to the sea."""
    canvas, chance = Canvas("#f3c9a0", "#e9a98d"), random.Random(1)
    canvas.glow((800, 215), 420, "#fff0cf", 210)
    canvas.circle((800, 215), 46, "#fff6e2")
    canvas.gradient(262, 330, "#c98f86", "#8f8296")
    for level in range(268, 328, 5):
        for _ in range(7):
            x = chance.gauss(800, 30 + (level - 262) * 3)
            width = chance.uniform(10, 50)
            canvas.line([(x, level), (x + width, level)], "#ffe6c4", 1.6, 120)
    canvas.polygon(_ridge(chance, 306, 7, WIDTH), "#6f7d78")
    canvas.polygon(_ridge(chance, 330, 9, WIDTH), "#55695f")
    creek = [
        (760 + 150 * math.sin(t * 5.2) * t + 30 * t, 328 + 360 * t**1.35)
        for t in (step / 120 for step in range(121))
    ]
    widths = [5 + 150 * (step / 120) ** 2.2 for step in range(121)]
    left = [(x - w, y) for (x, y), w in zip(creek, widths, strict=True)]
    right = [(x + w, y) for (x, y), w in zip(creek, widths, strict=True)]
    canvas.polygon(left + right[::-1], "#e3ad94")
    inner = [(x - w * 0.45, y) for (x, y), w in zip(creek, widths, strict=True)]
    canvas.polygon(
        inner + [(x + w * 0.2, y) for (x, y), w in zip(creek, widths, strict=True)][::-1],
        "#f6d3b0",
        150,
    )
    for row in range(34):
        y = 345 + row * 10.2
        for _ in range(64):
            x = chance.uniform(-10, WIDTH + 10)
            place = min(range(121), key=lambda step: abs(creek[step][1] - y))
            if abs(x - creek[place][0]) < widths[place] + 6:
                continue
            tall = 5 + (y - 340) * 0.075
            lean = chance.uniform(-0.5, 0.7) * tall
            color = chance.choice(["#40584d", "#4d6a58", "#36493f", "#7a7f5a", "#8f6a5d"])
            canvas.line([(x, y), (x + lean, y - tall)], color, 1.2 + tall / 16)
    return canvas


def depot() -> Canvas:
    """A tall hall with an arched window, rails, and a cello in the light."""
    canvas = Canvas("#2c3442", "#3b3a41")
    floor = 470
    canvas.gradient(floor, HEIGHT, "#5b4d48", "#33302f")
    center, half, top, spring = 640, 190, 60, 250
    arch = [
        (center + half * math.cos(a), spring - (spring - top) * math.sin(a))
        for a in (math.pi * step / 60 for step in range(61))
    ]
    canvas.polygon([*arch, (center - half, 430), (center + half, 430)], "#f4d9a3")
    canvas.glow((center, 270), 330, "#ffe9bd", 110)
    for share in (-0.5, 0, 0.5):
        canvas.line([(center + half * share, 70), (center + half * share, 430)], "#3a3f4a", 7)
    for y in (170, 250, 340):
        canvas.line([(center - half, y), (center + half, y)], "#3a3f4a", 6)
    canvas.line(arch, "#20262f", 12)
    canvas.line([(center - half, 250), (center - half, 432)], "#20262f", 12)
    canvas.line([(center + half, 250), (center + half, 432)], "#20262f", 12)
    canvas.polygon(
        [(center - 150, floor), (center + 150, floor), (1010, HEIGHT), (330, HEIGHT)],
        "#f3cf8f",
        60,
    )
    for x in (120, 300, 985, 1130):
        canvas.box((x - 22, 0), (x + 22, floor), "#222832")
        canvas.box((x - 34, floor - 18), (x + 34, floor), "#1b2028")
    for start, end in ((570, 300), (710, 980)):
        canvas.line([(start, floor), (end, HEIGHT)], "#161a20", 10)
        canvas.line([(start + 3, floor), (end + 4, HEIGHT)], "#a98f74", 3)
    _cello(canvas, 640, 585)
    return canvas


def _cello(canvas: Canvas, x: float, base: float) -> None:
    canvas.ellipse((x + 20, base + 26), 110, 12, "#1b1614", 120)
    canvas.line([(x, base - 20), (x, base + 26)], "#15110f", 4)
    outline: list[Point] = []
    for step in range(181):
        angle = step / 180 * math.pi
        # Wide below, narrow at the waist, less wide above.
        height = -math.cos(angle)
        wide = 74 * math.sin(angle) ** 0.6 * (0.86 + 0.18 * math.cos(angle))
        wide *= 1 - 0.34 * math.exp(-((height - 0.12) ** 2) / 0.02)
        outline.append((wide, base - 118 - height * 120))
    left = [(x - w, y) for w, y in outline]
    right = [(x + w, y) for w, y in outline]
    canvas.polygon(right + left[::-1], "#4a1f12")
    canvas.polygon([(x + (px - x) * 0.92, py) for px, py in right + left[::-1]], "#a5502a")
    canvas.polygon([(x - 20 + (px - x) * 0.5, py) for px, py in right + left[::-1]], "#c87a44", 90)
    canvas.polygon(
        [(x - 8, base - 130), (x + 8, base - 130), (x + 5, base - 385), (x - 5, base - 385)],
        "#1d1411",
    )
    canvas.circle((x, base - 392), 10, "#4a1f12")
    for side in (-1, 1):
        for y in (-372, -356):
            canvas.line([(x, base + y), (x + side * 15, base + y - 3)], "#4a1f12", 4)
        hole = [
            (x + side * (27 + 5 * math.sin(t * 6)), base - 150 + 62 * t)
            for t in (step / 12 for step in range(13))
        ]
        canvas.line(hole, "#2a120b", 4)
    canvas.line([(x - 26, base - 92), (x + 26, base - 92)], "#e0b073", 6)
    canvas.polygon(
        [(x - 6, base - 88), (x + 6, base - 88), (x + 9, base - 24), (x - 9, base - 24)], "#1d1411"
    )
    for offset in (-4.5, -1.5, 1.5, 4.5):
        canvas.line([(x + offset, base - 380), (x + offset, base - 60)], "#f0dcc0", 0.8, 200)


def bats() -> Canvas:
    """A river in a summer night, a moon, and bats above."""
    canvas, chance = Canvas("#0d1430", "#2e3f63"), random.Random(4)
    for _ in range(140):
        canvas.circle(
            (chance.uniform(0, WIDTH), chance.uniform(0, 330)),
            chance.uniform(0.5, 1.5),
            "#dfe6ff",
            chance.randrange(90, 220),
        )
    canvas.glow((860, 170), 460, "#bcd0f0", 110)
    canvas.circle((860, 170), 74, "#f3eedb")
    for x, y, radius in ((838.0, 150.0, 15), (880, 190, 20), (872, 138, 8), (845, 198, 9)):
        canvas.circle((x, y), radius, "#dcd5bf", 150)
    canvas.polygon(_ridge(chance, 372, 16, WIDTH), "#1b2745")
    canvas.gradient(404, HEIGHT, "#3a527c", "#101a34")
    for _ in range(150):
        y = chance.uniform(410, HEIGHT)
        x = chance.gauss(860, 28 + (y - 404) * 0.35)
        width = chance.uniform(8, 22 + (y - 404) * 0.15)
        canvas.line([(x - width, y), (x + width, y)], "#f3eedb", 1.8, 110)
    for bank, sign in ((0, 1), (WIDTH, -1)):
        shore = [
            (bank + sign * (330 - 250 * (y - 396) / 280 + 14 * math.sin(y / 17)), y)
            for y in range(396, HEIGHT + 1, 6)
        ]
        canvas.polygon([(bank, 380), *shore, (bank, HEIGHT)], "#0a1020")
        for _ in range(20):
            x = bank + sign * chance.uniform(-20, 300)
            _tree(canvas, chance, x, 404 + chance.uniform(-4, 26), chance.uniform(60, 165))
    for x, y, size, turn in (
        (300, 150, 46, -0.2),
        (480, 255, 30, 0.25),
        (610, 120, 38, 0.1),
        (720, 300, 24, -0.3),
        (1010, 280, 34, 0.2),
        (1090, 120, 26, -0.1),
        (160, 270, 26, 0.15),
        (905, 150, 19, 0.3),
    ):
        _bat(canvas, x, y, size, turn)
    return canvas


def _tree(canvas: Canvas, chance: random.Random, x: float, base: float, tall: float) -> None:
    canvas.line([(x, base), (x, base - tall * 0.6)], "#070b17", tall / 18)
    for _ in range(14):
        canvas.circle(
            (x + chance.gauss(0, tall * 0.16), base - tall * chance.uniform(0.4, 0.95)),
            tall * chance.uniform(0.1, 0.2),
            "#070b17",
        )


def _bat(canvas: Canvas, x: float, y: float, size: float, turn: float) -> None:
    half = [
        (0.0, -0.20),
        (0.07, -0.34),
        (0.12, -0.18),
        (0.45, -0.38),
        (1.0, -0.10),
        (0.86, 0.14),
        (0.70, 0.02),
        (0.52, 0.22),
        (0.36, 0.08),
        (0.20, 0.26),
        (0.0, 0.36),
    ]
    shape = half + [(-a, b) for a, b in half[::-1]]
    canvas.polygon(
        [
            (
                x + size * (a * math.cos(turn) - b * math.sin(turn)),
                y + size * (a * math.sin(turn) + b * math.cos(turn)),
            )
            for a, b in shape
        ],
        "#05070f",
    )


def regatta() -> Canvas:
    """Three rowing boats from above, each with its wake."""
    canvas, chance = Canvas("#12454f", "#0c3340"), random.Random(7)
    for _ in range(420):
        x, y = chance.uniform(0, WIDTH), chance.uniform(0, HEIGHT)
        width = chance.uniform(14, 60)
        bend = chance.uniform(-4, 4)
        canvas.line(
            [(x, y), (x + width / 2, y + bend), (x + width, y)],
            chance.choice(["#2b7380", "#1f5f6c", "#5fa3a8"]),
            1.5,
            chance.randrange(40, 110),
        )
    for x, y, color in ((900, 170, "#d8563f"), (760, 345, "#f0c24b"), (640, 520, "#e9e4d6")):
        for step in range(60):
            reach = step * 11
            spread = 5 + step * 0.75
            alpha = max(0, 120 - step * 2)
            for side in (-1, 1):
                canvas.line(
                    [(x - 95 - reach, y + side * spread), (x - 104 - reach, y + side * spread)],
                    "#d9efec",
                    2.2,
                    alpha,
                )
            canvas.circle((x - 95 - reach, y + chance.uniform(-3, 3)), 2.4, "#d9efec", alpha)
        _boat(canvas, x, y, color)
    canvas.circle((1075, 85), 16, "#08242c", 120)
    canvas.circle((1070, 80), 16, "#e8762d")
    canvas.circle((1066, 76), 6, "#ffc38e")
    return canvas


def _boat(canvas: Canvas, x: float, y: float, color: str) -> None:
    hull = [
        (x + 105 * math.cos(a), y + 13 * math.sin(a) * (1 - 0.25 * math.cos(a)))
        for a in (2 * math.pi * step / 60 for step in range(60))
    ]
    canvas.polygon([(px + 5, py + 9) for px, py in hull], "#061d24", 110)
    canvas.polygon(hull, color)
    canvas.polygon([(x + (px - x) * 0.82, y + (py - y) * 0.62) for px, py in hull], "#6b4a33")
    for number, seat in enumerate((48, 16, -16, -48)):
        side = 1 if number % 2 else -1
        canvas.line([(x + seat, y), (x + seat - 20, y + side * 58)], "#efe6d2", 2.6)
        canvas.ellipse((x + seat - 22, y + side * 64), 4, 11, color)
        canvas.circle((x + seat, y), 6.5, "#f2dcc3")
    canvas.circle((x - 74, y), 6, "#20262f")


def street() -> Canvas:
    """A hot street with tall houses, trees, and a bus stop in a band of shade."""
    canvas = Canvas("#f9e7b8", "#f6cf8b")
    canvas.glow((1010, 95), 420, "#fffbe6", 220)
    canvas.circle((1010, 95), 52, "#fffdf3")
    houses = (
        (0, 190, 170, "#b6563c"),
        (190, 330, 110, "#d28a52"),
        (330, 500, 200, "#a44d3f"),
        (500, 610, 260, "#c9774c"),
        (610, 700, 315, "#b8654a"),
    )
    for start, end, top, color in houses:
        canvas.polygon([(start, top), (end, top), (end, 500), (start, 500)], color)
        canvas.box((start, top), (end, top + 10), "#7c3a2e")
        for x in range(start + 26, end - 34, 46):
            for y in range(top + 40, 440, 66):
                canvas.box((x, y), (x + 20, y + 36), "#5a2f2b")
                canvas.box((x, y), (x + 7, y + 36), "#e8c48b")
    canvas.gradient(500, HEIGHT, "#efd3a0", "#e2bd85")
    canvas.polygon([(0, 500), (700, 500), (560, HEIGHT), (0, HEIGHT)], "#7b6a86", 150)
    canvas.line([(0, 560), (WIDTH, 560)], "#fff4d8", 3, 140)
    for x, base, size in ((810, 520, 62), (960, 540, 78), (1120, 516, 58)):
        canvas.ellipse((x - 110, base + 8), 130, 14, "#7b6a86", 130)
        canvas.line([(x, base), (x, base - size * 1.9)], "#5b4033", 11)
        for dx, dy, part in (
            (0, -2.5, 1),
            (-0.62, -2.1, 0.72),
            (0.6, -2.1, 0.74),
            (0.1, -1.8, 0.8),
        ):
            canvas.circle((x + dx * size, base + dy * size), size * part, "#4f7a4a")
        canvas.circle((x + size * 0.25, base - size * 2.7), size * 0.55, "#6f9a58")
    canvas.line([(330, 590), (330, 372)], "#2b2f3a", 8)
    canvas.circle((330, 360), 30, "#2b2f3a")
    canvas.circle((330, 360), 25, "#f3f0e6")
    canvas.box((314, 348), (346, 368), "#2d6a8e", radius=4)
    for x in (322, 338):
        canvas.circle((x, 371), 4, "#2d6a8e")
    canvas.box((385, 545), (505, 556), "#3a2d33", radius=3)
    for x in (396, 494):
        canvas.line([(x, 553), (x, 592)], "#3a2d33", 6)
    return canvas


def _ridge(chance: random.Random, height: float, rough: float, width: float) -> list[Point]:
    """Return a hilly strip from its ridge down to the lower edge."""
    phases = [chance.uniform(0, 6) for _ in range(3)]
    ridge = [
        (
            x,
            height
            + rough * (math.sin(x / 190 + phases[0]) + math.sin(x / 71 + phases[1]) / 2)
            + rough / 4 * math.sin(x / 19 + phases[2]),
        )
        for x in range(-12, int(width) + 24, 12)
    ]
    return [*ridge, (width + 12, HEIGHT), (-12, HEIGHT)]
