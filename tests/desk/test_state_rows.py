"""The rows of the list: kept as things happen, equal to what pages show and to a rebuild."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction

from tests.conftest import grow
from tests.testapp.models import Notice
from wagtail_newsroom.desk import actions, jobs, list_actions, localize, memory, mending, state_rows
from wagtail_newsroom.desk.drafts import build_draft
from wagtail_newsroom.desk.states import State, standings
from wagtail_newsroom.models import (
    Approval,
    ArticlePage,
    Assignment,
    FrontPage,
    MemoryEntry,
    NewsIndexPage,
    PieceState,
    ReviewRecord,
    TranslationJob,
)

FIELDS = [field.attname for field in PieceState._meta.concrete_fields if field.attname != "id"]


def rows() -> list[dict[str, Any]]:
    """Return all rows without their own keys."""
    return list(PieceState.objects.order_by("translation_key", "locale").values(*FIELDS))


def row_of(page: Any) -> PieceState:
    """Return the one row of a piece."""
    return PieceState.objects.get(translation_key=page.translation_key)


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    """Ends a transaction, so that rows are derived."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def persian(page: Any, paper: SimpleNamespace) -> Any:
    return page.get_translation(paper.persian)


def translation_of(page: Any) -> Any:
    return localize.translations_of(page).get()


def test_a_new_article_is_missing_in_the_other_language(
    paper: SimpleNamespace, write: Any, commit: Any
) -> None:
    with commit():
        article = write(title="A dam <b>bursts</b>")
    row = row_of(article)
    assert (row.locale, row.source_locale) == (paper.persian, paper.english)
    assert row.state == State.MISSING
    assert row.source_title == "A dam <b>bursts</b>"
    assert row.section == Page.objects.get(pk=paper.news.pk)
    assert (row.source_page_id, row.target_page_id) == (article.pk, None)
    assert row.characters is None
    assert row.since == article.first_published_at


def test_a_row_follows_a_piece_from_request_to_change(
    paper: SimpleNamespace, article: ArticlePage, editor: User, commit: Any
) -> None:
    with commit():
        job = actions.request_translation(article, paper.persian, user=editor)
    assert row_of(article).state == State.QUEUED
    TranslationJob.objects.update(status="queued")
    with commit():
        jobs.run(job.pk)
    row = row_of(article)
    assert row.state == State.DRAFT
    assert (row.missing, row.machine_percent) == (0, 100)
    assert row.characters
    assert row.job == job
    assert row.target_page_id
    assert row.since == TranslationJob.objects.get().finished_at
    translation = translation_of(article)
    segment = localize.segments(translation)[0]
    with commit():
        localize.store_person_text(segment, "متن تازه", locale=paper.persian, user=editor)
    row = row_of(article)
    assert row.state == State.IN_REVIEW
    assert row.machine_percent is not None
    assert row.machine_percent < 100
    with commit():
        for each in localize.segments(translation):
            localize.store_person_text(each, each.source, locale=paper.persian, user=editor)
    assert row_of(article).errors > 0


@pytest.fixture
def drafted(
    paper: SimpleNamespace, article: ArticlePage, editor: User, run_jobs: Any, commit: Any
) -> ArticlePage:
    """An article with a machine draft."""
    with commit():
        actions.request_translation(article, paper.persian, user=editor)
        run_jobs()
    return article


@pytest.fixture
def published(drafted: ArticlePage, editor: User, commit: Any) -> ArticlePage:
    """An article that is published in both languages."""
    with commit():
        actions.approve(translation_of(drafted), user=editor)
    assert row_of(drafted).state == State.APPROVED
    with commit():
        actions.publish(translation_of(drafted), user=editor)
    assert row_of(drafted).state == State.PUBLISHED
    return ArticlePage.objects.get(pk=drafted.pk)


def test_a_changed_original_is_outdated_until_it_is_waived(
    published: ArticlePage, editor: User, commit: Any
) -> None:
    published.title = "Another title"
    with commit():
        published.save_revision().publish()
    row = row_of(published)
    assert row.state == State.OUTDATED
    assert row.source_title == "Another title"
    published.refresh_from_db()
    with commit():
        list_actions.waive(translation_of(published), user=editor)
    assert row_of(published).state == State.PUBLISHED
    published.title = "Yet another title"
    with commit():
        published.save_revision().publish()
    assert row_of(published).state == State.OUTDATED


def test_what_the_memory_knew_is_no_machines_text(
    paper: SimpleNamespace, article: ArticlePage, editor: User, run_jobs: Any, commit: Any
) -> None:
    memory.remember(
        [(article.title, "رود بالا می‌آید")],
        source_language="en",
        target_language="fa",
        origin=MemoryEntry.Origin.IMPORTED,
        user=None,
    )
    with commit():
        actions.request_translation(article, paper.persian, user=editor)
        run_jobs()
    row = row_of(article)
    assert row.title == "رود بالا می‌آید"
    assert row.characters - row.machine_characters == len(article.title)


def test_a_job_that_has_nothing_new_leaves_no_draft(
    paper: SimpleNamespace, published: ArticlePage, editor: User, run_jobs: Any, commit: Any
) -> None:
    live = published.get_translation(paper.persian).live_revision_id
    with commit():
        actions.request_translation(published, paper.persian, user=editor)
        run_jobs()
    page = published.get_translation(paper.persian)
    assert (page.latest_revision_id, page.has_unpublished_changes) == (live, False)
    assert row_of(published).state == State.PUBLISHED
    # One that somebody wrote meanwhile is made over, as the desk's texts are.
    page.title = "چیزی دیگر"
    page.save_revision()
    with commit():
        actions.request_translation(published, paper.persian, user=editor)
        run_jobs()
    page.refresh_from_db()
    assert page.latest_revision_id not in (live, None)
    assert page.get_latest_revision_as_object().title != "چیزی دیگر"


def test_a_draft_built_anew_with_approved_texts_is_published_as_approved(
    paper: SimpleNamespace, published: ArticlePage, editor: User, commit: Any
) -> None:
    with commit():
        build_draft(translation_of(published), user=editor)
    assert row_of(published).state == State.APPROVED
    with commit():
        page = actions.publish(translation_of(published), user=editor)
    assert row_of(published).state == State.PUBLISHED
    approval = Approval.objects.get()
    assert approval.revision_id == page.live_revision_id
    told = ReviewRecord.objects.filter(action=ReviewRecord.Action.PUBLISHED)
    assert {entry.digest for entry in told} == {approval.digest}
    # By another route than the desk's.
    with commit():
        page.get_latest_revision().as_object().save_revision(user=editor).publish(user=editor)
    assert row_of(published).state == State.PUBLISHED


def test_a_change_without_words_waits_for_publication_once_it_was_taken_over(
    paper: SimpleNamespace, published: ArticlePage, editor: User, run_jobs: Any, commit: Any
) -> None:
    # An address takes a place of its own among the texts.
    published.lead_video_url = "https://films.example.org/1"
    with commit():
        published.save_revision().publish()
    assert row_of(published).state == State.OUTDATED
    published.refresh_from_db()
    with commit():
        actions.request_translation(published, paper.persian, user=editor)
        run_jobs()
    # Readers of Persian do not have it yet.
    assert published.get_translation(paper.persian).lead_video_url == ""
    assert row_of(published).state == State.APPROVED
    assert standings(published)[0].state == State.APPROVED
    with commit():
        page = actions.publish(translation_of(published), user=editor)
    assert page.lead_video_url == published.lead_video_url
    assert row_of(published).state == State.PUBLISHED


def test_an_older_draft_that_went_live_again_is_not_the_approved_one(
    paper: SimpleNamespace, published: ArticlePage, editor: User, commit: Any
) -> None:
    translation = translation_of(published)
    older = published.get_translation(paper.persian).live_revision
    segment = localize.segments(translation)[0]
    with commit():
        localize.store_person_text(segment, "متن تازه", locale=paper.persian, user=editor)
        approval = actions.approve(translation_of(published), user=editor)
        actions.publish(translation_of(published), user=editor)
    assert row_of(published).state == State.PUBLISHED
    with commit():
        older.publish(user=editor)
    assert row_of(published).state == State.APPROVED
    revision = approval.revision_id
    approval.refresh_from_db()
    assert approval.revision_id == revision


def test_unpublished_moved_and_deleted_pieces(
    paper: SimpleNamespace, published: ArticlePage, commit: Any
) -> None:
    other = grow(paper.home, NewsIndexPage(title="Other", slug="other", locale=paper.english))
    with commit():
        published.move(other, "last-child")
    assert row_of(published).section_id == other.pk
    with commit():
        persian(published, paper).unpublish()
    row = row_of(published)
    assert (row.state, row.is_live) == (State.APPROVED, False)
    with commit():
        persian(published, paper).delete()
    assert row_of(published).target_page_id is None
    with commit():
        ArticlePage.objects.get(pk=published.pk).delete()
    assert not PieceState.objects.filter(translation_key=published.translation_key).exists()


def test_what_no_engine_may_see_is_withheld(
    paper: SimpleNamespace,
    article: ArticlePage,
    editor: User,
    run_jobs: Any,
    commit: Any,
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = ["google"]
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    with commit():
        actions.request_translation(article, paper.persian, user=editor)
        run_jobs()
    assert row_of(article).state == State.WITHHELD
    assert [each.state for each in standings(article)] == [State.WITHHELD]


def test_who_has_it_and_what_is_dismissed(
    paper: SimpleNamespace, drafted: ArticlePage, editor: User, commit: Any
) -> None:
    with commit():
        Assignment.objects.create(
            object_id=drafted.translation_key, locale=paper.persian, user=editor
        )
    assert row_of(drafted).assigned_to == editor
    translation = translation_of(drafted)
    segment = localize.segments(translation)[0]
    with commit():
        localize.store_person_text(segment, segment.source, locale=paper.persian, user=editor)
    before = row_of(drafted)
    with commit():
        for check in ("unchanged", "wrong-script"):
            mending.dismiss(translation, segment.pk, check_id=check, user=editor)
    after = row_of(drafted)
    assert before.errors + before.warnings > after.errors + after.warnings


def test_pages_without_the_gate_and_front_pages_and_aliases_are_not_listed(
    paper: SimpleNamespace, article: ArticlePage, commit: Any
) -> None:
    with commit():
        grow(paper.home, Page(title="Plain", slug="plain", locale=paper.english))
        grow(paper.home, FrontPage(title="Front", slug="front", locale=paper.english))
        alias = article.create_alias(parent=paper.home, update_slug="mirror")
        article.save()
    titles = PieceState.objects.values_list("source_title", flat=True)
    assert article.title in titles
    assert "Plain" not in titles
    assert "Front" not in titles
    assert not PieceState.objects.filter(source_page=alias.pk).exists()


def test_snippets_have_rows(paper: SimpleNamespace, commit: Any) -> None:
    with commit():
        notice = Notice.objects.create(text="پل بسته است", locale=paper.persian)
    row = row_of(notice)
    assert (row.locale, row.source_locale) == (paper.english, paper.persian)
    assert (row.source_page_id, row.source_id, row.state) == (None, str(notice.pk), "missing")
    assert row.source == notice
    with commit():
        notice.delete()
    assert not PieceState.objects.filter(translation_key=notice.translation_key).exists()


def save_and_fail(article: ArticlePage) -> None:
    """Save in a transaction that is rolled back."""
    with transaction.atomic():
        article.save()
        raise ZeroDivisionError


def test_one_request_derives_a_piece_once(
    paper: SimpleNamespace, article: ArticlePage, monkeypatch: Any, commit: Any
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(state_rows, "refresh", asked.append)
    with commit():
        for _ in range(3):
            article.save_revision().publish()
            with transaction.atomic():
                article.save()
        with pytest.raises(ZeroDivisionError):
            save_and_fail(article)
        article.save()
    assert len(asked) == 1
    assert article.translation_key in asked[0]


def test_a_rolled_back_change_leaves_no_trace(
    article: ArticlePage, monkeypatch: Any, commit: Any
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(state_rows, "refresh", asked.append)
    with commit(), pytest.raises(ZeroDivisionError):
        save_and_fail(article)
    assert asked == []


def test_many_pieces_take_as_many_queries_as_few(
    paper: SimpleNamespace, write: Any, editor: User, run_jobs: Any
) -> None:
    articles = [write(title=f"Piece {number}") for number in range(8)]
    for article in articles:
        actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    counts = []
    for some in (articles[:2], articles):
        PieceState.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            state_rows.refresh({article.translation_key for article in some})
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 18
    # Nothing changed: nothing is written.
    with CaptureQueriesContext(connection) as queries:
        state_rows.refresh({article.translation_key for article in articles})
    assert not any(query["sql"].startswith(("INSERT", "UPDATE", "DELETE")) for query in queries)


def test_a_piece_that_is_saved_costs_little(article: ArticlePage) -> None:
    state_rows.refresh({article.translation_key})
    with CaptureQueriesContext(connection) as queries:
        state_rows.refresh({article.translation_key})
    assert len(queries) <= 9


def test_the_command_makes_all_rows_and_removes_those_of_what_is_gone(
    paper: SimpleNamespace, drafted: ArticlePage, capsys: Any
) -> None:
    Notice.objects.create(text="The bridge is closed.", locale=paper.english)
    call_command("newsroom_rebuild_states")
    expected = rows()
    assert len(expected) == 4  # home, news, the article, the notice
    PieceState.objects.filter(source_page=drafted.pk).update(state="failed", title="Old")
    Page.objects.filter(pk=paper.news.pk).update(title="News")
    stale = PieceState.objects.get(source_page=None)
    stale.pk, stale.translation_key = None, "00000000-0000-4000-8000-000000000000"
    stale.save()
    call_command("newsroom_rebuild_states")
    assert rows() == expected
    assert "4 pieces" in capsys.readouterr().out


STEPS = [
    "request",
    "run",
    "write",
    "approve",
    "publish",
    "change",
    "repeat",
    "unpublish",
    "waive",
    "delete",
]


def take(step: str, article: ArticlePage, paper: SimpleNamespace) -> None:
    """Do one thing to the article, if it can be done now."""
    article = ArticlePage.objects.get(pk=article.pk)
    translation = localize.translations_of(article).first()
    target = article.get_translation_or_none(paper.persian)
    match step:
        case "request":
            actions.request_translation(article, paper.persian, user=None)
        case "run":
            for pk in TranslationJob.objects.filter(status="queued").values_list("pk", flat=True):
                jobs.run(pk)
        case "change":
            article.title += "."
            article.save_revision().publish()
        case "repeat":
            article.save_revision().publish()
        case "write" if translation is not None:
            segment = localize.segments(translation)[0]
            localize.store_person_text(segment, "متن", locale=paper.persian, user=None)
        case "approve" if target is not None and translation is not None:
            actions.approve(translation, user=None)
        case "publish" if target is not None and translation is not None:
            actions.publish(translation, user=None)
        case "waive" if translation is not None:
            list_actions.waive(translation, user=None)
        case "unpublish" if target is not None:
            target.unpublish()
        case "delete" if target is not None:
            target.delete()


@given(steps=st.lists(st.sampled_from(STEPS), max_size=9))
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_history_leaves_the_rows_equal_to_a_rebuild(
    steps: list[str],
    paper: SimpleNamespace,
    article: ArticlePage,
    commit: Any,
) -> None:
    from wagtail_newsroom.exceptions import Declined

    with transaction.atomic():
        state_rows.refresh({article.translation_key})
        for step in steps:
            with commit():
                try:
                    with transaction.atomic():
                        take(step, article, paper)
                except Declined:
                    pass
            (standing,) = standings(ArticlePage.objects.get(pk=article.pk))
            assert row_of(article).state == standing.state, step
        kept_rows = rows()
        PieceState.objects.all().delete()
        state_rows.rebuild()
        of_article = [row for row in rows() if row["translation_key"] == article.translation_key]
        assert of_article == [
            row for row in kept_rows if row["translation_key"] == article.translation_key
        ]
        # The next history begins where this one did.
        transaction.set_rollback(True)
