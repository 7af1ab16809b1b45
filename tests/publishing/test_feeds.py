"""Feeds: read by a machine as they are meant, in the language of their list."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any
from uuid import uuid5

import pytest
from django.http import HttpRequest
from django.test import Client

from tests.people import credit
from tests.publishing.conftest import translate
from wagtail_newsroom.articles.article import ArticleMixin
from wagtail_newsroom.articles.queries import pieces_below
from wagtail_newsroom.models import ArticlePage, Author, Byline
from wagtail_newsroom.publishing.feeds import Listing, PieceFeed
from wagtail_newsroom.publishing.places import Place, Version

Write = Callable[..., ArticlePage]
MakeAuthor = Callable[..., Author]
HOST = {"host": "localhost"}
ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
DAY = datetime(2026, 3, 1, 12, 30, tzinfo=timezone.utc)


def channel(client: Client, url: str) -> Any:
    response = client.get(url, headers=HOST)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    return root.find("channel")


def test_an_authors_feed_tells_what_the_pieces_are(
    write: Write,
    author: MakeAuthor,
    client: Client,
) -> None:
    mina, omid = author("Mina Farrow", job_title="Correspondent"), author("Omid Dale")
    page = write(
        "Ferries & <b>tides</b>",
        slug="ferries",
        standfirst="Fewer than 3 < 4 & late.",
        published_at=DAY,
    )
    credit(page, mina, omid)
    credit(page, author("Sara Quill"), role="photographer")

    found = channel(client, "/en/authors/mina-farrow/feed/")

    assert found.findtext("title") == "\u2068Mina Farrow\u2069 – \u2068The Test Post\u2069"
    assert found.findtext("link") == "http://localhost/en/authors/mina-farrow/"
    assert found.findtext("description") == "Correspondent"
    assert found.findtext("language") == "en"
    assert found.find(f"{ATOM}link").attrib == {
        "rel": "self",
        "href": "http://localhost/en/authors/mina-farrow/feed/",
    }
    (item,) = found.findall("item")
    assert item.findtext("title") == "Ferries & <b>tides</b>"
    assert item.findtext("link") == "http://localhost/en/news/ferries/"
    assert item.findtext("guid") == uuid5(page.translation_key, "en").urn
    assert item.find("guid").get("isPermaLink") == "false"
    assert item.findtext("pubDate") == "Sun, 01 Mar 2026 12:30:00 +0000"
    assert [each.text for each in item.findall(f"{DC}creator")] == ["Mina Farrow", "Omid Dale"]
    assert (
        item.findtext("description") == '<p lang="en" dir="ltr">Fewer than 3 &lt; 4 &amp; late.</p>'
    )


def test_a_persian_feed_is_persian(
    paper: SimpleNamespace,
    write: Write,
    author: MakeAuthor,
    in_persian: MakeAuthor,
    client: Client,
) -> None:
    mina = author("Mina Farrow")
    in_persian(mina, "مینا فرو")
    page = write(slug="ferries", standfirst="Late.")
    credit(page, mina)
    twin = translate(page, paper.persian, "PMOI: کشتی‌ها")
    twin.standfirst = "دیر."
    twin.save_revision().publish()

    found = channel(client, "/fa/authors/mina-farrow/feed/")

    assert found.findtext("language") == "fa"
    assert found.findtext("title") == "\u2067مینا فرو\u2069 – \u2067پست آزمایشی\u2069"
    (item,) = found.findall("item")
    # A mark keeps a Persian headline that begins with Latin letters in its direction.
    assert item.findtext("title") == "\u200fPMOI: کشتی‌ها"
    assert item.findtext("description") == '<p lang="fa" dir="rtl">دیر.</p>'
    assert item.findtext(f"{DC}creator") == "مینا فرو"


def test_titles_cannot_break_the_feed(
    write: Write,
    author: MakeAuthor,
    client: Client,
) -> None:
    mina = author("Mina Farrow")
    page = write("</script>]]>\u202e\u2066A\x0b&amp;" + "x" * 200)
    credit(page, mina)
    (item,) = channel(client, "/en/authors/mina-farrow/feed/").findall("item")
    assert item.findtext("title") == "</script>]]>A&amp;" + "x" * 200
    assert (item.findtext("description") or "") == ""


def test_a_translated_piece_carries_the_date_of_its_first_publication(
    write: Write,
    author: MakeAuthor,
    client: Client,
) -> None:
    mina, page = author("Mina Farrow"), write()
    credit(page, mina)
    first = ArticlePage.objects.get(pk=page.pk).first_published_at
    credit(ArticlePage.objects.get(pk=page.pk), author("Omid"))
    (item,) = channel(client, "/en/authors/mina-farrow/feed/").findall("item")
    assert first is not None
    assert item.findtext("pubDate") == first.strftime("%a, %d %b %Y %H:%M:%S +0000")


def test_an_agency_is_the_creator_where_nobody_wrote(
    write: Write,
    author: MakeAuthor,
    client: Client,
) -> None:
    page = write()
    credit(page, author("Harbour Wire", is_organisation=True), role="agency")
    credit(page, author("Edna"), role="editor")
    (item,) = channel(client, "/en/authors/harbour-wire/feed/").findall("item")
    assert [each.text for each in item.findall(f"{DC}creator")] == ["Harbour Wire"]


def test_an_empty_feed_is_a_feed(author: MakeAuthor, client: Client) -> None:
    author("Mina Farrow")
    assert channel(client, "/en/authors/mina-farrow/feed/").findall("item") == []


@pytest.mark.parametrize("count", [20, 50])
def test_a_feed_takes_the_same_queries_for_20_and_50_pieces(
    paper: SimpleNamespace,
    author: MakeAuthor,
    client: Client,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    mina = author("Mina Farrow")
    for number in range(count):
        page = ArticlePage(title=f"P{number}", slug=f"p{number}", locale=paper.english)
        page.newsroom_bylines = [Byline(author=mina)]
        paper.news.add_child(instance=page)
    url = "/en/authors/mina-farrow/feed/"
    client.get(url, headers=HOST)
    with django_assert_num_queries(11):
        response = client.get(url, headers=HOST)
    assert response.text.count("<item>") == count


def test_a_feed_holds_the_newest_only(
    paper: SimpleNamespace,
    write: Write,
    author: MakeAuthor,
    client: Client,
    monkeypatch: Any,
) -> None:
    monkeypatch.setattr(PieceFeed, "limit", 2)
    mina = author("Mina Farrow")
    for number in range(3):
        credit(write(f"P{number}"), mina)
    items = channel(client, "/en/authors/mina-farrow/feed/").findall("item")
    assert [item.findtext("title") for item in items] == ["P2", "P1"]


def test_another_list_becomes_a_feed_by_saying_what_it_lists(
    paper: SimpleNamespace, write: Write, get_request: Callable[..., HttpRequest]
) -> None:
    class NewsFeed(PieceFeed):
        def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Listing:
            version = Version("en", "http://localhost/en/news/", is_default=True)
            return Listing(
                place=Place("News", "en", (version,), feed="http://localhost/en/news/feed/"),
                pieces=pieces_below(paper.news, ArticleMixin),
                site_name="The Test Post",
                request=request,
            )

    write("Ferries")
    response = NewsFeed()(get_request("/en/news/feed/"))
    found = ElementTree.fromstring(response.content).find("channel")
    assert found is not None
    assert found.findtext("link") == "http://localhost/en/news/"
    assert found.findtext("item/title") == "Ferries"
    with pytest.raises(NotImplementedError):
        PieceFeed()(get_request("/"))
