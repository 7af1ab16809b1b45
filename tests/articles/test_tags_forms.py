"""Editors type tags in their own language: the page's form, its completion, preview and comparison."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from tests.conftest import person
from wagtail_newsroom.articles.tag_forms import PieceTagsFormField
from wagtail_newsroom.models import ArticlePage, Tag, TaggedPiece

from .test_tags_field import everything, fresh, latest, names, persian_tag

Write = Callable[..., ArticlePage]


@pytest.fixture
def browser(client: Client, admin_user: User) -> Client:
    client.force_login(admin_user)
    return client


def form_data(title: str, tags: str, **more: Any) -> dict[str, Any]:
    return nested_form_data(
        {
            "title": title,
            "slug": "typed",
            "article_type": "news",
            "body": streamfield([]),
            "sources": streamfield([]),
            "related_pieces": streamfield([]),
            "newsroom_bylines": inline_formset([]),
            "newsroom_corrections": inline_formset([]),
            "comments": inline_formset([]),
            "tags": tags,
            **more,
        }
    )


def create(browser: Client, parent: Any, title: str, tags: str, **more: Any) -> ArticlePage:
    url = reverse("wagtailadmin_pages:add", args=["wagtail_newsroom", "articlepage", parent.pk])
    response = browser.post(url, form_data(title, tags, **more))
    assert response.status_code == 302, response.context["form"].errors
    return ArticlePage.objects.get(title=title)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ('"تغییر اقلیم", دریا', ["تغییر اقلیم", "دریا"]),
        ("تغییر اقلیم، دریا", ["تغییر اقلیم", "دریا"]),
        ('"تغییر اقلیم، دریا؛ آب"', ["آب", "تغییر اقلیم", "دریا"]),
        ("دریا, دريا, دریا", ["دریا"]),
        ('"می\u200cرود"', ["می\u200cرود"]),
        ("", []),
        (', ،؛ "" -', []),
        ('"never closed, دریا', ["never closed", "دریا"]),
        ("</script><b>x</b>", ["</script><b>x</b>"]),
    ],
)
def test_what_is_typed_becomes_tags_of_the_page_s_language(
    browser: Client, paper: SimpleNamespace, typed: str, expected: list[str]
) -> None:
    page = create(browser, paper.news_fa, "پیش‌نویس", typed)
    assert sorted(names(latest(page))) == sorted(expected)
    assert set(Tag.objects.values_list("locale__language_code", flat=True)) <= {"fa"}


def test_saving_a_form_again_changes_no_row(browser: Client, paper: SimpleNamespace) -> None:
    page = create(browser, paper.news, "Again", 'Sea, "Climate change", NATO')
    rows = list(TaggedPiece.objects.order_by("pk").values_list("pk", "tag_id"))
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    shown = browser.get(url).context["form"]["tags"]
    typed = shown.field.widget.format_value(shown.value())
    browser.post(url, form_data("Again", typed, **{"action-publish": "1"}))
    assert list(TaggedPiece.objects.order_by("pk").values_list("pk", "tag_id")) == rows
    assert latest(page).newsroom_tagged_items.get(tag__name="Sea").pk in [pk for pk, _tag in rows]


def test_tag_without_a_name_survives_the_form(
    browser: Client, write: Write, paper: SimpleNamespace
) -> None:
    page = write("The sea rises")
    page.tags.add("Climate change", "Sea")
    page.save()
    twin = fresh(page).copy_for_translation(paper.persian)
    url = reverse("wagtailadmin_pages:edit", args=[twin.pk])
    shown = browser.get(url).context["form"]["tags"]
    typed = shown.field.widget.format_value(shown.value())
    browser.post(url, form_data("برخاستن دریا", f"{typed}, آب"))
    assert everything(latest(twin)) == [
        ("fa", "Climate change", True),
        ("fa", "Sea", True),
        ("fa", "آب", False),
    ]


def test_too_long_a_tag_is_told(browser: Client, paper: SimpleNamespace) -> None:
    url = reverse("wagtailadmin_pages:add", args=["wagtail_newsroom", "articlepage", paper.news.pk])
    response = browser.post(url, form_data("Long", "x" * 101))
    assert response.status_code == 200
    assert "tags" in response.context["form"].errors
    assert not Tag.objects.exists()
    assert browser.post(url, form_data("Long", "x" * 10_000)).status_code == 200


def test_input_asks_for_the_page_s_language(browser: Client, paper: SimpleNamespace) -> None:
    for parent, locale in ((paper.news, paper.english), (paper.news_fa, paper.persian)):
        url = reverse("wagtailadmin_pages:add", args=["wagtail_newsroom", "articlepage", parent.pk])
        page = BeautifulSoup(browser.get(url).content, "html.parser")
        field = page.find("input", attrs={"name": "tags"})
        assert field["data-w-tag-url-value"] == reverse(
            "wagtail_newsroom_complete_tags", args=[locale.pk]
        )
        assert json.loads(field["data-w-tag-options-value"])["autocompleteOnly"] is False


def complete(client: Client, locale: Locale, term: str) -> list[str]:
    url = reverse("wagtail_newsroom_complete_tags", args=[locale.pk])
    response = client.get(url, {"term": term})
    assert response.status_code == 200
    return list(response.json())


def test_completion_gives_named_tags_of_one_language_in_any_spelling(
    browser: Client, paper: SimpleNamespace, django_assert_num_queries: Any
) -> None:
    for name in ("Kitchen", "Kite"):
        Tag.objects.create(name=name, locale=paper.english)
    Tag.objects.create(name="کتاب\u200cها", locale=paper.persian)
    Tag.objects.create(name="Kitab", locale=paper.persian)
    waiting = Tag.objects.get(name="Kite").copy_for_translation(paper.persian)
    waiting.save()
    assert complete(browser, paper.english, "kI") == ["Kitchen", "Kite"]
    assert complete(browser, paper.persian, "ki") == ["Kitab"]
    assert complete(browser, paper.persian, "كتاب ه") == ["کتاب\u200cها"]
    assert complete(browser, paper.persian, "") == complete(browser, paper.persian, "%") == []
    assert complete(browser, paper.persian, "x" * 10_000) == []
    Tag.objects.bulk_create(
        Tag(name=f"Many {n}", key=f"many{n}", slug=f"m{n}", locale=paper.english) for n in range(30)
    )
    assert len(complete(browser, paper.english, "many")) == 10


def test_completion_is_for_the_admin_only(client: Client, paper: SimpleNamespace) -> None:
    url = reverse("wagtail_newsroom_complete_tags", args=[paper.english.pk])
    assert client.get(url, {"term": "s"}).status_code == 302
    client.force_login(User.objects.create_user("reader", password="secret"))
    assert client.get(url, {"term": "s"}).status_code == 302
    client.force_login(person("writer"))
    assert client.get(url, {"term": "s"}).status_code == 200
    assert client.post(url).status_code == 405


def test_preview_and_autosave_keep_languages_apart(
    browser: Client, write: Write, paper: SimpleNamespace
) -> None:
    page = write("پیش‌نویس", parent=paper.news_fa, locale=paper.persian)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert browser.post(url, form_data("پیش‌نویس", "دریا, Sea")).json()["is_valid"]
    shown = browser.get(url)
    assert shown.status_code == 200
    assert "دریا" in shown.content.decode()
    assert names(fresh(page)) == []
    assert set(Tag.objects.values_list("locale__language_code", flat=True)) == {"fa"}
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    browser.post(edit, form_data("پیش‌نویس", "دریا"), headers={"accept": "application/json"})
    assert names(latest(page)) == ["دریا"]


def test_comparison_of_versions_shows_tags(browser: Client, write: Write) -> None:
    page = write("The sea rises")
    first = page.get_latest_revision()
    page.tags.add("Brine")
    second = page.save_revision()
    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk])
    assert "brine" in browser.get(url).content.decode()


def test_bulk_publishing_and_scheduling_keep_each_page_s_tags(
    browser: Client, write: Write, paper: SimpleNamespace
) -> None:
    from datetime import timedelta

    from django.core.management import call_command
    from django.utils import timezone

    now = timezone.now()
    english = write("One", live=False)
    persian = write("دو", live=False, parent=paper.news_fa, locale=paper.persian)
    for page, tag in ((english, "Sea"), (persian, "دریا")):
        draft = latest(page)
        draft.tags.add(tag)
        draft.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    browser.post(f"{url}?id={english.pk}&id={persian.pk}", {"include_descendants": ""})
    assert [names(fresh(page)) for page in (english, persian)] == [["Sea"], ["دریا"]]
    draft = latest(persian)
    draft.tags.add("آب")
    draft.go_live_at = now - timedelta(minutes=1)
    draft.save_revision(approved_go_live_at=now - timedelta(minutes=1))
    call_command("publish_scheduled", verbosity=0)
    assert names(fresh(persian)) == ["دریا", "آب"]


def test_site_may_keep_to_the_tags_that_there_are(
    paper: SimpleNamespace, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Tag, "free_tagging", False, raising=False)
    page = write("The sea rises")
    page.tags.add("Sea")
    page.save()
    persian_tag("Sea", "دریا")
    field = PieceTagsFormField(required=False)
    field.instance, field.widget.locale_id = fresh(page), page.locale_id
    assert field.clean("sea, Air, دریا") == ["sea"]
