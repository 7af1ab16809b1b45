"""The drawings inside the articles; none has words, so that each serves every language."""

from __future__ import annotations

import math
import random

from .canvas import HEIGHT, WIDTH, Canvas, Point

PAPER, INK = "#f7f3ea", "#2b2f3a"


def marsh_section() -> Canvas:
    """A shore cut open: waves, plants, a low wall, houses."""
    canvas, chance = Canvas("#f7f3ea", "#f2ead9"), random.Random(2)

    def ground(x: float) -> float:
        return 560 - 190 / (1 + math.exp(-(x - 420) / 95)) - max(0, x - 640) * 0.03

    def water(x: float) -> float:
        height = 34 / (1 + math.exp((x - 560) / 80)) + 2
        return 330 + height * math.sin(x / 26) * (1 + 0.15 * math.sin(x / 9))

    sea = [(x, water(x)) for x in range(0, 961, 3)]
    canvas.polygon([*sea, (960, HEIGHT), (0, HEIGHT)], "#8fb9c9")
    canvas.line(sea, "#3d7f99", 4)
    soil = [(x, ground(x)) for x in range(0, 931, 5)]
    canvas.polygon([*soil, (930, HEIGHT), (0, HEIGHT)], "#b99b78")
    canvas.polygon([(x, y + 46) for x, y in soil] + [(930, HEIGHT), (0, HEIGHT)], "#9d7f5f")
    for _ in range(210):
        x = chance.uniform(440, 915)
        tall = chance.uniform(18, 46) * min(1, (x - 400) / 160)
        canvas.line(
            [(x, ground(x) + 2), (x + chance.uniform(-7, 7), ground(x) - tall)],
            chance.choice(["#4f7a4a", "#6b9157", "#3f6441"]),
            2.6,
        )
    canvas.box((950, 372), (WIDTH, HEIGHT), "#c7b08e")
    canvas.polygon([(925, 290), (968, 290), (990, HEIGHT), (905, HEIGHT)], "#6d7078")
    canvas.box((918, 278), (974, 294), "#55585f")
    for x, color in ((1002, "#c9774c"), (1066, "#d9a05f"), (1130, "#b8654a")):
        canvas.box((x, 300), (x + 52, 374), color)
        canvas.polygon([(x - 6, 302), (x + 26, 262), (x + 58, 302)], "#5a3a35")
        canvas.box((x + 18, 322), (x + 34, 344), "#f6e7bd")
    for start, end, low in ((120, 120, 62), (330, 330, 52), (600, 600, 24), (810, 810, 9)):
        canvas.line([(start, 200 - low), (end, 200 + low)], INK, 3.5)
        for y, sign in ((200 - low, 1), (200 + low, -1)):
            canvas.line(
                [(start - 9, y + sign * 9), (start, y), (start + 9, y + sign * 9)], INK, 3.5
            )
    return canvas


def cases() -> Canvas:
    """Two shelves of instrument cases with their labels."""
    canvas, chance = Canvas("#ece3d2", "#e2d5bd"), random.Random(3)
    colors = ["#8d3b2f", "#2f5d73", "#33413b", "#b98a3d", "#5b4a6b", "#3f6b57", "#20262f"]
    for shelf in (318, 622):
        x, last = 48.0, ""
        while x < WIDTH - 130:
            wide = chance.uniform(54, 112)
            tall = chance.uniform(140, 236)
            color = chance.choice([c for c in colors if c != last])
            last = color
            _case(canvas, x, shelf, wide, tall, color, kind=chance.randrange(3))
            x += wide + chance.uniform(10, 22)
        canvas.box((24, shelf), (WIDTH - 24, shelf + 22), "#7a5a3c", radius=3)
        canvas.box((24, shelf + 16), (WIDTH - 24, shelf + 22), "#5d432c", radius=3)
    return canvas


def _case(
    canvas: Canvas, x: float, base: float, wide: float, tall: float, color: str, *, kind: int
) -> None:
    middle = x + wide / 2
    if kind == 0:
        canvas.ellipse((middle, base - wide * 0.62), wide / 2, wide * 0.62, color)
        canvas.ellipse((middle, base - tall * 0.62), wide * 0.38, wide * 0.45, color)
        canvas.box(
            (middle - wide * 0.2, base - tall), (middle + wide * 0.2, base - 20), color, 255, 9
        )
    elif kind == 1:
        canvas.box((x, base - tall), (x + wide, base), color, 255, 12)
        canvas.line([(x + 6, base - tall / 2), (x + wide - 6, base - tall / 2)], "#f0e6cf", 2, 90)
    else:
        canvas.polygon(
            [
                (middle - wide * 0.24, base - tall),
                (middle + wide * 0.24, base - tall),
                (x + wide, base),
                (x, base),
            ],
            color,
        )
    for y in (0.28, 0.46):
        canvas.box(
            (middle - 5, base - tall * y - 5), (middle + 5, base - tall * y + 5), "#d9c08a", 255, 2
        )
    label = base - tall * 0.68 if kind == 1 else base - 44
    canvas.line([(middle, label - 8), (middle + 9, label + 6)], "#f7f3ea", 1.5)
    canvas.box((middle - 6, label + 4), (middle + 24, label + 24), "#f7f3ea", 255, 3)
    for y in (10, 16):
        canvas.line([(middle - 1, label + y), (middle + 18, label + y)], "#9a917f", 1.5)


def bat_map() -> Canvas:
    """A dark map of dots: brighter where more calls were heard."""
    canvas, chance = Canvas("#10182e", "#0d1326"), random.Random(5)
    river = [
        (float(x), 360 + 120 * math.sin(x / 210) + 34 * math.sin(x / 83))
        for x in range(-20, 1240, 8)
    ]
    canvas.line(river, "#1d3a5f", 58)
    canvas.line(river, "#24466f", 44)
    trees = [(70 + 6.4 * t, 262 - 1.9 * t + 26 * math.sin(t / 14)) for t in range(101)]
    quarter = (960.0, 545.0)
    for column in range(8):
        x = quarter[0] - 110 + column * 32
        canvas.line([(x, quarter[1] - 66), (x + 18, quarter[1] + 68)], "#2a3350", 2)
    for _ in range(640):
        x, y = chance.uniform(20, 1180), chance.uniform(20, 655)
        light = math.exp(-((_distance(river, x, y) / 62) ** 2))
        light = max(light, math.exp(-((_distance(trees, x, y) / 34) ** 2)))
        # Gardens lie where the bats are asked for, so more dots crowd along the lines.
        if light < 0.2 and chance.random() < 0.62:
            continue
        light = min(1, light * chance.uniform(0.7, 1.15))
        radius = 3 + 5.5 * light
        if light > 0.4:
            canvas.circle((x, y), radius * 2.1, "#f5b94a", round(46 * light))
        color = "#ffd98a" if light > 0.55 else "#d98f3d" if light > 0.22 else "#55607f"
        canvas.circle((x, y), radius, color)
    for _ in range(34):
        x = quarter[0] + chance.uniform(-115, 115)
        y = quarter[1] + chance.uniform(-60, 60)
        canvas.circle((x, y), 15, "#f5b94a", 34)
        canvas.circle((x, y), chance.uniform(5.5, 8), "#ffd98a")
    return canvas


def _distance(line: list[Point], x: float, y: float) -> float:
    return min(math.hypot(px - x, py - y) for px, py in line)


GRAIN_PIER = 0.96
"""The part of the mile after which two of the boats were level."""


def race_chart() -> Canvas:
    """Three boats' places over the mile: one falls behind, then passes the others."""
    canvas = Canvas(PAPER, PAPER)
    left, right, base = 90, 1110, 590
    for step in range(5):
        y = 90 + step * 125
        canvas.line([(left, y), (right, y)], "#ded5c3", 2)
    for share in (0, 0.5, GRAIN_PIER, 1):
        x = left + (right - left) * share
        canvas.line([(x, 90), (x, base)], "#cfc4ae" if share < 1 else INK, 2 if share < 1 else 5)
    canvas.circle((left + (right - left) * 0.5, 90), 11, "#e8762d")
    shares = [step / 100 for step in range(101)]
    boats = (
        ("#8c8f96", [0.03 * math.sin(s * 5) - 0.18 * s**2 for s in shares]),
        ("#2d6a8e", [0.16 * math.sin(s * 1.6) + 0.02 * math.sin(s * 9) for s in shares]),
        (
            "#d8563f",
            [
                -0.42 * math.sin(math.pi * min(1, s / 0.98)) ** 1.6
                + 0.62 * (max(0, s - 0.5) / 0.5) ** 2.0 * 0.34
                for s in shares
            ],
        ),
    )
    for color, leads in boats:
        points = [
            (left + (right - left) * share, 300 - lead * 460)
            for share, lead in zip(shares, leads, strict=True)
        ]
        canvas.line(points, color, 8)
        canvas.circle(points[-1], 13, color)
        canvas.circle(points[-1], 5, PAPER)
    return canvas


def shade() -> Canvas:
    """A street cut open: the sun, a house, its shadow, a bus stop that moves."""
    canvas = Canvas("#fdf3d3", "#f9e6b6")
    ground = 520
    canvas.glow((1050, 90), 330, "#fffbe6", 230)
    canvas.circle((1050, 90), 50, "#f2b33d")
    for step in range(12):
        angle = math.pi * step / 6
        start, end = 62, 82
        canvas.line(
            [
                (1050 + start * math.cos(angle), 90 + start * math.sin(angle)),
                (1050 + end * math.cos(angle), 90 + end * math.sin(angle)),
            ],
            "#f2b33d",
            6,
        )
    canvas.box((0, ground), (WIDTH, HEIGHT), "#cbb692")
    # The edge of the shadow lies on the line from the sun over the top of the roof.
    top, tip = (710, 240), (75, ground)
    canvas.line([tip, (990, 240 - 280 * 280 / 635)], "#e0a93b", 2.5, 200)
    canvas.polygon([top, (620, ground), tip], "#5d5675", 70)
    canvas.box((tip[0], ground), (800, ground + 18), "#5d5675", 190)
    canvas.box((620, 300), (800, ground), "#b8654a")
    canvas.polygon([(606, 304), top, (814, 304)], "#5a3a35")
    for x in (648, 700, 752):
        for y in (334, 418):
            canvas.box((x, y), (x + 24, y + 46), "#f6e0ac", 255, 3)
    _stop(canvas, 960, ground, alpha=90)
    _stop(canvas, 470, ground, alpha=255)
    arc = [(960 - 490 * t, 590 + 34 * math.sin(math.pi * t)) for t in (s / 40 for s in range(41))]
    canvas.line(arc, INK, 5)
    canvas.polygon([(454, 588), (482, 578), (478, 610)], INK)
    return canvas


def _stop(canvas: Canvas, x: float, ground: float, *, alpha: int) -> None:
    canvas.line([(x, ground), (x, ground - 105)], INK, 7, alpha)
    canvas.circle((x, ground - 127), 25, INK, alpha)
    canvas.circle((x, ground - 127), 20, "#f3f0e6", alpha)
    canvas.box((x - 13, ground - 138), (x + 13, ground - 121), "#2d6a8e", alpha, 4)
    for side in (-7, 7):
        canvas.circle((x + side, ground - 118), 3.5, "#2d6a8e", alpha)
