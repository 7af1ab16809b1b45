"""Who is told of what by e-mail: never of one's own deeds, in one's own language, as one wishes."""

from __future__ import annotations

import logging
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from tests.conftest import person
from wagtail_newsroom.desk import actions, deeds, jobs, list_actions, localize, notices, state_rows
from wagtail_newsroom.desk.events import Event, Kind, happened
from wagtail_newsroom.models import (
    ArticlePage,
    Correction,
    NotificationPreferences,
    PieceState,
    TranslationJob,
)


class DeadServer(EmailBackend):
    """A mail server that cannot be reached."""

    def open(self) -> bool:
        raise ConnectionRefusedError("secret.example.org")


class Deaf(EmailBackend):
    """A mail server that takes no e-mail."""

    def send_messages(self, messages: Any) -> int:
        raise OSError("refused: The river rises")


@pytest.fixture
def drafted(article: ArticlePage, paper: SimpleNamespace, translator: User, run_jobs: Any) -> Any:
    """The Persian translation of an article that the translator asked for."""
    actions.request_translation(article, paper.persian, user=translator)
    run_jobs()
    state_rows.refresh([article.translation_key])
    return localize.translations_of(article).get()


def row_of(page: Any) -> PieceState:
    return PieceState.objects.get(source_page=page.pk, locale__language_code="fa")


def change(page: ArticlePage, title: str, *, by: User | None = None) -> None:
    """Publish an article with another title."""
    page = ArticlePage.objects.get(pk=page.pk)
    page.title = title
    page.save_revision(user=by).publish(user=by)


def test_who_asked_is_told_that_the_draft_is_there(
    article: ArticlePage,
    paper: SimpleNamespace,
    translator: User,
    run_jobs: Any,
    tell: Any,
    settings: Any,
) -> None:
    settings.WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = "desk@example.org"
    actions.request_translation(article, paper.persian, user=translator)
    (letter,) = tell(run_jobs)
    job = TranslationJob.objects.get()
    assert letter.to == [translator.email]
    assert letter.subject == "“The river rises” is translated into Persian"
    assert f"http://testserver{reverse('wagtail_newsroom_job', args=[job.pk])}" in letter.body
    assert "Hello translator" in letter.body
    assert "#tab-notifications" in letter.body
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert letter.alternatives == []
    assert letter.from_email == "desk@example.org"


def test_a_failure_is_told_with_reasons_and_without_article_text(
    article: ArticlePage,
    paper: SimpleNamespace,
    translator: User,
    run_jobs: Any,
    tell: Any,
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = []
    settings.WAGTAILADMIN_NOTIFICATION_USE_HTML = True
    actions.request_translation(article, paper.persian, user=translator)
    (letter,) = tell(run_jobs)
    assert letter.subject == "“The river rises” could not be translated into Persian"
    assert "No engine is set up for this pair of languages. (" in letter.body
    ((html, kind),) = letter.alternatives
    assert kind == "text/html"
    assert "No engine is set up" in html
    for text in (letter.body, html):
        assert "3.5 %" not in text
        assert "Engineers watch" not in text


def test_a_job_that_is_not_complete_is_told_with_how_far_it_came(
    drafted: Any, article: ArticlePage, paper: SimpleNamespace, translator: User, tell: Any
) -> None:
    job = TranslationJob.objects.get()
    TranslationJob.objects.update(status=TranslationJob.Status.PARTIAL)
    done = f"{job.done} of {job.total} passages"
    (letter,) = tell(lambda: deeds.tell_of_job(job.pk))
    assert letter.subject == "“The river rises” is only partly translated into Persian"
    assert f"The translation of “The river rises” into Persian has {done}." in letter.body


def test_an_interrupted_job_is_told_once_it_is_given_up(
    article: ArticlePage, paper: SimpleNamespace, translator: User, tell: Any, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_JOB_ATTEMPTS = 1
    job = actions.request_translation(article, paper.persian, user=translator)
    TranslationJob.objects.update(attempts=1)
    state_rows.refresh([article.translation_key])
    (letter,) = tell(lambda: jobs.run(job.pk))
    assert "interrupted too often" in letter.body
    assert tell(lambda: jobs.run(job.pk)) == []


def test_an_assignment_is_told_to_who_has_it_but_not_to_oneself(
    drafted: Any, article: ArticlePage, editor: User, translator: User, tell: Any
) -> None:
    (letter,) = tell(lambda: list_actions.assign(row_of(article), translator, user=editor))
    assert letter.to == [translator.email]
    assert letter.subject == "“The river rises” in Persian is assigned to translator"
    assert "editor assigned “The river rises” in Persian to translator." in letter.body
    assert tell(lambda: list_actions.assign(row_of(article), editor, user=editor)) == []
    assert tell(lambda: list_actions.assign(row_of(article), None, user=editor)) == []


def test_an_approval_is_told_to_who_asked_and_who_has_it(
    drafted: Any, article: ArticlePage, editor: User, translator: User, tell: Any
) -> None:
    (letter,) = tell(lambda: actions.approve(drafted, user=editor))
    assert letter.to == [translator.email]
    assert letter.subject == "“The river rises” is approved in Persian"
    TranslationJob.objects.update(requested_by=editor)
    assert tell(lambda: actions.approve(drafted, user=editor)) == []


def test_a_change_of_the_original_is_told_once_and_not_to_who_made_it(
    drafted: Any, article: ArticlePage, editor: User, translator: User, tell: Any
) -> None:
    actions.approve(drafted, user=editor)
    letters = tell(lambda: change(article, "The river falls"))
    assert {letter.to[0] for letter in letters} == {translator.email, editor.email}
    assert {letter.subject for letter in letters} == {"The original of “The river falls” changed"}
    # The next change before the first is translated is no news.
    assert tell(lambda: change(article, "The river falls fast")) == []


def test_publishing_the_same_texts_again_tells_nothing(
    drafted: Any, article: ArticlePage, editor: User, tell: Any
) -> None:
    def again() -> None:
        page = ArticlePage.objects.get(pk=article.pk)
        page.save_revision().publish(user=editor)

    assert tell(again) == []


def test_who_publishes_the_change_is_not_told(
    drafted: Any, article: ArticlePage, editor: User, translator: User, tell: Any
) -> None:
    actions.approve(drafted, user=editor)
    (letter,) = tell(lambda: change(article, "The river falls", by=editor))
    assert letter.to == [translator.email]


def test_a_correction_is_urgent_in_the_subject_even_after_another_change(
    drafted: Any, article: ArticlePage, editor: User, translator: User, tell: Any
) -> None:
    actions.approve(drafted, user=editor)
    actions.publish(drafted, user=editor)
    assert len(tell(lambda: change(article, "The river falls", by=editor))) == 1

    def correct() -> None:
        page = ArticlePage.objects.get(pk=article.pk)
        page.newsroom_corrections.add(Correction(text="By 2.5 %.", locale=page.locale))
        page.save_revision().publish(user=editor)

    (letter,) = tell(correct)
    assert letter.subject == "Urgent: “The river falls” was corrected; the Persian version is not"
    assert "2.5" not in letter.body


def test_a_correction_after_one_that_was_waived_is_told_again(
    drafted: Any, article: ArticlePage, editor: User, translator: User, tell: Any
) -> None:
    def correct() -> None:
        page = ArticlePage.objects.get(pk=article.pk)
        page.newsroom_corrections.add(Correction(text="By 2.5 %.", locale=page.locale))
        page.save_revision().publish(user=editor)

    actions.approve(drafted, user=editor)
    actions.publish(drafted, user=editor)
    assert len(tell(correct)) == 1
    list_actions.waive(drafted, user=editor)
    (letter,) = tell(correct)
    assert letter.subject.startswith("Urgent: ")
    assert tell(correct) == []


def test_people_are_told_in_their_own_language(
    drafted: Any, article: ArticlePage, editor: User, translator: User, tell: Any, settings: Any
) -> None:
    settings.WAGTAILADMIN_NOTIFICATION_USE_HTML = True
    profile = UserProfile.get_for_user(translator)
    profile.preferred_language = "fa"
    profile.save()
    (letter,) = tell(lambda: actions.approve(drafted, user=editor))
    assert "تأیید" in letter.subject
    assert "فارسی" in letter.subject
    ((html, _kind),) = letter.alternatives
    assert 'lang="fa" dir="rtl"' in html
    # A sentence that begins with a Latin name is still a Persian one.
    assert 'dir="auto"' not in html


def test_people_choose_what_they_are_told_in_their_account(
    drafted: Any, article: ArticlePage, editor: User, translator: User, outsider: User, tell: Any
) -> None:
    client = Client()
    client.force_login(translator)
    url = reverse("wagtailadmin_account")
    page = client.get(url)
    text = page.content.decode()
    assert "Translation desk" in text
    assert 'name="newsroom_notifications-approved"' in text
    assert not NotificationPreferences.objects.exists()
    data = {"name_email-email": translator.email, "newsroom_notifications-assigned": "on"}
    data |= {"name_email-first_name": "T", "name_email-last_name": "R"}
    data |= {"locale-preferred_language": "", "locale-current_time_zone": "UTC"}
    data |= {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    assert client.post(url, data).status_code == 302
    chosen = NotificationPreferences.objects.get(user=translator)
    assert (chosen.assigned, chosen.approved, chosen.job_done) == (True, False, False)
    assert tell(lambda: actions.approve(drafted, user=editor)) == []
    assert len(tell(lambda: list_actions.assign(row_of(article), translator, user=editor))) == 1


def test_who_does_not_work_at_the_desk_has_no_such_choice(paper: SimpleNamespace) -> None:
    client = Client()
    client.force_login(person("writer", pages=[(paper.home, "change_page")]))
    text = client.get(reverse("wagtailadmin_account")).content.decode()
    assert "newsroom_notifications" not in text


@pytest.mark.parametrize("left", [{}, {"is_active": False}, {"email": ""}])
def test_who_may_no_longer_see_the_piece_or_left_is_not_told(
    left: dict[str, Any],
    drafted: Any,
    article: ArticlePage,
    editor: User,
    translator: User,
    tell: Any,
) -> None:
    assert len(tell(lambda: actions.approve(drafted, user=editor))) == 1
    if left:
        User.objects.filter(pk=translator.pk).update(**left)
    else:
        translator.groups.clear()
    assert tell(lambda: actions.approve(drafted, user=editor)) == []


def test_titles_of_what_readers_may_not_see_yet_stay_inside(
    drafted: Any, article: ArticlePage, editor: User, translator: User, tell: Any
) -> None:
    ArticlePage.objects.filter(pk=article.pk).update(
        embargoed_until=timezone.now() + timezone.timedelta(days=1)
    )
    (letter,) = tell(lambda: list_actions.assign(row_of(article), translator, user=editor))
    assert "[title withheld]" in letter.subject
    assert "river" not in letter.subject + letter.body


@pytest.mark.parametrize("server", ["DeadServer", "Deaf"])
def test_a_mail_server_that_fails_stops_nothing_and_is_logged_without_text(
    server: str,
    drafted: Any,
    article: ArticlePage,
    editor: User,
    tell: Any,
    settings: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    backend = f"{__name__}.{server}"
    if hasattr(settings, "MAILERS"):
        settings.MAILERS = {"default": {"BACKEND": backend}}
    else:
        settings.EMAIL_BACKEND = backend
    with caplog.at_level(logging.ERROR, logger="wagtail_newsroom"):
        assert tell(lambda: actions.approve(drafted, user=editor)) == []
    assert drafted.newsroom_approvals.exists()
    assert caplog.records
    assert "river" not in caplog.text
    assert "example.org" not in caplog.text


def test_nothing_is_told_of_what_was_rolled_back(
    drafted: Any,
    editor: User,
    transactional_events: list[Event],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with (
        django_capture_on_commit_callbacks(execute=True),
        suppress(ZeroDivisionError),
        transaction.atomic(),
    ):
        actions.approve(drafted, user=editor)
        raise ZeroDivisionError
    assert transactional_events == []
    with django_capture_on_commit_callbacks(execute=True):
        actions.approve(drafted, user=editor)
    assert [event.kind for event in transactional_events] == [Kind.APPROVED]


@pytest.fixture
def transactional_events() -> Any:
    """The events that are told during a test."""
    events: list[Event] = []

    def hear(sender: Any, event: Event, **kwargs: Any) -> None:
        events.append(event)

    happened.connect(hear, weak=False, dispatch_uid="test")
    yield events
    happened.disconnect(dispatch_uid="test")


def test_a_site_may_listen_and_its_errors_stop_nothing(
    drafted: Any,
    article: ArticlePage,
    editor: User,
    transactional_events: list[Event],
    tell: Any,
) -> None:
    def broken(sender: Any, **kwargs: Any) -> None:
        raise ZeroDivisionError

    happened.connect(broken, weak=False, dispatch_uid="broken")
    try:
        assert len(tell(lambda: actions.approve(drafted, user=editor))) == 1
    finally:
        happened.disconnect(dispatch_uid="broken")
    (event,) = transactional_events
    assert (event.kind, event.key) == (Kind.APPROVED, str(article.translation_key))
    assert event.person_id == str(editor.pk)
    assert Event.from_dict(event.as_dict()) == event


def test_a_piece_that_is_gone_is_told_of_to_nobody(
    drafted: Any, article: ArticlePage, translator: User
) -> None:
    event = Event("approved", str(article.translation_key), drafted.target_locale_id, "2030-01-01")
    PieceState.objects.all().delete()
    assert notices.notify(event) == 0
