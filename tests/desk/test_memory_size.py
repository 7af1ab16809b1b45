"""A large TMX file goes in and out in memory that does not grow with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# A process of its own, for the peak of a process never falls. Only the tables it needs are made.
SCRIPT = """
import io, os, sys
from pathlib import Path
import django
django.setup()
from django.contrib.auth.models import User
from django.db import connection
from wagtail_newsroom.desk.memory import export_tmx, import_tmx
from wagtail_newsroom.models import MemoryEntry, MemoryShingle
from wagtail_newsroom.segments.tmx import Unit, write_units

folder, size = Path(sys.argv[1]), int(sys.argv[2])
with connection.schema_editor() as editor:
    editor.create_model(User)
    editor.create_model(MemoryEntry)
    editor.create_model(MemoryShingle)

def peak():
    # Not ru_maxrss: that begins with what the parent had when it forked.
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))

def units(size):
    for n in range(size):
        yield Unit({
            "en": f"The river rose by {n} metres over night, and <b>engineers</b> of office {n} watch it.",
            "fa": f"رود شبانه {n} متر بالا آمد و <b>مهندسان</b> دفتر {n} آن را می‌پایند.",
        }, "en")

def there_and_back(size):
    with (folder / "in.tmx").open("wb") as file:
        write_units(file, units(size), source_language="en")
    with (folder / "in.tmx").open("rb") as file:
        result = import_tmx(file)
    assert result.added == size, result
    with (folder / "out.tmx").open("wb") as file:
        assert export_tmx(file) == size
    MemoryShingle.objects.all()._raw_delete("default")
    MemoryEntry.objects.all()._raw_delete("default")

there_and_back(1000)
before = peak()
there_and_back(size)
print(before, peak(), (folder / "in.tmx").stat().st_size // 2**20)
"""

SETTINGS = """
from tests.settings import *
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": %r}}
"""


def peaks(folder: Path, size: int) -> tuple[int, int]:
    """Return a process's peak in MB before and after so many units went in and out."""
    (folder / "size_settings.py").write_text(SETTINGS % str(folder / "size.sqlite3"))
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder), str(size)],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "size_settings",
            "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
            "NEWSROOM_TEST_SCRATCH": str(folder),
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    before, after, megabytes = map(int, done.stdout.split())
    assert megabytes * 2**20 > 150 * size
    return before, after


@pytest.mark.slow
def test_twenty_thousand_units_need_no_more_memory_than_a_thousand(tmp_path: Path) -> None:
    before, after = peaks(tmp_path, 20_000)
    # Two hundred for a hundred thousand is the promise; the app itself takes half of that.
    assert after < 200
    assert after - before < 25
