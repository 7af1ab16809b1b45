"""A machine's draft that people took up is being checked, before they write a word of it."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from tests.testapp.models import Notice, Venue
from wagtail_newsroom.desk import actions, editing, localize, passages, state_rows
from wagtail_newsroom.desk.begun import has_begun, with_begun
from wagtail_newsroom.desk.states import State, standings
from wagtail_newsroom.desk.workflow import send_back, submit
from wagtail_newsroom.exceptions import NotAllowed
from wagtail_newsroom.models import (
    ArticlePage,
    PieceState,
    TranslationReviewTask,
)


def state_of(instance: Any) -> str:
    """Return the state of a piece's only translation, which page and stored row agree about."""
    (standing,) = standings(type(instance)._default_manager.get(pk=instance.pk))
    row = PieceState.objects.get(translation_key=instance.translation_key)
    assert row.state == standing.state
    return standing.state


def approve_one(translation: Any, *, user: Any, number: int = 0) -> None:
    """Approve one passage of a translation."""
    segment = localize.segments(translation)[number]
    passages.approve_passage(
        translation, segment.pk, version=editing.version_of(segment), user=user
    )


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    """Ends a transaction, so that rows are derived."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def drafted(draft: Any, article: ArticlePage) -> ArticlePage:
    """An article whose translation is a machine's."""
    state_rows.refresh({article.translation_key})
    assert state_of(article) == State.DRAFT
    return article


def test_one_approved_passage_makes_it_being_checked(
    drafted: ArticlePage, draft: Any, editor: User, translator: User, commit: Any
) -> None:
    with commit(), pytest.raises(NotAllowed):
        approve_one(draft, user=User.objects.create(username="nobody"))
    assert state_of(drafted) == State.DRAFT
    with commit():
        approve_one(draft, user=editor)
    assert state_of(drafted) == State.IN_REVIEW


def test_it_stays_so_when_who_approved_is_deleted(
    drafted: ArticlePage, draft: Any, chief: User, commit: Any
) -> None:
    with commit():
        approve_one(draft, user=chief)
        chief.delete()
    state_rows.refresh({drafted.translation_key})
    assert state_of(drafted) == State.IN_REVIEW


def test_what_is_new_after_an_approval_was_looked_at_by_nobody(
    paper: SimpleNamespace,
    drafted: ArticlePage,
    draft: Any,
    editor: User,
    run_jobs: Callable[[], None],
    commit: Any,
) -> None:
    with commit():
        actions.approve(draft, user=editor)
    assert state_of(drafted) == State.APPROVED
    page = ArticlePage.objects.get(pk=drafted.pk)
    page.title, page.standfirst = "Another title", "Another standfirst."
    page.save_revision().publish()
    with commit():
        actions.request_translation(page, paper.persian, user=editor)
        run_jobs()
    assert state_of(drafted) == State.DRAFT
    title = next(
        number for number, one in enumerate(localize.segments(draft)) if one.path == "title"
    )
    with commit():
        approve_one(draft, user=editor, number=title)
    assert state_of(drafted) == State.IN_REVIEW


def test_a_workflow_makes_it_being_checked_until_it_is_cancelled(
    paper: SimpleNamespace,
    drafted: ArticlePage,
    draft: Any,
    editor: User,
    translator: User,
    commit: Any,
) -> None:
    workflow = Workflow.objects.create(name="Translation")
    task = TranslationReviewTask.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowPage.objects.create(workflow=workflow, page=paper.home_fa)
    with commit():
        submit(draft, user=translator)
    assert state_of(drafted) == State.IN_REVIEW
    with commit():
        send_back(draft, reason="Look at the names again.", user=editor)
    assert state_of(drafted) == State.IN_REVIEW
    with commit():
        localize.target_of(draft).current_workflow_state.cancel(user=editor)
    assert state_of(drafted) == State.DRAFT


def test_snippets_with_drafts_and_without(
    paper: SimpleNamespace,
    venue: Venue,
    notice: Notice,
    chief: User,
    run_jobs: Callable[[], None],
    commit: Any,
) -> None:
    for snippet in (venue, notice):
        with commit():
            actions.request_translation(snippet, paper.persian, user=chief)
            run_jobs()
        assert state_of(snippet) == State.DRAFT
        with commit():
            approve_one(localize.translations_of(snippet).get(), user=chief)
        assert state_of(snippet) == State.IN_REVIEW


def test_it_is_asked_with_the_rows_or_in_one_query(
    drafted: ArticlePage, draft: Any, django_assert_num_queries: Any
) -> None:
    target = localize.target_of(draft)
    with django_assert_num_queries(1):
        assert not has_begun(draft, target)
    read = with_begun(ArticlePage.objects.filter(pk=target.pk)).get()
    with django_assert_num_queries(0):
        assert not has_begun(draft, read)
    with CaptureQueriesContext(connection) as queries:
        standings(drafted)
    assert len(queries) <= 6
