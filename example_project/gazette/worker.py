"""The worker beside the demo's server: a process that does what waits in the database's queue."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

from .content import CONTENT

_PATIENCE_SECONDS = 10
"""How long a task may take to end after the first SIGTERM."""
_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


class Worker:
    """A `db_worker` for the time of a `with` block.

    It runs in a session of its own, so that Ctrl-C in the terminal reaches only the server, which
    then ends the worker in order: it finishes its task on the first SIGTERM, gives it up on the
    second. On Linux the system ends it even when the server was killed.
    """

    def __init__(self, *, tell: Callable[[str], Any]) -> None:
        self._tell = tell
        self._process: subprocess.Popen[bytes] | None = None
        self._is_leaving = False

    def __enter__(self) -> Worker:
        """Start the worker."""
        parent = os.getpid()
        # Loaded here: between fork and exec as little as possible may happen.
        libc = ctypes.CDLL(None) if sys.platform == "linux" else None
        self._process = subprocess.Popen(
            [
                sys.executable,
                str(CONTENT.parent / "manage.py"),
                "db_worker",
                "--no-reload",
                "--interval",
                "0.5",
                "--queue-name",
                "*",
            ],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=(lambda: _die_with(parent, libc)) if libc else None,
        )
        threading.Thread(target=self._watch, args=[self._process], daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        """End the worker: SIGTERM, a while to finish its task, SIGTERM again, and no mercy then."""
        self._is_leaving = True
        process = self._process
        if process is None:
            return
        for end in (process.terminate, process.terminate, process.kill):
            end()
            try:
                process.wait(_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            except KeyboardInterrupt:
                # Whoever presses Ctrl-C again does not want to wait for the task.
                continue
            return

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        code = process.wait()
        if not self._is_leaving:
            self._tell(
                f"The worker has stopped (code {code}). Pages are still served, but nothing is "
                "translated until the demo is started again."
            )


def _die_with(parent: int, libc: ctypes.CDLL) -> None:
    """Ask Linux to end this process when its parent dies."""
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        # It died before the request was made.
        os.kill(os.getpid(), signal.SIGTERM)
