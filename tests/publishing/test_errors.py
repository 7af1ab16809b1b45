"""Where there is nothing, readers get a page of the newspaper, in the language of the address."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.http import Http404
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Page, Site

from tests.conftest import grow
from tests.publishing.conftest import restrict
from wagtail_newsroom.models import NewsIndexPage
from wagtail_newsroom.publishing.errors import not_found

pytestmark = pytest.mark.urls("tests.publishing.error_urls")


@pytest.fixture(autouse=True)
def _no_debug(settings: Any) -> None:
    settings.DEBUG = False


def read(client: Client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 404
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize(
    ("path", "lang", "direction", "number", "home"),
    [
        ("/en/nothing/", "en", "ltr", "404", "The Test Post"),
        ("/fa/nothing/", "fa", "rtl", "۴۰۴", "پست آزمایشی"),
        ("/fa/tags/هیچ/", "fa", "rtl", "۴۰۴", "پست آزمایشی"),
        ("/fa/archive/99999/", "fa", "rtl", "۴۰۴", "پست آزمایشی"),
    ],
)
def test_the_page_speaks_the_language_of_the_address(
    paper: SimpleNamespace,
    client: Client,
    path: str,
    lang: str,
    direction: str,
    number: str,
    home: str,
) -> None:
    for news in (paper.news, paper.news_fa):
        Page.objects.filter(pk=news.pk).update(show_in_menus=True)
    page = read(client, path)
    html = page.html
    assert html is not None
    assert (html["lang"], html["dir"]) == (lang, direction)
    kicker = page.select_one(".nr-kicker")
    assert kicker is not None
    assert kicker.text == number
    assert len(page.select("form[role=search]")) == 1
    ways = page.select("main nav a")
    news_title = paper.news.title if lang == "en" else paper.news_fa.title
    assert [way.text for way in ways][:2] == [home, news_title]
    assert all(str(way["href"]).startswith(f"/{lang}/") for way in ways)
    robots = page.select_one("meta[name=robots]")
    assert robots is not None
    assert robots["content"] == "noindex,follow"
    assert page.select("link[rel=canonical], link[hreflang]") == []


def test_sections_that_not_everybody_may_read_are_left_out(
    paper: SimpleNamespace, client: Client
) -> None:
    Page.objects.filter(pk=paper.news.pk).update(show_in_menus=True)
    restrict(paper.news)
    assert "News" not in [way.text for way in read(client, "/en/nothing/").select("nav a")]


def test_many_sections_take_no_more_queries(paper: SimpleNamespace, client: Client) -> None:
    read(client, "/en/nothing/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        read(client, "/en/nothing/")
    for number in range(12):
        section = NewsIndexPage(title=f"Section {number}", show_in_menus=True, locale=paper.english)
        grow(paper.home, section)
    read(client, "/en/nothing/")
    with CaptureQueriesContext(connection) as many:
        assert len(read(client, "/en/nothing/").select("main nav a")) > 12
    assert len(many) == len(few) <= 8


def test_a_site_without_pages_answers_too(db: None, client: Client) -> None:
    Site.objects.all().delete()
    for path in ("/en/nothing/", "/fa/nothing/"):
        page = read(client, path)
        assert page.h1 is not None
        assert page.select("main nav") == []


@pytest.mark.parametrize("active", ["de", "xx", None])
def test_a_language_that_the_site_does_not_write_gets_the_first_one(
    paper: SimpleNamespace, active: str | None
) -> None:
    request = RequestFactory(headers={"host": "localhost"}).get("/nothing/")
    with translation.override(active):
        response = not_found(request, Http404())
    assert response.status_code == 404
    assert '<html lang="en"' in response.content.decode()
    assert translation.get_language() == "en"


def test_a_hostile_address_is_not_repeated(paper: SimpleNamespace, client: Client) -> None:
    response = client.get("/en/%3Cscript%3Ealert(1)%3C/script%3E/?q=%3Cscript%3E")
    assert response.status_code == 404
    assert "alert(1)" not in response.content.decode()
