"""What was renamed is found under its old address: pages, tags and authors, and their feeds."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from tests.articles.test_tags_field import persian_tag
from wagtail_newsroom.articles.tag_actions import merge_tags, name_tag
from wagtail_newsroom.models import ArticlePage, Author, Tag
from wagtail_newsroom.publishing.moved import leave_redirects

pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile")
Write = Callable[..., ArticlePage]
FEEDS = ("", "feed/", "feed/atom/", "feed/json/")


def leads_to(client: Client, url: str) -> str:
    """Where readers arrive who ask for an address, the letters readable; empty for nowhere."""
    response = client.get(quote(url), headers={"host": "localhost"})
    if response.status_code == 404:
        return ""
    assert response.status_code == 301
    target = response["Location"]
    assert client.get(target, headers={"host": "localhost"}).status_code == 200
    return unquote(target)


@pytest.fixture
def sea(write: Write, paper: SimpleNamespace) -> Tag:
    page = write("The sea rises", slug="sea-rises")
    page.tags.add("Sea")
    page.save_revision().publish()
    return Tag.objects.get(slug="sea")


def test_page_whose_slug_was_changed_is_found(
    write: Write, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = write("Ferries run late", slug="ferries")
    page.slug = "late-ferries"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert leads_to(client, "/en/news/ferries/") == "/en/news/late-ferries/"


def test_tag_and_its_feeds_are_found_under_former_slugs(sea: Tag, client: Client) -> None:
    for slug in ("ocean", "high-sea"):
        sea.slug = slug
        sea.save()
    for end in FEEDS:
        for old in ("sea", "ocean"):
            assert leads_to(client, f"/en/tags/{old}/{end}") == f"/en/tags/high-sea/{end}"
    assert {row.redirect_link for row in Redirect.objects.all()} == {
        f"/en/tags/high-sea/{end}" for end in FEEDS
    }


def test_longest_persian_slug_is_found(sea: Tag, client: Client) -> None:
    tag = persian_tag("Sea", "دریا")
    long = "د" * 100
    for slug in (long, "آب-ها"):
        tag.slug = slug
        tag.save()
    assert leads_to(client, f"/fa/tags/{long}/") == "/fa/tags/آب-ها/"
    assert leads_to(client, f"/en/tags/{long}/") == ""


def test_slug_that_is_taken_again_leads_nowhere_else(sea: Tag, client: Client) -> None:
    for slug in ("ocean", "sea"):
        sea.slug = slug
        sea.save()
    assert leads_to(client, "/en/tags/ocean/") == "/en/tags/sea/"
    assert not Redirect.objects.filter(old_path="/en/tags/sea").exists()


def test_merged_tag_leads_to_the_one_that_stays(sea: Tag, client: Client) -> None:
    ocean = Tag.objects.create(name="Ocean", locale=sea.locale)
    merge_tags(sea, ocean, user=None)
    for end in FEEDS:
        assert leads_to(client, f"/en/tags/ocean/{end}") == f"/en/tags/sea/{end}"


def test_tag_that_readers_never_saw_leaves_no_redirect(sea: Tag, client: Client) -> None:
    unnamed = sea.copy_for_translation(Locale.objects.get(language_code="fa"))
    unnamed.save()
    name_tag(unnamed, "دریا", user=None)
    assert not Redirect.objects.exists()


def test_author_is_found_under_the_former_slug(
    author: Callable[..., Author], client: Client
) -> None:
    mina = author("Mina Rad", slug="mina-rad")
    mina.slug = "mina"
    draft = mina.save_revision()
    assert not Redirect.objects.exists()
    draft.publish()
    for end in FEEDS:
        assert leads_to(client, f"/en/authors/mina-rad/{end}") == f"/en/authors/mina/{end}"


def test_redirect_that_a_person_made_stays(sea: Tag, client: Client) -> None:
    Redirect.add_redirect("/en/tags/sea/", redirect_to="/en/")
    sea.slug = "ocean"
    sea.save()
    assert leads_to(client, "/en/tags/sea/") == "/en/"


@pytest.mark.parametrize("way", ["setting", "app", "addresses"])
def test_site_without_redirects_gets_none(
    sea: Tag, settings: Any, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    match way:
        case "setting":
            settings.WAGTAILREDIRECTS_AUTO_CREATE = False
        case "app":
            monkeypatch.setattr(
                "wagtail_newsroom.publishing.moved.apps.is_installed", lambda _: False
            )
        case "addresses":
            settings.ROOT_URLCONF = "tests.publishing.test_tag_pages"
    sea.slug = "ocean"
    sea.save()
    assert not Redirect.objects.exists()


@pytest.mark.django_db
def test_redirects_cost_the_same_however_many_lead_here() -> None:
    def queries(was: str, now: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            leave_redirects("tag", "en", was=was, now=now)
        return len(captured)

    assert queries("a", "b") == 7
    for number in range(5):
        leave_redirects("tag", "en", was=f"old-{number}", now="b")
    assert queries("b", "c") == 7
    assert Redirect.objects.filter(redirect_link="/en/tags/c/").count() == 7
