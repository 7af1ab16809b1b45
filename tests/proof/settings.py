"""Settings of the processes that the proofs start: the tests' own, with a database of their own."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from tests.settings import *  # noqa: F403 - a settings module grows out of another

HERE = Path(os.environ["NEWSROOM_PROOF_DIR"])
"""The folder of the database and the uploads."""

DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HERE / "newsroom.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;",
        },
    }
}
MEDIA_ROOT = HERE / "media"
WAGTAIL_NEWSROOM_ENGINES = json.loads(os.environ.get("NEWSROOM_PROOF_ENGINES", '["pseudo"]'))
WAGTAIL_NEWSROOM_JOB_LEASE_SECONDS = int(os.environ.get("NEWSROOM_PROOF_LEASE_SECONDS", "120"))
