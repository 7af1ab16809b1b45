"""`manage.py draw_pictures`: draws the newspaper's pictures anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ...content import PICTURES
from ...drawing import (
    charts,
    coast,
    colleagues,
    diagrams,
    indoors,
    landscapes,
    reporters,
    river,
    school,
    table,
    town,
    water,
    weather,
)

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
    "fog-nets": weather.fog_nets,
    "lighthouse": coast.lighthouse,
    "sandbank": coast.sandbank,
    "storm-bridge": weather.storm_bridge,
    "seagrass": water.seagrass,
    "seagrass-tray": water.seagrass_tray,
    "seagrass-diver": water.seagrass_diver,
    "seagrass-growth": water.seagrass_growth,
    "herring": water.herring,
    "bench": town.bench,
    "clock": town.clock,
    "school-morning": school.school_morning,
    "flood-marks": river.flood_marks,
    "stage": indoors.stage,
    "pear": table.pear,
    "soup": table.soup,
    "sign-painter": indoors.sign_painter,
    "letters-sketch": indoors.letters_sketch,
    "half-space": indoors.half_space,
    "fog-chart": charts.fog_chart,
    "flood-chart": charts.flood_chart,
    "sleep-chart": charts.sleep_chart,
    "herring-chart": charts.herring_chart,
    "portrait-mira-halden": reporters.mira_halden,
    "portrait-tomas-reyk": reporters.tomas_reyk,
    "portrait-leyla-mehravar": reporters.leyla_mehravar,
    "portrait-idris-vale": reporters.idris_vale,
    "portrait-hanne-brock": colleagues.hanne_brock,
    "portrait-oskar-tamm": colleagues.oskar_tamm,
    "portrait-edda-morwen": colleagues.edda_morwen,
    "portrait-navid-rastin": colleagues.navid_rastin,
    "portrait-coast-wire": colleagues.coast_wire,
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
