"""The cast of the matrix: a person for each role, and pieces in every state in two languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.db import transaction
from wagtail.models import Locale, Page

from tests.conftest import person
from wagtail_newsroom.desk import actions, jobs, localize, state_rows
from wagtail_newsroom.desk.roles import EDITORS, ENGINE_MANAGERS, WRITERS, editors, translators
from wagtail_newsroom.models import ArticlePage, PieceState
from wagtail_newsroom.setup import Report, make_roles

SUBMIT = "wagtail_localize.submit_translation"

GROUPS = {
    "writer": WRITERS,
    "translator_fa": translators("fa"),
    "translator_de": translators("de"),
    "editor": EDITORS,
    "editor_fa": editors("fa"),
    "editor_de": editors("de"),
    "engine_manager": ENGINE_MANAGERS,
}
"""The roles that `newsroom_roles` makes."""

ROLES = (
    "anonymous",
    "reader",
    *GROUPS,
    # May publish every page, and has nothing to do with the desk.
    "publisher",
    # Edits Persian pages and submits, as translators do on sites without rights by language.
    "page_translator_fa",
    "superuser",
)

TARGETS = ("fa", "de")
STATES = ("missing", "failed", "draft", "approved", "published", "outdated")


@contextmanager
def undone() -> Iterator[None]:
    """Undo whatever happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def people(three: SimpleNamespace) -> dict[str, Any]:
    """A person for each role."""
    make_roles(Report(), editors_by_language=True)
    found: dict[str, Any] = {
        "anonymous": AnonymousUser(),
        "reader": User.objects.create_user("reader"),
        "superuser": User.objects.create_superuser("superuser"),
        "publisher": person(
            "publisher",
            pages=[
                (home, code)
                for home in (three.home, three.home_fa, three.home_de)
                for code in ("add_page", "change_page", "publish_page")
            ],
        ),
        "page_translator_fa": person(
            "page_translator_fa",
            permissions=(SUBMIT,),
            pages=[(three.home_fa, "add_page"), (three.home_fa, "change_page")],
        ),
    }
    for role, group in GROUPS.items():
        found[role] = User.objects.create_user(role)
        found[role].groups.add(Group.objects.get(name=group))
    return {role: found[role] for role in ROLES}


@pytest.fixture
def piece_in(
    three: SimpleNamespace, write: Callable[..., ArticlePage], settings: Any
) -> Callable[[str], ArticlePage]:
    """Makes an English article whose translations into both languages are in one state."""

    def make(state: str) -> ArticlePage:
        page = write(title=f"The river {state}", standfirst="Engineers watch the dam.")
        if state == "missing":
            return page
        engines, settings.WAGTAIL_NEWSROOM_ENGINES = (
            settings.WAGTAIL_NEWSROOM_ENGINES,
            [] if state == "failed" else ["pseudo"],
        )
        for code in TARGETS:
            job = actions.request_translation(page, three.locales[code], user=None)
            jobs.run(job.pk)
            translation = localize.get_translation(job.translation_id)
            if state in ("approved", "published", "outdated"):
                actions.approve(translation, user=None)
            if state in ("published", "outdated"):
                actions.publish(translation, user=None)
        settings.WAGTAIL_NEWSROOM_ENGINES = engines
        if state == "outdated":
            page.standfirst = "Engineers watch the dam and the weather."
            page.save_revision().publish()
        return ArticlePage.objects.get(pk=page.pk)

    return make


@pytest.fixture
def pieces(piece_in: Callable[[str], ArticlePage]) -> dict[tuple[str, str], SimpleNamespace]:
    """A piece in each state and language: page, target, translation and row."""
    pages = {state: piece_in(state) for state in STATES}
    state_rows.rebuild()
    return {(state, code): cell_of(page, code) for state, page in pages.items() for code in TARGETS}


def cell_of(page: Page, code: str) -> SimpleNamespace:
    """Return a piece in a language as the tables take it."""
    locale = Locale.objects.get(language_code=code)
    translation = localize.translations_of(page).filter(target_locale=locale).first()
    return SimpleNamespace(
        page=page,
        locale=locale,
        code=code,
        translation=translation,
        target=page.get_translation_or_none(locale),
        row=PieceState.objects.filter(translation_key=page.translation_key, locale=locale).first(),
    )
