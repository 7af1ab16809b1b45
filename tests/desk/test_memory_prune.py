"""Pruning: only what is old and of the origin that was named goes."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from wagtail_newsroom.desk import prune as pruning
from wagtail_newsroom.desk.memory import remember
from wagtail_newsroom.models import MemoryEntry, MemoryShingle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def entries() -> None:
    """Four entries: an old and a new one of each origin."""
    for origin in MemoryEntry.Origin:
        for age, days in (("old", 400), ("new", 2)):
            text = f"{age} {origin}"
            remember([(text, "متن")], source_language="en", target_language="fa", origin=origin)
            MemoryEntry.objects.filter(source_text=text).update(
                updated_at=timezone.now() - timedelta(days=days)
            )


def left() -> set[str]:
    return set(MemoryEntry.objects.values_list("source_text", flat=True))


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("newsroom_prune_memory", *arguments, stdout=out)
    return out.getvalue().strip()


def test_old_imported_entries_go_unless_told_otherwise() -> None:
    assert run("--older-than", "365") == "1 entry was deleted."
    assert left() == {"new imported", "old approved", "new approved"}


def test_approved_entries_go_when_asked() -> None:
    assert run("--older-than", "365", "--origin", "approved") == "1 entry was deleted."
    assert left() == {"old imported", "new imported", "new approved"}


def test_all_old_entries_go_when_asked() -> None:
    assert run("--older-than", "1", "--origin", "all") == "4 entries were deleted."
    assert left() == set()
    assert not MemoryShingle.objects.exists()


def test_a_dry_run_counts_and_deletes_nothing() -> None:
    before = left()
    assert (
        run("--older-than", "365", "--origin", "all", "--dry-run") == "2 entries would be deleted."
    )
    assert left() == before


@pytest.mark.parametrize("days", ["0", "-3", "soon", "99999999999"])
def test_an_age_that_is_none_is_refused(days: str) -> None:
    with pytest.raises(CommandError):
        run(f"--older-than={days}")
    with pytest.raises(CommandError):
        run()
    assert len(left()) == 4


def test_what_is_used_again_stays() -> None:
    remember(
        [("old imported", "متن")], source_language="en", target_language="fa",
        origin=MemoryEntry.Origin.IMPORTED,
    )  # fmt: skip
    assert run("--older-than", "365") == "0 entries were deleted."


def test_pruning_goes_batch_by_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "_BATCH", 3)
    pairs: list[Any] = [(f"text {number}", "متن") for number in range(10)]
    remember(pairs, source_language="en", target_language="fa", origin="imported")
    MemoryEntry.objects.filter(source_text__startswith="text").update(
        updated_at=timezone.now() - timedelta(days=500)
    )
    assert pruning.prune(timedelta(days=365), origin="imported") == 11
    assert left() == {"new imported", "old approved", "new approved"}
