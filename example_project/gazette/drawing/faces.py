"""What the drawn portraits share: a face in flat colors, seen from the front."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .canvas import Canvas, Point, mix, rgb
from .shapes import smooth

SIZE = 480
MIDDLE = SIZE / 2


@dataclass(frozen=True)
class Face:
    """What makes one face different from another."""

    backdrop: str
    skin: str
    hair: str
    coat: str
    collar: str
    iris: str = "#2b2420"
    broad: float = 1.0
    age: bool = False


def _code(color: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*color)


def mixed(first: str, second: str, share: float) -> str:
    """Return a color between two; a share of 0 is the first, 1 the second."""
    return _code(mix(rgb(first), rgb(second), share))


def paper(backdrop: str) -> Canvas:
    """Return the square that a portrait is drawn on."""
    canvas = Canvas(backdrop, mixed(backdrop, "#20262f", 0.14), width=SIZE, height=SIZE)
    canvas.glow((150, 120), 420, "#ffffff", 70)
    return canvas


def shoulders(canvas: Canvas, face: Face) -> None:
    """Draw the coat."""
    coat = smooth(
        [
            (30, 490),
            (60, 410),
            (130, 372),
            (196, 352),
            (284, 352),
            (350, 372),
            (420, 410),
            (450, 490),
        ]
    )
    canvas.polygon(coat, face.coat)
    fold = smooth([(350, 372), (420, 410), (450, 490), (352, 490), (366, 430)])
    canvas.polygon(fold, mixed(face.coat, "#10141c", 0.2))


def head(canvas: Canvas, face: Face) -> None:
    """Draw neck, face, eyes, nose and mouth."""
    shade = mixed(face.skin, "#5a2f22", 0.26)
    canvas.polygon([(204, 300), (276, 300), (284, 362), (240, 386), (196, 362)], shade)
    wide = 84 * face.broad
    canvas.ellipse((MIDDLE - wide, 236), 13, 21, shade)
    canvas.ellipse((MIDDLE + wide, 236), 13, 21, shade)
    jaw = smooth(
        [
            (MIDDLE, 130),
            (MIDDLE + wide * 0.72, 148),
            (MIDDLE + wide, 214),
            (MIDDLE + wide * 0.9, 276),
            (MIDDLE + wide * 0.5, 328),
            (MIDDLE, 344),
            (MIDDLE - wide * 0.5, 328),
            (MIDDLE - wide * 0.9, 276),
            (MIDDLE - wide, 214),
            (MIDDLE - wide * 0.72, 148),
        ],
        closed=True,
    )
    canvas.polygon(jaw, face.skin)
    cheek = mixed(face.skin, "#c4543f", 0.3)
    for side in (-1, 1):
        canvas.ellipse((MIDDLE + side * wide * 0.56, 270), 19, 12, cheek, 60)
        x = MIDDLE + side * 34
        canvas.ellipse((x, 234), 12, 7.5, "#fbf7f0")
        canvas.circle((x, 234), 6.4, face.iris)
        canvas.circle((x + 2, 232), 1.8, "#ffffff")
        canvas.line(
            smooth([(x - 14, 229), (x, 224), (x + 14, 229)]), mixed(face.hair, "#241b18", 0.5), 3.2
        )
        brow = smooth([(x - 18, 212), (x + side * 4, 204), (x + 18, 211)])
        canvas.line(brow, mixed(face.hair, "#241b18", 0.35), 5.5)
    canvas.line(smooth([(244, 238), (252, 268), (242, 276), (232, 273)]), shade, 4)
    canvas.line(smooth([(214, 302), (240, 311), (266, 301)]), mixed(face.skin, "#7a2a26", 0.6), 5)
    if face.age:
        for side in (-1, 1):
            x = MIDDLE + side * 60
            canvas.line(smooth([(x, 244), (x + side * 9, 250)]), shade, 2.6)
            canvas.line(smooth([(MIDDLE + side * 36, 284), (MIDDLE + side * 44, 300)]), shade, 2.6)
            canvas.line(
                [(MIDDLE + side * 22 - 10, 176), (MIDDLE + side * 22 + 10, 175)], shade, 2.4
            )


def cap_of_hair(canvas: Canvas, face: Face, points: list[Point]) -> None:
    """Draw hair of this outline."""
    canvas.polygon(smooth(points, closed=True), face.hair)


def glasses(canvas: Canvas, *, square: bool, color: str) -> None:
    """Draw round or square glasses."""
    for side in (-1, 1):
        x = MIDDLE + side * 35
        if square:
            ring = [(x - 27, 216), (x + 27, 216), (x + 24, 254), (x - 24, 254), (x - 27, 216)]
        else:
            ring = [
                (x + 26 * math.cos(a), 235 + 25 * math.sin(a))
                for a in (math.pi * s / 24 for s in range(49))
            ]
        canvas.polygon(ring, "#ffffff", 40)
        canvas.line(ring, color, 4)
        canvas.line([(x + side * 26, 230), (MIDDLE + side * 84, 226)], color, 4)
    canvas.line(smooth([(MIDDLE - 9, 232), (MIDDLE, 227), (MIDDLE + 9, 232)]), color, 4)
