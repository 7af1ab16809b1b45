"""The house keeps its plan: import-linter's contracts hold, and each can fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = "wagtail_newsroom"

LAYERS = "Each layer imports only from those below it"
PLAIN = "Segments are plain Python: no Django, no network"
LOCALIZE = "wagtail-localize is imported by desk.localize and apps only"
DEEP = "deep_translator is imported by its engines' files only"


def lint(folder: Path) -> tuple[int, str]:
    """Run import-linter on the package in a folder; return its exit status and what it says."""
    finished = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import import_linter; import_linter()"]
        + ["lint", "--no-cache", "--no-logo"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    return finished.returncode, finished.stdout + finished.stderr


def test_every_contract_is_kept() -> None:
    status, said = lint(ROOT)
    assert status == 0, said
    for contract in (LAYERS, PLAIN, LOCALIZE, DEEP):
        assert f"{contract} KEPT" in said


@pytest.fixture
def copied_house(tmp_path: Path) -> Path:
    """The package's Python files and the contracts, somewhere they may be broken."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(
        ROOT / PACKAGE,
        tmp_path / PACKAGE,
        ignore=shutil.ignore_patterns("__pycache__", "static", "templates", "locale"),
    )
    return tmp_path


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("segments/keys.py", "from ..desk import models", LAYERS),
        ("engines/base.py", "from ..desk import jobs", LAYERS),
        ("desk/jobs.py", "from ..articles import models", LAYERS),
        ("articles/blocks/text.py", "from ...publishing import views", LAYERS),
        ("checks/languages.py", "from .. import tasks", LAYERS),
        ("segments/keys.py", "import django.conf", PLAIN),
        ("segments/keys.py", "import requests", PLAIN),
        ("desk/jobs.py", "import wagtail_localize.models", LOCALIZE),
        ("desk/jobs.py", "import deep_translator", DEEP),
    ],
)
def test_a_broken_contract_is_caught(copied_house: Path, file: str, line: str, broken: str) -> None:
    with (copied_house / PACKAGE / file).open("a") as module:
        module.write(f"\n{line}\n")
    status, said = lint(copied_house)
    assert status == 1
    assert f"{broken} BROKEN" in said
