"""Fog in the hills, and a storm over the river."""

from __future__ import annotations

import math
import random

from .canvas import HEIGHT, WIDTH, Canvas
from .shapes import hills, house, ripples, smooth


def fog_nets() -> Canvas:
    """A row of tall nets on a slope, mist between the hills."""
    canvas, chance = Canvas("#dfe4e2", "#c9d0cd"), random.Random(11)
    for height, color in ((250, "#b3bfbe"), (320, "#96a7a4"), (392, "#7a8f88")):
        canvas.polygon(hills(chance, height, 26, width=WIDTH, bottom=HEIGHT), color)
        canvas.haze(height - 10, height + 130, "#eef1ee", 150)
    for x, base, wide, wall in (
        (1000, 436, 34, "#e9dfcf"),
        (1048, 428, 28, "#d8c2a6"),
        (1090, 440, 38, "#e4d3bd"),
        (1024, 462, 40, "#efe6d8"),
        (1142, 452, 34, "#d8c2a6"),
    ):
        house(canvas, x, base, wide, 27, wall)
    canvas.haze(370, 480, "#f4f6f3", 120)
    slope = smooth([(-20, 600), (260, 560), (560, 520), (880, 505), (1220, 470)])
    canvas.polygon([*slope, (1220, HEIGHT), (-20, HEIGHT)], "#61705a")
    for _ in range(420):
        x = chance.uniform(-10, WIDTH)
        y = chance.uniform(520, HEIGHT)
        if y < 605 - 0.11 * x + 6:
            continue
        tall = 6 + (y - 500) * 0.07
        color = chance.choice(["#53634d", "#71805f", "#8b9070", "#4a5946"])
        canvas.line([(x, y), (x + chance.uniform(-4, 8), y - tall)], color, 1.8)
    for number in range(5):
        scale = 1 - number * 0.15
        x = 70 + number * 250 - number**2 * 13
        base = 632 - number * 34
        _net(canvas, x, base, 220 * scale, 190 * scale, chance)
    canvas.haze(430, 690, "#f2f5f3", 66)
    return canvas


def _net(
    canvas: Canvas, x: float, base: float, wide: float, tall: float, chance: random.Random
) -> None:
    foot = tall * 0.34
    canvas.polygon(
        [
            (x, base - tall - foot),
            (x + wide, base - tall - foot - 8),
            (x + wide, base - foot - 8),
            (x, base - foot),
        ],
        "#2f3b40",
        150,
    )
    for step in range(1, 24):
        left = x + wide * step / 24
        canvas.line(
            [(left, base - tall - foot - step / 3), (left, base - foot - step / 3)],
            "#20292d",
            0.8,
            150,
        )
    for step in range(1, 15):
        y = base - foot - tall * step / 15
        canvas.line([(x, y), (x + wide, y - 8)], "#20292d", 0.8, 130)
    for _ in range(90):
        drop_x = x + chance.uniform(4, wide - 4)
        drop_y = base - foot - chance.uniform(4, tall - 4)
        canvas.circle((drop_x, drop_y), chance.uniform(0.9, 2.0), "#f5fbfb", 220)
    for post in (x, x + wide):
        lift = 8 if post > x else 0
        canvas.line([(post, base + 6), (post, base - tall - foot - 12 - lift)], "#4b3c30", 6)
    canvas.line([(x - 4, base - foot + 5), (x + wide + 4, base - foot - 3)], "#aeb9b9", 6)
    canvas.line([(x + wide, base - foot), (x + wide + 16, base + 4)], "#aeb9b9", 5)


def storm_bridge() -> Canvas:
    """A long bridge in driving rain, waves at its piers."""
    canvas, chance = Canvas("#2c3442", "#586472"), random.Random(14)
    canvas.gradient(0, 360, "#252c39", "#5f6b78")
    for _ in range(26):
        x, y = chance.uniform(-80, WIDTH), chance.uniform(-10, 180)
        canvas.ellipse((x, y), chance.uniform(120, 260), chance.uniform(26, 60), "#1d2430", 70)
    canvas.polygon(hills(chance, 366, 9, width=WIDTH, bottom=HEIGHT), "#39444f")
    for x in range(30, 1180, 46):
        if chance.random() < 0.6:
            y = 368 + chance.uniform(0, 14)
            canvas.box((x, y), (x + 5, y + 6), "#f0cf8a", 200)
    canvas.gradient(392, HEIGHT, "#46545f", "#1c2731")
    ripples(
        canvas,
        chance,
        top=400,
        bottom=HEIGHT,
        width=WIDTH,
        colors=("#7f919b", "#2b3944", "#a7b5ba"),
        count=420,
    )
    canvas.polygon([(-20, 296), (1220, 232), (1220, 266), (-20, 326)], "#1a2029")
    canvas.line([(-20, 280), (1220, 214)], "#252d38", 4)
    for step in range(44):
        x = -20 + step * 29
        canvas.line([(x, 296 - step * 1.51), (x, 280 - step * 1.54)], "#252d38", 2.4)
    for x, wide in ((120, 58), (430, 54), (740, 50), (1040, 46)):
        top = 322 - x * 0.049
        canvas.polygon(
            [
                (x - wide / 2, top),
                (x + wide / 2, top),
                (x + wide * 0.72, 560),
                (x - wide * 0.72, 560),
            ],
            "#222a34",
        )
        canvas.polygon(
            [
                (x + wide * 0.1, top),
                (x + wide / 2, top),
                (x + wide * 0.72, 560),
                (x + wide * 0.2, 560),
            ],
            "#161c25",
        )
        for _ in range(26):
            spread = chance.gauss(0, wide * 0.8)
            canvas.circle(
                (x + spread, 552 - abs(chance.gauss(0, 34)) * math.exp(-abs(spread) / 60)),
                chance.uniform(2, 6),
                "#dfe8ea",
                chance.randrange(70, 170),
            )
        canvas.polygon(
            smooth(
                [
                    (x - wide * 1.9, 574),
                    (x - wide * 0.8, 546),
                    (x, 560),
                    (x + wide * 0.9, 542),
                    (x + wide * 2.2, 580),
                    (x, 592),
                ],
                closed=True,
            ),
            "#c9d5d9",
            130,
        )
    for share, lamp in ((0.18, 1), (0.42, 1), (0.66, 1), (0.9, 1)):
        x, y = share * WIDTH, 288 - share * 66
        canvas.line([(x, y), (x, y - 66)], "#10151c", 4)
        canvas.line([(x, y - 66), (x + 20, y - 70)], "#10151c", 4)
        canvas.glow((x + 22, y - 64), 130, "#ffe2a2", 90 * lamp)
        canvas.circle((x + 22, y - 65), 5, "#fff0c4")
    canvas.line([(250, 276), (420, 240)], "#f2ece0", 8)
    for step in range(5):
        start = 256 + step * 34
        canvas.line([(start, 275 - step * 7.2), (start + 14, 272 - step * 7.2)], "#c8392f", 8)
    canvas.line([(250, 290), (250, 262)], "#10151c", 9)
    canvas.glow((250, 254), 150, "#ff5b47", 150)
    canvas.circle((250, 254), 8, "#ff7a62")
    for _ in range(620):
        x, y = chance.uniform(-40, WIDTH + 60), chance.uniform(-20, HEIGHT)
        long = chance.uniform(14, 42)
        canvas.line([(x, y), (x - long * 0.62, y + long)], "#dbe4e8", 1.1, chance.randrange(36, 96))
    return canvas
