"""Large pictures of rooms, tables and hands at work."""

from __future__ import annotations

import math
import random

from .canvas import HEIGHT, WIDTH, Canvas, Point
from .shapes import pen_stroke, smooth


def stage() -> Canvas:
    """A dark stage, a long table in a cone of light, a heap of salt."""
    canvas, chance = Canvas("#141821", "#1d222d"), random.Random(41)
    for x in range(-10, 1220, 44):
        canvas.box((x, 0), (x + 22, 500), "#10141c")
    canvas.gradient(480, HEIGHT, "#2a2d36", "#15181f")
    canvas.polygon([(560, -20), (700, -20), (1060, 560), (170, 560)], "#f7ecd0", 26)
    canvas.polygon([(590, -20), (670, -20), (930, 560), (310, 560)], "#f7ecd0", 34)
    canvas.ellipse((620, 560), 500, 74, "#f1e4c4", 56)
    canvas.ellipse((620, 560), 370, 50, "#f1e4c4", 60)
    canvas.ellipse((620, 596), 400, 24, "#0b0e13", 170)
    for x in (300, 930):
        canvas.line([(x, 440), (x + (12 if x < 600 else -12), 598)], "#3a2a21", 15)
    canvas.box((250, 418), (980, 444), "#6b4a33", radius=4)
    canvas.polygon([(238, 410), (992, 410), (980, 430), (250, 430)], "#d9cfbc")
    canvas.polygon([(250, 430), (980, 430), (972, 500), (258, 500)], "#e7dfcf", 245)
    for number in range(18):
        x = 270 + number * 40
        canvas.line([(x, 434), (x - 3, 498)], "#c3b8a4", 2.5, 150)
    for x in (700, 800, 900):
        canvas.ellipse((x, 418), 36, 8, "#f7f3ea")
        canvas.ellipse((x, 417), 22, 4.6, "#d8d2c4")
    chair = "#2c211b"
    for x in (700, 800, 900):
        canvas.line([(x - 24, 404), (x - 22, 300)], chair, 7)
        canvas.line([(x + 24, 404), (x + 22, 300)], chair, 7)
        for y in (308, 334, 360):
            canvas.line([(x - 22, y), (x + 22, y)], chair, 6)
    canvas.line([(380, -20), (384, 250)], "#fffdf5", 3)
    heap: list[Point] = [
        (210, 604),
        (250, 520),
        (290, 430),
        (334, 330),
        (378, 236),
        (392, 236),
        (440, 320),
        (520, 388),
        (600, 408),
        (560, 470),
        (590, 560),
        (640, 606),
    ]
    canvas.polygon([*smooth(heap), (420, 616)], "#f4efe4")
    shade = smooth(
        [
            (384, 236),
            (440, 320),
            (520, 388),
            (600, 408),
            (560, 470),
            (590, 560),
            (640, 606),
            (470, 612),
            (450, 480),
            (420, 350),
        ]
    )
    canvas.polygon(shade, "#cfc7b8", 200)
    for _ in range(900):
        x, y = chance.gauss(410, 120), 612 - abs(chance.gauss(0, 5))
        canvas.circle(
            (x, y + chance.uniform(-4, 16)),
            chance.uniform(0.8, 2.2),
            "#f7f3ea",
            chance.randrange(90, 230),
        )
    for _ in range(260):
        y = chance.uniform(250, 600)
        wide = (y - 236) * 0.42
        canvas.circle(
            (384 + chance.uniform(-wide, wide * 0.8), y), chance.uniform(0.8, 1.8), "#bdb4a4", 150
        )
    for number in range(13):
        x = 30 + number * 95
        canvas.circle((x, 672), 46, "#0a0c11")
        canvas.circle((x, 622), 24, "#0a0c11")
    return canvas


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


def sign_painter() -> Canvas:
    """A shop window with one golden stroke, a brush, a hand on its stick."""
    canvas, chance = Canvas("#31474d", "#263a40"), random.Random(44)
    canvas.box((60, -20), (1140, 640), "#20302f")
    canvas.box((84, -20), (1116, 620), "#5f858a")
    for step in range(70):
        y = step * 9
        canvas.box((84, y), (1116, y + 9), "#8fb0ac", max(0, 90 - step))
    canvas.polygon([(200, -20), (420, -20), (150, 620), (84, 620), (84, 250)], "#e4f1ee", 40)
    canvas.polygon([(520, -20), (590, -20), (330, 620), (270, 620)], "#e4f1ee", 34)
    for x, y, radius in ((210, 470, 90), (980, 420, 120), (880, 520, 80), (320, 540, 60)):
        canvas.circle((x, y), radius, "#3f5f62", 70)
    canvas.line([(110, 210), (1090, 210)], "#d7e6e2", 1.6, 120)
    canvas.line([(110, 430), (1090, 430)], "#d7e6e2", 1.6, 120)
    spine = smooth(
        [
            (980, 240),
            (900, 216),
            (840, 300),
            (900, 400),
            (800, 432),
            (660, 420),
            (560, 380),
            (470, 392),
            (404, 428),
        ]
    )
    pen_stroke(canvas, [(x + 4, y + 7) for x, y in spine], (13, -19), "#7b551a")
    pen_stroke(canvas, spine, (13, -19), "#d9a441")
    canvas.line([(x + 9, y - 14) for x, y in spine], "#f6d98d", 3)
    for x, y in ((700, 492), (748, 494), (724, 528)):
        canvas.polygon([(x, y - 16), (x + 16, y), (x, y + 16), (x - 16, y)], "#d9a441")
    canvas.line([(60, 600), (500, 452)], "#6a4a30", 12)
    canvas.circle((504, 450), 15, "#e9dcc2")
    sleeve = smooth([(-20, 690), (70, 600), (170, 556), (226, 580), (216, 690)])
    canvas.polygon(sleeve, "#8d3b2f")
    hand = smooth(
        [
            (176, 560),
            (220, 520),
            (270, 496),
            (322, 484),
            (350, 494),
            (346, 516),
            (310, 528),
            (330, 540),
            (318, 560),
            (280, 566),
            (240, 590),
            (204, 604),
        ],
        closed=True,
    )
    canvas.polygon(hand, "#d7a279")
    for line in (
        [(322, 486), (296, 500), (268, 512)],
        [(338, 512), (306, 520), (280, 532)],
        [(324, 540), (298, 544), (276, 554)],
    ):
        canvas.line(smooth(line), "#b07f58", 3.4)
    canvas.line([(230, 470), (372, 440)], "#3a2a20", 10)
    canvas.line([(250, 540), (236, 474)], "#d7a279", 26)
    canvas.line([(268, 500), (262, 470)], "#d7a279", 22)
    canvas.line([(366, 442), (398, 434)], "#b9bcbc", 12)
    canvas.polygon([(396, 426), (396, 444), (424, 430)], "#4a3423")
    canvas.polygon([(410, 428), (410, 440), (430, 430)], "#d9a441")
    for _ in range(16):
        canvas.circle((chance.uniform(100, 1100), chance.uniform(20, 600)), 1.6, "#f2faf7", 120)
    return canvas


def letters_sketch() -> Canvas:
    """Two lines of brush strokes: upright ones apart, curves joined."""
    canvas, chance = Canvas("#f6f1e4", "#efe7d4"), random.Random(45)
    for y in (150, 250, 420, 540):
        canvas.line([(70, y), (1130, y)], "#c9bda2", 2)
    for number in range(12):
        x = 110 + number * 86
        lean = chance.uniform(-3, 3)
        canvas.polygon(
            [(x, 150), (x + 22, 142), (x + 26 + lean, 246), (x + 6 + lean, 256)], "#27507c"
        )
        canvas.polygon(
            [(x + 4, 150), (x + 10, 148), (x + 14 + lean, 248), (x + 9 + lean, 252)], "#4f79a3", 150
        )
    for start, end in ((640, 1120), (70, 590)):
        points: list[Point] = []
        for step in range(180):
            share = step / 179
            x = end - (end - start) * share
            points.append(
                (x, 486 + 46 * math.sin(share * math.pi * 4.5 + start) - 10 * math.sin(share * 21))
            )
        pen_stroke(canvas, points, (9, -15), "#8d3b2f")
    for x, y in ((250, 578), (284, 580), (820, 372), (1010, 580)):
        canvas.polygon([(x, y - 12), (x + 12, y), (x, y + 12), (x - 12, y)], "#8d3b2f")
    return canvas


def half_space() -> Canvas:
    """Two pieces of metal type with a narrow gap through which light comes."""
    canvas, chance = Canvas("#2b2724", "#1c1917"), random.Random(46)
    canvas.gradient(0, HEIGHT, "#332d29", "#191614")
    canvas.gradient(500, HEIGHT, "#4a3a2c", "#241c15")
    canvas.glow((607, 330), 560, "#ffcf7a", 150)
    canvas.polygon([(600, 90), (614, 90), (700, HEIGHT), (520, HEIGHT)], "#ffdf9d", 60)
    for left, right, shade in ((330, 600, 1), (614, 884, -1)):
        canvas.polygon(
            [(left, 150), (right, 150), (right - 14, 96), (left + 24 * (shade == 1) - 10, 96)],
            "#a8a7a3",
        )
        for step in range(27):
            share = step / 26 if shade == 1 else 1 - step / 26
            x = left + (right - left) * step / 27
            tone = ("#5b5c5e", "#6d6e70", "#7f8082", "#929294", "#a9a49b", "#c9b88f")[
                min(5, int(share * 6))
            ]
            canvas.box((x, 150), (x + (right - left) / 27 + 1, 540), tone)
        canvas.box((left, 430), (right, 446), "#3c3c3e", 190)
        canvas.box((left, 462), (right, 470), "#3c3c3e", 150)
        inner = (right - 6, right) if shade == 1 else (left, left + 6)
        canvas.box((inner[0], 150), (inner[1], 540), "#ffe2a6", 210)
        canvas.ellipse(((left + right) / 2, 556), 170, 16, "#0f0c0a", 180)
    canvas.box((602, 96), (612, 540), "#fff3d0")
    bowl = smooth([(540, 126), (470, 112), (410, 120), (392, 136), (430, 142), (500, 140)])
    canvas.line(bowl, "#55534f", 9)
    canvas.line(smooth([(830, 130), (760, 118), (690, 122), (666, 136)]), "#55534f", 9)
    canvas.circle((742, 142), 6, "#55534f")
    canvas.circle((766, 142), 6, "#55534f")
    for _ in range(60):
        canvas.circle(
            (chance.gauss(607, 70), chance.uniform(60, 620)),
            chance.uniform(0.8, 2),
            "#ffe9b8",
            chance.randrange(60, 180),
        )
    return canvas
