"""Portraits of those who write."""

from __future__ import annotations

from .canvas import Canvas
from .faces import MIDDLE, Face, cap_of_hair, glasses, head, mixed, paper, shoulders
from .shapes import smooth


def mira_halden() -> Canvas:
    """Short dark hair, a blue roll-neck jumper."""
    face = Face("#dfe7e4", "#e9bd98", "#33261f", "#2f5d82", "#2f5d82")
    canvas = paper(face.backdrop)
    cap_of_hair(
        canvas,
        face,
        [
            (140, 250),
            (136, 170),
            (190, 104),
            (290, 104),
            (344, 170),
            (340, 262),
            (310, 300),
            (170, 300),
        ],
    )
    shoulders(canvas, face)
    head(canvas, face)
    canvas.polygon(
        smooth(
            [(190, 352), (198, 322), (240, 344), (282, 322), (290, 352), (280, 388), (200, 388)],
            closed=True,
        ),
        mixed(face.coat, "#ffffff", 0.14),
    )
    canvas.line(smooth([(196, 352), (240, 366), (284, 352)]), mixed(face.coat, "#10141c", 0.2), 3)
    cap_of_hair(
        canvas,
        face,
        [
            (146, 236),
            (150, 160),
            (206, 112),
            (290, 116),
            (336, 176),
            (334, 240),
            (318, 200),
            (280, 168),
            (220, 186),
            (176, 190),
        ],
    )
    return canvas


def tomas_reyk() -> Canvas:
    """A reddish beard, round glasses, a green jacket."""
    face = Face("#e8dfd0", "#efc7a6", "#8f4f2c", "#3f6b4d", "#efe7d8", broad=1.04)
    canvas = paper(face.backdrop)
    shoulders(canvas, face)
    canvas.polygon(
        [(186, 356), (240, 420), (294, 356), (312, 372), (262, 490), (218, 490), (168, 372)],
        "#efe7d8",
    )
    canvas.polygon(
        [(168, 366), (214, 490), (150, 490), (120, 384)], mixed(face.coat, "#10141c", 0.14)
    )
    canvas.polygon(
        [(312, 366), (266, 490), (330, 490), (360, 384)], mixed(face.coat, "#10141c", 0.24)
    )
    head(canvas, face)
    beard = smooth(
        [
            (152, 246),
            (160, 300),
            (196, 346),
            (240, 366),
            (284, 346),
            (320, 300),
            (328, 246),
            (308, 286),
            (276, 292),
            (240, 284),
            (204, 292),
            (172, 286),
        ],
        closed=True,
    )
    canvas.polygon(beard, face.hair)
    canvas.line(smooth([(216, 306), (240, 313), (264, 306)]), "#7a2f28", 6)
    cap_of_hair(
        canvas,
        face,
        [
            (148, 230),
            (146, 160),
            (196, 104),
            (280, 98),
            (338, 150),
            (334, 230),
            (318, 180),
            (266, 152),
            (200, 160),
            (166, 184),
        ],
    )
    glasses(canvas, square=False, color="#2b2f3a")
    return canvas


def leyla_mehravar() -> Canvas:
    """Long black hair, silver earrings, a dark red coat."""
    face = Face("#e6dccf", "#dca77f", "#191517", "#7c2a33", "#7c2a33")
    canvas = paper(face.backdrop)
    cap_of_hair(
        canvas,
        face,
        [
            (128, 420),
            (122, 280),
            (130, 170),
            (186, 96),
            (294, 96),
            (352, 170),
            (360, 290),
            (352, 420),
            (300, 440),
            (180, 440),
        ],
    )
    shoulders(canvas, face)
    canvas.polygon([(190, 352), (240, 424), (290, 352), (276, 342), (204, 342)], face.skin)
    canvas.polygon(
        [(176, 356), (240, 440), (214, 490), (150, 490), (136, 376)],
        mixed(face.coat, "#ffffff", 0.1),
    )
    canvas.polygon(
        [(304, 356), (240, 440), (266, 490), (330, 490), (344, 376)],
        mixed(face.coat, "#10141c", 0.12),
    )
    head(canvas, face)
    for side in (-1, 1):
        canvas.circle((MIDDLE + side * 85, 268), 7, "#d5dadd")
        canvas.circle((MIDDLE + side * 85, 284), 4.4, "#b9c1c5")
    for side in (-1, 1):
        x = MIDDLE + side * 12
        lock = [
            (x, 116),
            (MIDDLE + side * 64, 140),
            (MIDDLE + side * 100, 206),
            (MIDDLE + side * 108, 330),
            (MIDDLE + side * 92, 410),
            (MIDDLE + side * 122, 420),
            (MIDDLE + side * 126, 260),
            (MIDDLE + side * 104, 140),
            (MIDDLE + side * 40, 92),
        ]
        canvas.polygon(smooth(lock, closed=True), face.hair)
    canvas.line(smooth([(240, 108), (246, 128), (244, 140)]), mixed(face.hair, "#ffffff", 0.2), 2)
    return canvas


def idris_vale() -> Canvas:
    """Close-cropped black hair, a short beard, a mustard jumper."""
    face = Face("#dde3e6", "#7d5137", "#1a1514", "#c4922f", "#c4922f", broad=1.02)
    canvas = paper(face.backdrop)
    shoulders(canvas, face)
    canvas.line(smooth([(190, 362), (240, 392), (290, 362)]), mixed(face.coat, "#ffffff", 0.2), 16)
    head(canvas, face)
    beard = smooth(
        [
            (156, 258),
            (166, 304),
            (200, 340),
            (240, 352),
            (280, 340),
            (314, 304),
            (324, 258),
            (304, 292),
            (270, 300),
            (240, 292),
            (210, 300),
            (176, 292),
        ],
        closed=True,
    )
    canvas.polygon(beard, face.hair, 215)
    canvas.line(smooth([(216, 306), (240, 313), (264, 306)]), "#a0574b", 6)
    cap_of_hair(
        canvas,
        face,
        [
            (154, 216),
            (152, 164),
            (196, 118),
            (284, 118),
            (328, 164),
            (326, 216),
            (310, 178),
            (262, 158),
            (218, 158),
            (170, 178),
        ],
    )
    return canvas
