"""Role × route × state: whoever may not publish makes nothing live, and nobody machine text."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask

from tests.desk.test_gate import post_data
from tests.testapp.models import Notice, Venue
from wagtail_newsroom.desk import actions, jobs, list_actions, localize, state_rows
from wagtail_newsroom.desk.list_bulk import BULK_ACTIONS
from wagtail_newsroom.exceptions import Declined
from wagtail_newsroom.models import ArticlePage, Author

from .conftest import ROLES, cell_of, undone

pytestmark = pytest.mark.django_db

PUBLISHERS = ("editor", "editor_fa", "publisher", "superuser")
"""Who may publish Persian pages; of them, the publisher may not approve."""

ON_PERSIAN = ("writer", "translator_fa", "page_translator_fa")
"""Who has a right on Persian pieces, though not to publish them."""

BODY = [("paragraph", "<p>The river <b>rose</b> on Monday.</p>")]


@pytest.fixture
def cast(
    three: SimpleNamespace, write: Callable[..., ArticlePage], people: dict[str, Any]
) -> SimpleNamespace:
    """Persian pages: a machine draft, a live one with a new machine draft, and an approved draft.

    And an article that is in no other language, snippets, and a workflow for those who publish.
    """

    def translated(page: Any) -> Any:
        job = actions.request_translation(page, three.persian, user=None)
        jobs.run(job.pk)
        return localize.get_translation(job.translation_id)

    draft = write(title="A draft", body=BODY)
    translated(draft)
    updated = write(title="An update", body=[("paragraph", "<p>It is raining.</p>")])
    translation = translated(updated)
    actions.approve(translation, user=None)
    actions.publish(translation, user=None)
    updated.body = [("paragraph", "<p>It stopped raining.</p>")]
    updated.save_revision().publish()
    translated(updated)
    approved = write(title="An approved one", body=[("paragraph", "<p>The sun came out.</p>")])
    actions.approve(translated(approved), user=None)
    write(title="Only English", body=[("paragraph", "<p>Nothing else.</p>")], slug="only-english")

    workflow = Workflow.objects.create(name="Moderation")
    task = GroupApprovalTask.objects.create(name="Moderators")
    moderators = Group.objects.create(name="Moderators of the test")
    task.groups.add(moderators)
    for role in PUBLISHERS:
        people[role].groups.add(moderators)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    state_rows.rebuild()
    cells = {
        name: cell_of(page, "fa")
        for name, page in (("draft", draft), ("updated", updated), ("approved", approved))
    }
    return SimpleNamespace(paper=three, workflow=workflow, people=people, **cells)


class Attempt(SimpleNamespace):
    """What a route gets: who tries, with which browser, at which piece, in which newspaper."""

    client: Client
    user: Any
    cell: SimpleNamespace
    cast: SimpleNamespace

    @property
    def page(self) -> Any:
        """The Persian page as it is stored now."""
        return Page.objects.get(pk=self.cell.target.pk).specific

    def post(self, name: str, args: list[Any], data: Any = None, query: str = "") -> Any:
        """Sends a form as a browser does."""
        return self.client.post(reverse(name, args=args) + query, data or {})

    def api(self, action: str, page: Any = None, **data: Any) -> Any:
        """Asks the admin's API for an action on the page."""
        return self.client.post(
            reverse("wagtailadmin_api:pages:action", args=[(page or self.page).pk, action]),
            json.dumps(data),
            content_type="application/json",
        )


def review_page(attempt: Attempt) -> None:
    """Publishes at the desk."""
    attempt.post("wagtail_newsroom_review", [attempt.cell.translation.pk], {"action": "publish"})


def approve_and_publish(attempt: Attempt) -> None:
    """Approves and then publishes at the desk, as one who may do only the first would try."""
    review = attempt.client.get(
        reverse("wagtail_newsroom_review", args=[attempt.cell.translation.pk])
    )
    seen = review.context["seen"] if review.status_code == 200 else ""
    data = {"action": "approve", "seen": seen}
    attempt.post("wagtail_newsroom_review", [attempt.cell.translation.pk], data)
    review_page(attempt)


def bulk_at_the_desk(attempt: Attempt) -> None:
    """Does every action of the list that makes live, as one who saw its question."""
    for action in BULK_ACTIONS:
        name: str = action.action_type  # type: ignore[attr-defined]
        if name in ("newsroom_approve", "newsroom_translate", "newsroom_retry"):
            continue
        url = (
            reverse("wagtail_bulk_action", args=["wagtail_newsroom", "piecestate", name])
            + f"?id={attempt.cell.row.pk}"
        )
        question = attempt.client.get(url)
        form = question.context["form"] if question.status_code == 200 else None
        seen = form["seen"].value() if form is not None else ""
        attempt.client.post(url, {"seen": seen})


def publish_both(attempt: Attempt) -> None:
    """Publishes both languages by the action."""
    list_actions.publish_both(attempt.cell.translation, user=attempt.user)


def publish_action(attempt: Attempt) -> None:
    """Publishes by the desk's action."""
    actions.publish(attempt.cell.translation, user=attempt.user)


def localize_editor(attempt: Attempt) -> None:
    """Presses wagtail-localize's own “Publish”."""
    for query in ("", "?editor=fields"):
        attempt.post("wagtailadmin_pages:edit", [attempt.page.pk], {"action": "publish"}, query)


def stop(attempt: Attempt) -> None:
    """Stops the translation, so that the ordinary editor opens."""
    attempt.post("wagtail_localize:stop_translation", [attempt.cell.translation.pk])


def form_of(attempt: Attempt) -> dict[str, Any]:
    """Return what the ordinary editor would send, or what somebody would make up without it."""
    page = attempt.client.get(reverse("wagtailadmin_pages:edit", args=[attempt.page.pk]))
    context = page.context if page.status_code == 200 else None
    form = context.get("form") if context is not None else None
    return post_data(form) if form is not None else {"title": "x", "slug": "x"}


def page_editor(attempt: Attempt) -> None:
    """Stops the translation and publishes in the ordinary editor."""
    stop(attempt)
    data = {**form_of(attempt), "action-publish": "1"}
    attempt.post("wagtailadmin_pages:edit", [attempt.page.pk], data)


def schedule(attempt: Attempt) -> None:
    """Sets a time in the ordinary editor, and waits for it."""
    stop(attempt)
    soon = timezone.now() + timedelta(minutes=5)
    data = {
        **form_of(attempt),
        "action-publish": "1",
        "go_live_at": soon.strftime("%Y-%m-%d %H:%M"),
    }
    attempt.post("wagtailadmin_pages:edit", [attempt.page.pk], data)
    past = timezone.now() - timedelta(minutes=1)
    for revision in attempt.page.revisions.exclude(approved_go_live_at=None):
        revision.approved_go_live_at = past
        revision.content["go_live_at"] = past.isoformat()
        revision.save()
    call_command("publish_scheduled")


def submit_to_workflow(attempt: Attempt) -> None:
    """Submits the page for moderation and approves it, if it comes to that."""
    stop(attempt)
    attempt.cast.workflow.workflow_pages.get_or_create(page=attempt.cast.paper.home_fa)
    data = {**form_of(attempt), "action-submit": "1"}
    attempt.post("wagtailadmin_pages:edit", [attempt.page.pk], data)
    approve_in_workflow(attempt)


def approve_in_workflow(attempt: Attempt) -> None:
    """Approves the task that the page is in."""
    task = attempt.page.current_workflow_task_state
    if task is not None:
        attempt.post("wagtailadmin_pages:workflow_action", [attempt.page.pk, "approve", task.pk])


def workflow(attempt: Attempt) -> None:
    """Approves a page that somebody else submitted for moderation."""
    attempt.cast.workflow.start(attempt.page, attempt.cast.people["superuser"])
    approve_in_workflow(attempt)


def bulk_publish(attempt: Attempt) -> None:
    """Publishes in the explorer, with what is below."""
    for page in (attempt.page, attempt.page.get_parent()):
        attempt.post(
            "wagtail_bulk_action",
            ["wagtailcore", "page", "publish"],
            {"include_descendants": "on"},
            f"?id={page.pk}&next=/admin/",
        )


def bulk_unpublish(attempt: Attempt) -> None:
    """Takes pages from readers in the explorer."""
    attempt.post(
        "wagtail_bulk_action",
        ["wagtailcore", "page", "unpublish"],
        {"include_descendants": "on"},
        f"?id={attempt.page.pk}&next=/admin/",
    )


def unpublish(attempt: Attempt) -> None:
    """Takes the page from readers, with its other languages."""
    attempt.post("wagtailadmin_pages:unpublish", [attempt.page.pk], {"include_descendants": "on"})


def revert(attempt: Attempt) -> None:
    """Goes back to each of the page's revisions and publishes it."""
    stop(attempt)
    for revision in attempt.page.revisions.order_by("-pk")[:1]:
        attempt.client.get(
            reverse("wagtailadmin_pages:revisions_revert", args=[attempt.page.pk, revision.pk])
        )
        data = {**form_of(attempt), "revision": revision.pk, "action-publish": "1"}
        attempt.post("wagtailadmin_pages:edit", [attempt.page.pk], data)


def copy(attempt: Attempt) -> None:
    """Copies the page, to be live at once."""
    data = {
        "new_title": "A copy",
        "new_slug": "a-copy",
        "new_parent_page": attempt.page.get_parent().pk,
        "copy_subpages": "on",
        "publish_copies": "on",
    }
    attempt.post("wagtailadmin_pages:copy", [attempt.page.pk], data)
    if attempt.user.is_anonymous:
        return
    CopyPageAction(
        attempt.page,
        keep_live=True,
        update_attrs={"slug": "another-copy"},
        user=attempt.user,
    ).execute()


def alias(attempt: Attempt) -> None:
    """Makes aliases of the translated page, and of its original below the Persian section."""
    news_fa = attempt.cast.paper.news_fa
    for page in (attempt.page, attempt.cell.page):
        data = {
            "new_title": "A copy",
            "new_slug": f"an-alias-{page.pk}",
            "new_parent_page": news_fa.pk,
            "alias": "on",
        }
        attempt.post("wagtailadmin_pages:copy", [page.pk], data)
        attempt.api(
            "create_alias", page, destination_page_id=news_fa.pk, update_slug=f"alias-{page.pk}"
        )


def convert_to_alias(attempt: Attempt) -> None:
    """Makes the translated page an alias of its original, and back."""
    attempt.post("wagtail_localize:convert_to_alias", [attempt.page.pk])
    attempt.post("wagtailadmin_pages:convert_alias", [attempt.page.pk])


def move(attempt: Attempt) -> None:
    """Moves the page, and its original below the Persian section."""
    for page, place in (
        (attempt.page, attempt.cast.paper.home_fa),
        (attempt.cell.page, attempt.cast.paper.news_fa),
    ):
        attempt.post("wagtailadmin_pages:move_confirm", [page.pk, place.pk])


def delete(attempt: Attempt) -> None:
    """Deletes the page."""
    attempt.post("wagtailadmin_pages:delete", [attempt.page.pk])


def create(attempt: Attempt) -> None:
    """Writes a new page below the Persian section, to be live at once."""
    place = ["wagtail_newsroom", "articlepage", attempt.cast.paper.news_fa.pk]
    page = attempt.client.get(reverse("wagtailadmin_pages:add", args=place))
    form = page.context.get("form") if page.status_code == 200 else None
    data = {
        **(post_data(form) if form is not None else {}),
        "title": "Nothing else.",
        "slug": "made-up",
        "action-publish": "1",
    }
    attempt.post("wagtailadmin_pages:add", place, data)


def admin_api(attempt: Attempt) -> None:
    """Publishes by the admin's API."""
    attempt.api("publish")


def admin_api_copies(attempt: Attempt) -> None:
    """Copies the page and its original by the admin's API, live and as aliases."""
    news_fa = attempt.cast.paper.news_fa.pk
    for page in (attempt.page, attempt.cell.page):
        attempt.api(
            "copy", page, destination_page_id=news_fa, keep_live=True, slug=f"copy-{page.pk}"
        )


def admin_api_alias(attempt: Attempt) -> None:
    """Puts an English page among the Persian ones as an alias, by the admin's API."""
    only_english = Page.objects.get(slug="only-english").specific
    attempt.api("copy_for_translation", only_english, locale="fa", alias=True)


def admin_api_translation(attempt: Attempt) -> None:
    """Puts an English page among the Persian ones as their own, by the admin's API."""
    only_english = Page.objects.get(slug="only-english").specific
    attempt.api("copy_for_translation", only_english, locale="fa")


def admin_api_rest(attempt: Attempt) -> None:
    """Does everything else that the admin's API can do with a page."""
    for revision in attempt.page.revisions.all()[:1]:
        attempt.api("revert_to_page_revision", revision_id=revision.pk)
    attempt.api("convert_alias")
    attempt.api("move", destination_page_id=attempt.cast.paper.home_fa.pk)
    attempt.api("unpublish")
    attempt.api("delete")


def public_api(attempt: Attempt) -> None:
    """Publishes by the API that writes, where Wagtail has it."""
    try:
        url = reverse("wagtailapi_v3:pages_actions_publish", args=[attempt.page.pk])
    except NoReverseMatch:
        return
    attempt.client.post(url)


def revision_publish(attempt: Attempt) -> None:
    """Publishes the newest revision as that person, in code."""
    if attempt.user.is_anonymous:
        return
    attempt.page.get_latest_revision().publish(user=attempt.user)


def action_class(attempt: Attempt) -> None:
    """Publishes by Wagtail's own action."""
    if attempt.user.is_anonymous:
        return
    revision = attempt.page.get_latest_revision()
    PublishPageRevisionAction(revision, user=attempt.user).execute()


def localize_submit(attempt: Attempt) -> None:
    """Submits and updates by wagtail-localize's addresses, to be published at once."""
    only_english = Page.objects.get(slug="only-english")
    data = {"locales": [attempt.cast.paper.persian.pk], "locale": ["fa"], "publish": "on"}
    attempt.client.post(f"/admin/localize/submit/page/{only_english.pk}/", data)
    source = attempt.cell.translation.source_id
    attempt.client.post(
        f"/admin/localize/update/{source}/",
        {"publish_translations": "on", "use_machine_translation": "on", "locale": ["fa"]},
    )
    translation = attempt.cell.translation.pk
    attempt.client.post(f"/admin/localize/translate/{translation}/machine_translate/")


def localize_texts(attempt: Attempt) -> None:
    """Writes texts by wagtail-localize's editor and a file."""
    translation = attempt.cell.translation
    for segment in localize.segments(translation):
        attempt.client.put(
            reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]),
            "value=Other words",
            content_type="application/x-www-form-urlencoded",
        )
    file = SimpleUploadedFile(
        "x.po", b'msgid ""\nmsgstr ""\n"X-WagtailLocalize-TranslationID: x"\n'
    )
    attempt.post("wagtail_localize:upload_pofile", [translation.pk], {"file": file})


def restart(attempt: Attempt) -> None:
    """Stops the translation and starts it again."""
    stop(attempt)
    attempt.post(
        "wagtailadmin_pages:edit", [attempt.page.pk], {"localize-restart-translation": "1"}
    )


def bylines(attempt: Attempt) -> None:
    """Saves the bylines, which makes a draft."""
    data = {
        "newsroom_bylines-TOTAL_FORMS": "0",
        "newsroom_bylines-INITIAL_FORMS": "0",
        "newsroom_bylines-MIN_NUM_FORMS": "0",
        "newsroom_bylines-MAX_NUM_FORMS": "1000",
    }
    attempt.post("wagtail_newsroom_bylines", [attempt.page.pk], data)


def withdraw(attempt: Attempt) -> None:
    """Withdraws the piece and brings it back."""
    for page in (attempt.page, attempt.cell.page):
        attempt.post("wagtail_newsroom_withdraw", [page.pk], {"notice_fa": "x", "notice_en": "x"})


# The route, and whether an approved draft goes live on it for somebody who may everything.
ROUTES: dict[Callable[[Attempt], None], bool] = {
    review_page: True,
    approve_and_publish: True,
    bulk_at_the_desk: True,
    publish_both: True,
    publish_action: True,
    localize_editor: True,
    page_editor: True,
    schedule: True,
    submit_to_workflow: True,
    workflow: True,
    bulk_publish: True,
    bulk_unpublish: False,
    unpublish: False,
    revert: True,
    copy: False,
    alias: False,
    convert_to_alias: False,
    move: False,
    delete: False,
    create: False,
    admin_api: True,
    admin_api_copies: False,
    admin_api_alias: False,
    admin_api_translation: False,
    admin_api_rest: False,
    public_api: False,
    revision_publish: True,
    action_class: True,
    localize_submit: False,
    localize_texts: False,
    restart: False,
    bylines: False,
    withdraw: False,
}


def public() -> list[Any]:
    """Return all that readers see: pages that are live with their texts, and snippets."""
    pages = Page.objects.filter(live=True).order_by("pk").specific()
    snippets = [
        one
        for model in (Author, Venue, Notice)
        for one in model._base_manager.order_by("pk")
        if getattr(one, "live", True)
    ]
    return [
        (type(one).__name__, one.pk, getattr(one, "url_path", ""), one.title, words_of(one))
        if isinstance(one, Page)
        else (type(one).__name__, one.pk, str(one), "", "")
        for one in [*pages, *snippets]
    ]


def words_of(page: Any) -> str:
    """Return what an article says, with its markup."""
    return str(list(page.body.raw_data)) if isinstance(page, ArticlePage) else ""


def shows(seen: list[Any], texts: set[str]) -> bool:
    """Return whether readers see one of these texts."""
    return any(text in title or text in words for *_one, title, words in seen for text in texts)


def go(route: Callable[[Attempt], None], attempt: Attempt) -> list[Any]:
    """Take a route, and return what readers saw at its end; everything is undone."""
    with undone():
        # A refusal ends the route, in code as in the admin.
        with contextlib.suppress(PermissionDenied, Declined):
            route(attempt)
        return public()


def browser_of(user: Any) -> Client:
    """Return a browser with that person at it."""
    client = Client()
    if user.is_authenticated:
        client.force_login(user)
    return client


def unapproved(cell: SimpleNamespace) -> set[str]:
    """Return the machine's texts that nobody approved."""
    draft = cell.target.get_latest_revision_as_object()
    return set(localize.texts_of(draft)) - set(localize.texts_of(cell.target.specific))


def test_readers_are_told_of_a_machine_text_when_it_is_live(cast: SimpleNamespace) -> None:
    """What the other tests look for is found where it is."""
    for cell in (cast.draft, cast.updated):
        texts = unapproved(cell)
        assert texts
        assert not shows(public(), texts)
        with undone():
            actions.approve(cell.translation, user=None)
            actions.publish(cell.translation, user=None)
            assert all(shows(public(), {text}) for text in texts)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in PUBLISHERS])
def test_who_may_not_publish_makes_nothing_live(role: str, cast: SimpleNamespace) -> None:
    """Not even what is approved, and takes nothing from readers."""
    user = cast.people[role]
    client, before, wrong = browser_of(user), public(), []
    # Rights on Persian may lead further at what is live and has a new draft.
    cells = ("approved", "updated") if role in ON_PERSIAN else ("approved",)
    for route in ROUTES:
        for name in cells:
            attempt = Attempt(client=client, user=user, cell=getattr(cast, name), cast=cast)
            if go(route, attempt) != before:
                wrong.append((route.__name__, name))
    assert wrong == []


# The one may not approve, and for the other there is nothing but the gate.
@pytest.mark.parametrize("role", ["publisher", "superuser"])
def test_who_may_publish_makes_no_machine_text_live(role: str, cast: SimpleNamespace) -> None:
    user = cast.people[role]
    client, wrong = browser_of(user), []
    for name in ("draft", "updated"):
        cell = getattr(cast, name)
        texts = unapproved(cell)
        for route in ROUTES:
            if route is approve_and_publish and role != "publisher":
                # They may do both, and then a person approved it.
                continue
            if shows(go(route, Attempt(client=client, user=user, cell=cell, cast=cast)), texts):
                wrong.append((route.__name__, name))
    assert wrong == []


def test_the_routes_lead_somewhere(cast: SimpleNamespace) -> None:
    """What is approved goes live on them for somebody who may everything."""
    user = cast.people["superuser"]
    client, texts = browser_of(user), unapproved(cast.approved)
    found = {
        route: shows(
            go(route, Attempt(client=client, user=user, cell=cast.approved, cast=cast)), texts
        )
        for route in ROUTES
    }
    assert found == ROUTES
