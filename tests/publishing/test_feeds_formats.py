"""Feeds of the newspaper, its sections and tags, as feed readers read them in all three formats."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any
from uuid import uuid5

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.conf.urls.i18n import i18n_patterns
from django.core.files.images import ImageFile
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from django.utils.http import http_date
from wagtail import urls as wagtail_urls
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from tests.conftest import BODY
from tests.people import credit
from tests.publishing.conftest import restrict, translate
from wagtail_newsroom.articles.withdrawal import withdraw
from wagtail_newsroom.models import ArticlePage, Author, Byline, NewsIndexPage, Tag, TaggedPiece
from wagtail_newsroom.publishing.feed_texts import clean
from wagtail_newsroom.publishing.head import head_of

Write = Callable[..., ArticlePage]
HOST = {"host": "localhost"}
urlpatterns = i18n_patterns(path("", include(wagtail_urls)))
DAY = datetime(2026, 3, 1, 12, 30, tzinfo=timezone.utc)
TYPES = {
    "": "application/rss+xml; charset=utf-8",
    "atom/": "application/atom+xml; charset=utf-8",
    "json/": "application/feed+json; charset=utf-8",
}

pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning",
    "ignore::DeprecationWarning:feedparser",
)


def get(client: Client, url: str, **headers: str) -> Any:
    return client.get(url, headers={**HOST, **headers})


def parsed(client: Client, url: str) -> Any:
    """A feed as `feedparser` reads it, which must find nothing to complain of."""
    response = get(client, url)
    assert response.status_code == 200
    found = feedparser.parse(
        response.content, response_headers={"content-type": response["Content-Type"]}
    )
    assert not found.bozo, found.get("bozo_exception")
    return found


def titles(client: Client, url: str) -> list[str]:
    return [item["title"] for item in json.loads(get(client, url + "json/").content)["items"]]


@pytest.fixture
def picture(db: None) -> Any:
    """An image large enough to be shared."""
    return get_image_model().objects.create(
        title="Quay", file=ImageFile(get_test_image_file(size=(1600, 900)).file, name="quay.png")
    )


@pytest.fixture
def ferries(
    paper: SimpleNamespace, write: Write, author: Callable[..., Author], picture: Any
) -> ArticlePage:
    """A piece with everything that a feed tells."""
    mina = author("Mina Farrow")
    page = write(
        "Ferries & <b>tides</b>",
        slug="ferries",
        standfirst="Late & <i>slow</i>.",
        published_at=DAY,
        updated_at=DAY + timedelta(hours=2),
        internal_note="Call the lawyer.",
        lead_image=picture,
        lead_image_alt="A quay",
    )
    page.tags.add("Harbour", "Sea")
    credit(page, mina)
    return ArticlePage.objects.get(pk=page.pk)


@pytest.mark.parametrize("end", TYPES)
def test_feedparser_reads_every_format(client: Client, ferries: ArticlePage, end: str) -> None:
    response = get(client, f"/en/feed/{end}")
    assert response["Content-Type"] == TYPES[end]
    assert "lawyer" not in response.text
    if end == "json/":
        return
    found = parsed(client, f"/en/feed/{end}")
    assert found.version == ("atom10" if end else "rss20")
    assert found.feed.title == "The Test Post"
    assert found.feed.link == "http://localhost/en/"
    assert found.feed.language == "en"
    (entry,) = found.entries
    assert BeautifulSoup(entry.title, "html.parser").get_text() in (
        "Ferries & <b>tides</b>",
        "Ferries & tides",
    )
    assert entry.link == "http://localhost/en/news/ferries/"
    assert entry.id == uuid5(ferries.translation_key, "en").urn
    assert entry.published_parsed[:5] == (2026, 3, 1, 12, 30)
    assert entry.updated_parsed[:5] == (2026, 3, 1, 14, 30)
    assert [tag.term for tag in entry.tags] == ["Harbour", "Sea"]
    assert entry.author == "Mina Farrow"
    assert entry.summary == '<p dir="ltr" lang="en">Late &amp; &lt;i&gt;slow&lt;/i&gt;.</p>' or (
        entry.summary == '<p lang="en" dir="ltr">Late &amp; &lt;i&gt;slow&lt;/i&gt;.</p>'
    )
    (media,) = entry.media_content
    assert media["url"].startswith("http://localhost/media/images/quay")
    assert (media["medium"], media["type"], media["width"]) == ("image", "image/png", "1200")
    if end:
        (enclosure,) = entry.enclosures
        assert (enclosure.href, enclosure.type) == (media["url"], "image/png")


def test_json_feed_says_the_same(client: Client, ferries: ArticlePage) -> None:
    found = json.loads(get(client, "/en/feed/json/").content)
    (item,) = found.pop("items")
    image = item.pop("image")
    assert image.startswith("http://localhost/media/images/quay")
    assert found == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Test Post",
        "home_page_url": "http://localhost/en/",
        "feed_url": "http://localhost/en/feed/json/",
        "description": "The Test Post",
        "language": "en",
        "authors": [{"name": "The Test Post"}],
    }
    assert item == {
        "id": uuid5(ferries.translation_key, "en").urn,
        "url": "http://localhost/en/news/ferries/",
        "title": "Ferries & <b>tides</b>",
        "content_html": '<p lang="en" dir="ltr">Late &amp; &lt;i&gt;slow&lt;/i&gt;.</p>',
        "summary": "Late & <i>slow</i>.",
        "date_published": "2026-03-01T12:30:00+00:00",
        "date_modified": "2026-03-01T14:30:00+00:00",
        "authors": [{"name": "Mina Farrow", "url": "http://localhost/en/authors/mina-farrow/"}],
        "tags": ["Harbour", "Sea"],
        "language": "en",
    }


def test_an_id_stays_when_a_piece_moves(client: Client, write: Write) -> None:
    page = write("Ferries", slug="ferries")

    def told() -> tuple[str, str]:
        (item,) = json.loads(get(client, "/en/feed/json/").content)["items"]
        return item["id"], item["url"]

    before = told()
    page.slug = "boats"
    page.save_revision().publish()
    after = told()
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_each_language_has_its_own_feed(client: Client, cast: SimpleNamespace) -> None:
    assert titles(client, "/fa/feed/") == [cast.both_fa.title]
    assert "Ferries run late" in titles(client, "/en/feed/")
    assert "title" in parsed(client, "/fa/feed/atom/").feed
    assert parsed(client, "/fa/feed/").feed.language == "fa"
    assert b'xml:lang="fa"' in get(client, "/fa/feed/").content
    assert b'xml:lang="fa"' in get(client, "/fa/feed/atom/").content


def test_what_nobody_may_read_is_in_no_feed(
    client: Client, write: Write, paper: SimpleNamespace
) -> None:
    now = datetime.now(timezone.utc)
    write("Told")
    write("Draft", live=False)
    restrict(write("Private"))
    withdraw(write("Withdrawn"), "It was wrong.", user=None)
    late = write("Embargoed")
    ArticlePage.objects.filter(pk=late.pk).update(embargoed_until=now + timedelta(hours=1))
    over = write("No longer embargoed")
    ArticlePage.objects.filter(pk=over.pk).update(embargoed_until=now - timedelta(hours=1))
    assert titles(client, "/en/feed/") == ["No longer embargoed", "Told"]
    assert titles(client, f"/en/feed/sections/{paper.news.pk}/") == ["No longer embargoed", "Told"]

    restrict(paper.home)
    for url in ("/en/feed/", "/en/feed/atom/", f"/en/feed/sections/{paper.news.pk}/json/"):
        assert get(client, url).status_code == 404


def test_a_section_has_a_feed_of_itself_and_what_is_within(
    client: Client, write: Write, paper: SimpleNamespace
) -> None:
    def grow(parent: Page, title: str) -> NewsIndexPage:
        section = NewsIndexPage(title=title, slug=title.lower(), locale=paper.english)
        parent.add_child(instance=section)
        section.save_revision().publish()
        return NewsIndexPage.objects.get(pk=section.pk)

    sea = grow(paper.news, "Sea")
    write("Above")
    write("Within", parent=sea)
    assert titles(client, f"/en/feed/sections/{paper.news.pk}/") == ["Within", "Above"]
    assert titles(client, f"/en/feed/sections/{sea.pk}/") == ["Within"]
    assert (
        parsed(client, f"/en/feed/sections/{sea.pk}/").feed.link == "http://localhost/en/news/sea/"
    )
    # Neither in another language, nor what is no section, nor a private one.
    article = write("Piece")
    for url in (
        f"/fa/feed/sections/{sea.pk}/",
        f"/en/feed/sections/{article.pk}/",
        "/en/feed/sections/99999999/",
        "/en/feed/sections/99999999999999999999999/",
    ):
        assert get(client, url).status_code == 404
    restrict(sea)
    assert get(client, f"/en/feed/sections/{sea.pk}/").status_code == 404
    assert "Within" not in titles(client, f"/en/feed/sections/{paper.news.pk}/")


def test_a_tag_has_a_feed(client: Client, ferries: ArticlePage, write: Write) -> None:
    write("Other")
    assert titles(client, "/en/tags/harbour/feed/") == ["Ferries & <b>tides</b>"]
    assert parsed(client, "/en/tags/harbour/feed/").feed.link == "http://localhost/en/tags/harbour/"
    for url in ("/en/tags/nothing/feed/", "/fa/tags/harbour/feed/", "/en/tags/%00/feed/atom/"):
        assert get(client, url).status_code == 404


def test_an_author_has_all_formats(client: Client, ferries: ArticlePage) -> None:
    assert titles(client, "/en/authors/mina-farrow/feed/") == ["Ferries & <b>tides</b>"]
    assert len(parsed(client, "/en/authors/mina-farrow/feed/atom/").entries) == 1


@pytest.mark.parametrize(
    ("url", "feeds"),
    [
        ("/en/", ["/en/feed/"]),
        ("/en/news/", ["/en/feed/sections/{news}/", "/en/feed/"]),
        ("/en/news/ferries/", ["/en/feed/"]),
        ("/en/tags/harbour/", ["/en/tags/harbour/feed/"]),
        ("/en/authors/mina-farrow/", ["/en/authors/mina-farrow/feed/"]),
    ],
)
def test_pages_name_their_feeds_and_these_answer(
    client: Client, ferries: ArticlePage, paper: SimpleNamespace, url: str, feeds: list[str]
) -> None:
    page = BeautifulSoup(get(client, url).content, "html.parser")
    found = [(link["type"], link["href"]) for link in page.select("head link[rel=alternate][type]")]
    assert found == [
        (TYPES[end].split(";")[0], f"http://localhost{feed.format(news=paper.news.pk)}{end}")
        for feed in feeds
        for end in TYPES
    ]
    for mime_type, address in found:
        assert get(client, address)["Content-Type"].startswith(mime_type)


@pytest.mark.parametrize("end", TYPES)
def test_who_has_the_feed_is_told_so_after_little_work(
    client: Client, ferries: ArticlePage, write: Write, end: str
) -> None:
    url = f"/en/feed/{end}"
    first = get(client, url)
    with CaptureQueriesContext(connection) as found:
        again = get(client, url, **{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert len(found) <= 5
    # The time of the newest piece goes back when that one goes, so it tells nothing.
    assert "Last-Modified" not in first
    write("News")
    assert get(client, url, **{"if-none-match": first["ETag"]}).status_code == 200
    assert client.post(url, headers=HOST).status_code == 405
    assert get(client, f"{url}?utm=1").content.count(b"utm") == 0


def test_withdrawing_a_piece_changes_the_mark(client: Client, write: Write) -> None:
    page = write("Wrong")
    write("Right")
    first = get(client, "/en/feed/")
    withdraw(page, "It was wrong.", user=None)
    again = get(client, "/en/feed/", **{"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert "Wrong" not in again.text
    since = get(client, "/en/feed/", **{"if-modified-since": http_date()})
    assert since.status_code == 200
    assert "Wrong" not in since.text


def test_whole_pieces_by_setting(
    client: Client, write: Write, paper: SimpleNamespace, picture: Any, settings: Any
) -> None:
    body = [
        *BODY,
        ("paragraph", '<p>See <a href="/en/news/">the news</a>.</p>'),
        (
            "image",
            {
                "image": picture,
                "alt": "A quay",
                "caption": "Quay",
                "credit": "",
                "decorative": False,
            },
        ),
        ("raw_html", "<script>steal()</script><p onclick='x()'>Kept</p>"),
    ]
    page = write("Whole", slug="whole", standfirst="Short.", body=body)
    twin = translate(page, paper.persian, "همه")
    assert "content:encoded" not in get(client, "/en/feed/").text.replace("xmlns:content", "")
    assert "rose" not in get(client, "/en/feed/json/").text

    settings.WAGTAIL_NEWSROOM_FEEDS_FULL_TEXT = True
    (entry,) = parsed(client, "/en/feed/").entries
    (item,) = json.loads(get(client, "/en/feed/json/").content)["items"]
    for html in (entry.content[0].value, item["content_html"]):
        found = BeautifulSoup(html, "html.parser")
        assert found.div["dir"] == "ltr"
        assert found.div["lang"] == "en"
        assert found.b.get_text() == "rose"
        assert "http://localhost/en/news/" in [link["href"] for link in found.select("a")]
        (image,) = found.select("img")
        assert image["src"].startswith("http://localhost/media/images/quay")
        assert image["alt"] == "A quay"
        assert "Kept" in html
        assert "steal" not in html
        assert "onclick" not in html
    (atom,) = parsed(client, "/fa/feed/atom/").entries
    assert BeautifulSoup(atom.content[0].value, "html.parser").div["dir"] == "rtl"
    assert atom.id == uuid5(twin.translation_key, "fa").urn


def test_whole_addresses_and_nothing_that_runs() -> None:
    html = '<a href="javascript:x()">a</a><img src="/m.png" srcset="/n.png 2x" onerror="x()"><svg>y</svg>'
    assert clean(html, base="https://example.org/fa/") == (
        '<a>a</a><img src="https://example.org/m.png">'
    )


@pytest.mark.parametrize("whole", [False, True])
def test_a_feed_takes_the_same_queries_for_20_and_50_pieces(
    client: Client,
    paper: SimpleNamespace,
    author: Callable[..., Author],
    picture: Any,
    settings: Any,
    whole: bool,
) -> None:
    settings.WAGTAIL_NEWSROOM_FEEDS_FULL_TEXT = whole
    mina = author("Mina Farrow")
    tag = Tag.objects.create(name="Sea", locale=paper.english)
    body = [
        *BODY,
        ("image", {"image": picture, "alt": "x", "caption": "", "credit": "", "decorative": False}),
        ("related_piece", {"page": paper.news, "note": ""}),
    ]
    counts = []
    made = 0
    for count in (20, 50):
        while made < count:
            page = ArticlePage(
                title=f"P{made}",
                slug=f"p{made}",
                locale=paper.english,
                lead_image=picture,
                body=body,
            )
            page.newsroom_bylines = [Byline(author=mina)]
            paper.news.add_child(instance=page)
            TaggedPiece.objects.create(tag=tag, content_object=page)
            made += 1
        get(client, "/en/feed/atom/")
        with CaptureQueriesContext(connection) as found:
            response = get(client, "/en/feed/atom/")
        assert response.text.count("<entry>") == count
        counts.append(len(found))
    assert counts == ([14, 14] if whole else [9, 9])


def test_titles_cannot_break_any_format(client: Client, write: Write) -> None:
    write("</script>]]>\u202e\u2066A\x0b&amp;" + "x" * 200, standfirst="]]><x>\u2067" + "y" * 10000)
    assert titles(client, "/en/feed/") == ["</script>]]>A&amp;" + "x" * 200]
    for end in ("", "atom/"):
        (entry,) = parsed(client, f"/en/feed/{end}").entries
        assert "\u202e" not in entry.title
        assert "y" * 10000 in entry.summary


def test_a_site_without_readers_addresses_names_no_feeds(
    get_request: Callable[..., HttpRequest], ferries: ArticlePage, settings: Any
) -> None:
    settings.ROOT_URLCONF = __name__
    assert head_of(ferries, "en", request=get_request()).feeds == ()
