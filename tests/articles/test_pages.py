"""Articles and sections as readers get them, a site's own classes included."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.images import ImageFile
from django.test import Client
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import ContentType, Page, PageViewRestriction, Site

from tests.publishing.conftest import translate
from tests.testapp.models import ReportIndexPage, ReportPage
from wagtail_newsroom.articles.queries import path_from_page, pieces_below
from wagtail_newsroom.models import ArticleMixin, ArticlePage, NewsIndexPage

pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
)

DAY = datetime(2026, 3, 1, 12, 0, tzinfo=timezone.utc)


@pytest.fixture(autouse=True)
def _fresh_site_cache() -> None:
    cache.clear()
    # The first request after this counts no query for them.
    ContentType.objects.clear_cache()


@pytest.fixture
def image(db: None) -> Any:
    return get_image_model().objects.create(
        title="IMG_0001.JPG",
        file=ImageFile(get_test_image_file(size=(1700, 1100)).file, name="lead.png"),
    )


def titles(client: Client, url: str) -> list[str]:
    response = client.get(url, headers={"host": "localhost"})
    assert response.status_code == 200
    return [piece.title for piece in response.context["articles"]]


def test_the_date_is_the_pieces_own_or_that_of_its_first_publication(
    write: Callable[..., ArticlePage],
) -> None:
    assert write(published_at=DAY).date == DAY
    first = write()
    assert first.date == first.first_published_at
    assert write(live=False).date is None


def test_the_kicker_falls_back_to_the_section_and_never_to_the_home_page(
    paper: SimpleNamespace, write: Callable[..., ArticlePage]
) -> None:
    assert write(kicker="Harbour").shown_kicker == "Harbour"
    assert write().shown_kicker == "News"
    assert write(parent=paper.home).shown_kicker == ""


def test_a_section_lists_what_can_be_read_below_it_newest_first(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    sport = NewsIndexPage(title="Sport", slug="sport", locale=paper.english)
    paper.news.add_child(instance=sport)
    reports = ReportIndexPage(title="Reports", slug="reports", locale=paper.english)
    sport.add_child(instance=reports)
    report = ReportPage(title="Report", slug="report", locale=paper.english, published_at=DAY)
    reports.add_child(instance=report)
    write("Newest")
    write("Dated before the report", published_at=DAY - timedelta(days=1), parent=sport)
    write("Dated after the report", published_at=DAY + timedelta(days=1))
    write("Draft", live=False)
    private = write("Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    write("Elsewhere", parent=paper.home)
    alias = write("Original", parent=paper.home)
    alias.create_alias(parent=paper.news, update_slug="alias")
    Page.objects.filter(title="Newest").update(first_published_at=DAY + timedelta(days=9))

    expected = ["Newest", "Dated after the report", "Report", "Dated before the report"]
    assert titles(client, "/en/news/") == expected
    assert titles(client, "/en/news/sport/") == expected[2:]
    assert titles(client, "/en/news/sport/reports/") == ["Report"]


def test_a_section_lists_its_own_language_only(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    piece = write("English")
    translate(piece, paper.persian, "فارسی")
    # A stray in the wrong tree, as a copy by hand can make it.
    write("Astray", parent=paper.news_fa)

    assert titles(client, "/en/news/") == ["English"]
    assert titles(client, "/fa/news/") == ["فارسی"]


def test_a_private_section_lists_its_pieces_to_those_who_may_read_it(
    paper: SimpleNamespace, write: Callable[..., ArticlePage]
) -> None:
    write("Inside")
    locked = write("Locked further")
    PageViewRestriction.objects.create(page=paper.news, restriction_type="login")
    PageViewRestriction.objects.create(page=locked, restriction_type="password", password="x")

    assert [page.title for page in pieces_below(paper.news, ArticleMixin)] == ["Inside"]
    assert [page.title for page in pieces_below(paper.home, ArticleMixin)] == []


@pytest.mark.parametrize(
    ("number", "shown"),
    [("", 1), ("1", 1), ("2", 2), ("abc", 1), ("0", 2), ("-4", 2), ("99", 2), ("1.5", 1)],
)
def test_any_page_number_gives_the_nearest_page(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    client: Client,
    number: str,
    shown: int,
) -> None:
    first = write("Piece 1")
    for count in range(2, 22):
        first.copy(update_attrs={"slug": f"p{count}", "title": f"Piece {count}"})

    response = client.get(f"/en/news/?page={number}", headers={"host": "localhost"})

    assert response.context["articles"].number == shown
    assert len(response.context["articles"]) == {1: 20, 2: 1}[shown]


def test_an_empty_section_says_so(paper: SimpleNamespace, client: Client) -> None:
    response = client.get("/en/news/", headers={"host": "localhost"})
    assert "Nothing has been published here yet." in response.text


@pytest.mark.parametrize("cards", [20, 50])
def test_a_list_takes_the_same_queries_for_20_and_50_cards(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    image: Any,
    client: Client,
    django_assert_num_queries: Any,
    monkeypatch: pytest.MonkeyPatch,
    cards: int,
) -> None:
    monkeypatch.setattr(NewsIndexPage, "articles_per_page", cards)
    sport = NewsIndexPage(title="Sport", slug="sport", locale=paper.english)
    paper.news.add_child(instance=sport)
    first = write("Piece", lead_image=image, lead_image_alt="A ferry")
    for count in range(cards):
        first.copy(
            to=[paper.news, sport][count % 2],
            update_attrs={"slug": f"p{count}", "lead_image": image},
            copy_revisions=False,
        )
    client.get("/en/news/", headers={"host": "localhost"})

    with django_assert_num_queries(14):
        response = client.get("/en/news/", headers={"host": "localhost"})

    assert response.text.count('<article class="nr-card">') == cards
    assert response.text.count('alt="A ferry"') == cards


def test_an_article_takes_few_queries(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    image: Any,
    client: Client,
    django_assert_num_queries: Any,
) -> None:
    picture = {"image": image, "alt": "Inside", "caption": "", "credit": ""}
    page = write(
        slug="ferries",
        lead_image=image,
        lead_image_alt="A ferry",
        body=[("image", picture), ("paragraph", "<p>Late.</p>"), ("image", picture)],
    )
    for url in ("/en/news/ferries/", "/fa/news/ferries/"):
        # Missing in Persian at first, then there: the same number of queries.
        if url.startswith("/fa"):
            twin = translate(page, paper.persian, "کشتی‌ها")
            assert twin.lead_image == image
        client.get(url, headers={"host": "localhost"})
        # Wagtail itself asks once more for the home page of a language that is not the site's.
        with django_assert_num_queries(14 if url.startswith("/en") else 15):
            response = client.get(url, headers={"host": "localhost"})
        assert response.text.count('alt="Inside"') == 2


def test_a_page_of_each_language_has_its_language_direction_and_names_isolated(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client, image: Any
) -> None:
    page = write(
        "C++ & <b>ferries</b>",
        slug="ferries",
        kicker="Harbour",
        standfirst="Late again.",
        dateline="PORT SAMPLE",
        published_at=DAY,
        updated_at=DAY + timedelta(days=1),
        lead_image=image,
        lead_image_alt='A "ferry"',
        lead_image_caption="At the pier",
        lead_image_credit="Photo: Sample",
    )
    translate(page, paper.persian, "کشتی‌ها")
    english = client.get("/en/news/ferries/", headers={"host": "localhost"}).text
    persian = client.get("/fa/news/ferries/", headers={"host": "localhost"}).text

    assert '<html lang="en" dir="ltr">' in english
    assert '<html lang="fa" dir="rtl">' in persian
    assert "<h1><bdi>C++ &amp; &lt;b&gt;ferries&lt;/b&gt;</bdi></h1>" in english
    assert '<h1><bdi dir="rtl">کشتی‌ها</bdi></h1>' in persian
    for part in ("Harbour", "Late again.", "PORT SAMPLE", "At the pier", "Photo: Sample"):
        assert f"<bdi>{part}</bdi>" in english
    assert '<time datetime="2026-03-01T12:00:00+00:00">1 March 2026</time>' in english
    assert '<time datetime="2026-03-01T12:00:00+00:00">۱۰ اسفند ۱۴۰۴</time>' in persian
    lead = re.search(r"<img[^>]*>", english)
    assert lead is not None
    assert 'alt="A &quot;ferry&quot;"' in lead[0]
    assert " 1600w" in lead[0]
    assert 'width="' in lead[0]
    assert "lazy" not in lead[0]


def test_a_sites_own_article_is_read_like_ours(paper: SimpleNamespace, client: Client) -> None:
    index = ReportIndexPage(title="Reports", slug="reports", locale=paper.english)
    paper.home.add_child(instance=index)
    report = ReportPage(title="Report", slug="report", locale=paper.english, verdict="Fine")
    index.add_child(instance=report)

    assert titles(client, "/en/reports/") == ["Report"]
    assert (
        "<bdi>Report</bdi>" in client.get("/en/reports/report/", headers={"host": "localhost"}).text
    )
    assert path_from_page(ReportPage, "published_at") == "reportpage__published_at"
    assert path_from_page(ArticlePage, "title") == "title"


def test_articles_below_another_sites_home_are_not_listed(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    other = NewsIndexPage(title="Other", slug="other", locale=paper.english)
    paper.root.add_child(instance=other)
    Site.objects.create(hostname="other.example.org", port=80, root_page=other)
    write("Ours")
    write("Theirs", parent=other)

    assert titles(client, "/en/news/") == ["Ours"]
