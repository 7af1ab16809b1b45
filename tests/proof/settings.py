"""Settings of the processes that the proofs start: the tests' own, with a database of their own."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from tests.proof.newsroom import database_at
from tests.settings import *  # noqa: F403 - a settings module grows out of another

HERE = Path(os.environ["NEWSROOM_PROOF_DIR"])
"""The folder of the database and the uploads."""

DATABASES: dict[str, dict[str, Any]] = {"default": database_at(HERE / "newsroom.sqlite3")}
MEDIA_ROOT = HERE / "media"
WAGTAIL_NEWSROOM_ENGINES = json.loads(os.environ.get("NEWSROOM_PROOF_ENGINES", '["pseudo"]'))
WAGTAIL_NEWSROOM_JOB_LEASE_SECONDS = int(os.environ.get("NEWSROOM_PROOF_LEASE_SECONDS", "120"))
