"""A translation passes Wagtail's workflows: the review approves its texts, the lock holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    PageLogEntry,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail.signals import task_approved

from tests.conftest import person
from wagtail_newsroom.desk import actions, jobs, localize, mending
from wagtail_newsroom.desk.editing import save_text, version_of
from wagtail_newsroom.desk.schedule import follow, schedule
from wagtail_newsroom.desk.state_rows import rebuild
from wagtail_newsroom.desk.texts import digest
from wagtail_newsroom.desk.workflow import send_back, submit
from wagtail_newsroom.desk.workflow_models import APPROVAL_DECLINED
from wagtail_newsroom.exceptions import Declined, NotAllowed
from wagtail_newsroom.models import (
    Approval,
    ArticlePage,
    Following,
    GroupLanguagePermission,
    TranslationJob,
    TranslationReviewTask,
)


@pytest.fixture
def review(paper: SimpleNamespace) -> Workflow:
    """The workflow of both trees: a translation review."""
    workflow = Workflow.objects.create(name="Translation")
    task = TranslationReviewTask.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    for home in (paper.home, paper.home_fa):
        WorkflowPage.objects.create(workflow=workflow, page=home)
    return workflow


@pytest.fixture
def draft(
    paper: SimpleNamespace, article: ArticlePage, editor: User, run_jobs: Callable[[], None]
) -> Any:
    """The translation of an article, a machine draft."""
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    return localize.translations_of(article).get()


@pytest.fixture
def submitted(review: Workflow, draft: Any, translator: User) -> Any:
    """That draft in the workflow."""
    submit(draft, user=translator)
    return draft


def target_of(translation: Any) -> Any:
    return localize.target_of(translation)


def state_of(translation: Any) -> Any:
    return TaskState.objects.for_instance(target_of(translation)).latest("pk")


def act(client: Client, translation: Any, action: str, **data: str) -> Any:
    """Take an action of a task as Wagtail's dashboard does."""
    target = target_of(translation)
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=[target.pk, action, state_of(translation).pk]
    )
    return client.post(url, data, follow=True)


def write(translation: Any, text: str, user: User) -> None:
    segment = next(one for one in localize.segments(translation) if one.path == "title")
    save_text(translation, segment.pk, text, version=version_of(segment), user=user)


# Submitting


def test_translation_is_submitted_from_the_review_screen(
    review: Workflow, draft: Any, translator: User, client: Client
) -> None:
    client.force_login(translator)
    beside = client.get(reverse("wagtail_newsroom_beside", args=[draft.pk])).content.decode()
    assert "Submit to" in beside
    url = reverse("wagtail_newsroom_workflow", args=[draft.pk])
    response = client.post(url, {"action": "submit"}, follow=True)
    assert "submitted to its workflow" in response.content.decode()
    assert target_of(draft).workflow_in_progress
    again = client.post(url, {"action": "submit"}, follow=True)
    assert "in a workflow already" in again.content.decode()
    assert WorkflowState.objects.count() == 1


def test_translation_is_submitted_from_the_page_editor(
    review: Workflow, draft: Any, translator: User, client: Client
) -> None:
    client.force_login(translator)
    edit = reverse("wagtailadmin_pages:edit", args=[target_of(draft).pk])
    client.post(edit, {"action-submit": "1"})
    assert target_of(draft).workflow_in_progress


def test_piece_without_a_workflow_is_declined(draft: Any, editor: User, client: Client) -> None:
    # Wagtail comes with one for all pages.
    WorkflowPage.objects.all().delete()
    with pytest.raises(Declined, match="no workflow"):
        submit(draft, user=editor)
    client.force_login(editor)
    beside = client.get(reverse("wagtail_newsroom_beside", args=[draft.pk])).content.decode()
    assert "newsroom-passage" not in beside


def test_nobody_submits_what_they_may_not_edit(
    review: Workflow, draft: Any, outsider: User, client: Client
) -> None:
    with pytest.raises(NotAllowed):
        submit(draft, user=outsider)
    client.force_login(outsider)
    url = reverse("wagtail_newsroom_workflow", args=[draft.pk])
    assert client.post(url, {"action": "submit"}).status_code in (302, 403)
    assert not WorkflowState.objects.exists()


def test_incomplete_translation_is_not_submitted(
    review: Workflow, draft: Any, editor: User
) -> None:
    write(draft, "", editor)
    with pytest.raises(Declined, match="no translation yet"):
        submit(draft, user=editor)
    assert not WorkflowState.objects.exists()


def test_original_passes_a_translation_review_by_itself(
    review: Workflow, write: Callable[..., ArticlePage], editor: User
) -> None:
    page = write(live=False)
    state = review.start(page, editor)
    assert state.status == WorkflowState.STATUS_APPROVED
    assert TaskState.objects.get().status == TaskState.STATUS_SKIPPED
    assert ArticlePage.objects.get(pk=page.pk).live


# Approving


def test_approving_the_task_approves_the_texts_and_publishes(
    submitted: Any, editor: User, client: Client
) -> None:
    rebuild()
    client.force_login(editor)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Awaiting your review" in home
    act(client, submitted, "approve", comment="Fine.")
    approval = Approval.objects.get()
    assert approval.approved_by == editor
    state = state_of(submitted)
    assert (state.status, state.comment) == (TaskState.STATUS_APPROVED, "Fine.")
    assert state.revision == approval.revision
    assert target_of(submitted).live
    assert target_of(submitted).live_revision == approval.revision


def test_approving_at_the_desk_does_the_task(submitted: Any, editor: User, client: Client) -> None:
    client.force_login(editor)
    beside = client.get(reverse("wagtail_newsroom_beside", args=[submitted.pk])).content.decode()
    assert "Approving the texts does the task." in beside
    review = reverse("wagtail_newsroom_review", args=[submitted.pk])
    seen = client.get(review).context["seen"]
    client.post(review, {"action": "approve", "seen": seen})
    assert state_of(submitted).status == TaskState.STATUS_APPROVED
    assert target_of(submitted).live


def test_text_that_changed_since_the_submission_is_not_approved_unseen(
    submitted: Any, editor: User, client: Client
) -> None:
    write(submitted, "تیتری دیگر", editor)
    client.force_login(editor)
    response = act(client, submitted, "approve")
    assert "The texts changed since they were submitted." in response.content.decode()
    assert response.redirect_chain[-1][0].endswith("?declined=approval")
    assert not Approval.objects.exists()
    assert state_of(submitted).status == TaskState.STATUS_IN_PROGRESS
    assert PageLogEntry.objects.filter(action=APPROVAL_DECLINED).count() == 1
    actions.approve(submitted, user=editor)
    assert target_of(submitted).title == "تیتری دیگر"
    assert target_of(submitted).live


def test_open_errors_decline_the_task(
    review: Workflow, draft: Any, editor: User, translator: User, client: Client
) -> None:
    write(draft, "Words in the wrong script", editor)
    submit(draft, user=translator)
    client.force_login(editor)
    response = act(client, draft, "approve")
    assert "neither mended nor dismissed" in response.content.decode()
    assert not Approval.objects.exists()
    assert not target_of(draft).live


def test_only_who_may_approve_does_the_task(
    submitted: Any, paper: SimpleNamespace, translator: User, client: Client
) -> None:
    publisher = person(
        "publisher",
        pages=[(paper.home_fa, code) for code in ("change_page", "publish_page")],
    )
    approver_elsewhere = person(
        "elsewhere",
        permissions=("wagtail_newsroom.approve_translation",),
        pages=[(paper.home, "change_page")],
    )
    state = state_of(submitted)
    for user in (translator, publisher, approver_elsewhere):
        client.force_login(user)
        for action in ("approve", "reject"):
            act(client, submitted, action, comment="No.")
            with pytest.raises(NotAllowed):
                state.task.specific.on_action(state, user, action)
        with pytest.raises(NotAllowed):
            send_back(submitted, "No.", user=user)
    assert state_of(submitted).status == TaskState.STATUS_IN_PROGRESS
    assert not Approval.objects.exists()
    assert not target_of(submitted).live


def test_gate_holds_where_a_workflow_approves_no_texts(
    paper: SimpleNamespace, draft: Any, editor: User
) -> None:
    workflow = Workflow.objects.create(name="Moderation")
    task = GroupApprovalTask.objects.create(name="Moderators")
    task.groups.set(editor.groups.all())
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowPage.objects.create(workflow=workflow, page=paper.home_fa)
    submit(draft, user=editor)
    state_of(draft).approve(user=editor)
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED
    assert not target_of(draft).live


@pytest.mark.parametrize("requires", [True, False])
def test_review_stands_among_other_tasks(
    requires: bool,
    review: Workflow,
    draft: Any,
    editor: User,
    client: Client,
    settings: Any,
) -> None:
    settings.WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = requires
    tasks = [GroupApprovalTask.objects.create(name=name) for name in ("Language", "Last look")]
    for task, order in zip(tasks, (0, 2), strict=True):
        task.groups.set(editor.groups.all())
        WorkflowTask.objects.create(workflow=review, task=task, sort_order=order)
    submit(draft, user=editor)
    client.force_login(editor)
    for name in ("Language", "Review", "Last look"):
        assert state_of(draft).task.name == name
        assert not target_of(draft).live
        act(client, draft, "approve")
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED
    assert target_of(draft).live


# Sending back


def test_translation_is_sent_back_with_the_reason_and_goes_on(
    submitted: Any, editor: User, translator: User, client: Client
) -> None:
    client.force_login(editor)
    url = reverse("wagtail_newsroom_workflow", args=[submitted.pk])
    assert "Say what is to be changed." in (
        client.post(url, {"action": "reject"}, follow=True).content.decode()
    )
    client.post(url, {"action": "reject", "reason": "The name is wrong."})
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_NEEDS_CHANGES
    client.force_login(translator)
    beside = client.get(reverse("wagtail_newsroom_beside", args=[submitted.pk])).content.decode()
    assert "The name is wrong." in beside
    write(submitted, "نامی درست", translator)
    client.post(url, {"action": "submit"})
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS
    client.force_login(editor)
    act(client, submitted, "approve")
    assert target_of(submitted).title == "نامی درست"
    assert target_of(submitted).live


def test_dashboard_sends_back_with_the_reason(submitted: Any, editor: User, client: Client) -> None:
    client.force_login(editor)
    act(client, submitted, "reject", comment="Too literal.")
    state = state_of(submitted)
    assert (state.status, state.comment) == (TaskState.STATUS_REJECTED, "Too literal.")


# The lock


def test_what_waits_for_its_review_is_locked_for_others(
    submitted: Any, article: ArticlePage, paper: SimpleNamespace, translator: User, client: Client
) -> None:
    segment = localize.segments(submitted)[0]
    before = [one.text for one in localize.segments(submitted)]
    with pytest.raises(Declined, match="locked"):
        write(submitted, "متن", translator)
    with pytest.raises(NotAllowed):
        mending.tidy_segment(submitted, segment.pk, user=translator)
    with pytest.raises(NotAllowed):
        mending.dismiss(submitted, segment.pk, check_id="numbers", user=translator)
    with pytest.raises(Declined, match="locked"):
        actions.request_translation(article, paper.persian, user=translator)
    assert [one.text for one in localize.segments(submitted)] == before
    client.force_login(translator)
    passage = reverse("wagtail_newsroom_segment", args=[submitted.pk, segment.pk])
    response = client.post(passage, {"action": "save", "text": "متن", "version": "x"})
    assert response.status_code in (403, 409, 422)
    assert [one.text for one in localize.segments(submitted)] == before


def test_snippet_that_knows_no_locks_is_written_and_approved(
    author: Any, paper: SimpleNamespace, chief: User, run_jobs: Callable[[], None]
) -> None:
    actions.request_translation(author, paper.persian, user=chief)
    run_jobs()
    translation = localize.translations_of(author).get()
    segment = localize.segments(translation)[0]
    save_text(translation, segment.pk, "مینا فرو", version=version_of(segment), user=chief)
    assert actions.approve(translation, user=chief).approved_by == chief


def test_lock_of_another_task_keeps_the_desk_from_approving_and_publishing(
    paper: SimpleNamespace, draft: Any, editor: User
) -> None:
    workflow = Workflow.objects.create(name="Moderation")
    task = GroupApprovalTask.objects.create(name="Moderators")
    task.groups.set(person("moderator").groups.all())
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowPage.objects.create(workflow=workflow, page=paper.home_fa)
    submit(draft, user=editor)
    for user in (editor, None):
        with pytest.raises(Declined, match="locked"):
            actions.approve(draft, user=user)
        with pytest.raises(Declined, match="locked"):
            actions.publish(draft, user=user)
    assert not Approval.objects.exists()
    assert target_of(draft).workflow_in_progress


def test_job_of_somebody_whom_the_lock_keeps_out_changes_nothing(
    review: Workflow,
    draft: Any,
    article: ArticlePage,
    paper: SimpleNamespace,
    translator: User,
) -> None:
    article.title = "Another title"
    article.save_revision().publish()
    job = actions.request_translation(article, paper.persian, user=translator)
    target = target_of(draft)
    latest = target.latest_revision_id
    # Somebody submits it by Wagtail's own means while the job waits.
    review.start(target, translator)
    jobs.run(job.pk)
    job = TranslationJob.objects.get(pk=job.pk)
    assert (job.status, job.trouble) == ("failed", TranslationJob.Trouble.LOCKED)
    assert target_of(draft).latest_revision_id == latest
    assert any(one.is_missing for one in localize.segments(draft))


def test_translation_at_which_a_machine_works_is_not_submitted(
    review: Workflow, draft: Any, article: ArticlePage, paper: SimpleNamespace, editor: User
) -> None:
    actions.request_translation(article, paper.persian, user=editor)
    with pytest.raises(Declined, match="still translating"):
        submit(draft, user=editor)


# With a time


def test_scheduled_translation_is_not_submitted(
    review: Workflow, draft: Any, editor: User, translator: User, client: Client
) -> None:
    client.force_login(translator)
    for at in (None, timezone.now() + timedelta(hours=1)):
        if at is None:
            Following.objects.create(translation=draft)
        else:
            Following.objects.all().delete()
            schedule(draft, at=at, user=editor)
        with pytest.raises(Declined, match="is scheduled; take that back first"):
            submit(draft, user=translator)
        assert not WorkflowState.objects.exists()
        beside = client.get(reverse("wagtail_newsroom_beside", args=[draft.pk])).content.decode()
        assert "Submit to" not in beside
        # Nor is there a heading with nothing below it.
        assert "newsroom-passage" not in beside


def test_translation_that_was_sent_back_is_neither_scheduled_nor_follows(
    submitted: Any, editor: User
) -> None:
    Following.objects.create(translation=submitted)
    send_back(submitted, "Not like this.", user=editor)
    with pytest.raises(Declined, match="in a workflow; finish or cancel"):
        schedule(submitted, at=timezone.now() + timedelta(hours=1), user=editor)
    actions.approve(submitted, user=editor)
    follow(Following.objects.values_list("pk", flat=True))
    assert Following.objects.get().held_at is not None
    assert not target_of(submitted).live
    # Nothing went past the tasks that are left.
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_NEEDS_CHANGES


# On Wagtail's home


def test_home_names_only_what_the_user_may_approve(
    submitted: Any, paper: SimpleNamespace, client: Client
) -> None:
    approve = Permission.objects.get(codename="approve_translation")
    title = target_of(submitted).get_admin_display_title()
    rebuild()
    for locale, is_named in ((paper.english, False), (paper.persian, True)):
        approver = person(f"approver {locale.language_code}")
        GroupLanguagePermission.objects.create(
            group=approver.groups.get(), locale=locale, permission=approve
        )
        states = state_of(submitted).task.specific.get_task_states_user_can_moderate(approver)
        assert list(states) == ([state_of(submitted)] if is_named else [])
        client.force_login(approver)
        home = client.get(reverse("wagtailadmin_home")).content.decode()
        assert (title in home) is is_named


def test_what_waits_for_a_user_takes_equally_many_queries_for_any_number(
    review: Workflow,
    draft: Any,
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    editor: User,
    translator: User,
    run_jobs: Callable[[], None],
) -> None:
    task = TranslationReviewTask.objects.get()

    def measured() -> tuple[int, int]:
        user = User.objects.get(pk=editor.pk)
        rebuild()
        with CaptureQueriesContext(connection) as queries:
            found = list(task.get_task_states_user_can_moderate(user))
        return len(found), len(queries)

    submit(draft, user=translator)
    measured()
    one, few = measured()
    for number in range(3):
        source = write(title=f"The river {number}")
        actions.request_translation(source, paper.persian, user=editor)
        run_jobs()
        submit(localize.translations_of(source).get(), user=translator)
    four, many = measured()
    assert (one, four) == (1, 4)
    assert few == many


# Ended by somebody who may not publish


@pytest.fixture
def approver(paper: SimpleNamespace) -> User:
    """May approve what she may edit, and not publish it."""
    return person(
        "approver",
        permissions=("wagtail_newsroom.approve_translation",),
        pages=[(paper.home_fa, "change_page")],
    )


def test_approval_stays_where_the_approver_may_not_publish_and_another_ends_the_workflow(
    submitted: Any, approver: User, editor: User, client: Client
) -> None:
    client.force_login(approver)
    response = client.post(
        reverse("wagtail_newsroom_review", args=[submitted.pk]),
        {"action": "approve", "seen": digest(localize.segments(submitted))},
        follow=True,
    )
    assert "somebody who may approve and publish has to finish it" in response.content.decode()
    approval = Approval.objects.get()
    assert approval.approved_by == approver
    assert state_of(submitted).status == TaskState.STATUS_IN_PROGRESS
    assert state_of(submitted).revision == approval.revision
    assert not target_of(submitted).live
    # The same by the button of Wagtail.
    told = act(client, submitted, "approve").content.decode()
    assert "somebody who may approve and publish has to finish it" in told
    assert not target_of(submitted).live
    client.force_login(editor)
    act(client, submitted, "approve")
    assert target_of(submitted).live
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED


def test_original_of_an_author_who_may_not_publish_waits_for_somebody_who_may(
    review: Workflow, paper: SimpleNamespace, write: Any, client: Client
) -> None:
    author = person("author", pages=[(paper.home, "add_page"), (paper.home, "change_page")])
    publisher = person(
        "publisher", pages=[(paper.home, "change_page"), (paper.home, "publish_page")]
    )
    original = write(live=False)
    review.start(original, author)
    task = TranslationReviewTask.objects.get()
    waiting = TaskState.objects.get()
    assert waiting.status == TaskState.STATUS_IN_PROGRESS
    assert list(task.get_task_states_user_can_moderate(author)) == []
    assert list(task.get_task_states_user_can_moderate(publisher)) == [waiting]
    url = reverse("wagtailadmin_pages:workflow_action", args=[original.pk, "approve", waiting.pk])
    client.force_login(author)
    client.post(url)
    assert not ArticlePage.objects.get(pk=original.pk).live
    client.force_login(publisher)
    client.post(url)
    assert ArticlePage.objects.get(pk=original.pk).live


def test_script_is_told_in_json_that_wagtail_forbids(
    review: Workflow, submitted: Any, approver: User, client: Client
) -> None:
    def forbid(**kwargs: Any) -> None:
        raise PermissionDenied

    client.force_login(approver)
    segments = localize.segments(submitted)
    task_approved.connect(forbid)
    try:
        legal = GroupApprovalTask.objects.create(name="Legal")
        WorkflowTask.objects.create(workflow=review, task=legal, sort_order=2)
        for segment in segments:
            response = client.post(
                reverse("wagtail_newsroom_segment", args=[submitted.pk, segment.pk]),
                {"action": "approve", "version": version_of(segment)},
            )
    finally:
        task_approved.disconnect(forbid)
    assert response.status_code == 403
    assert response.json()["status"] == "forbidden"
    assert not Approval.objects.exists()
