"""A school in the morning."""

from __future__ import annotations

import math

from .canvas import HEIGHT, Canvas, Point
from .shapes import smooth


def school_morning() -> Canvas:
    """A school gate in low sun, children with long shadows, a clock at nine."""
    canvas = Canvas("#f6e3bf", "#eec88e")
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
