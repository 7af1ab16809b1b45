"""Role × address: every address of the package in the admin, and who is let in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from wagtail import hooks
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site

from wagtail_newsroom.desk import actions, jobs, localize, state_rows
from wagtail_newsroom.models import (
    ArticlePage,
    Author,
    GlossaryTerm,
    ImageText,
    MemoryEntry,
    PieceState,
    SocialSettings,
    Tag,
)

from .conftest import cell_of, undone

pytestmark = pytest.mark.django_db

INSIDE = {
    "writer",
    "translator_fa",
    "translator_de",
    "editor",
    "editor_fa",
    "editor_de",
    "engine_manager",
    "publisher",
    "page_translator_fa",
    "superuser",
}
"""Who may enter the admin."""
AT_DESK = INSIDE - {"engine_manager", "publisher"}
"""Who has anything to do with translations."""
SEES_FA = AT_DESK - {"translator_de", "editor_de"} | {"publisher"}
"""Who sees a Persian translation."""
OPENS = AT_DESK | {"publisher"}
"""Who sees where a piece stands."""
ASKS_FA = SEES_FA - {"publisher"}
EDITS_FA = {"writer", "editor", "editor_fa", "publisher", "page_translator_fa", "superuser"}
"""Who edits Persian pages in Wagtail."""
PUBLISHES_FA = {"editor", "editor_fa", "publisher", "superuser"}
ENGINES = {"editor", "engine_manager", "superuser"}
EDITORS = {"editor", "superuser"}
NAMES_FA = {"editor", "editor_fa", "superuser"}
AUTHORS = {"writer", "editor", "editor_fa", "editor_de", "superuser"}
PUBLISHES_AUTHORS = AUTHORS - {"writer"}
SUPERUSER = {"superuser"}


def viewset(name: str, allowed: set[str], *extra: str) -> dict[str, tuple[str, set[str]]]:
    """Return the lines of a viewset that has all permissions of its model or none."""
    plain = ("index", "index_results", "add", *extra)
    of_one = ("edit", "delete", "history", "history_results", "usage")
    return {
        **{f"{name}:{view}": ("get", allowed) for view in plain},
        **{f"{name}:{view}": ("get", allowed) for view in of_one},
    }


_AUTHOR = "wagtailsnippets_wagtail_newsroom_author"
_CHOOSER = "wagtailsnippetchoosers_wagtail_newsroom_author"

TABLE: dict[str, tuple[str, set[str]]] = {
    # The address, by name or by pattern, how it is asked for, and who is let in.
    "wagtail_newsroom_translate": ("get post", OPENS),
    "wagtail_newsroom_panel": ("get", OPENS),
    "wagtail_newsroom_translate_snippet": ("get", AUTHORS | AT_DESK - {"page_translator_fa"}),
    "wagtail_newsroom_panel_snippet": ("get", AUTHORS | AT_DESK - {"page_translator_fa"}),
    "wagtail_newsroom_job": ("get", SEES_FA | ENGINES),
    "wagtail_newsroom_progress": ("get", SEES_FA | ENGINES),
    "wagtail_newsroom_retry": ("post", ASKS_FA),
    "wagtail_newsroom_review": ("get post", SEES_FA),
    "wagtail_newsroom_segment": ("get", SEES_FA),
    "wagtail_newsroom_thumbnail": ("get", SEES_FA),
    "wagtail_newsroom_beside": ("get", SEES_FA),
    "wagtail_newsroom_rest": ("get", SEES_FA),
    "wagtail_newsroom_preview": ("get", SEES_FA),
    "wagtail_newsroom_here": ("post", SEES_FA),
    "wagtail_newsroom_schedule": ("get post", PUBLISHES_FA),
    "wagtail_newsroom_workflow": ("post", SEES_FA),
    "wagtail_newsroom_jobs": ("get", AT_DESK | ENGINES),
    "wagtail_newsroom_jobs_results": ("get", AT_DESK | ENGINES),
    "wagtail_newsroom_record": ("get", EDITORS),
    "wagtail_newsroom_record_results": ("get", EDITORS),
    "wagtail_newsroom_engines": ("get post", ENGINES),
    "wagtail_newsroom_engines_progress": ("get", ENGINES),
    "wagtail_newsroom_bylines": ("get post", EDITS_FA),
    # Names of tags, which stand on readers' pages anyway.
    "wagtail_newsroom_complete_tags": ("get", INSIDE),
    "wagtail_newsroom_name_tag": ("post", NAMES_FA),
    "wagtail_newsroom_withdraw": ("get post", PUBLISHES_FA),
    "wagtail_newsroom_restore": ("get post", PUBLISHES_FA),
    "localize/submit/page/<int:page_id>/": ("get", OPENS),
    "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/": (
        "get",
        AUTHORS | AT_DESK - {"page_translator_fa"},
    ),
    "localize/update/<int:translation_source_id>/": ("get", OPENS),
    "localize/translate/<int:translation_id>/machine_translate/": ("post", ASKS_FA),
    "newsroom_translations:index": ("get", AT_DESK),
    "newsroom_translations:index_results": ("get", AT_DESK),
    "newsroom_translations:progress": ("get", AT_DESK),
    **viewset("newsroom_memory", ENGINES, "import", "export"),
    **viewset("newsroom_glossary", ENGINES, "import", "export"),
    **viewset("newsroom_tags", EDITORS),
    **viewset("newsroom_image_texts", EDITORS),
    **viewset("newsroom_social", EDITORS),
    **{f"{_AUTHOR}:{view}": ("get", AUTHORS) for view in ("list", "list_results", "add", "edit")},
    **{f"{_AUTHOR}:{view}": ("get", AUTHORS) for view in ("history", "history_results", "usage")},
    **{f"{_AUTHOR}:{view}": ("get", AUTHORS) for view in ("copy", "preview_on_add")},
    **{f"{_AUTHOR}:{view}": ("get", AUTHORS) for view in ("preview_on_edit", "revisions_view")},
    **{f"{_AUTHOR}:{view}": ("get", AUTHORS) for view in ("revisions_compare", "revisions_revert")},
    f"{_AUTHOR}:delete": ("get", SUPERUSER),
    f"{_AUTHOR}:unpublish": ("get", PUBLISHES_AUTHORS),
    f"{_AUTHOR}:revisions_unschedule": ("get", PUBLISHES_AUTHORS),
    # Wagtail's choosers are for everybody who writes.
    **{
        f"{_CHOOSER}:{view}": ("get", INSIDE)
        for view in ("choose", "choose_results", "chosen", "chosen_multiple")
    },
    f"{_CHOOSER}:create": ("get", AUTHORS),
}

BULK = {
    ("piecestate", "newsroom_translate"): AT_DESK,
    ("piecestate", "newsroom_retry"): AT_DESK,
    ("piecestate", "newsroom_assign"): AT_DESK,
    ("piecestate", "newsroom_approve"): AT_DESK,
    ("piecestate", "newsroom_publish"): AT_DESK,
    ("piecestate", "newsroom_publish_both"): AT_DESK,
    ("piecestate", "newsroom_waive"): AT_DESK,
    ("piecestate", "newsroom_schedule"): AT_DESK,
    ("piecestate", "newsroom_unschedule"): AT_DESK,
    ("piecestate", "newsroom_unpublish"): AT_DESK,
    ("piecestate", "newsroom_withdraw"): AT_DESK,
}
"""Actions on ticked rows of the list; each asks the action for every row, see `test_actions`."""


@pytest.fixture
def cast(three: SimpleNamespace, write: Any, people: dict[str, Any]) -> SimpleNamespace:
    """One of everything that an address can name."""
    image = get_image_model().objects.create(title="A dam", file=get_test_image_file())
    page = write(
        title="The river rises",
        body=[("image", {"image": image, "alt": "A dam", "decorative": False})],
    )
    job = actions.request_translation(page, three.persian, user=None)
    jobs.run(job.pk)
    author = Author.objects.create(name="Mina", slug="mina", locale=three.english)
    revision = author.save_revision()
    tag = Tag.objects.create(name="Rivers", locale=three.persian, needs_name=True)
    state_rows.rebuild()
    cell = cell_of(page, "fa")
    return SimpleNamespace(
        people=people,
        cell=cell,
        arguments={
            "page_id": cell.target.pk,
            "job_id": job.pk,
            "translation_id": cell.translation.pk,
            "translation_source_id": cell.translation.source_id,
            "segment_id": localize.segments(cell.translation)[0].pk,
            "image_id": image.pk,
            "app_label": "wagtail_newsroom",
            "model_name": "author",
            "locale_id": three.persian.pk,
            "tag_id": tag.pk,
            "revision_id": revision.pk,
            "revision_id_a": revision.pk,
            "revision_id_b": revision.pk,
        },
        keys={
            "newsroom_memory": MemoryEntry.objects.create(
                source_language="en", target_language="fa", source_text="a", target_text="ب"
            ).pk,
            "newsroom_glossary": GlossaryTerm.objects.create(
                source_language="en", target_language="fa", term="dam", translation="سد"
            ).pk,
            "newsroom_tags": tag.pk,
            "newsroom_image_texts": ImageText.objects.create(
                image=image, alt="A dam", locale=three.english
            ).pk,
            "newsroom_social": SocialSettings.objects.create(
                site=Site.objects.get(), locale=three.english
            ).pk,
        },
        author=author.pk,
    )


def patterns() -> Iterator[tuple[str, str, URLPattern]]:
    """Yield name, pattern and address of all that is ours in the admin."""

    def walk(resolver: Any, before: str, spaces: str) -> Iterator[tuple[str, str, URLPattern]]:
        for one in resolver.url_patterns:
            route = before + str(one.pattern)
            if isinstance(one, URLPattern):
                name = f"{spaces}{one.name}" if one.name else ""
                yield name, route, one
            else:
                space = f"{spaces}{one.namespace}:" if one.namespace else spaces
                yield from walk(one, route, space)

    for name, route, address in walk(get_resolver(), "", ""):
        view = getattr(address.callback, "view_class", address.callback)
        is_ours = "newsroom" in name.partition(":")[0] or view.__module__.startswith(
            "wagtail_newsroom"
        )
        if route.startswith("admin/") and is_ours and "testapp" not in name:
            yield name or route.removeprefix("admin/"), route, address


def test_every_address_stands_in_the_table() -> None:
    """A new address has to be added to it, with who is let in."""
    assert {name for name, _route, _address in patterns()} == set(TABLE)


def test_every_bulk_action_stands_in_the_table() -> None:
    found = {
        ("piecestate", action.action_type)
        for action in hooks.get_hooks("register_bulk_action")
        if PieceState in action.models
    }
    assert found == set(BULK)


def address_of(name: str, route: str, cast: SimpleNamespace) -> str:
    """Return an address with one of everything filled in."""
    space = name.partition(":")[0]
    known = {**cast.arguments, "pk": cast.keys.get(space, cast.author)}
    if "/" not in name:
        names = set(re.findall(r"<(?:\w+:)?(\w+)>", route))
        return reverse(name, kwargs={key: known[key] for key in names})
    return "/admin/" + re.sub(r"<\w+:(\w+)>", lambda found: str(known[found[1]]), name)


def is_let_in(response: HttpResponseBase) -> bool:
    """Return whether an answer is more than a refusal or the way to the login."""
    if response.status_code == 403:
        return False
    place = response.headers.get("Location", "")
    return not (
        response.status_code == 302
        and (place.startswith(reverse("wagtailadmin_login")) or place == "/admin/")
    )


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_let_in(method: str, cast: SimpleNamespace) -> None:
    found, expected = {}, {}
    for role, user in cast.people.items():
        client = Client()
        if not isinstance(user, AnonymousUser):
            client.force_login(user)
        for name, route, _address in patterns():
            methods, allowed = TABLE[name]
            if method not in methods.split():
                continue
            url = address_of(name, route, cast)
            with undone():
                response = getattr(client, method)(url)
                if response.streaming:
                    # An export, whose file is closed at its end.
                    b"".join(response.streaming_content)
            found[role, name] = is_let_in(response)
            expected[role, name] = role in allowed
    assert {key for key in found if found[key] and not expected[key]} == set()
    assert {key for key in found if expected[key] and not found[key]} == set()


def test_who_is_asked_by_bulk_actions(cast: SimpleNamespace) -> None:
    wrong = []
    for role, user in cast.people.items():
        client = Client()
        if not isinstance(user, AnonymousUser):
            client.force_login(user)
        for (model, action), allowed in BULK.items():
            url = reverse("wagtail_bulk_action", args=["wagtail_newsroom", model, action])
            response = client.get(f"{url}?id={cast.cell.row.pk}")
            if is_let_in(response) is not (role in allowed):
                wrong.append((role, action))
            if is_let_in(response) and role in ("translator_de", "editor_de"):
                assert response.context["items"] == []
    assert wrong == []


def test_the_list_holds_what_a_role_may_see(cast: SimpleNamespace) -> None:
    languages = {
        "writer": {"fa", "de"},
        "translator_fa": {"fa"},
        "translator_de": {"de"},
        "editor": {"fa", "de"},
        "superuser": {"fa", "de"},
        "page_translator_fa": {"fa"},
    }
    found = {}
    for role in languages:
        client = Client()
        client.force_login(cast.people[role])
        response = client.get(reverse("newsroom_translations:index"), {"q": "river"})
        found[role] = {row.locale.language_code for row in response.context["object_list"]}
    assert found == languages
    assert ArticlePage.objects.filter(title__contains="river").exists()
