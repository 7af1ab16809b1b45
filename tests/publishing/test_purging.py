"""Caches before the site forget every address that shows a piece."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import BODY
from wagtail_newsroom.models import ArticlePage
from wagtail_newsroom.publishing.purging import addresses_showing, purge

from .conftest import translate

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
