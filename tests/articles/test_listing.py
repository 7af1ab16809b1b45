"""Lists of pieces: bounded queries with mixed classes, pages of a list, sections within sections."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.images import ImageFile
from django.core.paginator import Paginator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import ContentType, Page, PageViewRestriction

from tests.publishing.conftest import translate
from tests.testapp.models import ReportIndexPage, ReportPage
from wagtail_newsroom.articles.listing import numbers_around, paginate, with_cards
from wagtail_newsroom.articles.queries import pieces_below
from wagtail_newsroom.models import ArticleMixin, ArticlePage, NewsIndexPage

pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
)


@pytest.fixture(autouse=True)
def _fresh_site_cache() -> None:
    cache.clear()
    ContentType.objects.clear_cache()


def get(client: Client, url: str) -> Any:
    return client.get(url, headers={"host": "localhost"})


@pytest.fixture
def images(db: None) -> list[Any]:
    return [
        get_image_model().objects.create(
            title=f"Shapes {number}",
            file=ImageFile(get_test_image_file(size=(1700, 1100)).file, name=f"{number}.png"),
        )
        for number in range(2)
    ]


@pytest.fixture
def mixed(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], images: list[Any]
) -> SimpleNamespace:
    """Sixty pieces of two classes in three sections, with two pictures."""
    sport = NewsIndexPage(title="Sport", slug="sport", locale=paper.english)
    paper.news.add_child(instance=sport)
    reports = ReportIndexPage(title="Reports", slug="reports", locale=paper.english)
    paper.news.add_child(instance=reports)
    article = write("Article", parent=sport, lead_image=images[0])
    report = ReportPage(title="Report", slug="report", locale=paper.english, lead_image=images[1])
    reports.add_child(instance=report)
    for number in range(29):
        for each, parent in ((article, sport), (report, reports)):
            attributes = {"slug": f"p{number}"}
            each.copy(to=parent, update_attrs=attributes, copy_revisions=False)
    return SimpleNamespace(sport=sport, reports=reports, article=article, report=report)


def test_a_list_of_two_classes_takes_the_same_queries_for_20_and_50_cards(
    mixed: SimpleNamespace, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = {}
    for cards in (20, 50):
        monkeypatch.setattr(NewsIndexPage, "articles_per_page", cards)
        get(client, "/en/news/")
        with CaptureQueriesContext(connection) as found:
            html = get(client, "/en/news/").text
        assert html.count('<article class="nr-card">') == cards
        counts[cards] = len(found)
    assert counts[20] == counts[50] <= 16


def test_cards_know_their_parents_locales_and_pictures(
    mixed: SimpleNamespace, paper: SimpleNamespace, django_assert_num_queries: Any
) -> None:
    rows = list(pieces_below(paper.news, ArticleMixin))
    # Two classes, their parents, their pictures, the pictures' sizes, and their texts, which come
    # with the sizes once there are some.
    with django_assert_num_queries(6):
        cards = with_cards(rows)
    with django_assert_num_queries(0):
        assert [card.pk for card in cards] == [row.pk for row in rows]
        assert {card.get_parent().title for card in cards} == {"Sport", "Reports"}
        assert {card.locale.language_code for card in cards} == {"en"}
        assert {card.lead_image.title for card in cards} == {"Shapes 0", "Shapes 1"}
    assert with_cards([]) == []


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("2", 2), ("99", 3), ("0", 3), ("-1", 3), ("x", 1), ("", 1), ("1e3", 1), ("۲", 2), ("9" * 5000, 3),
    ],
)  # fmt: skip
def test_a_number_that_is_none_gives_the_nearest_page(
    mixed: SimpleNamespace, client: Client, asked: str, given: int
) -> None:
    response = client.get("/en/news/", {"page": asked}, headers={"host": "localhost"})
    if asked == "9" * 5000:
        # More digits than Python reads are no number.
        given = 1
    assert response.status_code == 200
    assert response.context["articles"].number == given


def test_pages_of_a_list_say_where_one_is_and_lead_on(
    mixed: SimpleNamespace, client: Client
) -> None:
    html = get(client, "/en/news/?page=2&q=a%22b").text
    (pages,) = re.findall(r'<nav class="nr-pages".*?</nav>', html, re.DOTALL)
    assert "Page <bdi>2</bdi> of <bdi>3</bdi>" in pages
    assert 'rel="prev" href="?page=1&amp;q=a%22b">Newer' in pages
    assert 'rel="next" href="?page=3&amp;q=a%22b">Older' in pages
    assert re.findall(r'aria-label="(Page \d)"( aria-current="page")?', pages) == [
        ("Page 1", ""),
        ("Page 2", ' aria-current="page"'),
        ("Page 3", ""),
    ]
    assert "nr-pages" not in get(client, "/en/news/sport/p1/").text


def test_pages_of_a_list_are_counted_in_the_digits_of_the_language(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(NewsIndexPage, "articles_per_page", 1)
    for number in range(2):
        translate(write(f"Piece {number}"), paper.persian, f"خبر {number}")
    html = get(client, "/fa/news/?page=2").text
    assert 'href="?page=1"' in html
    assert ">۱</a>" in html
    assert 'aria-current="page">۲</a>' in html


def test_long_lists_leave_numbers_out() -> None:
    pages = Paginator(range(1000), 10)
    assert numbers_around(pages.page(50)) == [1, None, 48, 49, 50, 51, 52, None, 100]
    assert numbers_around(pages.page(1)) == [1, 2, 3, None, 100]
    assert numbers_around(Paginator([], 10).page(1)) == [1]


def test_a_list_that_is_no_queryset_is_cut_too(
    mixed: SimpleNamespace, paper: SimpleNamespace
) -> None:
    rows = list(pieces_below(paper.news, ArticleMixin))
    page = paginate(rows, 2, per_page=25)  # type: ignore[arg-type]
    assert [each.pk for each in page] == [row.pk for row in rows[25:50]]


def test_a_section_shows_the_sections_within_it_and_the_way_to_it(
    mixed: SimpleNamespace, paper: SimpleNamespace, client: Client
) -> None:
    private = NewsIndexPage(title="Private", slug="private", locale=paper.english)
    paper.news.add_child(instance=private)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    draft = NewsIndexPage(title="Draft", slug="draft", locale=paper.english, live=False)
    paper.news.add_child(instance=draft)

    news = get(client, "/en/news/")
    assert [each.title for each in news.context["subsections"]] == ["Sport", "Reports"]
    assert '<a href="/en/news/sport/"><bdi>Sport</bdi></a>' in news.text
    assert crumbs(news.text) == ["The Test Post"]
    assert crumbs(get(client, "/en/news/sport/").text) == ["The Test Post", "News"]
    assert crumbs(get(client, "/en/news/sport/p1/").text) == ["The Test Post", "News", "Sport"]
    assert crumbs(get(client, "/en/").text) == []
    # The home's own sections stand in its header already.
    assert "nr-subsections" not in get(client, "/en/").text


def crumbs(html: str) -> list[str]:
    found = re.search(r'<nav class="nr-crumbs".*?</nav>', html, re.DOTALL)
    return re.findall(r"<bdi[^>]*>(.*?)</bdi>", found[0]) if found else []


def test_names_in_the_way_to_a_page_are_isolated(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    section = NewsIndexPage(title="C++ & </script>\u202e", slug="c", locale=paper.english)
    paper.news.add_child(instance=section)
    write("Piece", parent=section, slug="piece")
    html = get(client, "/en/news/c/piece/").text
    assert "<bdi>C++ &amp; &lt;/script&gt;\u202e</bdi></a></li>" in html


def test_a_page_below_sections_is_found_at_once_and_as_wagtail_finds_it(
    mixed: SimpleNamespace,
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    client: Client,
) -> None:
    piece = write("Deep", parent=mixed.sport, slug="قایق-رانی")
    draft = write("Draft", parent=mixed.sport, slug="draft", live=False)
    assert get(client, "/en/news/sport/قایق-رانی/").context["page"] == piece
    assert get(client, f"/en/news/sport/{draft.slug}/").status_code == 404
    for path in ("nowhere/", "sport/nowhere/", "nowhere/قایق-رانی/", "قایق-رانی/", "sport/p1/p2/"):
        assert get(client, f"/en/news/{path}").status_code == 404
    # A section that is not published keeps its live pieces, as in Wagtail.
    Page.objects.filter(pk=mixed.sport.pk).update(live=False)
    assert get(client, "/en/news/sport/قایق-رانی/").status_code == 200
    assert get(client, "/en/news/sport/").status_code == 404


def test_an_address_deeper_than_any_tree_is_not_looked_up_step_by_step(
    mixed: SimpleNamespace, client: Client
) -> None:
    get(client, "/en/nowhere/")
    sizes = []
    for depth in (70, 7000):
        with CaptureQueriesContext(connection) as queries:
            assert get(client, "/en/" + "a/" * depth).status_code == 404
        # Wagtail's redirects are asked for the address as it is.
        own = [each["sql"] for each in queries if "wagtailredirects" not in each["sql"]]
        sizes.append((len(own), max(map(len, own))))
    assert sizes[0] == sizes[1]


def test_a_class_on_the_way_that_has_its_own_route_is_asked(
    mixed: SimpleNamespace, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    stock = Page.route

    def route(self: Any, request: Any, components: list[str]) -> Any:
        asked.append(list(components))
        return stock(self, request, components)

    monkeypatch.setattr(ReportIndexPage, "route", route)
    assert get(client, "/en/news/reports/p1/").status_code == 200
    assert asked == [["p1"]]


def test_a_deep_page_takes_no_more_queries_than_a_flat_one(
    mixed: SimpleNamespace,
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    client: Client,
) -> None:
    write("Flat", slug="flat")
    deeper = NewsIndexPage(title="Rowing", slug="rowing", locale=paper.english)
    mixed.sport.add_child(instance=deeper)
    write("Deep", parent=deeper, slug="deep")
    counts = []
    for url in ("/en/news/flat/", "/en/news/sport/rowing/deep/"):
        get(client, url)
        with CaptureQueriesContext(connection) as found:
            assert get(client, url).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]
