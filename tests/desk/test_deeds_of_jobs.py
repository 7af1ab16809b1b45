"""Translations that were asked for together end each in a worker, and are told of together."""

from __future__ import annotations

from functools import partial
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.desk.bulk import named, rows_of
from wagtail_newsroom.desk import deeds, jobs, list_actions, onpublish
from wagtail_newsroom.models import PieceState, TranslationJob, WebhookDelivery


def test_translations_that_were_asked_for_together_are_told_when_the_last_has_ended(
    rows: Any, agree: Any, editor: User, tell: Any
) -> None:
    pieces = rows("A bridge", "A mill", "A weir")
    assert tell(lambda: agree("newsroom_translate", pieces)) == []
    *first, last = TranslationJob.objects.order_by("pk")
    for job in first:
        assert tell(partial(jobs.run, job.pk)) == []
    (letter,) = tell(lambda: jobs.run(last.pk))
    assert letter.to == [editor.email]
    assert letter.subject == "3 translations are ready to be checked"
    assert "The machine drafts of these pieces are there to be checked." in letter.body
    assert sorted(named(letter)) == [
        "“A bridge” in Persian",
        "“A mill” in Persian",
        "“A weir” in Persian",
    ]
    for job in (*first, last):
        url = reverse("wagtail_newsroom_job", args=[job.pk])
        assert f"http://testserver{url}\n" in letter.body
    # What is asked for alone is told of alone.
    assert not TranslationJob.objects.filter(deed__isnull=False).exists()


def test_what_failed_is_told_with_what_is_the_matter(
    rows: Any, agree: Any, run_jobs: Any, tell: Any, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = []
    assert tell(lambda: agree("newsroom_translate", rows("A weir", "A dam"))) == []
    (letter,) = tell(run_jobs)
    assert letter.subject == "2 translations failed or are not complete"
    assert "These pieces could not be translated, or only partly." in letter.body
    assert sorted(named(letter)) == [
        "“A dam” could not be translated into Persian",
        "“A weir” could not be translated into Persian",
    ]


def test_one_ticked_piece_that_is_translated_gets_the_email_of_one(
    rows: Any, agree: Any, run_jobs: Any, tell: Any
) -> None:
    assert tell(lambda: agree("newsroom_translate", rows("A weir"))) == []
    (letter,) = tell(run_jobs)
    assert letter.subject == "“A weir” is translated into Persian"


def test_a_job_that_ends_before_the_next_is_asked_for_waits_for_it(
    rows: Any, editor: User, run_jobs: Any, tell: Any
) -> None:
    pieces = rows("A bridge", "A mill")

    def at_once() -> None:
        with deeds.together():
            for row in pieces:
                list_actions.request(row, user=editor)
                run_jobs()
                deeds.resume()

    (letter,) = tell(at_once)
    assert letter.subject == "2 translations are ready to be checked"


def test_the_webhook_is_told_of_each_job_when_it_ends(
    rows: Any, agree: Any, tell: Any, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_WEBHOOK_URL = "https://chat.example.org/hook"
    settings.WAGTAIL_NEWSROOM_WEBHOOK_SECRET = "sixteen letters of nobody"
    tell(lambda: agree("newsroom_translate", rows("A bridge", "A mill")))
    for count, job in enumerate(TranslationJob.objects.order_by("pk"), start=1):
        tell(partial(jobs.run, job.pk))
        assert WebhookDelivery.objects.count() == count


@pytest.fixture
def half_done(rows: Any, agree: Any, tell: Any) -> tuple[TranslationJob, TranslationJob]:
    """Two translations that were asked for together, of which the first has ended."""
    tell(lambda: agree("newsroom_translate", rows("A bridge", "A mill")))
    first, last = TranslationJob.objects.order_by("pk")
    assert tell(lambda: jobs.run(first.pk)) == []
    first.refresh_from_db()
    assert first.status == TranslationJob.Status.DONE
    return first, last


def test_a_deed_whose_last_piece_is_deleted_is_told_of_by_the_next_worker(
    half_done: tuple[TranslationJob, TranslationJob], tell: Any
) -> None:
    first, last = half_done
    assert tell(deeds.resume) == []
    last.translation.delete()
    (letter,) = tell(deeds.resume)
    assert letter.subject.endswith("is translated into Persian")
    assert str(first.pk) in letter.body
    assert tell(deeds.resume) == []


def test_a_worker_that_dies_between_the_end_and_the_email_loses_nothing(
    half_done: tuple[TranslationJob, TranslationJob], tell: Any
) -> None:
    _first, last = half_done
    # The job's end is stored, and what follows it is not.
    jobs.run(last.pk)
    last.refresh_from_db()
    assert not last.is_active
    (letter,) = tell(lambda: call_command("newsroom_resume", stdout=StringIO()))
    assert letter.subject == "2 translations are ready to be checked"


def test_of_two_workers_that_see_the_end_one_tells(
    half_done: tuple[TranslationJob, TranslationJob], tell: Any
) -> None:
    _first, last = half_done
    jobs.run(last.pk)
    key = last.deed
    assert key is not None

    claims: list[str] = []

    def other_is_faster(execute: Any, sql: str, *args: Any) -> Any:
        if sql.startswith("UPDATE") and not claims:
            claims.append(sql)
            TranslationJob.objects.update(deed=None)
        return execute(sql, *args)

    def late() -> None:
        with connection.execute_wrapper(other_is_faster):
            assert deeds.conclude(key) == 0

    assert tell(late) == []
    TranslationJob.objects.update(deed=key)
    assert len(tell(lambda: [deeds.conclude(key), deeds.conclude(key)])) == 1


def test_a_deed_that_was_interrupted_is_told_of_after_an_hour(
    half_done: tuple[TranslationJob, TranslationJob], tell: Any
) -> None:
    _first, last = half_done
    TranslationJob.objects.update(deed_is_over=False)
    assert tell(lambda: jobs.run(last.pk)) == []
    assert tell(deeds.resume) == []
    TranslationJob.objects.update(created_at=timezone.now() - timezone.timedelta(hours=2))
    (letter,) = tell(deeds.resume)
    assert letter.subject == "2 translations are ready to be checked"


def test_the_end_of_a_job_costs_the_same_with_any_number_of_others(
    rows: Any, agree: Any, tell: Any
) -> None:
    def cost(count: int) -> tuple[int, int]:
        pieces = rows(*[f"Piece {number}" for number in range(count)])
        tell(lambda: agree("newsroom_translate", pieces))
        key = TranslationJob.objects.filter(deed__isnull=False).values_list("deed", flat=True)[0]
        with CaptureQueriesContext(connection) as waiting:
            assert deeds.conclude(key) == 0
        TranslationJob.objects.update(status=TranslationJob.Status.DONE)
        with CaptureQueriesContext(connection) as ended:
            assert deeds.conclude(key) == count
        return len(waiting), len(ended)

    assert cost(2) == cost(9)


def test_one_piece_in_several_languages_is_told_when_the_last_is_there(
    three: SimpleNamespace, write: Any, editor: User, client: Client, run_jobs: Any, tell: Any
) -> None:
    page = write(title="A bridge")
    client.force_login(editor)
    url = reverse("wagtail_newsroom_translate", args=[page.pk])
    assert tell(lambda: client.post(url, {"locale": ["fa", "de"]})) == []
    (letter,) = tell(run_jobs)
    assert letter.to == [editor.email]
    assert letter.subject == "2 translations are ready to be checked"
    assert sorted(named(letter)) == ["“A bridge” in German", "“A bridge” in Persian"]


@pytest.mark.parametrize("waits", [False, True])
def test_pages_of_the_command_are_told_of_together(
    write: Any, paper: SimpleNamespace, editor: User, run_jobs: Any, tell: Any, waits: bool
) -> None:
    pages = [write(title=title).pk for title in ("A bridge", "A mill")]
    options = {"to": "fa", "user": "editor", "wait": waits, "stdout": StringIO()}
    letters = tell(lambda: call_command("newsroom_translate", *pages, **options))
    if not waits:
        assert letters == []
        letters = tell(run_jobs)
    (letter,) = letters
    assert letter.to == [editor.email]
    assert sorted(named(letter)) == ["“A bridge” in Persian", "“A mill” in Persian"]


def test_what_publication_sets_off_in_several_languages_is_told_together(
    three: SimpleNamespace,
    write: Any,
    chief: User,
    editor: User,
    run_jobs: Any,
    tell: Any,
    settings: Any,
) -> None:
    page = write(title="A bridge")
    rows_of(page)
    for row in PieceState.objects.all():
        list_actions.assign(row, chief, user=editor)
    settings.WAGTAIL_NEWSROOM_TRANSLATE_ON_PUBLISH = "draft"
    assert tell(lambda: onpublish.translate_published(page)) == []
    (letter,) = tell(run_jobs)
    assert letter.to == [chief.email]
    assert letter.subject == "2 translations are ready to be checked"
