"""Server, people and a real worker at the same time, on one SQLite file; and a worker that dies."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from tests.loopback import LoopbackServer
from wagtail_newsroom.desk import actions, jobs, localize
from wagtail_newsroom.models import ArticlePage, TranslationJob
from wagtail_newsroom.segments.masking import mask

from .newsroom import Newsroom, google_at, wait_until


@pytest.fixture
def db(newsroom: Newsroom) -> Newsroom:
    """The database of the newsroom's processes, in place of the tests'."""
    return newsroom


def request(story: ArticlePage, paper: SimpleNamespace, user: User) -> TranslationJob:
    """Have the story translated into Persian."""
    return actions.request_translation(story, paper.persian, user=user)


def is_over(job: TranslationJob) -> bool:
    """Return whether a job has ended, as the database has it."""
    job.refresh_from_db()
    return not job.is_active


def stored(story: ArticlePage) -> list[localize.Segment]:
    """Return the story's segments that have a text."""
    segments = localize.segments(localize.translations_of(story).get())
    return [segment for segment in segments if not segment.is_missing]


def has_come_to(goal: int, story: ArticlePage, far_end: LoopbackServer, asked: int) -> bool:
    """Return whether so many requests were made and so many segments stored."""
    return len(far_end.asked) >= asked and len(stored(story)) >= goal


def test_killed_worker_loses_no_segment_and_sends_none_twice_that_was_stored(
    newsroom: Newsroom,
    story: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    far_end: LoopbackServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A dozen requests, two at a time, so that there are moments to be killed at.
    far_end.latency = 0.3
    newsroom.use([google_at(far_end.google_url, max_chars=500, parallel=2)], lease_seconds=2)
    monkeypatch.setattr(jobs, "LOST_CALL_SECONDS", 0)
    job = request(story, paper, editor)
    before_death: list[set[str]] = []
    asked_before: list[int] = []
    # Once while the first request is under way, then twice after something was stored.
    for least in (0, 1, None):
        goal = len(before_death[-1]) + 1 if least is None else least
        asked = len(far_end.asked)
        with newsroom.worker() as worker:
            wait_until(
                partial(has_come_to, goal, story, far_end, asked + 1),
                f"{goal} segments are stored and one more request is made",
            )
            worker.kill()
        before_death.append({mask(segment.source).text for segment in stored(story)})
        asked_before.append(len(far_end.asked))
        job.refresh_from_db()
        assert (job.status, len(before_death[-1]) < job.total) == ("running", True)
        wait_until(lambda: actions.resume_jobs() == 1, "the job is called again")
    with newsroom.worker() as worker:
        wait_until(lambda: is_over(job), "the job has ended")
        assert worker.is_alive
    assert (job.status, job.attempts, job.failures) == ("done", 4, [])
    assert job.counts == {"kept": 0, "engine:google": job.total}
    assert len(stored(story)) == job.total == 26
    assert before_death[0] < before_death[1] < before_death[2]
    for known, asked in zip(before_death, asked_before, strict=True):
        later = {text for request in far_end.asked[asked:] for text in request.texts}
        assert not known & later


def test_text_that_a_person_saves_during_the_job_survives_it(
    newsroom: Newsroom,
    story: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    far_end: LoopbackServer,
    client: Client,
) -> None:
    far_end.latency = 1.5
    newsroom.use([google_at(far_end.google_url)])
    job = request(story, paper, editor)
    translation = localize.translations_of(story).get()
    title = next(s for s in localize.segments(translation) if s.path == "title")
    client.force_login(editor)
    with newsroom.worker():
        wait_until(lambda: far_end.asked, "the engine is asked")
        response = client.put(
            reverse("wagtail_localize:edit_string_translation", args=[translation.pk, title.pk]),
            data="value=روستاها حواصیل می‌شمارند",
            content_type="application/x-www-form-urlencoded",
        )
        assert response.status_code in (200, 201)
        wait_until(lambda: is_over(job), "the job has ended")
    assert mask(title.source).text in far_end.texts
    kept = next(s for s in localize.segments(translation) if s.path == "title")
    assert (kept.text, kept.kind) == ("روستاها حواصیل می‌شمارند", "manual")
    assert (job.status, job.counts) == ("done", {"kept": 1, "engine:google": job.total - 1})
    target = story.get_translation(paper.persian)
    assert target.latest_revision.as_object().title == kept.text


def test_server_and_worker_write_at_once_without_a_locked_database(
    newsroom: Newsroom,
    story: ArticlePage,
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    editor: User,
    far_end: LoopbackServer,
) -> None:
    far_end.latency = 0.1
    newsroom.use([google_at(far_end.google_url, max_chars=400, parallel=2)])
    pieces = [write(f"Piece number {number}") for number in range(4)]
    job = request(story, paper, editor)
    saved = [0] * len(pieces)
    troubles: list[BaseException] = []
    over = threading.Event()

    def keep_saving(number: int) -> None:
        try:
            while not over.is_set():
                page = ArticlePage.objects.get(pk=pieces[number].pk)
                page.standfirst = f"Saved {saved[number]} times."
                page.save_revision(user=editor).publish()
                saved[number] += 1
        except BaseException as error:  # noqa: BLE001 - told to the test
            troubles.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=keep_saving, args=[number]) for number in range(4)]
    with newsroom.worker() as worker:
        wait_until(lambda: far_end.asked, "the worker works")
        for thread in threads:
            thread.start()
        try:
            wait_until(lambda: is_over(job), "the job has ended")
        finally:
            over.set()
            for thread in threads:
                thread.join()
    assert troubles == []
    assert "locked" not in worker.log
    assert (job.status, job.attempts) == ("done", 1)
    assert min(saved) >= 1


def test_asking_at_the_same_moment_gives_one_job_and_one_call(
    newsroom: Newsroom,
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    editor: User,
) -> None:
    crowd = 4
    for number in range(3):
        piece = write(f"Wanted piece {number}")
        start = threading.Barrier(crowd)

        def ask(piece: ArticlePage = piece, start: threading.Barrier = start) -> int:
            try:
                start.wait(10)
                return int(request(piece, paper, editor).pk)
            finally:
                connection.close()

        with ThreadPoolExecutor(crowd) as pool:
            answers = {future.result() for future in [pool.submit(ask) for _ in range(crowd)]}
        job = TranslationJob.objects.get(translation__source__object_id=piece.translation_key)
        assert answers == {job.pk}
        calls = DBTaskResult.objects.filter(
            task_path="wagtail_newsroom.tasks.run_translation_job",
            args_kwargs__args=[job.pk],
        )
        assert [str(call.pk) for call in calls] == [job.task_id]
        assert ArticlePage.objects.filter(translation_key=piece.translation_key).count() == 2


def test_two_processes_that_ask_at_once_give_one_job(
    newsroom: Newsroom, paper: SimpleNamespace, story: ArticlePage
) -> None:
    with ThreadPoolExecutor(2) as pool:
        command = ("newsroom_translate", str(story.pk), "--to", "fa")
        for future in [pool.submit(newsroom.manage, *command) for _ in range(2)]:
            future.result()
    assert TranslationJob.objects.count() == 1
