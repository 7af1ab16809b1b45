"""A newsroom with a database file and a worker process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def google_at(url: str, **options: Any) -> dict[str, Any]:
    """Return the chain's entry for the Google engine that asks another address."""
    return {"ENGINE": "google", "OPTIONS": {"base_url": url, **options}}


def database_at(path: Path) -> dict[str, Any]:
    """Return the setting of a SQLite file that several processes write, as the docs tell it."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;",
        },
    }


def wait_until(condition: Callable[[], Any], what: str, *, seconds: float = 30) -> None:
    """Wait for something to become true; fails by its name when it does not."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"Waited {seconds:g} s in vain until {what}")
        time.sleep(0.02)


class Worker:
    """A running `db_worker`."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self._process = process
        self._log = log

    @property
    def log(self) -> str:
        """What it wrote so far."""
        return self._log.read_text()

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def kill(self) -> None:
        """Ends it at once, by SIGKILL."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """Ends it in order, by SIGTERM; by SIGKILL when it takes too long."""
        if not self.is_alive:
            return
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()


class Newsroom:
    """A folder with a database file, uploads and settings for the processes that use them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.proof.settings",
            "NEWSROOM_PROOF_DIR": str(folder),
            "PYTHONPATH": str(ROOT),
        }

    @property
    def database(self) -> Path:
        """The database file."""
        return self.folder / "newsroom.sqlite3"

    def copy_to(self, folder: Path) -> Newsroom:
        """Return a newsroom of the same content in another folder."""
        folder.mkdir(exist_ok=True)
        copy = Newsroom(folder)
        shutil.copy(self.database, copy.database)
        return copy

    def use(self, engines: list[Any], *, lease_seconds: int = 120) -> None:
        """Sets the chain of engines and the lease for the processes that start from now on."""
        self.environment["NEWSROOM_PROOF_ENGINES"] = json.dumps(engines)
        self.environment["NEWSROOM_PROOF_LEASE_SECONDS"] = str(lease_seconds)

    def manage(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a management command in a process of its own; raises when it fails."""
        return subprocess.run(
            [sys.executable, "-m", "django", *command],
            env=self.environment,
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
            timeout=120,
        )

    @contextmanager
    def worker(self) -> Iterator[Worker]:
        """Let a worker process do what waits in the queue, for the time of the block."""
        log = self.folder / f"worker-{time.monotonic_ns()}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "django", "db_worker", "--no-reload"),
                    *("--no-startup-delay", "--interval", "0.1", "--queue-name", "*"),
                ],
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        worker = Worker(process, log)
        try:
            yield worker
        finally:
            worker.stop()
