"""Pictures from below the surface."""

from __future__ import annotations

import math
import random

from .canvas import HEIGHT, WIDTH, Canvas
from .shapes import fish, smooth

GREENS = ("#3f7d4f", "#569a5c", "#2f6347", "#78b06a", "#4a8a63")


def seagrass(*, sway: float = 0.0, shift: float = 0.0) -> Canvas:
    """A meadow of seagrass under clear water.

    `sway` (-1 to 1) bends the blades, `shift` moves the fish; so the same drawing makes a film.
    """
    canvas, chance = Canvas("#bfe6df", "#2d7f8d"), random.Random(21)
    canvas.gradient(0, 420, "#c9eee4", "#4fa3a8")
    canvas.gradient(420, HEIGHT, "#4fa3a8", "#1f6a78")
    for number in range(7):
        x = 80 + number * 190 + 20 * sway
        canvas.polygon([(x, -10), (x + 60, -10), (x + 250, 560), (x + 90, 560)], "#f3fff6", 26)
    sand = smooth([(-20, 560), (220, 540), (520, 556), (820, 536), (1220, 560)])
    canvas.polygon([*sand, (1220, HEIGHT), (-20, HEIGHT)], "#cdbf94")
    shoal = random.Random(5)
    for _ in range(26):
        x = (shoal.uniform(0, 420) + 330 + shift * 300) % (WIDTH + 200) - 100
        y = 150 + shoal.gauss(60, 46)
        size = shoal.uniform(13, 22)
        fish(canvas, x, y, size, shoal.uniform(-0.12, 0.12), "#7fa3ad", "#e9f3f1")
    for row, (base, tall, alpha) in enumerate(
        ((560, 190, 120), (600, 240, 190), (650, 300, 255), (700, 340, 255))
    ):
        for _ in range(70):
            x = chance.uniform(-30, WIDTH + 30)
            high = tall * chance.uniform(0.6, 1.05)
            lean = 0.32 + 0.16 * sway + 0.05 * math.sin(x / 90 + row + 2 * sway)
            _blade(
                canvas,
                x,
                base + chance.uniform(-10, 14),
                high,
                lean,
                3.2 + row * 1.3,
                chance.choice(GREENS),
                alpha,
            )
    return canvas


def _blade(
    canvas: Canvas,
    x: float,
    base: float,
    high: float,
    lean: float,
    wide: float,
    color: str,
    alpha: int,
) -> None:
    steps = 14
    left, right = [], []
    for step in range(steps + 1):
        t = step / steps
        middle = x + high * lean * t**2
        half = wide * (1 - 0.75 * t)
        left.append((middle - half, base - high * t))
        right.append((middle + half, base - high * t * 0.99))
    canvas.polygon(left + right[::-1], color, alpha)


def seagrass_tray() -> Canvas:
    """A tray of shoots, each tied to a peg."""
    canvas, chance = Canvas("#f2ede0", "#e7dfcc"), random.Random(22)
    canvas.box((110, 134), (1090, 614), "#b9a888", radius=26)
    canvas.box((130, 118), (1070, 590), "#f7f4ec", radius=20)
    canvas.box((156, 144), (1044, 564), "#dfe7e2", radius=14)
    for row in range(3):
        for column in range(7):
            x, y = (
                226 + column * 124 + chance.uniform(-8, 8),
                252 + row * 130 + chance.uniform(-6, 6),
            )
            canvas.ellipse((x + 8, y + 24), 34, 7, "#9fb0aa", 120)
            for side in (-1, 0, 1):
                root = [
                    (x + side * 3, y + 6),
                    (x + side * 12, y + 20),
                    (x + side * 24, y + 24 + 3 * side),
                ]
                canvas.line(smooth(root), "#f4efe2", 3)
            canvas.line([(x - 20, y + 14), (x + 22, y + 8)], "#c89f63", 8)
            canvas.line([(x - 4, y + 14), (x + 2, y + 4)], "#8d6b3f", 3)
            for number in range(4):
                lean = (number - 1.5) * 0.32 + chance.uniform(-0.05, 0.05)
                _blade(
                    canvas,
                    x + number * 2 - 3,
                    y + 8,
                    78 + chance.uniform(-12, 14),
                    lean,
                    3.6,
                    chance.choice(GREENS),
                    255,
                )
    return canvas


def seagrass_diver() -> Canvas:
    """A diver who plants a row of shoots."""
    canvas, chance = Canvas("#a9d9d6", "#2c7787"), random.Random(23)
    for number in range(6):
        x = 60 + number * 210
        canvas.polygon([(x, -10), (x + 50, -10), (x + 220, 560), (x + 80, 560)], "#f3fff6", 24)
    canvas.polygon(
        [(-10, 560), (300, 548), (700, 560), (1210, 545), (1210, HEIGHT), (-10, HEIGHT)], "#c9ba8d"
    )
    for number in range(9):
        x = 60 + number * 62
        for blade in range(3):
            _blade(
                canvas,
                x + blade * 4,
                566,
                64 + chance.uniform(-8, 8),
                (blade - 1) * 0.3 + 0.15,
                3.2,
                chance.choice(GREENS),
                255,
            )
    suit, dark = "#26354a", "#1a2536"
    canvas.polygon(
        smooth(
            [
                (1010, 330),
                (1060, 352),
                (1150, 330),
                (1196, 356),
                (1150, 372),
                (1060, 372),
                (1004, 350),
            ],
            closed=True,
        ),
        "#e0a23c",
    )
    canvas.polygon(
        smooth(
            [
                (1000, 300),
                (1050, 296),
                (1130, 262),
                (1180, 270),
                (1140, 300),
                (1060, 322),
                (1000, 322),
            ],
            closed=True,
        ),
        "#e0a23c",
    )
    canvas.line(smooth([(800, 330), (900, 336), (1020, 342)]), dark, 40)
    canvas.line(smooth([(800, 318), (900, 306), (1020, 306)]), suit, 38)
    canvas.polygon(
        smooth(
            [(620, 300), (700, 262), (810, 288), (830, 330), (780, 362), (680, 360), (616, 340)],
            closed=True,
        ),
        suit,
    )
    canvas.line(smooth([(668, 262), (730, 240), (812, 268)]), "#d9dfe0", 40)
    canvas.line([(660, 268), (640, 286)], "#7d888c", 10)
    canvas.line(smooth([(668, 346), (640, 430), (600, 512)]), suit, 26)
    canvas.line([(606, 500), (598, 524)], "#e0b48f", 18)
    canvas.circle((592, 318), 44, dark)
    canvas.circle((584, 322), 36, "#e0b48f")
    canvas.box((552, 300), (594, 334), "#2d6a8e", radius=10)
    canvas.box((558, 306), (588, 328), "#bfe4ea", radius=7)
    canvas.box((560, 336), (590, 354), "#20262f", radius=7)
    canvas.line(smooth([(590, 346), (640, 330), (664, 276)]), "#20262f", 6)
    for blade in range(3):
        _blade(canvas, 592 + blade * 4, 540, 70, (blade - 1) * 0.3, 3.4, GREENS[blade], 255)
    for number in range(12):
        canvas.circle(
            (540 - number * 7 + chance.uniform(-14, 14), 300 - number * 24),
            4 + number * 0.8,
            "#f2fffb",
            120,
        )
    return canvas


def seagrass_growth() -> Canvas:
    """The same patch three times: dots, a loose patch, a carpet."""
    canvas, chance = Canvas("#f7f3ea", "#f2ead9"), random.Random(24)
    for number, count in enumerate((16, 90, 520)):
        x, y, radius = 200 + number * 400, 338, 152
        canvas.circle((x, y + 6), radius + 6, "#cfc4ae")
        canvas.circle((x, y), radius, "#d9c99c")
        for index in range(count):
            if number == 0:
                row, column = divmod(index, 4)
                place = (x + (column - 1.5) * 60, y + (row - 1.5) * 60)
            else:
                angle = chance.uniform(0, 2 * math.pi)
                far = (radius - 20) * math.sqrt(chance.random())
                place = (x + far * math.cos(angle), y + far * math.sin(angle))
            for _ in range(4):
                turn = chance.uniform(0, 2 * math.pi)
                long = chance.uniform(8, 17)
                end = (place[0] + long * math.cos(turn), place[1] + long * math.sin(turn))
                canvas.line([place, end], chance.choice(GREENS), 3)
        if number < 2:
            left = x + radius + 24
            canvas.line([(left, y), (left + 22, y)], "#2b2f3a", 4)
            canvas.polygon([(left + 20, y - 10), (left + 38, y), (left + 20, y + 10)], "#2b2f3a")
    return canvas


def herring() -> Canvas:
    """A dense shoal that turns, seen from below."""
    canvas, chance = Canvas("#5f9f97", "#123c46"), random.Random(25)
    canvas.gradient(0, HEIGHT, "#6fae9f", "#0f3743")
    canvas.glow((640, -30), 760, "#e6ffe9", 170)
    for number in range(9):
        x = 640 + (number - 4) * 70
        canvas.polygon(
            [
                (x - 8, -10),
                (x + 8, -10),
                (640 + (number - 4) * 260 + 30, HEIGHT),
                (640 + (number - 4) * 260 - 30, HEIGHT),
            ],
            "#e9fff0",
            16,
        )
    swimmers = []
    for _ in range(430):
        angle = chance.uniform(0.1, 2 * math.pi)
        ring = chance.gauss(1, 0.17)
        x = 620 + 400 * ring * math.cos(angle)
        y = 350 + 205 * ring * math.sin(angle) + 40 * math.sin(angle * 2)
        depth = chance.random()
        swimmers.append((depth, x, y, angle))
    for depth, x, y, angle in sorted(swimmers):
        turn = math.atan2(205 * math.cos(angle), -400 * math.sin(angle)) + chance.gauss(0, 0.12)
        back = ("#2f6570", "#3f7a83", "#54929a")[min(2, int(depth * 3))]
        belly = ("#6f9ea0", "#a8cbc8", "#eef7f2")[min(2, int(depth * 3))]
        fish(canvas, x, y, 12 + 20 * depth, turn, back, belly)
    return canvas
