"""A stage, a shop window, a drawing sheet and two pieces of type."""

from __future__ import annotations

import math
import random

from .canvas import HEIGHT, Canvas, Point
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
