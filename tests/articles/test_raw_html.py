"""Raw HTML is kept to those who may use it, on every way through the article's form."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_localize.segments.extract import extract_segments

from tests.testapp.models import ReportIndexPage, ReportPage
from wagtail_newsroom.articles.blocks import ArticleBody
from wagtail_newsroom.checks import TAG, check_articles
from wagtail_newsroom.models import ArticlePage

WIDGET = "<p>Tide: <b>1</b></p>"


def html_in(page: ArticlePage) -> list[str]:
    """The raw HTML of a page's newest draft."""
    draft = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return [str(block.value) for block in draft.body if block.block_type == "raw_html"]


def form_data(blocks: list[tuple[str, Any]], **fields: Any) -> dict[str, Any]:
    """What a browser sends for an article with these blocks."""
    empty = {
        "TOTAL_FORMS": "0",
        "INITIAL_FORMS": "0",
        "MIN_NUM_FORMS": "0",
        "MAX_NUM_FORMS": "1000",
    }
    return nested_form_data(
        {
            "title": "Piece",
            "slug": "piece",
            "article_type": "news",
            "body": streamfield(blocks),
            "sources": streamfield([]),
            "related_pieces": streamfield([]),
            "newsroom_bylines": empty,
            "newsroom_corrections": empty,
            "comments": empty,
            **fields,
        }
    )


@pytest.fixture
def webmaster(editor: User) -> User:
    """An editor who may use raw HTML."""
    editor.user_permissions.add(Permission.objects.get(codename="use_raw_html"))
    return User.objects.get(pk=editor.pk)


@pytest.fixture
def piece(write: Callable[..., ArticlePage]) -> ArticlePage:
    """A piece that has raw HTML."""
    return write("Piece", slug="piece", body=[("heading", "One"), ("raw_html", WIDGET)])


def post(client: Client, user: User, page: ArticlePage, data: dict[str, Any]) -> Any:
    client.force_login(user)
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def test_an_editor_keeps_moves_and_takes_out_raw_html(
    piece: ArticlePage, editor: User, client: Client
) -> None:
    windows = WIDGET + "\r\n"
    assert post(
        client, editor, piece, form_data([("raw_html", windows), ("heading", "Two")])
    ).status_code in (200, 302)
    assert html_in(piece) == [WIDGET]
    post(client, editor, piece, form_data([("heading", "Three")]))
    assert html_in(piece) == []


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param([("raw_html", "<script>alert(1)</script>")], id="changed"),
        pytest.param([("raw_html", WIDGET), ("raw_html", WIDGET)], id="doubled"),
        pytest.param([("raw_html", WIDGET), ("raw_html", "<p>New</p>")], id="added"),
    ],
)
@pytest.mark.parametrize("action", ["save", "publish"])
def test_an_editor_adds_and_changes_no_raw_html(
    piece: ArticlePage,
    editor: User,
    client: Client,
    blocks: list[tuple[str, Any]],
    action: str,
) -> None:
    extra = {"action-publish": "on"} if action == "publish" else {}
    response = post(client, editor, piece, {**form_data(blocks), **extra})

    assert response.status_code == 200
    assert response.context["form"].errors["body"]
    assert html_in(piece) == [WIDGET]
    assert "alert(1)" not in client.get("/en/news/piece/", headers={"host": "localhost"}).text


def test_autosave_is_refused_too(piece: ArticlePage, editor: User, client: Client) -> None:
    client.force_login(editor)
    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[piece.pk]),
        form_data([("raw_html", "<p>Other</p>")]),
        headers={"accept": "application/json"},
    )
    assert response.status_code == 400
    assert json.loads(response.content)["success"] is False
    assert html_in(piece) == [WIDGET]


def test_a_new_page_and_a_site_s_own_class_are_guarded(
    paper: SimpleNamespace, editor: User, client: Client
) -> None:
    client.force_login(editor)
    reports = ReportIndexPage(title="Reports", slug="reports", locale=paper.english)
    paper.news.add_child(instance=reports)
    for model, parent in ((ArticlePage, paper.news), (ReportPage, reports)):
        meta = model._meta
        response = client.post(
            reverse("wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, parent.pk]),
            form_data([("raw_html", "<p>New</p>")], slug="new"),
        )
        assert response.status_code == 200
        assert response.context["form"].errors["body"]
        assert not model.objects.filter(slug="new").exists()


def test_whoever_may_adds_and_changes_raw_html(
    piece: ArticlePage, webmaster: User, client: Client
) -> None:
    response = post(
        client, webmaster, piece, form_data([("raw_html", "<p>Other</p>"), ("raw_html", WIDGET)])
    )
    assert response.status_code in (200, 302)
    assert html_in(piece) == ["<p>Other</p>", WIDGET]


def test_the_form_lets_others_read_only(
    piece: ArticlePage, editor: User, webmaster: User, client: Client
) -> None:
    shared = ArticlePage._meta.get_field("body").stream_block
    edit = reverse("wagtailadmin_pages:edit", args=[piece.pk])
    outsider = User.objects.get(pk=editor.pk)
    outsider.user_permissions.remove(Permission.objects.get(codename="use_raw_html"))
    client.force_login(outsider)
    block = client.get(edit).context["form"].fields["body"].block
    assert block.child_blocks["raw_html"].field.widget.attrs["readonly"] is True
    assert block.meta.block_counts == {"raw_html": {"max_num": 1}}

    outsider.user_permissions.add(Permission.objects.get(codename="use_raw_html"))
    client.force_login(User.objects.get(pk=editor.pk))
    assert client.get(edit).context["form"].fields["body"].block is shared
    assert "readonly" not in shared.child_blocks["raw_html"].field.widget.attrs
    assert not shared.meta.block_counts


def test_forms_for_others_make_no_blocks_that_stay_in_memory(
    piece: ArticlePage, editor: User, client: Client
) -> None:
    client.force_login(editor)
    edit = reverse("wagtailadmin_pages:edit", args=[piece.pk])
    client.get(edit)
    before = len(ArticleBody.definition_registry)
    client.get(edit)
    assert len(ArticleBody.definition_registry) == before


def test_raw_html_is_no_text_to_translate(piece: ArticlePage) -> None:
    assert [segment.path for segment in extract_segments(piece) if "Tide" in repr(segment)] == []


def test_a_form_without_the_guard_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReportPage, "base_form_class", WagtailAdminPageForm)
    found = [each for each in run_checks(tags=[TAG]) if each.id == "wagtail_newsroom.W010"]
    assert [each.obj for each in found] == [ReportPage]


def test_tables_without_their_app_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_articles() == []
    monkeypatch.setattr(apps, "is_installed", lambda name: name != "wagtail.contrib.table_block")
    assert [each.id for each in check_articles()] == ["wagtail_newsroom.W009"]
