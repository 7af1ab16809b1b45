"""Pieces in every state that a crawler may not see, beside two that it may."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpRequest
from django.test import RequestFactory
from wagtail.models import Page, PageViewRestriction

from tests.people import author, in_persian  # noqa: F401 - fixtures
from wagtail_newsroom.models import ArticlePage


@pytest.fixture(autouse=True)
def _fresh_site_cache() -> None:
    # Wagtail keeps the sites' root paths in the cache, which tests share.
    cache.clear()


@pytest.fixture
def get_request(db: None) -> Callable[..., HttpRequest]:
    """Makes requests as a reader's browser sends them."""

    def make(path: str = "/en/", **headers: str) -> HttpRequest:
        return RequestFactory(headers={"host": "localhost"}).get(path, **headers)

    return make


def translate(page: Page, locale: Any, title: str, *, live: bool = True) -> Any:
    """Put a page's translation beside it, written by a person."""
    twin = page.copy_for_translation(locale)
    twin.title = title
    revision = twin.save_revision()
    if live:
        revision.publish()
    return type(twin).objects.get(pk=twin.pk)


def restrict(page: Page) -> None:
    """Let only people who are logged in read a page and what is below it."""
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


@pytest.fixture
def cast(paper: SimpleNamespace, write: Callable[..., ArticlePage]) -> SimpleNamespace:
    """A piece in both languages, and one for each reason for which a twin is not to be found."""
    english, persian = paper.english, paper.persian
    both = write("Ferries run late", slug="ferries")
    both_fa = translate(both, persian, "تأخیر کشتی‌ها")
    alone = write("Only in English", slug="alone")
    drafted = write("Drafted in Persian", slug="drafted")
    drafted_fa = translate(drafted, persian, "پیش‌نویس", live=False)
    unpublished = write("Unpublished in Persian", slug="unpublished")
    unpublished_fa = translate(unpublished, persian, "برداشته‌شده")
    unpublished_fa.unpublish()
    expired = write("Expired in Persian", slug="expired")
    expired_fa = translate(expired, persian, "گذشته")
    expired_fa.live, expired_fa.expired = False, True
    expired_fa.save()
    protected = write("Private in Persian", slug="private")
    protected_fa = translate(protected, persian, "خصوصی")
    restrict(protected_fa)
    aliased = write("Alias in Persian", slug="aliased")
    aliased_fa = aliased.copy_for_translation(persian, alias=True)
    return SimpleNamespace(
        both=both,
        both_fa=both_fa,
        alone=alone,
        withheld=[
            (drafted, ArticlePage.objects.get(pk=drafted_fa.pk)),
            (unpublished, ArticlePage.objects.get(pk=unpublished_fa.pk)),
            (expired, ArticlePage.objects.get(pk=expired_fa.pk)),
            (protected, protected_fa),
            (aliased, ArticlePage.objects.get(pk=aliased_fa.pk)),
        ],
        english=english,
        persian=persian,
    )
