"""Requesting, approving and publishing: permission first, one job at a time, nothing live early."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from tests.testapp.models import ElsewherePage
from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.desk.work import is_embargoed
from wagtail_newsroom.exceptions import Declined, NotAllowed
from wagtail_newsroom.models import (
    Approval,
    ArticlePage,
    MemoryEntry,
    NewsIndexPage,
    TranslationJob,
)


def test_request_makes_a_draft_and_one_queued_job(
    article: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    job = actions.request_translation(article, paper.persian, user=editor)
    target = article.get_translation(paper.persian)
    assert (job.status, job.requested_by) == ("queued", editor)
    assert (target.live, target.slug) == (False, article.slug)
    assert target.get_parent().pk == paper.news_fa.pk


def test_asking_twice_gives_the_same_job(
    article: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    first = actions.request_translation(article, paper.persian, user=editor)
    assert actions.request_translation(article, paper.persian, user=editor) == first
    assert TranslationJob.objects.count() == 1


def test_request_wakes_a_worker_when_the_transaction_ends(
    article: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    from django_tasks_db.models import DBTaskResult

    calls = DBTaskResult.objects.filter(task_path="wagtail_newsroom.tasks.run_translation_job")
    with django_capture_on_commit_callbacks(execute=True):
        job = actions.request_translation(article, paper.persian, user=editor)
        assert not calls.exists()
    job.refresh_from_db()
    assert [str(call.id) for call in calls] == [job.task_id]


def test_translator_may_request_where_the_translation_will_be(
    article: ArticlePage, paper: SimpleNamespace, translator: User
) -> None:
    assert actions.request_translation(article, paper.persian, user=translator).pk


def test_user_without_page_permission_changes_nothing(
    article: ArticlePage, paper: SimpleNamespace, outsider: User
) -> None:
    pages = Page.objects.count()
    with pytest.raises(NotAllowed):
        actions.request_translation(article, paper.persian, user=outsider)
    assert Page.objects.count() == pages
    assert not TranslationJob.objects.exists()
    assert not localize.translations_of(article).exists()


def test_missing_section_becomes_a_draft_too(
    paper: SimpleNamespace, editor: User, write: Callable[..., ArticlePage]
) -> None:
    sport = NewsIndexPage(title="Sport", slug="sport", locale=paper.english)
    paper.news.add_child(instance=sport)
    piece = write("A late goal", parent=sport)
    actions.request_translation(piece, paper.persian, user=editor)
    section = sport.get_translation(paper.persian)
    assert not section.live
    assert piece.get_translation(paper.persian).get_parent().pk == section.pk
    assert TranslationJob.objects.count() == 2


def test_target_of_a_translation_is_no_source(
    article: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    actions.request_translation(article, paper.persian, user=editor)
    target = article.get_translation(paper.persian)
    with pytest.raises(Declined, match="translated from English"):
        actions.request_translation(target, paper.english, user=editor)


def test_same_language_is_declined(
    article: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    with pytest.raises(Declined, match="already"):
        actions.request_translation(article, paper.english, user=editor)


def test_locked_target_is_declined(
    article: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    actions.request_translation(article, paper.persian, user=editor)
    TranslationJob.objects.all().delete()
    Page.objects.filter(pk=article.get_translation(paper.persian).pk).update(locked=True)
    with pytest.raises(Declined, match="locked"):
        actions.request_translation(article, paper.persian, user=editor)


def test_piece_that_starts_in_persian_is_translated_into_english(
    paper: SimpleNamespace,
    editor: User,
    write: Callable[..., ArticlePage],
    run_jobs: Callable[[], None],
) -> None:
    piece = write("رود بالا آمد", parent=paper.news_fa, locale=paper.persian, slug="rud")
    actions.request_translation(piece, paper.english, user=editor)
    run_jobs()
    target = piece.get_translation(paper.english)
    assert (target.live, target.slug) == (False, "rud")
    assert TranslationJob.objects.get().status == "done"


def test_approval_remembers_every_segment(draft: Any, editor: User) -> None:
    approval = actions.approve(draft, user=editor)
    remembered = set(MemoryEntry.objects.values_list("source_text", "target_text", "origin"))
    assert remembered == {
        (segment.source, segment.text, "approved") for segment in localize.segments(draft)
    }
    assert (approval.approved_by, approval.source_updated_at) == (
        editor,
        draft.source.last_updated_at,
    )


def test_translator_may_not_approve(draft: Any, translator: User) -> None:
    with pytest.raises(NotAllowed):
        actions.approve(draft, user=translator)
    assert not Approval.objects.exists()
    assert not MemoryEntry.objects.exists()


def test_translator_may_not_publish_even_approved_text(
    draft: Any, editor: User, translator: User
) -> None:
    actions.approve(draft, user=editor)
    with pytest.raises(NotAllowed):
        actions.publish(draft, user=translator)
    assert not localize.target_of(draft).live


def test_unapproved_draft_is_not_published(draft: Any, editor: User) -> None:
    with pytest.raises(Declined, match="6 passages are waiting for approval"):
        actions.publish(draft, user=editor)
    assert not localize.target_of(draft).live


def test_approval_of_texts_that_changed_meanwhile_is_declined(draft: Any, editor: User) -> None:
    with pytest.raises(Declined, match="changed since"):
        actions.approve(draft, user=editor, seen="0" * 64)
    assert not Approval.objects.exists()


def test_incomplete_translation_cannot_be_approved(
    article: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    actions.request_translation(article, paper.persian, user=editor)
    TranslationJob.objects.update(status="failed")
    with pytest.raises(Declined, match="6 passages have no translation"):
        actions.approve(localize.translations_of(article).get(), user=editor)


def test_nothing_is_approved_or_published_while_the_machine_works(
    article: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    actions.request_translation(article, paper.persian, user=editor)
    translation = localize.translations_of(article).get()
    for action in (actions.approve, actions.publish):
        with pytest.raises(Declined, match="still translating"):
            action(translation, user=editor)


def test_published_page_keeps_its_slug_and_reads_in_persian(draft: Any, editor: User) -> None:
    actions.approve(draft, user=editor)
    page = actions.publish(draft, user=editor)
    assert (page.live, page.slug) == (True, "piece-1")
    title = next(s for s in localize.segments(draft) if s.path == "title")
    assert page.title == title.text
    assert page.title != "The river rises"


def test_approved_text_serves_the_next_piece_without_an_engine(
    draft: Any,
    editor: User,
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    run_jobs: Callable[[], None],
    settings: Any,
) -> None:
    actions.approve(draft, user=editor)
    settings.WAGTAIL_NEWSROOM_ENGINES = []
    second = write(standfirst="Engineers watch the dam.")
    actions.request_translation(second, paper.persian, user=editor)
    run_jobs()
    job = TranslationJob.objects.first()
    assert (job.status, job.counts, job.total) == ("done", {"kept": 0, "memory": 6}, 6)


def test_section_in_draft_keeps_its_pieces_from_publication(
    paper: SimpleNamespace,
    editor: User,
    write: Callable[..., ArticlePage],
    run_jobs: Callable[[], None],
) -> None:
    sport = NewsIndexPage(title="Sport", slug="sport", locale=paper.english)
    paper.news.add_child(instance=sport)
    piece = write("A late goal", parent=sport)
    actions.request_translation(piece, paper.persian, user=editor)
    run_jobs()
    translation = localize.translations_of(piece).get()
    actions.approve(translation, user=editor)
    with pytest.raises(Declined, match="not published in this language"):
        actions.publish(translation, user=editor)


def test_private_piece_is_withheld_from_engines_that_are_not_private(
    article: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = ["google"]
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    job = TranslationJob.objects.get()
    assert job.status == "failed"
    assert {failure["reason"] for failure in job.failures} == {"withheld"}
    target = article.get_translation(paper.persian)
    assert target.get_view_restrictions().exists()


def test_piece_that_waits_for_its_time_is_withheld_from_engines_that_are_not_private(
    write: Callable[..., ArticlePage],
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = ["google"]
    piece = write(live=False, go_live_at=timezone.now() + timedelta(days=2))
    actions.request_translation(piece, paper.persian, user=editor)
    run_jobs()
    assert {f["reason"] for f in TranslationJob.objects.get().failures} == {"withheld"}


def test_page_without_the_gate_is_not_translated_at_the_desk(
    paper: SimpleNamespace, editor: User
) -> None:
    page = ElsewherePage(title="Elsewhere", slug="elsewhere", locale=paper.english)
    paper.home.add_child(instance=page)
    with pytest.raises(Declined, match="GatedPageMixin"):
        actions.request_translation(page, paper.persian, user=editor)
    assert not page.has_translation(paper.persian)


def test_target_of_another_source_is_declined(
    article: ArticlePage, paper: SimpleNamespace, editor: User, run_jobs: Callable[[], None]
) -> None:
    arabic = Locale.objects.create(language_code="ar")
    for section in (paper.home, paper.news):
        section.copy_for_translation(arabic)
    actions.request_translation(article, arabic, user=None)
    persian = article.copy_for_translation(paper.persian)
    with pytest.raises(Declined, match="translated from English; start there"):
        actions.request_translation(persian, arabic, user=None)


def test_embargoed_draft_of_a_live_page_is_withheld_from_public_engines(
    article: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = ["google"]
    article.embargoed_until = timezone.now() + timedelta(days=2)
    article.save_revision()
    job = actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    job.refresh_from_db()
    assert job.status == "failed"
    assert {failure["reason"] for failure in job.failures} == {"withheld"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, False),
        ({"embargoed_until": timedelta(hours=1)}, True),
        ({"embargoed_until": timedelta(hours=-1)}, False),
        ({"go_live_at": timedelta(hours=1)}, True),
    ],
)
@pytest.mark.parametrize("live", [True, False])
def test_the_latest_draft_says_whether_a_piece_is_embargoed(
    fields: dict[str, timedelta],
    expected: bool,
    live: bool,
    write: Callable[..., ArticlePage],
) -> None:
    piece = write(live=live)
    for name, time in fields.items():
        setattr(piece, name, timezone.now() + time)
    piece.save_revision()
    assert is_embargoed(ArticlePage.objects.get(pk=piece.pk)) is expected


def test_scheduled_piece_stays_embargoed_beside_a_newer_draft(
    write: Callable[..., ArticlePage],
) -> None:
    piece = write(live=False)
    piece.go_live_at = timezone.now() + timedelta(days=1)
    piece.save_revision().publish()
    newer = ArticlePage.objects.get(pk=piece.pk).get_latest_revision_as_object()
    newer.go_live_at = None
    newer.save_revision()
    assert is_embargoed(ArticlePage.objects.get(pk=piece.pk))
