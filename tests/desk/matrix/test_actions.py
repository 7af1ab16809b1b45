"""Role × action × language × state: who may do what, and that a refusal changes nothing."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from wagtail_newsroom.desk import (
    actions,
    comments,
    editing,
    list_actions,
    localize,
    mending,
    passages,
    schedule,
    suggestions,
    unpublishing,
    workflow,
)
from wagtail_newsroom.desk.texts import digest
from wagtail_newsroom.exceptions import Declined, NotAllowed
from wagtail_newsroom.models import (
    Approval,
    Assignment,
    Comment,
    Dismissal,
    Following,
    MemoryEntry,
    Provenance,
    Suggestion,
    TranslationJob,
    Waiver,
)

from .conftest import ROLES, STATES, TARGETS, undone

pytestmark = pytest.mark.django_db

ALL = {"fa", "de"}
ASKS = {
    "writer": ALL,
    "translator_fa": {"fa"},
    "translator_de": {"de"},
    "editor": ALL,
    "editor_fa": {"fa"},
    "editor_de": {"de"},
    "page_translator_fa": {"fa"},
    "superuser": ALL,
}
WRITES = {**ASKS, "publisher": ALL}
APPROVES = {"editor": ALL, "editor_fa": {"fa"}, "editor_de": {"de"}, "superuser": ALL}
PUBLISHES = {**APPROVES, "publisher": ALL}
# The original takes the right to publish too.
PUBLISHES_BOTH = {"editor": ALL, "publisher": ALL, "superuser": ALL}


def segment_of(cell: SimpleNamespace) -> Any:
    """Return the first segment that has a text."""
    if cell.translation is None:
        return SimpleNamespace(pk=0, text="", is_missing=True)
    segments = localize.segments(cell.translation)
    return next((one for one in segments if not one.is_missing), segments[0])


def save(cell: SimpleNamespace, user: Any) -> Any:
    """Writes another text."""
    segment = segment_of(cell)
    version = editing.version_of(segment) if segment.pk else ""
    return editing.save_text(
        cell.translation or missing(), segment.pk, "متن تازه", version=version, user=user
    )


def missing() -> Any:
    """Declines what needs a translation, as the views do with an address that has none."""
    raise Declined("There is no version in this language yet.")


def on_segment(action: Callable[..., Any], **arguments: Any) -> Callable[..., Any]:
    """Return an act on a segment of the piece."""

    def act(cell: SimpleNamespace, user: Any) -> Any:
        translation = cell.translation or missing()
        return action(translation, segment_of(cell).pk, user=user, **arguments)

    return act


def on_translation(action: Callable[..., Any]) -> Callable[..., Any]:
    """Return an act on the piece in its language."""
    return lambda cell, user: action(cell.translation or missing(), user=user)


def approve_passage(cell: SimpleNamespace, user: Any) -> Any:
    """Approves the first text."""
    segment = segment_of(cell)
    version = editing.version_of(segment) if segment.pk else ""
    return passages.approve_passage(
        cell.translation or missing(), segment.pk, version=version, user=user
    )


def approve_sound(cell: SimpleNamespace, user: Any) -> Any:
    """Approves all texts without errors, one by one."""
    translation = cell.translation or missing()
    seen = digest(localize.segments(translation))
    return passages.approve_sound(translation, seen=seen, user=user)


def on_own_comment(action: Callable[..., Any]) -> Callable[..., Any]:
    """Return an act on a comment that the user wrote while he could; a refusal leaves it as it is."""

    def act(cell: SimpleNamespace, user: Any) -> Any:
        segment, translation = segment_of(cell), cell.translation or missing()
        comment = Comment.objects.create(
            translation=translation,
            context_id=segment.context_id,
            string_id=segment.string_id,
            text="Why?",
            author=user if user.pk else None,
        )
        try:
            return action(translation, comment.pk, user=user)
        except NotAllowed:
            assert Comment.objects.get(pk=comment.pk).resolved_at is None
            comment.delete()
            raise

    return act


def ask(cell: SimpleNamespace, user: Any) -> Any:
    """Has an engine suggest a text."""
    return suggestions.ask(
        cell.translation or missing(), [segment_of(cell).pk], engine="pseudo", user=user
    )


def tomorrow(cell: SimpleNamespace, user: Any) -> Any:
    """Schedules the translation."""
    at = timezone.now() + timedelta(days=1)
    return schedule.schedule(cell.translation or missing(), at=at, user=user)


def to_superuser(cell: SimpleNamespace, user: Any) -> Any:
    """Gives the piece to somebody who may have it."""
    return list_actions.assign(cell.row, User.objects.get(username="superuser"), user=user)


ACTIONS: dict[Callable[..., Any], tuple[Callable[..., Any], dict[str, set[str]], str]] = {
    # The act, who may do it in which languages, and the states in which it is done.
    actions.request_translation: (
        lambda cell, user: actions.request_translation(cell.page, cell.locale, user=user),
        ASKS,
        "missing failed draft approved published outdated",
    ),
    actions.approve: (
        on_translation(actions.approve),
        APPROVES,
        "draft approved published outdated",
    ),
    actions.publish: (on_translation(actions.publish), PUBLISHES, "approved published outdated"),
    list_actions.request: (
        lambda cell, user: list_actions.request(cell.row, user=user),
        ASKS,
        "missing failed draft approved published outdated",
    ),
    list_actions.retry: (
        lambda cell, user: list_actions.retry(cell.row, user=user),
        ASKS,
        "failed",
    ),
    list_actions.assign: (
        to_superuser,
        ASKS,
        "missing failed draft approved published outdated",
    ),
    list_actions.waive: (on_translation(list_actions.waive), APPROVES, "outdated"),
    list_actions.publish_both: (
        on_translation(list_actions.publish_both),
        PUBLISHES_BOTH,
        "approved published",
    ),
    editing.save_text: (save, WRITES, "failed draft approved published outdated"),
    mending.take_fix: (on_segment(mending.take_fix, finding="none", fix=0), WRITES, ""),
    mending.tidy_segment: (
        on_segment(mending.tidy_segment),
        WRITES,
        "draft approved published outdated",
    ),
    mending.dismiss: (
        on_segment(mending.dismiss, check_id="numbers"),
        WRITES,
        "draft approved published outdated",
    ),
    mending.take_near_match: (
        on_segment(mending.take_near_match, match=0),
        WRITES,
        "failed draft approved published outdated",
    ),
    mending.take_back: (on_segment(mending.take_back, check_id="numbers"), WRITES, ""),
    passages.approve_passage: (approve_passage, APPROVES, "draft approved published outdated"),
    passages.approve_sound: (approve_sound, APPROVES, "draft approved published outdated"),
    comments.add_comment: (
        on_segment(comments.add_comment, text="Why?"),
        WRITES,
        "failed draft approved published outdated",
    ),
    comments.resolve_comment: (
        on_own_comment(comments.resolve_comment),
        WRITES,
        "failed draft approved published outdated",
    ),
    comments.reopen_comment: (
        on_own_comment(comments.reopen_comment),
        WRITES,
        "failed draft approved published outdated",
    ),
    comments.delete_comment: (
        on_own_comment(comments.delete_comment),
        WRITES,
        "failed draft approved published outdated",
    ),
    suggestions.ask: (ask, ASKS, "failed draft approved published outdated"),
    suggestions.take: (
        on_segment(suggestions.take, suggestion=0, version=""),
        WRITES,
        "",
    ),
    # What readers have already waits for nothing.
    schedule.schedule: (tomorrow, PUBLISHES, "failed draft approved"),
    schedule.unschedule: (on_translation(schedule.unschedule), PUBLISHES, ""),
    workflow.submit: (
        on_translation(workflow.submit),
        WRITES,
        "draft approved published outdated",
    ),
    workflow.send_back: (
        lambda cell, user: workflow.send_back(cell.translation or missing(), "No.", user=user),
        APPROVES,
        "",
    ),
    unpublishing.unpublish: (
        on_translation(unpublishing.unpublish),
        PUBLISHES,
        "published outdated",
    ),
}

NO_ACTIONS = {
    # What an action that asks for permission makes use of.
    actions.revision_to_publish,
    unpublishing.unpublish_version,
    # What a view shows.
    workflow.passage_of,
    workflow.can_do_task,
    # Needs a workflow, see `test_workflow`.
    workflow.approve_task,
}
"""Functions that take a user and stand elsewhere."""


def test_every_action_stands_in_the_table() -> None:
    """A new action has to be added to it."""
    found = {
        function
        for module in (
            actions,
            comments,
            editing,
            list_actions,
            mending,
            passages,
            schedule,
            suggestions,
            unpublishing,
            workflow,
        )
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and not name.startswith("_")
        and "user" in inspect.signature(function).parameters
    }
    assert found - NO_ACTIONS == set(ACTIONS)


def everything() -> list[Any]:
    """Return all that an action could change."""
    tables = (
        Approval,
        Assignment,
        Comment,
        Dismissal,
        Following,
        MemoryEntry,
        ModelLogEntry,
        PageLogEntry,
        Provenance,
        Suggestion,
        TranslationJob,
        Waiver,
    )
    return [
        *(list(table._base_manager.order_by("pk").values()) for table in tables),
        list(Page.objects.order_by("pk").values()),
        list(Revision.objects.order_by("pk").values_list("pk", flat=True)),
        list(localize.StringTranslation.objects.order_by("pk").values()),
    ]


def outcome_of(act: Callable[..., Any], cell: SimpleNamespace, user: Any) -> str:
    """Return what came of an act, which is undone; a refusal must have changed nothing."""
    before = everything()
    with undone():
        try:
            act(cell, user)
        except NotAllowed:
            outcome = "refused"
        except Declined:
            outcome = "declined"
        else:
            return "done"
        assert everything() == before
    return outcome


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_who_may_do_what(
    action: Callable[..., Any],
    people: dict[str, Any],
    pieces: dict[tuple[str, str], SimpleNamespace],
) -> None:
    act, allowed, states = ACTIONS[action]
    found, expected = {}, {}
    for (state, code), cell in pieces.items():
        for role, user in people.items():
            key = (role, code, state)
            found[key] = outcome_of(act, cell, user)
            if code not in allowed.get(role, ()):
                # Where there is nothing to be done, nobody needs to be told that he may not.
                expected[key] = found[key] if found[key] == "declined" else "refused"
            else:
                expected[key] = "done" if state in states.split() else "declined"
    assert found == expected
    assert len(found) == len(ROLES) * len(STATES) * len(TARGETS)
