"""What one deed does to many pieces is told to each person in one e-mail for each kind of event."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models.signals import pre_save
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.users.models import UserProfile

from tests.conftest import person
from tests.desk.test_list_actions import ask
from wagtail_newsroom.desk import actions, deeds, jobs, list_actions, localize, notices, state_rows
from wagtail_newsroom.desk.events import Event, Kind, happened
from wagtail_newsroom.desk.list_columns import desk_url
from wagtail_newsroom.models import (
    ArticlePage,
    Assignment,
    Correction,
    NotificationPreferences,
    PieceState,
    TranslationJob,
    WebhookDelivery,
)
from wagtail_newsroom.tasks import notify_people


@pytest.fixture
def rows(write: Callable[..., ArticlePage]) -> Callable[..., list[PieceState]]:
    """Writes articles that nobody had translated, and returns their rows in the list."""

    def make(*titles: str, **fields: Any) -> list[PieceState]:
        return rows_of(*[write(title=title, **fields) for title in titles])

    return make


@pytest.fixture
def agree(client: Client, editor: User) -> Callable[..., Any]:
    """Has the editor tick rows in the list, and do something to all of them."""
    client.force_login(editor)

    def do(action: str, rows: list[PieceState], **data: Any) -> Any:
        return ask(client, action, "&".join(f"id={row.pk}" for row in rows), **data)

    return do


@pytest.fixture
def drafted(
    write: Any, paper: SimpleNamespace, translator: User, run_jobs: Any
) -> Callable[..., list[PieceState]]:
    """Writes articles whose Persian translations the translator asked for; returns their rows."""

    def make(*titles: str, **fields: Any) -> list[PieceState]:
        pages = [write(title=title, **fields) for title in titles]
        for page in pages:
            actions.request_translation(page, paper.persian, user=translator)
        run_jobs()
        return rows_of(*pages)

    return make


def rows_of(*pages: ArticlePage) -> list[PieceState]:
    state_rows.refresh({page.translation_key for page in pages})
    of_page = {row.source_page_id: row for row in PieceState.objects.all()}
    return [of_page[page.pk] for page in pages]


def named(letter: Any) -> list[str]:
    """Return how an e-mail names its pieces, in order."""
    return [line[2:] for line in letter.body.splitlines() if line.startswith("- ")]


@contextmanager
def accident_at(row: PieceState, error: BaseException) -> Iterator[None]:
    """Lets the database break down when one piece is assigned."""

    def strike(instance: Assignment, **kwargs: Any) -> None:
        if instance.object_id == row.translation_key:
            raise error

    pre_save.connect(strike, sender=Assignment, weak=False, dispatch_uid="accident")
    try:
        yield
    finally:
        pre_save.disconnect(sender=Assignment, dispatch_uid="accident")


def test_many_assignments_at_once_are_one_email_that_names_the_pieces_and_leads_to_each(
    rows: Any, agree: Any, translator: User, tell: Any, settings: Any
) -> None:
    settings.WAGTAILADMIN_NOTIFICATION_USE_HTML = True
    settings.WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = "desk@example.org"
    pieces = rows("A <b>bridge</b>", "A mill", "A weir")
    (letter,) = tell(lambda: agree("newsroom_assign", pieces, assignee=translator.pk))
    assert letter.to == [translator.email]
    assert letter.from_email == "desk@example.org"
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert letter.subject == "3 pieces are assigned to you"
    assert "Hello translator" in letter.body
    assert "editor assigned these pieces to you." in letter.body
    assert sorted(named(letter)) == [
        "“A <b>bridge</b>” in Persian",
        "“A mill” in Persian",
        "“A weir” in Persian",
    ]
    assert "#tab-notifications" in letter.body
    assert "list of translations" not in letter.body
    ((html, kind),) = letter.alternatives
    assert kind == "text/html"
    assert "“A &lt;b&gt;bridge&lt;/b&gt;” in Persian" in html
    for row in pieces:
        assert f"  http://testserver{desk_url(row)}\n" in letter.body
        assert f'href="http://testserver{desk_url(row)}"' in html


def test_one_ticked_piece_gets_the_email_of_one(
    rows: Any, agree: Any, translator: User, tell: Any
) -> None:
    (letter,) = tell(lambda: agree("newsroom_assign", rows("A mill"), assignee=translator.pk))
    assert letter.subject == "“A mill” in Persian is assigned to translator"
    assert "See to it here: http://testserver/" in letter.body


def test_sixty_pieces_are_one_email_that_names_fifty(
    rows: Any, agree: Any, translator: User, tell: Any
) -> None:
    pieces = rows(*[f"Piece {number}" for number in range(60)])
    (letter,) = tell(lambda: agree("newsroom_assign", pieces, assignee=translator.pk))
    assert letter.subject == "60 pieces are assigned to you"
    assert len(set(named(letter))) == 50
    there = f"http://testserver{reverse('newsroom_translations:index')}"
    assert f"10 more are in the list of translations: {there}\n" in letter.body


def test_a_person_reads_it_in_their_own_language_and_direction(
    rows: Any, agree: Any, translator: User, tell: Any, settings: Any
) -> None:
    settings.WAGTAILADMIN_NOTIFICATION_USE_HTML = True
    profile = UserProfile.get_for_user(translator)
    profile.preferred_language = "fa"
    profile.save()
    pieces = rows(*[f"Piece {number}" for number in range(51)])
    (letter,) = tell(lambda: agree("newsroom_assign", pieces, assignee=translator.pk))
    assert letter.subject == "۵۱ مطلب به شما سپرده شد"
    assert "editor این مطالب را به شما سپرد." in letter.body
    assert "«Piece 50» به فارسی" in named(letter)
    assert "۱ مورد دیگر در فهرست ترجمه‌ها هست: http://testserver/" in letter.body
    ((html, _kind),) = letter.alternatives
    assert 'lang="fa" dir="rtl"' in html


def test_who_wants_none_of_a_kind_gets_none(
    rows: Any, agree: Any, translator: User, tell: Any
) -> None:
    NotificationPreferences.objects.create(user=translator, assigned=False)
    pieces = rows("A bridge", "A mill")
    assert tell(lambda: agree("newsroom_assign", pieces, assignee=translator.pk)) == []
    NotificationPreferences.objects.update(assigned=True, approved=False)
    assert len(tell(lambda: agree("newsroom_assign", pieces, assignee=translator.pk))) == 1


def test_nobody_is_told_of_what_they_did_to_many_pieces(
    rows: Any, agree: Any, editor: User, tell: Any
) -> None:
    pieces = rows("A bridge", "A mill")
    assert tell(lambda: agree("newsroom_assign", pieces, assignee=editor.pk)) == []
    assert Assignment.objects.filter(user=editor).count() == 2


def test_a_person_is_told_only_of_the_pieces_that_they_may_see(
    drafted: Any, paper: SimpleNamespace, agree: Any, translator: User, tell: Any
) -> None:
    away = drafted("A secret", parent=paper.home)
    pieces = [*drafted("A bridge", "A mill"), *away]
    # From now on the translator works in one section, and had asked for what stands elsewhere.
    translator.groups.clear()
    translator.groups.add(*person("local", **local(paper)).groups.all())
    (letter,) = tell(lambda: agree("newsroom_approve", pieces))
    assert letter.to == [translator.email]
    assert letter.subject == "2 translations are approved"
    assert "editor approved these translations." in letter.body
    assert sorted(named(letter)) == ["“A bridge” in Persian", "“A mill” in Persian"]
    assert "secret" not in letter.body
    # What is left of two is one, which gets the e-mail of one.
    (letter,) = tell(lambda: agree("newsroom_approve", pieces[1:]))
    assert letter.subject == "“A mill” is approved in Persian"
    assert tell(lambda: agree("newsroom_approve", away)) == []


def local(paper: SimpleNamespace) -> dict[str, Any]:
    return {
        "permissions": ("wagtail_localize.submit_translation",),
        "pages": [(paper.news_fa, "add_page"), (paper.news_fa, "change_page")],
    }


def test_each_person_is_told_of_their_own_pieces(
    drafted: Any, agree: Any, translator: User, tell: Any
) -> None:
    pieces = drafted("A bridge", "A mill", "A weir", "A dam")
    other = User.objects.create_superuser("other", "other@example.org", "secret")
    for row in pieces[:2]:
        list_actions.assign(row, other, user=None)
    state_rows.refresh({row.translation_key for row in pieces})
    letters = {letter.to[0]: letter for letter in tell(lambda: agree("newsroom_approve", pieces))}
    assert set(letters) == {translator.email, other.email}
    assert letters[translator.email].subject == "4 translations are approved"
    assert letters[other.email].subject == "2 translations are approved"
    assert sorted(named(letters[other.email])) == [
        "“A bridge” in Persian",
        "“A mill” in Persian",
    ]


def test_what_fails_for_one_piece_loses_nothing_of_the_others(
    rows: Any, agree: Any, paper: SimpleNamespace, tell: Any
) -> None:
    pieces = [*rows("A bridge", "A mill"), *rows("Elsewhere", parent=paper.home), *rows("A weir")]
    local_person = person("local", **local(paper))
    with accident_at(pieces[1], ZeroDivisionError()):
        (letter,) = tell(lambda: agree("newsroom_assign", pieces, assignee=local_person.pk))
    assert letter.to == [local_person.email]
    assert sorted(named(letter)) == ["“A bridge” in Persian", "“A weir” in Persian"]


def test_a_server_that_stops_halfway_has_told_of_what_was_done(
    rows: Any, agree: Any, translator: User, tell: Any
) -> None:
    pieces = rows("A bridge", "A mill", "A weir")

    def stopped() -> None:
        # The list does the newest first, and comes to the oldest last.
        with accident_at(pieces[0], SystemExit()), suppress(SystemExit):
            agree("newsroom_assign", pieces, assignee=translator.pk)

    (letter,) = tell(stopped)
    assert sorted(named(letter)) == ["“A mill” in Persian", "“A weir” in Persian"]


def test_the_webhook_and_a_sites_own_code_are_told_of_each_piece(
    rows: Any, agree: Any, translator: User, tell: Any, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_WEBHOOK_URL = "https://chat.example.org/hook"
    settings.WAGTAIL_NEWSROOM_WEBHOOK_SECRET = "sixteen letters of nobody"
    heard: list[Event] = []

    def hear(sender: Any, event: Event, **kwargs: Any) -> None:
        heard.append(event)

    pieces = rows("A bridge", "A mill", "A weir")
    happened.connect(hear, weak=False, dispatch_uid="test")
    try:
        assert len(tell(lambda: agree("newsroom_assign", pieces, assignee=translator.pk))) == 1
    finally:
        happened.disconnect(dispatch_uid="test")
    keys = {str(row.translation_key) for row in pieces}
    assert {event.key for event in heard} == keys
    kept = [delivery.event for delivery in WebhookDelivery.objects.all()]
    assert {event["key"] for event in kept} == keys
    assert len(heard) == len(kept) == 3


def test_each_kind_of_event_is_an_email_of_its_own(
    drafted: Any, editor: User, translator: User, tell: Any
) -> None:
    pieces = drafted("A bridge", "A mill")

    def both() -> None:
        with deeds.together():
            for row in pieces:
                list_actions.assign(row, translator, user=editor)
            with deeds.together():
                for row in pieces:
                    actions.approve(localize.get_translation(row.translation_id), user=editor)

    assert {letter.subject for letter in tell(both)} == {
        "2 pieces are assigned to you",
        "2 translations are approved",
    }


def test_what_two_people_did_is_not_put_down_to_one(
    rows: Any, editor: User, translator: User, tell: Any
) -> None:
    pieces = rows("A bridge", "A mill", "A weir")

    def both() -> None:
        with deeds.together():
            list_actions.assign(pieces[0], translator, user=editor)
            for row in pieces[1:]:
                list_actions.assign(row, translator, user=None)

    one, many = sorted(tell(both), key=lambda letter: len(named(letter)))
    assert "editor assigned “A bridge” in Persian to translator." in one.body
    assert "The site assigned these pieces to you." in many.body


@pytest.mark.parametrize("fails", [False, True])
def test_in_a_transaction_of_its_own_it_is_told_when_that_ends(
    fails: bool, rows: Any, editor: User, translator: User, tell: Any
) -> None:
    pieces = rows("A bridge", "A mill")

    def in_a_transaction() -> None:
        with suppress(ZeroDivisionError), transaction.atomic():
            with deeds.together():
                for row in pieces:
                    list_actions.assign(row, translator, user=editor)
            if fails:
                raise ZeroDivisionError

    assert len(tell(in_a_transaction)) == (0 if fails else 1)


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


def test_urgent_changes_stand_first_and_are_told_in_the_subject(
    drafted: Any, editor: User, translator: User, django_capture_on_commit_callbacks: Any
) -> None:
    pieces = drafted("A bridge", "A mill", "A weir", "A dam", "A lock")
    for row in pieces:
        translation = localize.get_translation(row.translation_id)
        actions.approve(translation, user=None)
        actions.publish(translation, user=editor)

    def change(*rows: PieceState, corrected: PieceState | None = None) -> list[Any]:
        DBTaskResult.objects.all().delete()
        mail.outbox.clear()
        deed = deeds.together()
        deed.__enter__()
        for row in rows:
            # Changes are looked for after each commit, while the deed goes on.
            with django_capture_on_commit_callbacks(execute=True):
                page = ArticlePage.objects.get(pk=row.source_page_id)
                page.title = page.title.replace("A ", "The old ")
                if row is corrected:
                    page.newsroom_corrections.add(Correction(text="2.5 %.", locale=page.locale))
                page.save_revision(user=editor).publish(user=editor)
        with django_capture_on_commit_callbacks(execute=True):
            deed.__exit__(None, None, None)
        (task,) = DBTaskResult.objects.filter(task_path__endswith="notify_people")
        notify_people.func(*task.args_kwargs["args"])
        return list(mail.outbox)

    (letter,) = change(*pieces[:3], corrected=pieces[1])
    assert letter.to == [translator.email]
    assert letter.subject == "Urgent: 1 translation lacks a correction of its original"
    assert "The originals of these translations were published with other texts" in letter.body
    assert named(letter) == [
        "Urgent: “The old mill” was corrected; the Persian version is not",
        "“The old bridge” in Persian",
        "“The old weir” in Persian",
    ]
    (letter,) = change(*pieces[3:])
    assert letter.subject == "The originals of 2 translations changed"
    assert named(letter) == ["“The old dam” in Persian", "“The old lock” in Persian"]


def test_titles_of_what_readers_may_not_see_yet_stay_inside_among_others(
    rows: Any, agree: Any, translator: User, tell: Any
) -> None:
    pieces = rows("A bridge", "A secret")
    ArticlePage.objects.filter(pk=pieces[1].source_page_id).update(
        embargoed_until=timezone.now() + timezone.timedelta(days=1)
    )
    (letter,) = tell(lambda: agree("newsroom_assign", pieces, assignee=translator.pk))
    assert sorted(named(letter)) == ["“A bridge” in Persian", "“[title withheld]” in Persian"]
    assert "secret" not in letter.body


def test_pieces_that_are_gone_are_told_of_to_nobody(
    rows: Any, translator: User, editor: User, paper: SimpleNamespace
) -> None:
    kept, gone = [
        Event(
            Kind.ASSIGNED.value,
            str(row.translation_key),
            row.locale_id,
            "2030-01-01",
            to_id=str(translator.pk),
        )
        for row in rows("A bridge", "A mill")
    ]
    PieceState.objects.filter(translation_key=gone.key).delete()
    assert notices.notify(kept, gone) == 1
    (letter,) = mail.outbox
    assert letter.subject == "“A bridge” in Persian is assigned to translator"
    assert notices.notify() == 0


def test_pieces_that_are_not_named_cost_no_query(rows: Any, translator: User) -> None:
    pieces = rows(*[f"Piece {number}" for number in range(70)])

    def cost(count: int) -> int:
        told = [
            Event(
                Kind.ASSIGNED.value,
                str(row.translation_key),
                row.locale_id,
                "2030-01-01",
                to_id=str(translator.pk),
            )
            for row in pieces[:count]
        ]
        notices.notify(*told)
        with CaptureQueriesContext(connection) as queries:
            assert notices.notify(*told) == 1
        return len(queries)

    assert cost(51) == cost(70)
    # Of one that is named, the site's secrets are asked for: a number of queries that stays.
    assert cost(22) - cost(12) == cost(12) - cost(2)
