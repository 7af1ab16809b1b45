"""Role × action × language × state: who may do what, and that a refusal changes nothing."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from wagtail_newsroom.desk import actions, editing, list_actions, localize, mending
from wagtail_newsroom.exceptions import Declined, NotAllowed
from wagtail_newsroom.models import (
    Approval,
    Assignment,
    Dismissal,
    MemoryEntry,
    Provenance,
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
}


def test_every_action_stands_in_the_table() -> None:
    """A new action has to be added to it."""
    found = {
        function
        for module in (actions, list_actions, editing, mending)
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and not name.startswith("_")
        and "user" in inspect.signature(function).parameters
    }
    assert found == set(ACTIONS)


def everything() -> list[Any]:
    """Return all that an action could change."""
    tables = (
        Approval,
        Assignment,
        Dismissal,
        MemoryEntry,
        ModelLogEntry,
        PageLogEntry,
        Provenance,
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
