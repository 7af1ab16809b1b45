"""What goes wrong at the far end: nothing is lost, nothing hostile stored, and the job says why."""

from __future__ import annotations

import re
import socket
import time
from collections import Counter
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests import wire_story
from tests.loopback import HOSTILE, LoopbackServer
from wagtail_newsroom.desk import actions, localize, memory
from wagtail_newsroom.models import ArticlePage, TranslationJob
from wagtail_newsroom.segments.masking import mask

from .newsroom import google_at

REMEMBERED = {
    wire_story.TITLE: "روستاها هزار و پانصد حواصیل را با گوش می‌شمارند",
    wire_story.KICKER: "حیات وحش",
    wire_story.HEADING: "گوش در برابر میکروفون",
}


ENDINGS = {"echo": "failed", "empty": "failed", "half": "partial"}
"""How the job ends where an answer is no translation; damaged markup is always put right."""


@pytest.fixture
def closed_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@pytest.fixture
def remembered(paper: SimpleNamespace) -> None:
    """A memory that knows three of the story's texts."""
    memory.remember(
        REMEMBERED.items(), source_language="en", target_language="fa", origin="imported"
    )


@pytest.fixture
def translate(
    story: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> Callable[[], TranslationJob]:
    """Has the wire story translated, and gives the job when it has ended."""

    def run() -> TranslationJob:
        job = actions.request_translation(story, paper.persian, user=editor)
        run_jobs()
        job.refresh_from_db()
        return job

    return run


def segments_of(story: ArticlePage) -> list[localize.Segment]:
    """Return the segments of the story's translation."""
    return localize.segments(localize.translations_of(story).get())


def tags(fragment: str) -> Counter[str]:
    """Return the tags of a fragment with their attributes, each as often as it stands there."""
    return Counter(re.findall(r"<[^<>]+>", fragment))


def reasons(job: TranslationJob) -> set[str]:
    """Return the reasons of a job's failures."""
    return {failure["reason"] for failure in job.failures}


def test_unreachable_engine_ends_the_job_soon_and_keeps_what_the_memory_gave(
    remembered: None,
    translate: Callable[[], TranslationJob],
    story: ArticlePage,
    closed_port: int,
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = [google_at(f"http://127.0.0.1:{closed_port}/m")]
    started = time.monotonic()
    job = translate()
    assert time.monotonic() - started < 8
    assert (job.status, job.from_memory, job.by_engine) == ("partial", len(REMEMBERED), {})
    assert (job.failed, job.total) == (job.total - len(REMEMBERED), 26)
    assert reasons(job) == {"unreachable"}
    stored = {segment.source: segment.text for segment in segments_of(story) if segment.text}
    assert stored == REMEMBERED


def test_unreachable_engine_without_a_memory_fails_the_job(
    translate: Callable[[], TranslationJob], closed_port: int, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = [google_at(f"http://127.0.0.1:{closed_port}/m")]
    job = translate()
    assert (job.status, job.done, job.failed) == ("failed", 0, job.total)


def test_editor_is_told_which_engine_could_not_be_reached(
    translate: Callable[[], TranslationJob],
    closed_port: int,
    settings: Any,
    client: Client,
    editor: User,
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = [google_at(f"http://127.0.0.1:{closed_port}/m")]
    job = translate()
    client.force_login(editor)
    page = client.get(reverse("wagtail_newsroom_job", args=[job.pk])).content.decode()
    assert "Google Translate could not be reached." in page
    assert "Try again what is missing" in page


def test_rerun_asks_only_for_what_the_memory_did_not_give(
    remembered: None,
    translate: Callable[[], TranslationJob],
    story: ArticlePage,
    closed_port: int,
    far_end: LoopbackServer,
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = [google_at(f"http://127.0.0.1:{closed_port}/m")]
    first = translate()
    settings.WAGTAIL_NEWSROOM_ENGINES = [google_at(far_end.google_url)]
    second = translate()
    assert (second.pk != first.pk, second.status, second.failures) == (True, "done", [])
    assert second.counts == {"kept": len(REMEMBERED), "engine:google": first.failed}
    missing = [s.source for s in segments_of(story) if s.source not in REMEMBERED]
    assert sorted(far_end.texts) == sorted(mask(source).text for source in missing)


def test_rerun_asks_only_for_what_was_not_answered_before_the_engine_went_down(
    translate: Callable[[], TranslationJob],
    story: ArticlePage,
    far_end: LoopbackServer,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Small requests, one at a time.
    settings.WAGTAIL_NEWSROOM_ENGINES = [google_at(far_end.google_url, max_chars=900, parallel=1)]
    begin = far_end.begin

    def go_down_after_two(asked: Any) -> Any:
        if len(far_end.asked) == 2:
            far_end.fail("close")
        return begin(asked)

    with monkeypatch.context() as patch:
        patch.setattr(far_end, "begin", go_down_after_two)
        first = translate()
    answered = [text for asked in far_end.asked if not asked.fault for text in asked.texts]
    assert (first.status, reasons(first)) == ("partial", {"server-error"})
    assert first.by_engine == {"google": len(answered)}
    assert 0 < len(answered) < first.total == first.done + first.failed

    far_end.heal()
    far_end.asked.clear()
    # Another entry of the chain, so that a circuit which opened just now has no say.
    settings.WAGTAIL_NEWSROOM_ENGINES = [google_at(far_end.google_url)]
    second = translate()
    assert (second.status, second.failures) == ("done", [])
    assert second.counts == {"kept": first.done, "engine:google": first.failed}
    everything = {mask(segment.source).text for segment in segments_of(story)}
    assert sorted(far_end.texts) == sorted(everything - set(answered))


def test_every_third_request_fails_and_nothing_is_lost(
    translate: Callable[[], TranslationJob],
    story: ArticlePage,
    far_end: LoopbackServer,
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = [google_at(far_end.google_url, max_chars=700)]
    far_end.fail("status", every=3, status=500)
    job = translate()
    assert (job.status, job.failures) == ("done", [])
    assert job.counts == {"kept": 0, "engine:google": job.total}
    failed = [text for asked in far_end.asked if asked.fault for text in asked.texts]
    answered = [text for asked in far_end.asked if not asked.fault for text in asked.texts]
    assert failed
    assert set(failed) <= set(answered)
    assert len(answered) == len(set(answered)) == job.total


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_hostile_answers_leave_the_tags_of_the_source_or_nothing(
    kind: str,
    translate: Callable[[], TranslationJob],
    story: ArticlePage,
    google: LoopbackServer,
) -> None:
    google.fail(kind)
    job = translate()
    assert (job.status, job.done + job.failed) == (ENDINGS.get(kind, "done"), job.total)
    flagged = {(failure["string"], failure["path"]) for failure in job.failures}
    for segment in segments_of(story):
        if segment.is_missing:
            assert (segment.string_id, segment.path) in flagged
            continue
        assert tags(segment.text) == tags(segment.source)
        assert "alert(1)" not in segment.text
        assert not re.search(r"\b[ZQXJ]{2,}[B-DF-HJ-NP-TV-XZ]{1,3}\b", segment.text, re.I)
    assert len(flagged) == job.failed


def test_hostile_answers_leave_no_script_in_the_draft(
    translate: Callable[[], TranslationJob],
    story: ArticlePage,
    paper: SimpleNamespace,
    google: LoopbackServer,
) -> None:
    google.fail("scripts")
    translate()
    target = Page.objects.get(pk=story.get_translation(paper.persian).pk)
    assert target.latest_revision is not None
    content = str(target.latest_revision.content).lower()
    for trace in ("<script", "onerror", "alert(1)", "\\u003cscript"):
        assert trace not in content


def test_every_text_of_the_story_is_sent_masked(
    story: ArticlePage, translate: Any, google: LoopbackServer
) -> None:
    translate()
    assert set(google.texts) == {mask(segment.source).text for segment in segments_of(story)}
    assert not [text for text in google.texts if "<" in text or "&amp;" in text]
