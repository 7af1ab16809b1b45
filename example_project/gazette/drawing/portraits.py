"""Drawn portraits of the staff: heads and shoulders in flat colors, and the agency's emblem."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from .canvas import Canvas, Point, mix, rgb
from .shapes import pen_stroke, smooth

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
    return "#%02x%02x%02x" % color


def _mixed(first: str, second: str, share: float) -> str:
    return _code(mix(rgb(first), rgb(second), share))


def _paper(backdrop: str) -> Canvas:
    canvas = Canvas(backdrop, _mixed(backdrop, "#20262f", 0.14), width=SIZE, height=SIZE)
    canvas.glow((150, 120), 420, "#ffffff", 70)
    return canvas


def _shoulders(canvas: Canvas, face: Face) -> None:
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
    canvas.polygon(fold, _mixed(face.coat, "#10141c", 0.2))


def _head(canvas: Canvas, face: Face) -> None:
    shade = _mixed(face.skin, "#5a2f22", 0.26)
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
    cheek = _mixed(face.skin, "#c4543f", 0.3)
    for side in (-1, 1):
        canvas.ellipse((MIDDLE + side * wide * 0.56, 270), 19, 12, cheek, 60)
        x = MIDDLE + side * 34
        canvas.ellipse((x, 234), 12, 7.5, "#fbf7f0")
        canvas.circle((x, 234), 6.4, face.iris)
        canvas.circle((x + 2, 232), 1.8, "#ffffff")
        canvas.line(
            smooth([(x - 14, 229), (x, 224), (x + 14, 229)]), _mixed(face.hair, "#241b18", 0.5), 3.2
        )
        brow = smooth([(x - 18, 212), (x + side * 4, 204), (x + 18, 211)])
        canvas.line(brow, _mixed(face.hair, "#241b18", 0.35), 5.5)
    canvas.line(smooth([(244, 238), (252, 268), (242, 276), (232, 273)]), shade, 4)
    canvas.line(smooth([(214, 302), (240, 311), (266, 301)]), _mixed(face.skin, "#7a2a26", 0.6), 5)
    if face.age:
        for side in (-1, 1):
            x = MIDDLE + side * 60
            canvas.line(smooth([(x, 244), (x + side * 9, 250)]), shade, 2.6)
            canvas.line(smooth([(MIDDLE + side * 36, 284), (MIDDLE + side * 44, 300)]), shade, 2.6)
            canvas.line(
                [(MIDDLE + side * 22 - 10, 176), (MIDDLE + side * 22 + 10, 175)], shade, 2.4
            )


def _cap_of_hair(canvas: Canvas, face: Face, points: list[Point]) -> None:
    canvas.polygon(smooth(points, closed=True), face.hair)


def _glasses(canvas: Canvas, *, square: bool, color: str) -> None:
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


def mira_halden() -> Canvas:
    """Short dark hair, a blue roll-neck jumper."""
    face = Face("#dfe7e4", "#e9bd98", "#33261f", "#2f5d82", "#2f5d82")
    canvas = _paper(face.backdrop)
    _cap_of_hair(
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
    _shoulders(canvas, face)
    _head(canvas, face)
    canvas.polygon(
        smooth(
            [(190, 352), (198, 322), (240, 344), (282, 322), (290, 352), (280, 388), (200, 388)],
            closed=True,
        ),
        _mixed(face.coat, "#ffffff", 0.14),
    )
    canvas.line(smooth([(196, 352), (240, 366), (284, 352)]), _mixed(face.coat, "#10141c", 0.2), 3)
    _cap_of_hair(
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
    canvas = _paper(face.backdrop)
    _shoulders(canvas, face)
    canvas.polygon(
        [(186, 356), (240, 420), (294, 356), (312, 372), (262, 490), (218, 490), (168, 372)],
        "#efe7d8",
    )
    canvas.polygon(
        [(168, 366), (214, 490), (150, 490), (120, 384)], _mixed(face.coat, "#10141c", 0.14)
    )
    canvas.polygon(
        [(312, 366), (266, 490), (330, 490), (360, 384)], _mixed(face.coat, "#10141c", 0.24)
    )
    _head(canvas, face)
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
    _cap_of_hair(
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
    _glasses(canvas, square=False, color="#2b2f3a")
    return canvas


def leyla_mehravar() -> Canvas:
    """Long black hair, silver earrings, a dark red coat."""
    face = Face("#e6dccf", "#dca77f", "#191517", "#7c2a33", "#7c2a33")
    canvas = _paper(face.backdrop)
    _cap_of_hair(
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
    _shoulders(canvas, face)
    canvas.polygon([(190, 352), (240, 424), (290, 352), (276, 342), (204, 342)], face.skin)
    canvas.polygon(
        [(176, 356), (240, 440), (214, 490), (150, 490), (136, 376)],
        _mixed(face.coat, "#ffffff", 0.1),
    )
    canvas.polygon(
        [(304, 356), (240, 440), (266, 490), (330, 490), (344, 376)],
        _mixed(face.coat, "#10141c", 0.12),
    )
    _head(canvas, face)
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
    canvas.line(smooth([(240, 108), (246, 128), (244, 140)]), _mixed(face.hair, "#ffffff", 0.2), 2)
    return canvas


def idris_vale() -> Canvas:
    """Close-cropped black hair, a short beard, a mustard jumper."""
    face = Face("#dde3e6", "#7d5137", "#1a1514", "#c4922f", "#c4922f", broad=1.02)
    canvas = _paper(face.backdrop)
    _shoulders(canvas, face)
    canvas.line(smooth([(190, 362), (240, 392), (290, 362)]), _mixed(face.coat, "#ffffff", 0.2), 16)
    _head(canvas, face)
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
    _cap_of_hair(
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


def hanne_brock() -> Canvas:
    """Grey curls, a scarf, a camera strap."""
    face = Face("#e9e1d8", "#edc3a2", "#b3b5b8", "#3b4a5c", "#3b4a5c", age=True)
    canvas = _paper(face.backdrop)
    curls = [
        (148, 262),
        (138, 216),
        (146, 170),
        (172, 132),
        (212, 108),
        (258, 104),
        (302, 122),
        (332, 158),
        (342, 206),
        (336, 254),
    ]
    for x, y in curls:
        canvas.circle((x, y), 36, _mixed(face.hair, "#5f656c", 0.16))
    _shoulders(canvas, face)
    canvas.line(smooth([(330, 366), (280, 430), (250, 490)]), "#1d2127", 15)
    _head(canvas, face)
    scarf = smooth(
        [
            (168, 356),
            (204, 330),
            (240, 350),
            (276, 330),
            (312, 356),
            (318, 390),
            (240, 416),
            (162, 390),
        ],
        closed=True,
    )
    canvas.polygon(scarf, "#c8653f")
    canvas.line(smooth([(176, 372), (240, 396), (306, 372)]), "#a04a2b", 4)
    canvas.polygon([(200, 396), (240, 406), (234, 476), (196, 470)], "#b5572f")
    for x, y, radius in (
        (170, 178, 27),
        (196, 148, 28),
        (232, 132, 28),
        (270, 134, 27),
        (302, 156, 26),
        (318, 188, 22),
        (158, 214, 20),
        (324, 222, 17),
    ):
        canvas.circle((x, y), radius, face.hair)
        canvas.circle((x - 6, y - 7), radius * 0.5, _mixed(face.hair, "#ffffff", 0.32), 190)
    return canvas


def oskar_tamm() -> Canvas:
    """White hair, a moustache, a navy cap."""
    face = Face("#d9e2e6", "#e6b594", "#eceae5", "#26374f", "#e9e3d6", age=True, broad=1.03)
    canvas = _paper(face.backdrop)
    _cap_of_hair(
        canvas,
        face,
        [
            (146, 270),
            (142, 200),
            (180, 150),
            (300, 150),
            (338, 200),
            (334, 270),
            (306, 290),
            (174, 290),
        ],
    )
    _shoulders(canvas, face)
    canvas.line(smooth([(186, 362), (240, 398), (294, 362)]), "#e9e3d6", 16)
    for y in (410, 440, 470):
        canvas.line(smooth([(70, y + 16), (240, y + 2), (410, y + 16)]), "#e9e3d6", 7)
    _head(canvas, face)
    moustache = smooth(
        [
            (186, 304),
            (206, 284),
            (240, 288),
            (274, 284),
            (294, 304),
            (266, 301),
            (240, 296),
            (214, 301),
        ],
        closed=True,
    )
    canvas.polygon(moustache, face.hair)
    canvas.polygon(
        smooth(
            [
                (140, 196),
                (134, 130),
                (190, 84),
                (296, 84),
                (348, 130),
                (340, 196),
                (290, 172),
                (190, 172),
            ],
            closed=True,
        ),
        "#1f3148",
    )
    canvas.polygon(
        smooth(
            [(148, 176), (240, 160), (332, 176), (326, 198), (240, 184), (154, 198)], closed=True
        ),
        "#14202f",
    )
    canvas.polygon(
        smooth(
            [(158, 194), (240, 182), (322, 194), (300, 212), (240, 206), (180, 212)], closed=True
        ),
        "#0e1823",
    )
    canvas.circle((240, 140), 11, "#d9b45a")
    return canvas


def edda_morwen() -> Canvas:
    """A blonde bun, square glasses, a white shirt."""
    face = Face("#dcdfe8", "#f1cdb0", "#cfa45c", "#f4f1ea", "#f4f1ea")
    canvas = _paper(face.backdrop)
    canvas.circle((244, 88), 46, _mixed(face.hair, "#6b4a1f", 0.18))
    canvas.line(smooth([(214, 80), (246, 70), (276, 92)]), _mixed(face.hair, "#6b4a1f", 0.4), 3)
    _cap_of_hair(
        canvas,
        face,
        [
            (146, 246),
            (144, 168),
            (192, 108),
            (288, 108),
            (336, 168),
            (334, 246),
            (300, 270),
            (180, 270),
        ],
    )
    _shoulders(canvas, face)
    canvas.polygon([(194, 350), (240, 414), (286, 350), (276, 340), (204, 340)], face.skin)
    for side in (-1, 1):
        canvas.polygon(
            [
                (MIDDLE + side * 40, 340),
                (MIDDLE + side * 4, 418),
                (MIDDLE + side * 46, 434),
                (MIDDLE + side * 74, 366),
            ],
            "#ffffff",
        )
        canvas.line(
            [(MIDDLE + side * 4, 418), (MIDDLE + side * 46, 434), (MIDDLE + side * 74, 366)],
            "#c9c6bf",
            3,
        )
    for y in (446, 474):
        canvas.circle((240, y), 4, "#b9b4a8")
    _head(canvas, face)
    _cap_of_hair(
        canvas,
        face,
        [
            (150, 232),
            (152, 160),
            (204, 112),
            (284, 114),
            (332, 166),
            (330, 232),
            (308, 186),
            (262, 150),
            (210, 158),
            (170, 190),
        ],
    )
    _glasses(canvas, square=True, color="#7c2a33")
    return canvas


def navid_rastin() -> Canvas:
    """Wavy dark hair, a moustache, a grey jacket."""
    face = Face("#e5e0d2", "#d39d74", "#2a211d", "#59616b", "#cfd8dc")
    canvas = _paper(face.backdrop)
    _shoulders(canvas, face)
    canvas.polygon(
        [(190, 354), (240, 416), (290, 354), (306, 368), (262, 490), (218, 490), (174, 368)],
        "#dfe7ea",
    )
    canvas.polygon(
        [(172, 362), (218, 490), (150, 490), (126, 382)], _mixed(face.coat, "#ffffff", 0.1)
    )
    canvas.polygon(
        [(308, 362), (262, 490), (330, 490), (354, 382)], _mixed(face.coat, "#10141c", 0.16)
    )
    _head(canvas, face)
    moustache = smooth(
        [
            (194, 300),
            (212, 284),
            (240, 289),
            (268, 284),
            (286, 300),
            (262, 298),
            (240, 296),
            (218, 298),
        ],
        closed=True,
    )
    canvas.polygon(moustache, face.hair)
    _cap_of_hair(
        canvas,
        face,
        [
            (148, 236),
            (140, 166),
            (176, 108),
            (226, 98),
            (262, 84),
            (316, 108),
            (346, 164),
            (334, 236),
            (316, 188),
            (290, 160),
            (254, 172),
            (214, 152),
            (172, 184),
        ],
    )
    for start in ((176, 140), (226, 116), (280, 118)):
        x, y = start
        canvas.line(
            smooth([(x, y), (x + 16, y - 10), (x + 34, y + 2)]),
            _mixed(face.hair, "#ffffff", 0.16),
            3,
        )
    return canvas


def coast_wire() -> Canvas:
    """The agency's emblem: a signal mast above waves."""
    canvas = _paper("#1f3a4d")
    canvas.circle((240, 236), 168, "#e9e3d6")
    canvas.circle((240, 236), 156, "#274a60")
    canvas.line([(240, 156), (240, 300)], "#e9e3d6", 9)
    canvas.line([(200, 300), (240, 196), (280, 300)], "#e9e3d6", 7)
    for y in (232, 266):
        half = (y - 196) * 40 / 104
        canvas.line([(240 - half, y), (240 + half, y)], "#e9e3d6", 5)
    for radius in (28, 48, 68):
        for side in (0, math.pi):
            arc = [
                (240 + radius * math.cos(a + side), 150 + radius * math.sin(a + side))
                for a in (math.pi * (s - 10) / 48 for s in range(21))
            ]
            canvas.line(arc, "#e8a23c", 7)
    canvas.circle((240, 150), 12, "#e8a23c")
    for y, reach in ((318, 96), (346, 76)):
        wave: list[Point] = [
            (x, y + 8 * math.sin((x - 110) / 17)) for x in range(240 - reach, 241 + reach, 3)
        ]
        pen_stroke(canvas, wave, (0, 5), "#8fc0cc")
    return canvas


PORTRAITS: dict[str, Callable[[], Canvas]] = {
    "mira-halden": mira_halden,
    "tomas-reyk": tomas_reyk,
    "leyla-mehravar": leyla_mehravar,
    "idris-vale": idris_vale,
    "hanne-brock": hanne_brock,
    "oskar-tamm": oskar_tamm,
    "edda-morwen": edda_morwen,
    "navid-rastin": navid_rastin,
    "coast-wire": coast_wire,
}
"""The portraits, by the slug of the author."""
