"""`manage.py draw_pictures`: draws the newspaper's pictures anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ...content import PICTURES
from ...drawing import diagrams, landscapes

DRAWINGS = {
    "marsh": landscapes.marsh,
    "depot": landscapes.depot,
    "bats": landscapes.bats,
    "regatta": landscapes.regatta,
    "street": landscapes.street,
    "marsh-section": diagrams.marsh_section,
    "cases": diagrams.cases,
    "bat-map": diagrams.bat_map,
    "race-chart": diagrams.race_chart,
    "shade": diagrams.shade,
}


class Command(BaseCommand):
    """Draws the pictures in `content/pictures/`; the same each time."""

    help = "Draws the example's pictures anew."

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw each picture and tell its size."""
        PICTURES.mkdir(exist_ok=True)
        for name, draw in DRAWINGS.items():
            path = PICTURES / f"{name}.webp"
            draw().save(path)
            self.stdout.write(f"{path.name}: {path.stat().st_size // 1024} KiB")
