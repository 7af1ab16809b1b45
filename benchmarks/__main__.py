"""Prints the table of all measurements; ends with status 1 when a figure is missed.

Run from the project's root: `python -m benchmarks`, or `make bench`.
"""

from __future__ import annotations

import argparse
import logging
import os
import platform
import re
from collections.abc import Iterable
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path

from .rows import Options, Row, all_rows

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
BEGIN, END = "<!-- table -->", "<!-- end of table -->"
PACKAGES = ("Django", "wagtail", "wagtail-localize", "deep-translator")


def machine() -> str:
    """Return the day, and the size of this machine and what runs on it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"Measured on {datetime.now(timezone.utc):%-d %B %Y} with {os.cpu_count()} processor cores"
        f" ({platform.machine()}) and {memory:.0f} GB of memory, under Python"
        f" {platform.python_version()}, {packages}."
    )


def line(row: Row) -> str:
    """Return a row as a line of a Markdown table."""
    reached = {True: "yes", False: "**no**", None: "–"}[row.is_reached]
    cells = [row.what, row.ours, row.others, row.figure, reached]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


HEAD = "| what | wagtail-newsroom | others, in the same run | to reach | reached |"
RULE = "| --- | --- | --- | --- | --- |"


def write(lines: Iterable[str]) -> None:
    """Put the table into the docs, between its marks."""
    text = PAGE.read_text(encoding="utf-8")
    table = "\n".join([BEGIN, "", *lines, "", END])
    pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
    if not pattern.search(text):
        raise SystemExit(f"{PAGE.name} has no place for the table")
    PAGE.write_text(pattern.sub(lambda match: table, text), encoding="utf-8")


def main() -> None:
    """Measures and prints line by line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__.split("\n")[0]
    )
    parser.add_argument("--runs", type=int, default=5, help="runs of ours; the median counts")
    parser.add_argument("--everything", action="store_true", help="wait for slow rivals too")
    parser.add_argument("--only", default="", help="measure only modules with this in their name")
    parser.add_argument(
        "--write", action="store_true", help="put the table into docs/benchmarks.md"
    )
    chosen = parser.parse_args()
    lines = [machine(), "", HEAD, RULE]
    print("\n".join(lines), flush=True)
    missed = []
    for row in all_rows(Options(chosen.runs, chosen.everything), only=chosen.only):
        lines.append(line(row))
        print(lines[-1], flush=True)
        if row.is_reached is False:
            missed.append(row.what)
    if chosen.write:
        write(lines)
    raise SystemExit(1 if missed else 0)


if __name__ == "__main__":
    # Faults are made on purpose.
    logging.getLogger("wagtail_newsroom").setLevel(logging.CRITICAL)
    main()
