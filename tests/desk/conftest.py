"""The cast of the desk's tests: a machine draft; an author, a venue with drafts, a notice without."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult
from wagtail.models import Locale, Site

from tests.conftest import ALL, person
from tests.desk.bulk import ask, rows_of
from tests.testapp.models import Notice, Venue
from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.models import ArticlePage, Author, PieceState
from wagtail_newsroom.tasks import notify_people

SUBMIT, APPROVE = "wagtail_localize.submit_translation", "wagtail_newsroom.approve_translation"

KINDS = ("wagtail_newsroom.{}_author", "testapp.{}_venue", "testapp.{}_notice")
KINDS_ADD = tuple(kind.format("add") for kind in KINDS)
KINDS_CHANGE = tuple(kind.format("change") for kind in KINDS)
KINDS_PUBLISH = ("wagtail_newsroom.publish_author", "testapp.publish_venue")


@pytest.fixture
def three(paper: SimpleNamespace, settings: Any) -> SimpleNamespace:
    """The newspaper with German beside English and Persian."""
    languages = [("en", "English"), ("fa", "Persian"), ("de", "German")]
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = languages
    german = Locale.objects.get_or_create(language_code="de")[0]
    for name, title in (("home", "Die Testpost"), ("news", "Nachrichten")):
        page = getattr(paper, name).copy_for_translation(german)
        page.title = title
        page.slug = f"{page.slug}-de" if name == "home" else page.slug
        page.save_revision().publish()
        setattr(paper, f"{name}_de", type(page).objects.get(pk=page.pk))
    paper.german = german
    paper.locales = {"en": paper.english, "fa": paper.persian, "de": german}
    Site.clear_site_root_paths_cache()
    return paper


@pytest.fixture
def author(paper: SimpleNamespace) -> Author:
    """A live English author."""
    mina = Author(
        name="Mina Farrow",
        slug="mina-farrow",
        job_title="Science writer",
        bio="<p>Mina writes about <b>rivers</b> and dams.</p>",
        locale=paper.english,
        live=False,
    )
    mina.save()
    mina.save_revision().publish()
    return Author.objects.get(pk=mina.pk)


@pytest.fixture
def venue(paper: SimpleNamespace) -> Venue:
    """A live English venue."""
    hall = Venue(
        name="The Old Mill",
        slug="old-mill",
        description="A hall beside the river.",
        locale=paper.english,
        live=False,
    )
    hall.save()
    hall.save_revision().publish()
    return Venue.objects.get(pk=hall.pk)


@pytest.fixture
def notice(paper: SimpleNamespace) -> Notice:
    """An English notice; notices have no drafts."""
    return Notice.objects.create(
        text="The bridge is closed.", details="Use the ferry.", locale=paper.english
    )


@pytest.fixture
def chief(paper: SimpleNamespace) -> User:
    """May do everything with pages and snippets, and approve."""
    # Wagtail makes this permission for models that are registered as snippets.
    Permission.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(Author),
        codename="publish_author",
        defaults={"name": "Can publish author"},
    )
    return person(
        "chief",
        permissions=(SUBMIT, APPROVE, *KINDS_ADD, *KINDS_CHANGE, *KINDS_PUBLISH),
        pages=[(home, code) for home in (paper.home, paper.home_fa) for code in ALL],
    )


@pytest.fixture
def scribe(paper: SimpleNamespace) -> User:
    """May request translations and change snippets, but neither approve nor publish."""
    return person("scribe", permissions=(SUBMIT, *KINDS_ADD, *KINDS_CHANGE))


@pytest.fixture
def draft(
    article: ArticlePage, paper: SimpleNamespace, editor: User, run_jobs: Callable[[], None]
) -> Any:
    """The translation of a machine draft."""
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    return localize.translations_of(article).get()


@pytest.fixture
def rows(write: Callable[..., ArticlePage]) -> Callable[..., list[PieceState]]:
    """Writes articles that nobody had translated, and returns their rows in the list."""

    def make(*titles: str, **fields: Any) -> list[PieceState]:
        return rows_of(*[write(title=title, **fields) for title in titles])

    return make


@pytest.fixture
def agree(client: Client, editor: User) -> Callable[..., Any]:
    """Has the editor tick rows in the list, and do something to all of them."""
    client.force_login(editor)

    def do(action: str, rows: list[PieceState], **data: Any) -> Any:
        return ask(client, action, "&".join(f"id={row.pk}" for row in rows), **data)

    return do


@pytest.fixture
def tell(django_capture_on_commit_callbacks: Any) -> Callable[[Callable[[], Any]], list[Any]]:
    """Does something, and runs the e-mail tasks that it put in the queue; returns the e-mails."""

    def do(deed: Callable[[], Any]) -> list[Any]:
        DBTaskResult.objects.all().delete()
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            deed()
        for task in DBTaskResult.objects.filter(task_path__endswith="notify_people"):
            notify_people.func(*task.args_kwargs["args"])
        return list(mail.outbox)

    return do
