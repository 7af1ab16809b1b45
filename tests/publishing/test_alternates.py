"""One rule says in which languages a page can be read."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Locale, Page, PageViewRestriction

from wagtail_newsroom.models import ArticlePage
from wagtail_newsroom.publishing.alternates import alternates, default_of, trail_of

from .conftest import restrict, translate


def links(page: Page, request: HttpRequest | None = None) -> list[tuple[str, str]]:
    return [(each.hreflang, each.url) for each in alternates(page, request)]


def test_each_language_names_itself_and_the_other(cast: SimpleNamespace) -> None:
    expected = [
        ("en", "http://localhost/en/news/ferries/"),
        ("fa", "http://localhost/fa/news/ferries/"),
    ]
    assert links(cast.both) == expected
    assert links(cast.both_fa) == expected
    default = default_of(alternates(cast.both_fa))
    assert default is not None
    assert default.url == "http://localhost/en/news/ferries/"


def test_a_piece_in_one_language_names_itself_only(cast: SimpleNamespace) -> None:
    assert links(cast.alone) == [("en", "http://localhost/en/news/alone/")]


def test_what_cannot_be_read_names_nobody_and_is_named_by_nobody(cast: SimpleNamespace) -> None:
    for source, twin in cast.withheld:
        assert links(twin) == [], twin.title
        assert links(source) == [("en", f"http://localhost/en/news/{source.slug}/")]


def test_a_restriction_above_a_page_counts_as_its_own(
    cast: SimpleNamespace, paper: SimpleNamespace
) -> None:
    restrict(paper.news_fa)

    assert links(cast.both) == [("en", "http://localhost/en/news/ferries/")]
    assert links(cast.both_fa) == []


def test_a_language_that_is_no_content_language_any_more_is_left_out(
    cast: SimpleNamespace, paper: SimpleNamespace
) -> None:
    german = Locale.objects.create(language_code="de")
    for page, title in ((paper.home, "Post"), (paper.news, "Nachrichten"), (cast.both, "Fähren")):
        translate(page, german, title)

    assert [code for code, _ in links(cast.both)] == ["en", "fa"]


def test_x_default_is_the_default_languages_and_nobody_elses(
    cast: SimpleNamespace, settings: Any
) -> None:
    cast.both.unpublish()

    assert links(cast.both_fa) == [("fa", "http://localhost/fa/news/ferries/")]
    assert default_of(alternates(cast.both_fa)) is None


def test_the_address_does_not_depend_on_the_active_language(cast: SimpleNamespace) -> None:
    for code in ("en", "en-gb", "fa"):
        with translation.override(code):
            assert [url for _, url in links(cast.both)] == [
                "http://localhost/en/news/ferries/",
                "http://localhost/fa/news/ferries/",
            ]


def test_a_page_outside_every_site_has_no_alternates(paper: SimpleNamespace) -> None:
    stray = ArticlePage(title="Stray", slug="stray", locale=paper.english)
    paper.root.add_child(instance=stray)

    assert links(stray) == []


def test_the_nearest_page_above_stands_in_for_what_is_missing(
    cast: SimpleNamespace, paper: SimpleNamespace
) -> None:
    near = trail_of(cast.alone).nearest("fa")
    assert near is not None
    assert near.page.pk == paper.news_fa.pk

    restrict(paper.news_fa)
    nearer_home = trail_of(cast.alone).nearest("fa")
    assert nearer_home is not None
    assert nearer_home.page.pk == paper.home_fa.pk

    restrict(paper.home_fa)
    assert trail_of(cast.alone).nearest("fa") is None


@pytest.mark.parametrize("count", [0, 3])
def test_one_query_whatever_the_number_of_languages(
    cast: SimpleNamespace,
    paper: SimpleNamespace,
    django_assert_num_queries: Any,
    get_request: Callable[..., HttpRequest],
    settings: Any,
    count: int,
) -> None:
    codes = ["de", "fr", "ar"][:count]
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [
        *settings.LANGUAGES,
        *((code, code) for code in codes),
    ]
    for code in codes:
        locale = Locale.objects.create(language_code=code)
        for page in (paper.home, paper.news, cast.both):
            translate(page, locale, f"{page.title} {code}")
    request = get_request()
    # Wagtail keeps these two itself.
    cast.both.get_full_url(request)

    with django_assert_num_queries(1):
        found = links(cast.both, request)
        trail_of(cast.both, request).nearest("fa")

    assert [code for code, _ in found] == ["en", *sorted(["fa", *codes])]


def test_a_thousand_restrictions_do_not_break_the_query(
    cast: SimpleNamespace, paper: SimpleNamespace
) -> None:
    PageViewRestriction.objects.bulk_create(
        PageViewRestriction(page=paper.home, restriction_type="login") for _ in range(1100)
    )

    assert links(cast.both) == []
    assert links(cast.both_fa) == [("fa", "http://localhost/fa/news/ferries/")]
