"""Translations go live with their originals or at a time of their own, or are held and told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
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
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import page_published, published
from wagtail.users.models import UserProfile

from tests.testapp.models import Notice, Venue
from wagtail_newsroom.desk import actions, list_actions, localize, schedule_signals
from wagtail_newsroom.desk.editing import save_text, version_of
from wagtail_newsroom.desk.pieces import PagePiece
from wagtail_newsroom.desk.schedule import (
    FARTHEST,
    FOLLOWS,
    HELD,
    UNSCHEDULED,
    schedule,
    unschedule,
)
from wagtail_newsroom.desk.timetable import planned_for
from wagtail_newsroom.exceptions import Declined, NotAllowed
from wagtail_newsroom.models import ArticlePage, Following

from .bulk import ask
from .test_list_actions import row_of, told

HOUR = timedelta(hours=1)


@pytest.fixture(params=["to Persian", "to English"])
def pair(
    request: pytest.FixtureRequest,
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    editor: User,
    run_jobs: Callable[[], None],
) -> SimpleNamespace:
    """A draft in one language and its machine draft in the other, in both directions."""
    if request.param == "to Persian":
        source, into = write(live=False), paper.persian
    else:
        source = write(
            title="رود بالا می‌آید",
            body=[("paragraph", "<p>رود روز دوشنبه <b>بالا</b> آمد.</p>")],
            parent=paper.news_fa,
            locale=paper.persian,
            live=False,
        )
        into = paper.english
    actions.request_translation(source, into, user=editor)
    run_jobs()
    return SimpleNamespace(source=source, translation=localize.translations_of(source).get())


def approve(pair: SimpleNamespace, user: User) -> None:
    actions.approve(pair.translation, user=user)


def target_of(pair: SimpleNamespace) -> Any:
    return localize.target_of(pair.translation)


def go_live(pair: SimpleNamespace, capture: Any) -> None:
    """Publish the original, and let what waits for that happen."""
    with capture(execute=True):
        ArticlePage.objects.get(pk=pair.source.pk).get_latest_revision().publish()


def another_title(pair: SimpleNamespace) -> str:
    is_persian = pair.translation.target_locale.language_code == "fa"
    return "واژه‌ای دیگر" if is_persian else "Another word"


def pass_time(instance: Any) -> None:
    """Let the time come at which a page or snippet is to go live."""
    past = timezone.now() - HOUR
    revision = instance.revisions.exclude(approved_go_live_at=None).get()
    revision.content["go_live_at"] = past.isoformat()
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=past, content=revision.content
    )


def entries(instance: Any, action: str) -> int:
    return PageLogEntry.objects.filter(page=instance.pk, action=action).count()


# With the original


def test_translation_goes_live_with_its_original(
    pair: SimpleNamespace, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    approve(pair, editor)
    schedule(pair.translation, at=None, user=editor)
    assert not target_of(pair).live
    go_live(pair, django_capture_on_commit_callbacks)
    assert target_of(pair).live
    assert not Following.objects.exists()
    assert row_of(pair.source).state == "published"
    assert entries(target_of(pair), FOLLOWS) == 1


def test_translation_follows_a_date_that_moves(
    pair: SimpleNamespace, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    approve(pair, editor)
    source = ArticlePage.objects.get(pk=pair.source.pk)
    source.go_live_at = timezone.now() + HOUR
    source.save_revision().publish()
    schedule(pair.translation, at=None, user=editor)
    source.go_live_at = timezone.now() + 3 * HOUR
    with django_capture_on_commit_callbacks(execute=True):
        source.save_revision().publish()
        call_command("publish_scheduled", verbosity=0)
    assert not target_of(pair).live
    pass_time(source)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("publish_scheduled", verbosity=0)
    assert ArticlePage.objects.get(pk=source.pk).live
    assert target_of(pair).live


def test_translation_that_is_not_approved_is_held_and_goes_live_when_it_is(
    pair: SimpleNamespace, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    schedule(pair.translation, at=None, user=editor)
    go_live(pair, django_capture_on_commit_callbacks)
    assert ArticlePage.objects.get(pk=pair.source.pk).live
    assert not target_of(pair).live
    planned = planned_for(pair.translation, target_of(pair))
    assert planned is not None
    assert planned.is_held
    (told_of,) = PageLogEntry.objects.filter(page=target_of(pair).pk, action=HELD)
    assert "waiting for approval" in told_of.data["reasons"][0]
    # The next publication does not tell again.
    go_live(pair, django_capture_on_commit_callbacks)
    assert entries(target_of(pair), HELD) == 1
    with django_capture_on_commit_callbacks(execute=True):
        approve(pair, editor)
    assert target_of(pair).live
    assert not Following.objects.exists()


def test_texts_that_changed_before_the_original_went_live_hold_the_translation(
    pair: SimpleNamespace, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    approve(pair, editor)
    schedule(pair.translation, at=None, user=editor)
    source = ArticlePage.objects.get(pk=pair.source.pk)
    source.title = "Quite another title"
    source.save_revision()
    go_live(pair, django_capture_on_commit_callbacks)
    assert not target_of(pair).live
    assert Following.objects.get().held_at is not None


def test_locked_translation_is_held(
    pair: SimpleNamespace, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    approve(pair, editor)
    schedule(pair.translation, at=None, user=editor)
    Page.objects.filter(pk=target_of(pair).pk).update(locked=True, locked_by=editor)
    go_live(pair, django_capture_on_commit_callbacks)
    assert not target_of(pair).live
    assert Following.objects.get().held_at is not None


def test_schedule_that_is_taken_back_at_the_last_moment_publishes_nothing(
    pair: SimpleNamespace,
    editor: User,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    approve(pair, editor)
    schedule(pair.translation, at=None, user=editor)
    wait = PagePiece.lock_versions

    def come_first(piece: PagePiece) -> None:
        unschedule(pair.translation, user=editor)
        wait(piece)

    monkeypatch.setattr(PagePiece, "lock_versions", come_first)
    go_live(pair, django_capture_on_commit_callbacks)
    assert ArticlePage.objects.get(pk=pair.source.pk).live
    assert not target_of(pair).live


def test_translation_published_by_hand_does_not_follow_any_more(
    pair: SimpleNamespace, editor: User
) -> None:
    approve(pair, editor)
    schedule(pair.translation, at=None, user=editor)
    actions.publish(pair.translation, user=editor)
    assert not Following.objects.exists()


def test_publishing_both_ends_the_wait(
    pair: SimpleNamespace, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    approve(pair, editor)
    schedule(pair.translation, at=None, user=editor)
    with django_capture_on_commit_callbacks(execute=True):
        list_actions.publish_both(pair.translation, user=editor)
    assert target_of(pair).live
    assert not Following.objects.exists()
    assert not entries(target_of(pair), HELD)


def test_nothing_is_followed_that_is_live_already(pair: SimpleNamespace, editor: User) -> None:
    ArticlePage.objects.get(pk=pair.source.pk).get_latest_revision().publish()
    with pytest.raises(Declined, match="live already"):
        schedule(pair.translation, at=None, user=editor)
    assert not Following.objects.exists()


def test_publication_that_nobody_follows_asks_one_query(
    article: ArticlePage, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        schedule_signals._after_publication(instance=article, signal=published)


# At a time of its own


def test_translation_goes_live_at_its_own_time(pair: SimpleNamespace, editor: User) -> None:
    approve(pair, editor)
    at = timezone.now() + HOUR
    schedule(pair.translation, at=at, user=editor)
    assert target_of(pair).status_string == "scheduled"
    assert planned_for(pair.translation, target_of(pair)).at == at  # type: ignore[union-attr]
    call_command("publish_scheduled", verbosity=0)
    assert not target_of(pair).live
    pass_time(target_of(pair))
    call_command("publish_scheduled", verbosity=0)
    assert target_of(pair).live
    assert row_of(pair.source).state == "published"
    assert planned_for(pair.translation, target_of(pair)) is None


def test_text_approved_later_goes_live_at_the_time_that_was_set(
    pair: SimpleNamespace, paper: SimpleNamespace, editor: User
) -> None:
    approve(pair, editor)
    schedule(pair.translation, at=timezone.now() + HOUR, user=editor)
    segment = next(one for one in localize.segments(pair.translation) if one.path == "title")
    # Wagtail locks what is scheduled; the desk goes on.
    save_text(
        pair.translation,
        segment.pk,
        another_title(pair),
        version=version_of(segment),
        user=editor,
    )
    approve(pair, editor)
    pass_time(target_of(pair))
    call_command("publish_scheduled", verbosity=0)
    assert target_of(pair).title == another_title(pair)
    assert row_of(pair.source).state == "published"


def test_translation_is_held_at_its_time_until_it_is_approved(
    pair: SimpleNamespace, editor: User
) -> None:
    schedule(pair.translation, at=timezone.now() + HOUR, user=editor)
    pass_time(target_of(pair))
    for _run in range(2):
        call_command("publish_scheduled", verbosity=0)
    assert not target_of(pair).live
    planned = planned_for(pair.translation, target_of(pair))
    assert planned is not None
    assert planned.is_held
    assert entries(target_of(pair), "wagtail_newsroom.decline_publication") == 1
    approve(pair, editor)
    call_command("publish_scheduled", verbosity=0)
    assert target_of(pair).live


def test_live_translation_stays_as_it_is_until_its_update_is_due(
    pair: SimpleNamespace, editor: User
) -> None:
    approve(pair, editor)
    actions.publish(pair.translation, user=editor)
    before = target_of(pair).title
    segment = next(one for one in localize.segments(pair.translation) if one.path == "title")
    localize.store_person_text(
        segment, another_title(pair), locale=pair.translation.target_locale, user=editor
    )
    approve(pair, editor)
    schedule(pair.translation, at=timezone.now() + HOUR, user=editor)
    assert target_of(pair).live
    assert target_of(pair).title == before
    pass_time(target_of(pair))
    call_command("publish_scheduled", verbosity=0)
    assert target_of(pair).title == another_title(pair)


def test_texts_that_readers_have_are_not_scheduled(pair: SimpleNamespace, editor: User) -> None:
    approve(pair, editor)
    actions.publish(pair.translation, user=editor)
    with pytest.raises(Declined, match="have these texts already"):
        schedule(pair.translation, at=timezone.now() + HOUR, user=editor)


def test_translation_that_fails_unexpectedly_is_held_and_told(
    pair: SimpleNamespace,
    editor: User,
    django_capture_on_commit_callbacks: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    approve(pair, editor)
    schedule(pair.translation, at=None, user=editor)
    target = target_of(pair)

    def fail(instance: Any, **kwargs: Any) -> None:
        if instance.pk == target.pk:
            raise RuntimeError(target.title)

    page_published.connect(fail)
    try:
        go_live(pair, django_capture_on_commit_callbacks)
    finally:
        page_published.disconnect(fail)
    assert ArticlePage.objects.get(pk=pair.source.pk).live
    assert not target_of(pair).live
    assert entries(target, HELD) == 1
    assert target.title not in caplog.text


def test_publish_means_now_also_where_a_time_was_set_or_copied(
    pair: SimpleNamespace, editor: User
) -> None:
    approve(pair, editor)
    schedule(pair.translation, at=timezone.now() + HOUR, user=editor)
    assert actions.publish(pair.translation, user=editor).live
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()


def test_last_word_on_the_time_counts(pair: SimpleNamespace, editor: User) -> None:
    approve(pair, editor)
    schedule(pair.translation, at=timezone.now() + HOUR, user=editor)
    schedule(pair.translation, at=timezone.now() + 2 * HOUR, user=editor)
    schedule(pair.translation, at=None, user=editor)
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()
    assert target_of(pair).go_live_at is None
    schedule(pair.translation, at=timezone.now() + HOUR, user=editor)
    assert not Following.objects.exists()
    assert Revision.objects.exclude(approved_go_live_at=None).count() == 1


def test_schedule_is_taken_back(
    pair: SimpleNamespace, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    approve(pair, editor)
    with pytest.raises(Declined, match="not scheduled"):
        unschedule(pair.translation, user=editor)
    schedule(pair.translation, at=None, user=editor)
    unschedule(pair.translation, user=editor)
    assert entries(target_of(pair), UNSCHEDULED) == 1
    go_live(pair, django_capture_on_commit_callbacks)
    schedule(pair.translation, at=timezone.now() + HOUR, user=editor)
    unschedule(pair.translation, user=editor)
    assert entries(target_of(pair), "wagtail.schedule.cancel") == 1
    call_command("publish_scheduled", verbosity=0)
    assert not target_of(pair).live
    assert target_of(pair).go_live_at is None


@pytest.mark.parametrize("away", [-HOUR, FARTHEST + HOUR])
def test_time_that_cannot_be_meant_is_declined(
    away: timedelta, pair: SimpleNamespace, editor: User
) -> None:
    with pytest.raises(Declined):
        schedule(pair.translation, at=timezone.now() + away, user=editor)
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()


def test_snippet_with_drafts_is_scheduled_like_a_page(
    venue: Venue,
    paper: SimpleNamespace,
    chief: User,
    run_jobs: Callable[[], None],
    django_capture_on_commit_callbacks: Any,
) -> None:
    venue.unpublish()
    actions.request_translation(venue, paper.persian, user=chief)
    run_jobs()
    translation = localize.translations_of(venue).get()
    actions.approve(translation, user=chief)
    schedule(translation, at=timezone.now() + HOUR, user=chief)
    pass_time(localize.target_of(translation))
    call_command("publish_scheduled", verbosity=0)
    assert localize.target_of(translation).live
    localize.target_of(translation).unpublish()
    schedule(translation, at=None, user=chief)
    with django_capture_on_commit_callbacks(execute=True):
        Venue.objects.get(pk=venue.pk).get_latest_revision().publish()
    assert localize.target_of(translation).live


def test_snippet_without_drafts_is_declined(
    notice: Notice, paper: SimpleNamespace, chief: User, run_jobs: Callable[[], None]
) -> None:
    actions.request_translation(notice, paper.persian, user=chief)
    run_jobs()
    translation = localize.translations_of(notice).get()
    for at in (None, timezone.now() + HOUR):
        with pytest.raises(Declined, match="keeps no drafts"):
            schedule(translation, at=at, user=chief)


# Permission and pages


def test_without_the_right_to_publish_nothing_is_scheduled(
    pair: SimpleNamespace, editor: User, translator: User, outsider: User
) -> None:
    client = Client()
    url = reverse("wagtail_newsroom_schedule", args=[pair.translation.pk])
    for user in (translator, outsider):
        for at in (None, timezone.now() + HOUR):
            with pytest.raises(NotAllowed):
                schedule(pair.translation, at=at, user=user)
        client.force_login(user)
        assert client.get(url).status_code in (302, 403)
        assert client.post(url, {"when": "follow"}).status_code in (302, 403)
    assert not Following.objects.exists()
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()
    schedule(pair.translation, at=None, user=editor)
    with pytest.raises(NotAllowed):
        unschedule(pair.translation, user=outsider)
    client.post(url, {"action": "unschedule"})
    assert Following.objects.count() == 1


def test_time_is_read_in_the_time_zone_of_the_editor(pair: SimpleNamespace, editor: User) -> None:
    profile = UserProfile.get_for_user(editor)
    profile.current_time_zone = "Asia/Tehran"
    profile.save()
    client = Client()
    client.force_login(editor)
    url = reverse("wagtail_newsroom_schedule", args=[pair.translation.pk])
    page = client.get(url).content.decode()
    assert "time zone: Asia/Tehran" in page
    assert 'type="datetime-local"' in page
    day = (timezone.now() + timedelta(days=30)).date().isoformat()
    response = client.post(url, {"when": "at", "at": f"{day}T12:00"}, follow=True)
    assert "The translation is scheduled." in response.content.decode()
    at = planned_for(pair.translation, target_of(pair)).at  # type: ignore[union-attr]
    assert at is not None
    assert at.isoformat() == f"{day}T08:30:00+00:00"
    page = client.get(url).content.decode()
    assert f'value="{day}T12:00"' in page
    assert "Unschedule" in page
    client.post(url, {"action": "unschedule"})
    assert planned_for(pair.translation, target_of(pair)) is None


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"when": "x"},
        {"when": "at"},
        {"when": "at", "at": "²"},
        {"when": "at", "at": "0001-01-01T00:00"},
        {"when": "at", "at": "9999-12-31T23:59"},
        {"when": "at", "at": "2026-02-31T10:00"},
    ],
)
def test_hostile_time_is_told(data: dict[str, str], pair: SimpleNamespace, editor: User) -> None:
    client = Client()
    client.force_login(editor)
    url = reverse("wagtail_newsroom_schedule", args=[pair.translation.pk])
    response = client.post(url, data)
    assert response.status_code == 200
    assert response.context["form"].errors or list(response.context["messages"])
    assert planned_for(pair.translation, target_of(pair)) is None


def test_schedule_of_no_translation_is_not_found(editor: User, client: Client) -> None:
    client.force_login(editor)
    url = reverse("wagtail_newsroom_schedule", args=[99999])
    assert client.get(url, follow=True).status_code == 404


def test_review_tells_the_plan(pair: SimpleNamespace, editor: User) -> None:
    client = Client()
    client.force_login(editor)
    review = client.get(reverse("wagtail_newsroom_review", args=[pair.translation.pk]))
    assert reverse("wagtail_newsroom_schedule", args=[pair.translation.pk]) in (
        review.content.decode()
    )
    schedule(pair.translation, at=None, user=editor)
    beside = client.get(reverse("wagtail_newsroom_beside", args=[pair.translation.pk]))
    assert "goes live when the original does" in beside.content.decode()


def test_many_are_scheduled_unscheduled_and_unpublished(
    pair: SimpleNamespace, editor: User, client: Client
) -> None:
    client.force_login(editor)
    query = f"id={row_of(pair.source).pk}"
    assert told(ask(client, "newsroom_schedule", query, when="follow")) == [(True, "Scheduled.")]
    assert Following.objects.count() == 1
    assert told(ask(client, "newsroom_unschedule", query))[0][0]
    assert told(ask(client, "newsroom_unschedule", query)) == [
        (False, "The translation is not scheduled.")
    ]
    assert told(ask(client, "newsroom_unpublish", query)) == [
        (False, "This piece is not published.")
    ]
    approve(pair, editor)
    actions.publish(pair.translation, user=editor)
    source = ArticlePage.objects.get(pk=pair.source.pk)
    source.get_latest_revision().publish()
    assert told(ask(client, "newsroom_unpublish", f"id={row_of(pair.source).pk}")) == [
        (True, "Unpublished.")
    ]
    assert not target_of(pair).live
    assert ArticlePage.objects.get(pk=source.pk).live


def test_a_wrong_time_asks_again(pair: SimpleNamespace, editor: User, client: Client) -> None:
    client.force_login(editor)
    response = ask(
        client, "newsroom_schedule", f"id={row_of(pair.source).pk}", when="at", at="yesterday"
    )
    assert "Enter a valid date/time." in response.content.decode()
    assert planned_for(pair.translation, target_of(pair)) is None


def test_many_are_withdrawn_with_their_notice(
    pair: SimpleNamespace, editor: User, client: Client
) -> None:
    approve(pair, editor)
    client.force_login(editor)
    list_actions.publish_both(pair.translation, user=editor)
    query = f"id={row_of(pair.source).pk}"
    ((is_done, words),) = told(ask(client, "newsroom_withdraw", query))
    assert not is_done
    assert "Say to readers why" in words
    assert not ArticlePage.objects.get(pk=pair.source.pk).is_withdrawn
    notice = {"notice_en": "It was wrong.", "notice_fa": "نادرست بود."}
    assert told(ask(client, "newsroom_withdraw", query, **notice)) == [
        (True, "Withdrawn in all languages.")
    ]
    assert ArticlePage.objects.get(pk=pair.source.pk).is_withdrawn
    assert target_of(pair).is_withdrawn
    assert target_of(pair).withdrawal_notice in notice.values()


def test_publishing_both_that_fails_midway_publishes_neither_and_tells(
    pair: SimpleNamespace, editor: User, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    approve(pair, editor)
    client.force_login(editor)
    target = target_of(pair)

    def fail(instance: Any, **kwargs: Any) -> None:
        if instance.pk == target.pk:
            raise RuntimeError(target.title)

    page_published.connect(fail)
    try:
        query = f"id={row_of(pair.source).pk}"
        assert told(ask(client, "newsroom_publish_both", query)) == [
            (False, "Something unexpected went wrong; nothing was changed.")
        ]
    finally:
        page_published.disconnect(fail)
    assert not ArticlePage.objects.get(pk=pair.source.pk).live
    assert not target_of(pair).live
    assert target.title not in caplog.text
    assert told(ask(client, "newsroom_publish_both", query)) == [(True, "Both are published.")]


@pytest.mark.parametrize("side", ["source", "target"])
def test_publishing_both_is_declined_where_one_is_locked(
    side: str, pair: SimpleNamespace, editor: User
) -> None:
    approve(pair, editor)
    locked = pair.source if side == "source" else target_of(pair)
    Page.objects.filter(pk=locked.pk).update(locked=True)
    with pytest.raises(Declined, match="locked"):
        list_actions.publish_both(pair.translation, user=editor)
    assert not ArticlePage.objects.get(pk=pair.source.pk).live
    assert not target_of(pair).live


def test_publishing_both_does_not_wait_for_the_translation_s_own_time(
    pair: SimpleNamespace, editor: User
) -> None:
    approve(pair, editor)
    schedule(pair.translation, at=timezone.now() + HOUR, user=editor)
    list_actions.publish_both(pair.translation, user=editor)
    assert target_of(pair).live
    assert ArticlePage.objects.get(pk=pair.source.pk).live
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()


def test_snippets_are_published_both_or_neither(
    venue: Venue, paper: SimpleNamespace, chief: User, run_jobs: Callable[[], None]
) -> None:
    venue.unpublish()
    actions.request_translation(venue, paper.persian, user=chief)
    run_jobs()
    translation = localize.translations_of(venue).get()
    with pytest.raises(Declined, match="waiting for approval"):
        list_actions.publish_both(translation, user=chief)
    assert not Venue.objects.filter(live=True).exists()
    actions.approve(translation, user=chief)
    list_actions.publish_both(translation, user=chief)
    assert Venue.objects.filter(live=True).count() == 2


def test_schedule_page_asks_the_same_queries_for_any_size(
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
    client: Client,
) -> None:
    client.force_login(editor)
    counts = []
    for size in (2, 20):
        piece = write(body=[("paragraph", f"<p>Part {n} of {size}.</p>") for n in range(size)])
        actions.request_translation(piece, paper.persian, user=editor)
        run_jobs()
        url = reverse("wagtail_newsroom_schedule", args=[localize.translations_of(piece).get().pk])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


# Taken away


def test_translation_that_was_unpublished_follows_no_more(
    pair: SimpleNamespace, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    approve(pair, editor)
    actions.publish(pair.translation, user=editor)
    schedule(pair.translation, at=None, user=editor)
    segment = next(one for one in localize.segments(pair.translation) if one.path == "title")
    save_text(
        pair.translation,
        segment.pk,
        another_title(pair),
        version=version_of(segment),
        user=editor,
    )
    go_live(pair, django_capture_on_commit_callbacks)
    assert Following.objects.get().held_at is not None
    # As any route does: the desk, Wagtail's own page, in bulk, or when it expires.
    target_of(pair).unpublish(user=editor)
    assert not Following.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        approve(pair, editor)
    assert not target_of(pair).live


def test_unpublished_original_keeps_what_follows_it(pair: SimpleNamespace, editor: User) -> None:
    schedule(pair.translation, at=None, user=editor)
    source = ArticlePage.objects.get(pk=pair.source.pk)
    source.save_revision().publish()
    Following.objects.get_or_create(translation=pair.translation)
    ArticlePage.objects.get(pk=pair.source.pk).unpublish(user=editor)
    assert Following.objects.get().translation_id == pair.translation.pk
