"""What a measurement gives to the table, and where the measurements are found.

Each module of this package that has a function `rows(options)` adds rows to the table. `ORDER`,
a number beside it, says where they stand; without it they come last.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

import benchmarks


class Wrong(Exception):  # noqa: N818 - the work, not the program, is wrong
    """A way did not do its work, so that its time means nothing."""


@dataclass(frozen=True)
class Options:
    """How to measure."""

    runs: int = 5
    """Runs of which the median counts."""
    everything: bool = False
    """Whether to wait for rivals that take minutes."""


@dataclass(frozen=True)
class Row:
    """One line of the table. Texts are as the table shows them, with their unit."""

    what: str
    """What is done: workload and size."""
    ours: str
    others: str = "–"
    """The same work done by others in the same run."""
    figure: str = "–"
    """What is to be reached."""
    is_reached: bool | None = None
    """Whether it is; None where there is nothing to reach."""


def modules() -> list[ModuleType]:
    """Return the modules that measure, in the order of their rows."""
    found = [
        importlib.import_module(f"benchmarks.{module.name}")
        for module in pkgutil.iter_modules(benchmarks.__path__)
        if not module.name.startswith("_") and module.name != "rows"
    ]
    measuring = [module for module in found if hasattr(module, "rows")]
    return sorted(measuring, key=lambda module: (getattr(module, "ORDER", 1000), module.__name__))


def all_rows(options: Options, *, only: str = "") -> Iterator[Row]:
    """Yield the rows of all modules, or of those whose name holds `only`, as they are measured.

    A module whose work went wrong gets a row that says so, in the place of those it still owed.
    """
    for module in modules():
        if only not in module.__name__:
            continue
        try:
            yield from module.rows(options)
        except Wrong as wrong:
            yield Row(module.__name__, f"wrong: {wrong}", is_reached=False)
