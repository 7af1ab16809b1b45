"""A canvas with smooth edges: everything is drawn three times as large and made smaller."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1200, 675
_FINE = 3

Point = tuple[float, float]
Color = tuple[int, int, int]


def rgb(code: str) -> Color:
    """Return the color of a code such as `#20334a`."""
    value = int(code.lstrip("#"), 16)
    return value >> 16, value >> 8 & 255, value & 255


def mix(first: Color, second: Color, share: float) -> Color:
    """Return a color between two; a share of 0 is the first, 1 the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


class Canvas:
    """A picture in the making; all measures are pixels of the finished one."""

    def __init__(self, top: str, bottom: str, *, width: int = WIDTH, height: int = HEIGHT) -> None:
        self._size = (width, height)
        self._image = Image.new("RGB", (width * _FINE, height * _FINE))
        self._draw = ImageDraw.Draw(self._image, "RGBA")
        self.gradient(0, height, top, bottom)

    def gradient(self, start: float, end: float, top: str, bottom: str) -> None:
        """Fill the band between two heights with one color that becomes another."""
        first, last = round(start * _FINE), round(end * _FINE)
        for y in range(first, last):
            share = (y - first) / max(1, last - first - 1)
            color = mix(rgb(top), rgb(bottom), share)
            self._draw.line([(0, y), (self._image.width, y)], color)

    def polygon(self, points: Sequence[Point], color: str, alpha: int = 255) -> None:
        """Fill a polygon."""
        self._draw.polygon(self._fine(points), (*rgb(color), alpha))

    def line(self, points: Sequence[Point], color: str, width: float, alpha: int = 255) -> None:
        """Draw a line with round joints."""
        fine = self._fine(points)
        self._draw.line(fine, (*rgb(color), alpha), max(1, round(width * _FINE)), joint="curve")
        if alpha == 255:
            for x, y in (fine[0], fine[-1]):
                radius = width * _FINE / 2
                self._draw.ellipse([x - radius, y - radius, x + radius, y + radius], rgb(color))

    def ellipse(
        self, center: Point, across: float, down: float, color: str, alpha: int = 255
    ) -> None:
        """Fill an ellipse, given by its center and its two half measures."""
        x, y = center
        box = self._fine([(x - across, y - down), (x + across, y + down)])
        self._draw.ellipse(box, (*rgb(color), alpha))

    def circle(self, center: Point, radius: float, color: str, alpha: int = 255) -> None:
        """Fill a circle."""
        self.ellipse(center, radius, radius, color, alpha)

    def box(
        self,
        start: Point,
        end: Point,
        color: str,
        alpha: int = 255,
        radius: float = 0,
    ) -> None:
        """Fill a rectangle, with round corners if wanted."""
        self._draw.rounded_rectangle(self._fine([start, end]), radius * _FINE, (*rgb(color), alpha))

    def glow(self, center: Point, radius: float, color: str, alpha: int) -> None:
        """Lay a soft light around a point."""
        small = Image.new("L", (self._size[0] // 3, self._size[1] // 3))
        x, y, reach = center[0] / 3, center[1] / 3, radius / 6
        ImageDraw.Draw(small).ellipse([x - reach, y - reach, x + reach, y + reach], alpha)
        mask = small.filter(ImageFilter.GaussianBlur(radius / 7)).resize(self._image.size)
        self._image.paste(Image.new("RGB", self._image.size, rgb(color)), (0, 0), mask)

    def save(self, path: Path) -> None:
        """Make the picture smaller, which smooths its edges, and save it as WebP."""
        self.finished().save(path, "WEBP", quality=80, method=6)

    def finished(self) -> Image.Image:
        """Return the picture in its own size."""
        return self._image.resize(self._size, Image.Resampling.LANCZOS)

    def haze(self, top: float, bottom: float, color: str, alpha: int) -> None:
        """Lay a band of mist over what is drawn, thickest in its middle."""
        first, last = round(top * _FINE), round(bottom * _FINE)
        for y in range(first, last):
            share = (y - first) / max(1, last - first)
            strength = round(alpha * (1 - abs(2 * share - 1)) ** 0.8)
            self._draw.line([(0, y), (self._image.width, y)], (*rgb(color), strength))

    @staticmethod
    def _fine(points: Sequence[Point]) -> list[Point]:
        return [(x * _FINE, y * _FINE) for x, y in points]
