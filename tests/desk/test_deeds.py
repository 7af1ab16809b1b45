"""What one deed does to many pieces is told to each person in one e-mail for each kind of event."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection, transaction
from django.db.models.signals import pre_save
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.users.models import UserProfile

from tests.conftest import person
from tests.desk.bulk import named, rows_of
from wagtail_newsroom.desk import actions, deeds, list_actions, localize, notices, state_rows
from wagtail_newsroom.desk.events import Event, Kind, happened
from wagtail_newsroom.desk.list_columns import desk_url
from wagtail_newsroom.models import (
    ArticlePage,
    Assignment,
    Correction,
    NotificationPreferences,
    PieceState,
    WebhookDelivery,
)
from wagtail_newsroom.tasks import notify_people


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
