"""Wagtail's autosave, comments and presence work on our pages, and nothing of ours runs twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Comment, Page, Revision
from wagtail.test.utils.form_data import querydict_from_html

from tests.testapp.models import Venue
from wagtail_newsroom.desk import actions, localize, state_rows
from wagtail_newsroom.models import (
    ArticlePage,
    Author,
    Byline,
    Correction,
    PieceState,
    Tag,
    TaggedPiece,
    TranslationJob,
)


@pytest.fixture
def piece(
    write: Callable[..., ArticlePage],
    author: Author,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
) -> ArticlePage:
    """A live article with a byline, a tag and a correction, and its machine draft."""
    page = write(title="The dam holds")
    page.newsroom_bylines.add(Byline(author=author, role=Byline.Role.WRITER))
    page.newsroom_corrections.add(Correction(date=date(2026, 1, 5), text="A figure was wrong."))
    page.tags.add("Climate")
    page.save_revision().publish()
    actions.request_translation(page, paper.persian, user=editor)
    run_jobs()
    return ArticlePage.objects.get(pk=page.pk)


def form_data(html: str) -> Any:
    """Return what the editor's form holds."""
    form = BeautifulSoup(html, "html.parser").select_one("form[data-edit-form]")
    assert form is not None
    data = querydict_from_html(html, form_id=str(form["id"]))
    # Its blocks are made by a script.
    data.update({f"{name}-count": "0" for name in ("body", "sources", "related_pieces")})
    return data


def autosave(client: Client, url: str, data: Any, **changes: str) -> dict[str, Any]:
    """Send a form as Wagtail's autosave does; returns the answer."""
    for name, value in changes.items():
        data[name] = value
    response = client.post(url, data, headers={"accept": "application/json"})
    answer: dict[str, Any] = response.json()
    assert answer["success"], answer
    if "revision_id" in answer:
        data["overwrite_revision_id"] = str(answer["revision_id"])
        data["loaded_revision_id"] = str(answer["revision_id"])
    data.update({name: str(value) for name, value in answer.get("field_updates", {}).items()})
    return answer


def rows() -> dict[str, int]:
    """Count what must not grow."""
    models = (Byline, Correction, Tag, TaggedPiece, PieceState, TranslationJob, Page)
    return {model.__name__: model.objects.count() for model in models}


def test_autosave_of_a_piece_starts_nothing_and_doubles_nothing(
    piece: ArticlePage,
    editor: User,
    client: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    state_rows.rebuild()
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:edit", args=[piece.pk])
    data = form_data(client.get(url).content.decode())
    # The widget's value is put there by a script, too.
    data["tags"] = "Climate"
    before, mails = rows(), len(mail.outbox)
    revisions = piece.revisions.count()
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(3):
            autosave(client, url, data, title=f"The dam holds, {number}")
    assert rows() == before
    assert len(mail.outbox) == mails
    assert piece.revisions.count() == revisions + 1
    latest = ArticlePage.objects.get(pk=piece.pk).get_latest_revision_as_object()
    assert latest.title == "The dam holds, 2"
    assert [tag.name for tag in latest.tags.all()] == ["Climate"]
    assert latest.newsroom_bylines.count() == latest.newsroom_corrections.count() == 1
    stored = ArticlePage.objects.get(pk=piece.pk)
    assert stored.title == "The dam holds"
    row = PieceState.objects.get(translation_key=piece.translation_key)
    assert row.state == "draft"


def test_autosave_of_a_new_piece_makes_one_page_and_no_translation(
    paper: SimpleNamespace, editor: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:add", args=["wagtail_newsroom", "articlepage", paper.news.pk])
    data = form_data(client.get(url).content.decode())
    with django_capture_on_commit_callbacks(execute=True):
        answer = autosave(client, url, data, title="Bre", slug="bre")
        edit = reverse("wagtailadmin_pages:edit", args=[answer["pk"]])
        for title in ("Breaking", "Breaking news in full"):
            autosave(client, edit, data, title=title, slug="breaking-news-in-full")
    page = ArticlePage.objects.get()
    assert not page.live
    assert not page.get_translations().exists()
    assert not TranslationJob.objects.exists()
    assert not localize.TranslationSource.objects.exists()
    assert PieceState.objects.filter(translation_key=page.translation_key).count() == 1


def test_autosave_of_a_snippet_starts_nothing_and_doubles_nothing(
    venue: Venue, chief: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    state_rows.rebuild()
    client.force_login(chief)
    url = reverse(Venue.snippet_viewset.get_url_name("edit"), args=[venue.pk])
    data = form_data(client.get(url).content.decode())
    before = rows()
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(3):
            autosave(client, url, data, name=f"The Old Mill {number}")
    assert rows() == before
    assert Venue.objects.get().name == "The Old Mill"
    assert Venue.objects.get().get_latest_revision_as_object().name == "The Old Mill 2"


def test_autosave_does_not_reach_a_translation(
    piece: ArticlePage, paper: SimpleNamespace, editor: User, client: Client
) -> None:
    target = piece.get_translation(paper.persian)
    before = (Revision.objects.count(), target.title)
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:edit", args=[target.pk])
    response = client.post(url, {"title": "Overwritten"}, headers={"accept": "application/json"})
    assert response.status_code < 500
    target = ArticlePage.objects.get(pk=target.pk)
    assert (Revision.objects.count(), target.title) == before
    assert target.get_latest_revision_as_object().title != "Overwritten"


def test_comments_and_presence_are_there(piece: ArticlePage, editor: User, client: Client) -> None:
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:edit", args=[piece.pk])
    html = client.get(url).content.decode()
    page = BeautifulSoup(html, "html.parser")
    assert page.select_one("[data-controller~=w-session]")
    assert page.select_one("[data-controller~=w-autosave], [data-w-autosave-interval-value]")
    data = form_data(html)
    data.update(
        {
            "comments-TOTAL_FORMS": "1",
            "comments-INITIAL_FORMS": "0",
            "comments-MIN_NUM_FORMS": "0",
            "comments-MAX_NUM_FORMS": "",
            "comments-0-text": "Is this figure right?",
            "comments-0-contentpath": "title",
            "comments-0-position": "",
            "comments-0-id": "",
            "comments-0-DELETE": "",
            "comments-0-resolved": "",
            "comments-0-replies-TOTAL_FORMS": "0",
            "comments-0-replies-INITIAL_FORMS": "0",
            "comments-0-replies-MIN_NUM_FORMS": "0",
            "comments-0-replies-MAX_NUM_FORMS": "0",
        }
    )
    autosave(client, url, data)
    comment = Comment.objects.get(page=piece.pk)
    assert (comment.text, comment.contentpath, comment.user) == (
        "Is this figure right?",
        "title",
        editor,
    )
