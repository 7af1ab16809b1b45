"""Portraits of those who draw, edit and translate, and the emblem of the agency."""

from __future__ import annotations

import math

from .canvas import Canvas, Point
from .faces import MIDDLE, Face, cap_of_hair, glasses, head, mixed, paper, shoulders
from .shapes import pen_stroke, smooth


def hanne_brock() -> Canvas:
    """Grey curls, a scarf, a camera strap."""
    face = Face("#e9e1d8", "#edc3a2", "#b3b5b8", "#3b4a5c", "#3b4a5c", age=True)
    canvas = paper(face.backdrop)
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
        canvas.circle((x, y), 36, mixed(face.hair, "#5f656c", 0.16))
    shoulders(canvas, face)
    canvas.line(smooth([(330, 366), (280, 430), (250, 490)]), "#1d2127", 15)
    head(canvas, face)
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
        canvas.circle((x - 6, y - 7), radius * 0.5, mixed(face.hair, "#ffffff", 0.32), 190)
    return canvas


def oskar_tamm() -> Canvas:
    """White hair, a moustache, a navy cap."""
    face = Face("#d9e2e6", "#e6b594", "#eceae5", "#26374f", "#e9e3d6", age=True, broad=1.03)
    canvas = paper(face.backdrop)
    cap_of_hair(
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
    shoulders(canvas, face)
    canvas.line(smooth([(186, 362), (240, 398), (294, 362)]), "#e9e3d6", 16)
    for y in (410, 440, 470):
        canvas.line(smooth([(70, y + 16), (240, y + 2), (410, y + 16)]), "#e9e3d6", 7)
    head(canvas, face)
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
    canvas = paper(face.backdrop)
    canvas.circle((244, 88), 46, mixed(face.hair, "#6b4a1f", 0.18))
    canvas.line(smooth([(214, 80), (246, 70), (276, 92)]), mixed(face.hair, "#6b4a1f", 0.4), 3)
    cap_of_hair(
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
    shoulders(canvas, face)
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
    head(canvas, face)
    cap_of_hair(
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
    glasses(canvas, square=True, color="#7c2a33")
    return canvas


def navid_rastin() -> Canvas:
    """Wavy dark hair, a moustache, a grey jacket."""
    face = Face("#e5e0d2", "#d39d74", "#2a211d", "#59616b", "#cfd8dc")
    canvas = paper(face.backdrop)
    shoulders(canvas, face)
    canvas.polygon(
        [(190, 354), (240, 416), (290, 354), (306, 368), (262, 490), (218, 490), (174, 368)],
        "#dfe7ea",
    )
    canvas.polygon(
        [(172, 362), (218, 490), (150, 490), (126, 382)], mixed(face.coat, "#ffffff", 0.1)
    )
    canvas.polygon(
        [(308, 362), (262, 490), (330, 490), (354, 382)], mixed(face.coat, "#10141c", 0.16)
    )
    head(canvas, face)
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
    cap_of_hair(
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
            mixed(face.hair, "#ffffff", 0.16),
            3,
        )
    return canvas


def coast_wire() -> Canvas:
    """The agency's emblem: a signal mast above waves."""
    canvas = paper("#1f3a4d")
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
