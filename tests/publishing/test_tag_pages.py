"""A tag's page: readable pieces of one language, with alternates that name each other or nobody."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import ContentType, Locale, Page

from tests.articles.test_tags_field import fresh, persian_tag
from tests.testapp.models import ReportPage
from wagtail_newsroom.models import ArticlePage, Tag

from .conftest import restrict, translate

pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
)
Write = Callable[..., ArticlePage]


def read(client: Client, url: str) -> BeautifulSoup:
    response = client.get(url, headers={"host": "localhost"})
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


def status(client: Client, url: str) -> int:
    return client.get(url, headers={"host": "localhost"}).status_code


def cards(page: BeautifulSoup) -> list[str]:
    return [card.get_text(strip=True) for card in page.select(".nr-card__title")]


def alternates(page: BeautifulSoup) -> dict[str, str]:
    return {
        link["hreflang"]: link["href"] for link in page.select('link[rel="alternate"][hreflang]')
    }


@pytest.fixture
def pair(write: Write, paper: SimpleNamespace) -> SimpleNamespace:
    """A piece about the sea in both languages, and one in English about something else."""
    english = write("The sea rises", slug="sea-rises")
    english.tags.add("Sea")
    english.save_revision().publish()
    persian = translate(fresh(english), paper.persian, "دریا بالا می‌آید")
    write("Bread")
    return SimpleNamespace(english=english, persian=persian)


def test_tag_page_lists_readable_pieces_of_its_language_newest_first(
    pair: SimpleNamespace, write: Write, paper: SimpleNamespace, client: Client
) -> None:
    persian_tag("Sea", "دریا")
    report = ReportPage(title="A report", slug="report", locale=paper.english)
    report.tags.add("Sea")
    paper.news.add_child(instance=report)
    report.save_revision().publish()
    for title in ("Draft", "Private"):
        page = write(title, live=title != "Draft")
        page.tags.add("Sea")
        page.save()
        if title == "Private":
            restrict(page)
    assert cards(read(client, "/en/tags/sea/")) == ["A report", "The sea rises"]
    page = read(client, "/fa/tags/sea/")
    assert cards(page) == ["دریا بالا می‌آید"]
    assert (page.html["lang"], page.html["dir"]) == ("fa", "rtl")
    assert page.h1.get_text() == "دریا"


def test_unnamed_tag_has_no_page_and_is_nobody_s_alternate(
    pair: SimpleNamespace, client: Client
) -> None:
    assert Tag.objects.get(needs_name=True).slug == "sea"
    assert status(client, "/fa/tags/sea/") == 404
    assert alternates(read(client, "/en/tags/sea/")) == {}


def test_counterparts_with_pieces_name_each_other(pair: SimpleNamespace, client: Client) -> None:
    persian_tag("Sea", "دریا")
    expected = {
        "en": "http://localhost/en/tags/sea/",
        "fa": "http://localhost/fa/tags/sea/",
        "x-default": "http://localhost/en/tags/sea/",
    }
    for code in ("en", "fa"):
        page = read(client, f"/{code}/tags/sea/")
        assert alternates(page) == expected
        assert page.select_one('link[rel="canonical"]')["href"] == expected[code]
        switch = page.select_one(f'a[hreflang="{"fa" if code == "en" else "en"}"]')
        assert switch["href"] == expected["fa" if code == "en" else "en"]


def test_counterpart_without_a_readable_piece_is_no_alternate(
    pair: SimpleNamespace, client: Client
) -> None:
    persian_tag("Sea", "دریا")
    pair.persian.unpublish()
    assert alternates(read(client, "/en/tags/sea/")) == {}
    page = read(client, "/fa/tags/sea/")
    assert alternates(page) == {}
    assert "noindex" in page.select_one('meta[name="robots"]')["content"]
    assert page.select_one(".nr-empty")


def test_private_home_hides_its_tags(
    pair: SimpleNamespace, paper: SimpleNamespace, client: Client
) -> None:
    persian_tag("Sea", "دریا")
    restrict(paper.home_fa)
    assert alternates(read(client, "/en/tags/sea/")) == {}
    assert status(client, "/fa/tags/sea/") == 404


def test_language_without_a_home_has_no_tag_pages(
    pair: SimpleNamespace, paper: SimpleNamespace, client: Client
) -> None:
    persian_tag("Sea", "دریا")
    Page.objects.filter(pk=paper.home_fa.pk).update(live=False)
    cache.clear()
    assert status(client, "/fa/tags/sea/") == 404


def test_persian_slug_is_an_address_and_other_letters_lead_to_it(
    write: Write, paper: SimpleNamespace, client: Client
) -> None:
    page = write("پیش‌نویس", parent=paper.news_fa, locale=paper.persian)
    page.tags.add("خامنه\u200cای و رئیسی")
    page.save()
    assert cards(read(client, "/fa/tags/خامنه-ای-و-رئیسی/")) == ["پیش‌نویس"]
    response = client.get("/fa/tags/خامنه-اي-و-رئيسي/?page=2", headers={"host": "localhost"})
    assert response.status_code == 301
    assert response.url.endswith("?page=2")
    assert "%D8%B1%D8%A6%DB%8C%D8%B3%DB%8C" in response.url


@pytest.mark.parametrize(
    "slug", ["none", "%00", "..", "x" * 2000, "<script>", "%E2%80%AE", "tag'or'1", "%"]
)
def test_what_is_no_tag_is_not_found(paper: SimpleNamespace, client: Client, slug: str) -> None:
    assert status(client, f"/en/tags/{slug}/") in (301, 302, 404)


def test_only_reading_is_answered(pair: SimpleNamespace, client: Client) -> None:
    assert client.post("/en/tags/sea/", headers={"host": "localhost"}).status_code == 405
    assert client.head("/en/tags/sea/", headers={"host": "localhost"}).status_code == 200


def test_description_and_picture_stand_at_the_head(pair: SimpleNamespace, client: Client) -> None:
    image = get_image_model().objects.create(
        title="x", file=ImageFile(get_test_image_file(size=(1300, 900)).file, name="sea.png")
    )
    Tag.objects.filter(name="Sea").update(
        description="All <b>water</b>.\n\n\u202eOf the world.", picture=image, picture_alt='A "bay"'
    )
    page = read(client, "/en/tags/sea/")
    assert "All <b>water</b>." in page.select_one(".nr-standfirst").get_text()
    assert page.select_one(".nr-figure--tag img")["alt"] == 'A "bay"'
    assert page.select_one('meta[property="og:image:alt"]')["content"] == 'A "bay"'
    assert "All <b>water</b>." in page.select_one('meta[name="description"]')["content"]


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999", "1;drop", ""])
def test_page_numbers_out_of_range_give_the_nearest(
    pair: SimpleNamespace, client: Client, number: str
) -> None:
    assert cards(read(client, f"/en/tags/sea/?page={number}")) == ["The sea rises"]


def fill(write: Write, number: int, image: Any) -> None:
    """Give the tag so many pieces, of two classes, with pictures."""
    have = ArticlePage.objects.filter(tags__name="Many").count()
    for each in range(have, number):
        page = write(f"Piece {each}", lead_image=image)
        page.tags.add("Many")
        page.save()


def test_tag_page_asks_as_many_queries_for_fifty_pieces_as_for_twenty(
    write: Write, paper: SimpleNamespace, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wagtail_newsroom.publishing import tag_views

    monkeypatch.setattr(tag_views, "PER_PAGE", 50)
    image = get_image_model().objects.create(
        title="x", file=ImageFile(get_test_image_file(size=(900, 700)).file, name="lead.png")
    )
    counted = []
    for number in (20, 50):
        fill(write, number, image)
        if number == 20:
            twin = translate(
                ArticlePage.objects.filter(tags__slug="many").first(), paper.persian, "ی"
            )
            assert twin.live
            persian_tag("Many", "بسیار")
        read(client, "/en/tags/many/")
        ContentType.objects.get_for_models(ArticlePage, Page)
        with CaptureQueriesContext(connection) as queries:
            page = read(client, "/en/tags/many/")
        assert len(cards(page)) == number
        assert set(alternates(page)) == {"en", "fa", "x-default"}
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 16


def test_tags_of_a_piece_lead_to_their_pages(
    pair: SimpleNamespace, client: Client, paper: SimpleNamespace
) -> None:
    pair.english.tags.add("Zebra <b>&", "Sea")
    pair.english.save_revision().publish()
    page = read(client, "/en/news/sea-rises/")
    assert [(a.get_text(), a["href"]) for a in page.select(".nr-tags a")] == [
        ("Sea", "http://localhost/en/tags/sea/"),
        ("Zebra <b>&", "http://localhost/en/tags/zebra-b/"),
    ]
    assert not read(client, "/fa/news/sea-rises/").select(".nr-tags")
    assert not read(client, "/en/news/").select(".nr-tags")


def test_article_page_asks_one_query_for_any_number_of_tags(write: Write, client: Client) -> None:
    page = write("Tagged", slug="tagged")
    counted = []
    for number in (0, 1, 20):
        page.tags.set([f"Topic {each}" for each in range(number)])
        page.save()
        read(client, "/en/news/tagged/")
        with CaptureQueriesContext(connection) as queries:
            shown = read(client, "/en/news/tagged/")
        assert len(shown.select(".nr-tags a")) == number
        # The related pieces are found by their tags too, by another query.
        about = [q for q in queries if q["sql"].startswith('SELECT "wagtail_newsroom_tag')]
        assert len(about) == 1
        counted.append(len(queries))
    assert len(set(counted)) == 1
    assert counted[0] <= 14


urlpatterns: list[Any] = [path("", lambda request: None)]


def test_site_without_our_addresses_shows_names_only(pair: SimpleNamespace, rf: Any) -> None:
    from wagtail_newsroom.publishing.tag_views import tag_links

    with override_settings(ROOT_URLCONF=__name__):
        links = tag_links(fresh(pair.english), "en", rf.get("/"))
    assert links == [{"name": "Sea", "url": ""}]
    assert tag_links(Page(title="x"), "en", rf.get("/")) == []


def test_language_that_the_site_does_not_write_is_no_alternate(
    pair: SimpleNamespace, paper: SimpleNamespace, client: Client
) -> None:
    german = Locale.objects.create(language_code="de")
    tag = Tag.objects.get(name="Sea", needs_name=False).copy_for_translation(german)
    tag.name, tag.needs_name = "Meer", False
    tag.save()
    assert alternates(read(client, "/en/tags/sea/")) == {}
