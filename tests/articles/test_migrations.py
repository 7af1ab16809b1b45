"""The migrations fit the models, on a site with an image model of its own too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

FOREIGN_KEYS = """
import django
django.setup()
from django.db.migrations.loader import MigrationLoader
state = MigrationLoader(None).project_state(("wagtail_newsroom", "0001_initial"))
article = state.models["wagtail_newsroom", "articlepage"]
print(article.fields["lead_image"].remote_field.model)
"""


def run_python(*arguments: str, scratch: Path) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.articles.ownimages.settings",
            "NEWSROOM_TEST_SCRATCH": str(scratch),
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_lead_image_refers_to_the_sites_own_image_model(tmp_path: Path) -> None:
    assert run_python("-c", FOREIGN_KEYS, scratch=tmp_path) == "ownimages.Picture\n"


def test_a_site_with_its_own_image_model_has_nothing_to_migrate(tmp_path: Path) -> None:
    output = run_python(
        "-m",
        "django",
        "makemigrations",
        "--check",
        "--dry-run",
        "wagtail_newsroom",
        "testapp",
        "ownimages",
        scratch=tmp_path,
    )
    assert "No changes detected" in output
