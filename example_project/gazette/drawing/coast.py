"""The coast by night, and a bank of sand by day."""

from __future__ import annotations

import math
import random

from .canvas import HEIGHT, WIDTH, Canvas
from .shapes import house, ripples, smooth


def lighthouse() -> Canvas:
    """A lighthouse at dusk, its beam over the sea."""
    canvas, chance = Canvas("#1d2747", "#d9876b"), random.Random(12)
    canvas.gradient(0, 300, "#1a2444", "#5d5078")
    canvas.gradient(300, 430, "#5d5078", "#e39a74")
    for _ in range(70):
        canvas.circle(
            (chance.uniform(0, WIDTH), chance.uniform(0, 190)),
            chance.uniform(0.6, 1.6),
            "#f3ecdc",
            chance.randrange(70, 190),
        )
    canvas.gradient(430, HEIGHT, "#8d6a78", "#1b2846")
    ripples(
        canvas,
        chance,
        top=436,
        bottom=HEIGHT,
        width=WIDTH,
        colors=("#f0b58c", "#53527a", "#b98086"),
        count=360,
    )
    canvas.polygon([(858, 150), (-40, 10), (-40, 250)], "#fff2c4", 70)
    canvas.polygon([(858, 150), (-40, 70), (-40, 190)], "#fff2c4", 60)
    canvas.polygon([(862, 150), (1240, 110), (1240, 178)], "#fff2c4", 60)
    head = smooth(
        [
            (560, 470),
            (640, 440),
            (720, 408),
            (800, 382),
            (900, 372),
            (1010, 386),
            (1120, 380),
            (1230, 360),
        ]
    )
    canvas.polygon([*head, (1230, HEIGHT), (470, HEIGHT), (520, 520)], "#171c30")
    front = smooth([(430, HEIGHT), (560, 590), (700, 540), (860, 505), (1040, 512), (1230, 470)])
    canvas.polygon([*front, (1230, HEIGHT)], "#0f1424")
    canvas.glow((860, 150), 260, "#ffe9a8", 190)
    canvas.polygon([(836, 180), (884, 180), (902, 384), (818, 384)], "#f1e9dc")
    canvas.polygon([(864, 180), (884, 180), (902, 384), (872, 384)], "#cbbfb4")
    for top, bottom in ((222, 262), (306, 346)):
        lean = (top - 180) * 0.088
        low = (bottom - 180) * 0.088
        canvas.polygon(
            [(836 - lean, top), (884 + lean, top), (884 + low, bottom), (836 - low, bottom)],
            "#a8433a",
        )
    canvas.box((826, 172), (894, 184), "#262c3d", radius=2)
    canvas.box((842, 130), (878, 172), "#fff3c9")
    for x in (842, 854, 866, 878):
        canvas.line([(x, 128), (x, 174)], "#262c3d", 3)
    canvas.polygon([(834, 132), (860, 100), (886, 132)], "#8d352f")
    canvas.circle((860, 98), 5, "#8d352f")
    canvas.box((854, 350), (868, 384), "#3a2f33", radius=6)
    house(canvas, 930, 388, 74, 44, "#d7c8b8")
    for x, y, size in ((300, 250, 15), (352, 228, 11), (250, 276, 10)):
        canvas.line(
            smooth(
                [
                    (x - size, y - 4),
                    (x - size / 2, y - 9),
                    (x, y),
                    (x + size / 2, y - 9),
                    (x + size, y - 4),
                ]
            ),
            "#20263c",
            2.6,
        )
    return canvas


def sandbank() -> Canvas:
    """A sandbank in shallow water, with two goals and a match."""
    canvas, chance = Canvas("#cfe4e6", "#eef0dc"), random.Random(13)
    canvas.gradient(0, 230, "#a9cfd8", "#e9efe2")
    canvas.gradient(230, HEIGHT, "#7fb6bb", "#3d8a97")
    ripples(
        canvas,
        chance,
        top=238,
        bottom=HEIGHT,
        width=WIDTH,
        colors=("#c8e6e2", "#5aa0a8", "#a5d3d2"),
        count=520,
    )
    bank = smooth(
        [
            (120, 430),
            (300, 352),
            (560, 322),
            (840, 330),
            (1060, 378),
            (1110, 440),
            (980, 520),
            (700, 566),
            (400, 552),
            (190, 498),
        ],
        closed=True,
    )
    for grow, color, alpha in ((1.1, "#d8efe6", 120), (1.05, "#d7dcc0", 200)):
        canvas.polygon(
            [(620 + (x - 620) * grow, 440 + (y - 440) * grow) for x, y in bank], color, alpha
        )
    canvas.polygon(bank, "#e3d2a4")
    canvas.polygon([(630 + (x - 620) * 0.86, 446 + (y - 440) * 0.8) for x, y in bank], "#ecdfb8")
    pitch = [(330, 398), (880, 392), (990, 500), (250, 508)]
    canvas.line([*pitch, pitch[0]], "#b79f6d", 3)
    canvas.line([(606, 395), (620, 504)], "#b79f6d", 3)
    canvas.line(
        [
            (613 + 62 * math.cos(a), 447 + 24 * math.sin(a))
            for a in (math.pi * s / 30 for s in range(61))
        ],
        "#b79f6d",
        2.6,
    )
    for x, y, lean in ((290, 452, 13), (935, 446, -17)):
        far, near = (x + lean, y - 24), (x - lean, y + 24)
        net = [(far[0], far[1] - 34), (near[0], near[1] - 34), near, far]
        canvas.polygon(net, "#fffdf6", 60)
        for foot in (far, near):
            canvas.line([foot, (foot[0], foot[1] - 34)], "#fffdf6", 4)
        canvas.line(net[:2], "#fffdf6", 4)
    players = (
        (400, 430, 0),
        (470, 478, 1),
        (540, 420, 1),
        (590, 470, 0),
        (660, 436, 1),
        (700, 486, 0),
        (760, 420, 0),
        (800, 470, 1),
        (860, 440, 0),
        (330, 470, 1),
    )
    for x, y, side in players:
        color = ("#c8523c", "#27507c")[side]
        canvas.ellipse((x + 10, y + 2), 13, 4, "#a8905c", 120)
        canvas.line([(x, y), (x - 4, y - 12)], "#3a2f2a", 3.4)
        canvas.line([(x + 7, y), (x + 3, y - 12)], "#3a2f2a", 3.4)
        canvas.line([(x, y - 13), (x + 1, y - 24)], color, 9)
        canvas.circle((x + 1, y - 34), 5.4, "#8a5a40" if (x // 10) % 2 else "#e3b48d")
    canvas.circle((628, 462), 4.6, "#fffdf6")
    for number in range(34):
        x = 250 + number * 21
        y = 356 - 22 * math.sin(number / 33 * math.pi) + chance.uniform(-2, 2)
        canvas.line(
            [(x, y), (x, y - 13)], chance.choice(["#5b4a6b", "#2f5d73", "#8d3b2f", "#b98a3d"]), 5
        )
        canvas.circle((x, y - 19), 3.2, "#d8ab86")
    hull = smooth([(1010, 548), (1050, 580), (1130, 582), (1180, 544)])
    canvas.polygon([*hull, (1096, 552)], "#2c3a4c")
    canvas.box((1070, 520), (1126, 552), "#f3ead6", radius=3)
    canvas.line([(1096, 520), (1096, 452)], "#3b2f2a", 4)
    canvas.polygon([(1096, 452), (1132, 464), (1096, 476)], "#d8563f")
    canvas.line([(1180, 544), (1230, 512)], "#2c3a4c", 2)
    return canvas
