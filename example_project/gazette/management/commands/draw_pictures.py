"""`manage.py draw_pictures`: draws the newspaper's pictures anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ...content import PICTURES
from ...drawing import charts, coast, diagrams, indoors, landscapes, town, water
from ...drawing.portraits import PORTRAITS

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
    "fog-nets": coast.fog_nets,
    "lighthouse": coast.lighthouse,
    "sandbank": coast.sandbank,
    "storm-bridge": coast.storm_bridge,
    "seagrass": water.seagrass,
    "seagrass-tray": water.seagrass_tray,
    "seagrass-diver": water.seagrass_diver,
    "seagrass-growth": water.seagrass_growth,
    "herring": water.herring,
    "bench": town.bench,
    "clock": town.clock,
    "school-morning": town.school_morning,
    "flood-marks": town.flood_marks,
    "stage": indoors.stage,
    "pear": indoors.pear,
    "soup": indoors.soup,
    "sign-painter": indoors.sign_painter,
    "letters-sketch": indoors.letters_sketch,
    "half-space": indoors.half_space,
    "fog-chart": charts.fog_chart,
    "flood-chart": charts.flood_chart,
    "sleep-chart": charts.sleep_chart,
    "herring-chart": charts.herring_chart,
    **{f"portrait-{slug}": draw for slug, draw in PORTRAITS.items()},
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
