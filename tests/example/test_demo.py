"""The demo as a process of its own: it serves, it translates, it leaves nothing behind."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent.parent
MANAGE = [sys.executable, str(ROOT / "example_project" / "manage.py")]
PATIENCE_SECONDS = 120


def wait_until(question: Callable[[], object], *, what: str) -> None:
    """Ask again and again until the answer is yes."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not question():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.1)


def free_port() -> int:
    """Return a port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Demo:
    """One run of the demo in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.log = folder / "demo.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """Start the demo."""
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*MANAGE, "run_demo"],
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        return self.process

    def manage(self, *arguments: str) -> str:
        """Run another command on the demo's database."""
        return subprocess.run(
            [*MANAGE, *arguments],
            env=self.environment(),
            check=True,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        ).stdout

    def environment(self) -> dict[str, str]:
        """Return what the demo finds in its environment."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "gazette.settings",
            "NEWSROOM_DEMO_DATA": str(self.folder),
            "NEWSROOM_DEMO_ADDRESS": f"127.0.0.1:{self.port}",
            "NEWSROOM_ENGINES": "pseudo",
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
            "PYTHONUNBUFFERED": "1",
        }

    def started(self) -> subprocess.Popen[bytes]:
        """Start the demo and wait until it serves."""
        process = self.start()

        def is_up() -> bool:
            assert process.poll() is None, "the demo has ended"
            try:
                return self.page("/en/") != ""
            except urllib.error.HTTPError:
                raise
            except (urllib.error.URLError, ConnectionError):
                return False

        try:
            wait_until(is_up, what="the server's first page")
        except (AssertionError, urllib.error.HTTPError) as error:
            raise AssertionError(f"{error}\n{self.log.read_text()}") from error
        return process

    def page(self, path: str) -> str:
        """Fetch a page."""
        address = f"http://127.0.0.1:{self.port}{path}"
        with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as answer:
            return str(answer.read().decode())

    def worker(self) -> int:
        """Return the number of the worker's process."""
        assert self.process is not None
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        assert len(children) == 1, self.log.read_text()
        return int(children[0])

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """Ask the demo's database."""
        with closing(sqlite3.connect(self.folder / "gazette.sqlite3", timeout=20)) as database:
            return database.execute(query).fetchall()


def is_alive(pid: int) -> bool:
    """Return whether a process is there and has not ended."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the runs share, so that each but the first finds the example loaded."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture
def demo(folder: Path) -> Iterator[Demo]:
    """A demo that is gone after the test, whatever happened."""
    demo = Demo(folder)
    yield demo
    if demo.process is not None and demo.process.poll() is None:
        demo.process.kill()
        demo.process.wait()


only_linux = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="reads /proc, and needs prctl"
)


@only_linux
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
def test_the_demo_serves_both_languages_and_stops_with_its_worker(
    demo: Demo, end: signal.Signals
) -> None:
    process = demo.started()
    worker = demo.worker()
    assert "The Harbour Courier" in demo.page("/en/")
    assert "پیک بندر" in demo.page("/fa/")
    assert "زمینی که به دریا پس دادند" in demo.page(
        "/fa/science-climate/field-given-back-to-the-sea/"
    )
    assert "Sign in" in demo.page("/admin/login/")
    # Whole addresses lead to the demo too.
    here = f"http://127.0.0.1:{demo.port}"
    assert f'<link rel="canonical" href="{here}/en/">' in demo.page("/en/")
    files = re.findall(r"<loc>([^<]+)</loc>", demo.page("/sitemap.xml"))
    assert files
    for file in files:
        assert "<loc>" in demo.page(file.removeprefix(here))
    told = demo.log.read_text()
    assert f"http://127.0.0.1:{demo.port}/fa/" in told
    assert "editor / editor" in told
    for name in ("writer", "translator", "translator-en", "engines"):
        assert f"{name} / {name}" in told
    process.send_signal(end)
    assert process.wait(PATIENCE_SECONDS) == 0
    assert not is_alive(worker)
    assert "Traceback" not in demo.log.read_text()


def test_the_worker_translates_in_the_background_and_publishes_nothing(demo: Demo) -> None:
    demo.started()
    waiting = demo.ask(
        "SELECT id FROM wagtailcore_page WHERE slug IN"
        " ('four-hundred-ears', 'ferry-hands-win-the-mile', 'bus-stops-in-the-shade')"
    )
    assert len(waiting) == 3
    demo.manage(
        "newsroom_translate", *(str(pk) for (pk,) in waiting), "--to", "fa", "--user", "translator"
    )

    def jobs() -> dict[str, tuple[str, str, str]]:
        return {
            str(slug): (str(status), str(counts), str(failures))
            for slug, status, counts, failures in demo.ask(
                "SELECT page.slug, job.status, job.counts, job.failures"
                " FROM wagtail_newsroom_translationjob job"
                " JOIN wagtail_localize_translation translation"
                " ON translation.id = job.translation_id"
                " JOIN wagtail_localize_translationsource source"
                " ON source.id = translation.source_id"
                " JOIN wagtailcore_page page ON page.translation_key = source.object_id"
                " AND page.locale_id = source.locale_id"
            )
        }

    wait_until(
        lambda: all(status not in ("queued", "running") for status, _, _ in jobs().values()),
        what="the worker",
    )
    done = jobs()
    from_memory = json.loads(done["four-hundred-ears"][1])
    assert from_memory["memory"] == 23
    assert "engine:pseudo" not in from_memory
    for slug in ("ferry-hands-win-the-mile", "bus-stops-in-the-shade"):
        status, counts, failures = done[slug]
        assert (status, failures) == ("done", "[]")
        assert json.loads(counts)["engine:pseudo"] > 15
    with pytest.raises(urllib.error.HTTPError, match="404"):
        demo.page("/fa/science-climate/four-hundred-ears/")


@only_linux
def test_a_killed_demo_leaves_no_worker_behind(demo: Demo) -> None:
    process = demo.started()
    worker = demo.worker()
    process.kill()
    process.wait()
    wait_until(lambda: not is_alive(worker), what="the worker's end")


@only_linux
def test_the_demo_tells_when_its_worker_has_died(demo: Demo) -> None:
    demo.started()
    os.kill(demo.worker(), signal.SIGKILL)
    wait_until(lambda: "The worker has stopped" in demo.log.read_text(), what="the notice")
    assert demo.page("/en/") != ""


def test_a_port_that_is_taken_is_told_in_a_sentence(tmp_path: Path) -> None:
    demo = Demo(tmp_path)
    with socket.socket() as other:
        other.bind(("127.0.0.1", demo.port))
        other.listen()
        assert demo.start().wait(PATIENCE_SECONDS) == 1
    told = demo.log.read_text()
    assert f"The demo cannot use 127.0.0.1:{demo.port}" in told
    assert "Traceback" not in told
    assert not (tmp_path / "gazette.sqlite3").exists()


def test_an_address_without_a_port_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo = Demo(tmp_path)
    monkeypatch.setattr(demo, "port", "")
    assert demo.start().wait(PATIENCE_SECONDS) == 1
    assert "it must be an address and a port" in demo.log.read_text()
