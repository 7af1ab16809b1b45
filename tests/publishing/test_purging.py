"""Caches before the site forget every address that shows a piece."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from tests.conftest import BODY
from wagtail_newsroom.models import ArticlePage, NewsIndexPage
from wagtail_newsroom.publishing import purging
from wagtail_newsroom.publishing.purging import addresses_of_branch, addresses_showing, purge

from .conftest import restrict, translate

pytestmark = pytest.mark.django_db


class RememberingBackend:
    """A cache before the site that keeps what it shall forget."""

    purged: ClassVar[list[str]] = []

    def __init__(self, params: dict[str, Any]) -> None:
        self.hostnames = None

    def invalidates_hostname(self, hostname: str) -> bool:
        return True

    def purge_batch(self, urls: Any) -> None:
        self.purged.extend(urls)


@pytest.fixture
def pair(paper: SimpleNamespace, article: ArticlePage) -> SimpleNamespace:
    return SimpleNamespace(
        english=article, persian=translate(article, paper.persian, "رود بالا می‌آید"), paper=paper
    )


def test_both_languages_their_lists_and_what_crawlers_fetch_are_named(
    pair: SimpleNamespace,
) -> None:
    slug = pair.english.slug
    wanted = {
        f"http://localhost/{code}{rest}"
        for code in ("en", "fa")
        for rest in ("/", "/news/", f"/news/{slug}/")
    } | {
        "http://localhost/sitemap.xml",
        "http://localhost/sitemaps/en/news.xml",
        "http://localhost/sitemaps/fa/news.xml",
    }
    assert wanted <= addresses_showing(pair.english)
    assert addresses_showing(pair.english) == addresses_showing(pair.persian)


def test_a_section_names_itself_and_what_is_above(pair: SimpleNamespace) -> None:
    found = addresses_showing(pair.paper.news)
    assert {"http://localhost/en/news/", "http://localhost/fa/", "http://localhost/en/"} <= found
    assert not [url for url in found if pair.english.slug in url]


def test_the_queries_do_not_grow_with_the_number_of_pieces(pair: SimpleNamespace) -> None:
    addresses_showing(pair.english)
    with CaptureQueriesContext(connection) as before:
        addresses_showing(pair.english)
    for number in range(10):
        pair.paper.news.add_child(
            instance=ArticlePage(title=f"More {number}", slug=f"more-{number}", body=BODY)
        )
    with CaptureQueriesContext(connection) as after:
        addresses_showing(pair.english)
    assert len(after) == len(before)


def test_publishing_and_unpublishing_purge_after_the_transaction(
    pair: SimpleNamespace,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.WAGTAILFRONTENDCACHE = {
        "default": {"BACKEND": "tests.publishing.test_purging.RememberingBackend"}
    }
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    slug = pair.english.slug
    is_installed = apps.is_installed
    monkeypatch.setattr(
        apps,
        "is_installed",
        lambda name: name == "wagtail.contrib.frontend_cache" or is_installed(name),
    )
    for change in (
        lambda: pair.persian.save_revision().publish(),
        pair.persian.unpublish,
        lambda: pair.english.delete(),
    ):
        RememberingBackend.purged.clear()
        with django_capture_on_commit_callbacks(execute=True):
            change()
            assert RememberingBackend.purged == []
        assert f"http://localhost/en/news/{slug}/" in RememberingBackend.purged
        assert "http://localhost/en/news/" in RememberingBackend.purged
        assert "http://localhost/fa/news/" in RememberingBackend.purged


def test_a_site_without_such_caches_asks_no_query(pair: SimpleNamespace) -> None:
    with CaptureQueriesContext(connection) as queries:
        purge(pair.english)
    assert len(queries) == 0


@pytest.fixture
def forgotten(
    settings: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> Any:
    """Does something with a cache before the site, and returns what that shall forget."""
    settings.WAGTAILFRONTENDCACHE = {
        "default": {"BACKEND": "tests.publishing.test_purging.RememberingBackend"}
    }
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    is_installed = apps.is_installed
    monkeypatch.setattr(
        apps,
        "is_installed",
        lambda name: name == "wagtail.contrib.frontend_cache" or is_installed(name),
    )

    def by(change: Any) -> set[str]:
        RememberingBackend.purged.clear()
        with django_capture_on_commit_callbacks(execute=True):
            change()
        return set(RememberingBackend.purged)

    return by


@pytest.fixture
def branch(pair: SimpleNamespace) -> SimpleNamespace:
    """A section within the English news, with a piece that has a tag."""
    section = NewsIndexPage(title="Rivers", slug="rivers", locale=pair.paper.english)
    pair.paper.news.add_child(instance=section)
    piece = ArticlePage(title="Below", slug="below", locale=pair.paper.english)
    section.add_child(instance=piece)
    piece.tags.add("Water")
    piece.save_revision().publish()
    return SimpleNamespace(section=section, piece=piece, **vars(pair))


def test_a_move_has_caches_forget_the_branch_where_it_was_and_where_it_is(
    branch: SimpleNamespace, forgotten: Any
) -> None:
    home = "http://localhost/en/"
    found = forgotten(lambda: branch.section.move(branch.paper.home, "last-child"))
    assert found >= {
        f"{home}news/rivers/below/",
        f"{home}rivers/below/",
        f"{home}news/",
        f"{home}tags/water/",
        f"{home}tags/water/feed/",
        "http://localhost/sitemap.xml",
    }


def test_a_move_of_one_language_reaches_the_pages_that_link_to_it(
    pair: SimpleNamespace, forgotten: Any
) -> None:
    found = forgotten(lambda: pair.persian.move(pair.paper.home_fa, "last-child"))
    slug = pair.english.slug
    assert found >= {
        f"http://localhost/fa/news/{slug}/",
        f"http://localhost/fa/{slug}/",
        f"http://localhost/en/news/{slug}/",
    }


def test_a_new_slug_has_caches_forget_the_branch_under_the_old_one(
    branch: SimpleNamespace, forgotten: Any
) -> None:
    branch.section.slug = "streams"
    found = forgotten(lambda: branch.section.save_revision().publish())
    assert found >= {
        f"http://localhost/en/news/{slug}/{end}"
        for slug in ("rivers", "streams")
        for end in ("", "below/")
    }


def test_a_restriction_and_its_end_have_caches_forget_all_below(
    branch: SimpleNamespace, forgotten: Any
) -> None:
    wanted = {
        "http://localhost/en/news/rivers/below/",
        "http://localhost/en/tags/water/",
        f"http://localhost/fa/news/{branch.english.slug}/",
        "http://localhost/en/feed/",
        f"http://localhost/en/feed/sections/{branch.section.pk}/",
    }
    assert forgotten(lambda: restrict(branch.paper.news)) >= wanted
    assert forgotten(lambda: PageViewRestriction.objects.get().delete()) >= wanted


def test_the_queries_of_a_branch_do_not_grow_with_its_pieces(branch: SimpleNamespace) -> None:
    addresses_of_branch(branch.section)
    with CaptureQueriesContext(connection) as before:
        few = addresses_of_branch(branch.section)
    for number in range(10):
        branch.section.add_child(
            instance=ArticlePage(title=f"More {number}", slug=f"more-{number}", body=BODY)
        )
    with CaptureQueriesContext(connection) as after:
        many = addresses_of_branch(branch.section)
    assert len(after) == len(before)
    assert len(many) == len(few) + 10


def test_many_addresses_are_told_in_parts(
    branch: SimpleNamespace, forgotten: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = forgotten(lambda: restrict(branch.section))
    monkeypatch.setattr(purging, "AT_MOST", 3)
    assert forgotten(lambda: PageViewRestriction.objects.get().delete()) == whole
