"""The archive: solar months in Persian, Gregorian ones in English, by the site's midnight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ContentType, Page

from tests.publishing.conftest import restrict, translate
from wagtail_newsroom.articles.queries import pieces_below
from wagtail_newsroom.models import ArticleMixin, ArticlePage
from wagtail_newsroom.publishing import archive_views
from wagtail_newsroom.publishing.archive import years_of
from wagtail_newsroom.publishing.calendars import period_of, year_and_month


def get(client: Client, url: str, **query: str) -> Any:
    return client.get(url, query, headers={"host": "localhost"})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


@pytest.fixture
def publish(
    paper: SimpleNamespace, write: Callable[..., ArticlePage]
) -> Callable[[str, str], ArticlePage]:
    """Publishes a piece in both languages at a time in UTC."""

    def make(title: str, moment: str) -> ArticlePage:
        page = write(title, body=[], published_at=at(moment))
        translate(page, paper.persian, f"خبر {title}")
        return page

    return make


def counted(client: Client, url: str) -> dict[str, dict[str, int]]:
    return {
        year.period.name: {month.name: month.count for month in year.months}
        for year in get(client, url).context["years"]
    }


def titles(client: Client, url: str) -> list[str]:
    return [piece.title for piece in get(client, url).context["articles"]]


# Calendars


@pytest.mark.parametrize(
    ("code", "year", "month", "first", "end"),
    [
        ("en", 2024, 2, date(2024, 2, 1), date(2024, 3, 1)),
        ("en", 2025, 12, date(2025, 12, 1), date(2026, 1, 1)),
        ("en", 2025, None, date(2025, 1, 1), date(2026, 1, 1)),
        ("fa", 1404, 7, date(2025, 9, 23), date(2025, 10, 23)),
        # Esfand has 30 days in 1403, a leap year, and 29 in 1404.
        ("fa", 1403, 12, date(2025, 2, 19), date(2025, 3, 21)),
        ("fa", 1404, 12, date(2026, 2, 20), date(2026, 3, 21)),
        ("fa-af", 1404, None, date(2025, 3, 21), date(2026, 3, 21)),
    ],
)
def test_a_period_is_made_of_days(
    code: str, year: int, month: int | None, first: date, end: date
) -> None:
    period = period_of(code, year, month)
    assert period is not None
    assert (period.first, period.end) == (first, end)


def test_months_follow_one_another_without_gaps() -> None:
    for code, first, last in (("fa", 1380, 1450), ("en", 2000, 2070)):
        day = None
        for year in range(first, last):
            for month in range(1, 13):
                period = period_of(code, year, month)
                assert period is not None
                assert day in (None, period.first)
                assert year_and_month(period.first, code) == (year, month)
                assert year_and_month(period.end - timedelta(days=1), code) == (year, month)
                day = period.end


@pytest.mark.parametrize("code", ["en", "fa"])
@pytest.mark.parametrize(("year", "month"), [(0, 1), (1, 1), (9999, 12), (10**30, 1), (1404, 13), (1404, 0)])  # fmt: skip
def test_years_and_months_that_no_calendar_has_are_no_periods(
    code: str, year: int, month: int
) -> None:
    assert period_of(code, year, month) is None


@pytest.mark.parametrize(
    ("code", "year", "month", "other", "name"),
    [
        ("fa", 1404, 7, "en", "October 2025"),
        ("en", 2025, 10, "fa", "مهر ۱۴۰۴"),
        ("fa", 1404, None, "en", "2025"),
        ("en", 2025, None, "fa", "۱۴۰۴"),
        ("en", 2025, 3, "fr", "mars 2025"),
        ("fa", 1404, 1, "fa-af", "حمل ۱۴۰۴"),
    ],
)
def test_the_nearest_period_holds_the_middle_day(
    code: str, year: int, month: int | None, other: str, name: str
) -> None:
    period = period_of(code, year, month)
    assert period is not None
    assert period.nearest(other).name == name


# Pages


def test_each_language_counts_in_its_own_calendar(
    publish: Callable[[str, str], ArticlePage], client: Client
) -> None:
    publish("a", "2026-03-20T12:00")
    publish("b", "2026-03-21T12:00")
    publish("c", "2026-03-21T13:00")
    publish("d", "2025-10-01T12:00")

    assert counted(client, "/en/archive/") == {"2026": {"March": 3}, "2025": {"October": 1}}
    assert counted(client, "/fa/archive/") == {
        "۱۴۰۵": {"فروردین": 2},
        "۱۴۰۴": {"اسفند": 1, "مهر": 1},
    }
    assert titles(client, "/fa/archive/1405/1/") == ["خبر c", "خبر b"]
    assert titles(client, "/fa/archive/1404/") == ["خبر a", "خبر d"]
    assert titles(client, "/en/archive/2026/3/") == ["c", "b", "a"]
    assert list(counted(client, "/en/archive/2026/")) == ["2026"]


def test_days_begin_at_the_sites_midnight(
    settings: Any, publish: Callable[[str, str], ArticlePage], client: Client
) -> None:
    # Tehran is 3:30 ahead of UTC.
    publish("last of Esfand", "2026-03-20T20:29")
    publish("first of Farvardin", "2026-03-20T20:30")
    settings.TIME_ZONE = "Asia/Tehran"
    assert counted(client, "/fa/archive/") == {"۱۴۰۵": {"فروردین": 1}, "۱۴۰۴": {"اسفند": 1}}
    assert titles(client, "/fa/archive/1405/1/") == ["خبر first of Farvardin"]
    assert titles(client, "/fa/archive/1404/12/") == ["خبر last of Esfand"]
    settings.TIME_ZONE = "UTC"
    assert counted(client, "/fa/archive/") == {"۱۴۰۴": {"اسفند": 2}}


def test_only_readable_pieces_of_the_language_are_filed(
    paper: SimpleNamespace, cast: SimpleNamespace, client: Client
) -> None:
    Page.objects.filter(locale=paper.persian).update(first_published_at=at("2025-10-01T12:00"))
    assert counted(client, "/fa/archive/") == {"۱۴۰۴": {"مهر": 1}}
    assert titles(client, "/fa/archive/1404/7/") == [cast.both_fa.title]
    restrict(cast.both)
    ArticlePage.objects.filter(locale=paper.english).update(published_at=at("2025-10-01T12:00"))
    assert cast.both.title not in titles(client, "/en/archive/2025/10/")


@pytest.mark.parametrize(
    "path",
    ["2025/13/", "2025/0/", "2019/", "2031/", "2025/8/", "2026/4/", "0/", f"{10**30}/1/", "x/", "1404/7/"],
)  # fmt: skip
def test_what_is_out_of_range_is_not_found(
    publish: Callable[[str, str], ArticlePage], client: Client, path: str
) -> None:
    publish("first", "2025-09-01T12:00")
    publish("last", "2026-03-01T12:00")
    assert get(client, f"/en/archive/{path}").status_code == 404


def test_an_empty_month_between_others_says_so_and_is_not_indexed(
    publish: Callable[[str, str], ArticlePage], client: Client
) -> None:
    publish("first", "2025-09-01T12:00")
    publish("last", "2026-03-01T12:00")
    response = get(client, "/en/archive/2025/12/")
    assert response.status_code == 200
    assert "Nothing has been published here yet." in response.text
    assert '<meta name="robots" content="noindex,follow">' in response.text
    assert "noindex" not in get(client, "/en/archive/2025/9/").text


def test_neighbours_are_the_nearest_that_have_pieces(
    publish: Callable[[str, str], ArticlePage], client: Client
) -> None:
    publish("first", "2023-05-10T12:00")
    publish("middle", "2025-10-10T12:00")
    publish("last", "2026-03-25T12:00")

    def beside(url: str) -> list[str | None]:
        context = get(client, url).context
        return [each and each.title for each in (context["earlier"], context["later"])]

    assert beside("/en/archive/2025/10/") == ["May 2023", "March 2026"]
    assert beside("/en/archive/2023/5/") == [None, "October 2025"]
    assert beside("/en/archive/2025/") == ["2023", "2026"]
    assert beside("/fa/archive/1404/7/") == ["اردیبهشت ۱۴۰۲", "فروردین ۱۴۰۵"]
    html = get(client, "/fa/archive/1404/7/").text
    assert 'href="http://localhost/fa/archive/1405/1/"' in html


def test_the_first_page_is_there_in_each_language_and_reciprocal(
    publish: Callable[[str, str], ArticlePage], client: Client
) -> None:
    for code in ("en", "fa"):
        html = get(client, f"/{code}/archive/").text
        assert f'<link rel="canonical" href="http://localhost/{code}/archive/">' in html
        for hreflang, url in (("en", "en"), ("fa", "fa"), ("x-default", "en")):
            assert f'hreflang="{hreflang}" href="http://localhost/{url}/archive/"' in html
    assert 'hreflang="fa" href="http://localhost/fa/archive/"' in html


def test_an_archive_without_pieces_says_so(paper: SimpleNamespace, client: Client) -> None:
    assert "Nothing has been published here yet." in get(client, "/en/archive/").text
    assert get(client, "/en/archive/2026/").status_code == 404


def test_another_calendars_month_is_no_alternate_but_the_switcher_leads_to_it(
    publish: Callable[[str, str], ArticlePage],
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    client: Client,
) -> None:
    publish("both", "2025-10-10T12:00")
    write("English only", published_at=at("2025-06-15T12:00"))
    write("English only", published_at=at("2020-06-15T12:00"))

    def switched(url: str) -> str:
        response = get(client, url)
        assert 'rel="alternate" hreflang' not in response.text.split("</head>")[0]
        place = response.context["place"]
        assert [each.language_code for each in place.versions] == [place.language_code]
        (near,) = place.nearest
        assert near.url in response.text
        return str(near.url.removeprefix("http://localhost"))

    assert switched("/fa/archive/1404/7/") == "/en/archive/2025/10/"
    assert switched("/en/archive/2025/10/") == "/fa/archive/1404/7/"
    assert switched("/en/archive/2025/") == "/fa/archive/1404/"
    # Nothing in the nearest month: its year; nothing in that either: the first page.
    assert switched("/en/archive/2025/6/") == "/fa/archive/1404/"
    assert switched("/en/archive/2020/6/") == "/fa/archive/"


def test_a_language_without_a_home_has_no_archive(
    paper: SimpleNamespace, publish: Callable[[str, str], ArticlePage], client: Client
) -> None:
    publish("a", "2025-10-10T12:00")
    Page.objects.filter(pk=paper.home_fa.pk).update(live=False)
    assert get(client, "/fa/archive/").status_code == 404
    assert get(client, "/en/archive/").status_code == 200
    assert "/fa/" not in get(client, "/en/archive/").text


def test_lists_are_cut_and_forms_are_refused(
    publish: Callable[[str, str], ArticlePage],
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archive_views, "PER_PAGE", 1)
    publish("a", "2025-10-10T12:00")
    publish("b", "2025-10-11T12:00")
    assert [
        [
            piece.title
            for piece in get(client, "/en/archive/2025/10/", page=number).context["articles"]
        ]
        for number in ("1", "2", "nonsense")
    ] == [["b"], ["a"], ["b"]]
    second = get(client, "/en/archive/2025/10/", page="2").text
    assert 'rel="canonical" href="http://localhost/en/archive/2025/10/?page=2"' in second
    assert client.post("/en/archive/").status_code == 405


def test_links_lead_to_the_archive(paper: SimpleNamespace, client: Client) -> None:
    assert '<a href="/en/archive/">Archive</a>' in get(client, "/en/").text
    assert '<a href="/fa/archive/">' in get(client, "/fa/").text


# Queries


def test_years_are_counted_in_one_query(
    paper: SimpleNamespace,
    publish: Callable[[str, str], ArticlePage],
    django_assert_num_queries: Any,
) -> None:
    for month in range(1, 13):
        publish(f"p{month}", f"2025-{month:02}-10T12:00")
    with django_assert_num_queries(1):
        years = years_of(pieces_below(paper.home_fa, ArticleMixin), "fa")
    assert [(year.period.year, year.count) for year in years] == [(1404, 9), (1403, 3)]


@pytest.mark.parametrize("path", ["archive/", "archive/2025/", "archive/2025/10/"])
def test_as_many_queries_for_50_pieces_as_for_20(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
) -> None:
    first = write("Piece", body=[], published_at=at("2025-10-10T12:00"))
    counts = []
    for pieces in (20, 50):
        while paper.news.get_descendant_count() < pieces:
            slug = f"copy-{paper.news.numchild}"
            first.copy(to=paper.news, update_attrs={"slug": slug}, copy_revisions=False)
            paper.news.refresh_from_db()
        monkeypatch.setattr(archive_views, "PER_PAGE", pieces)
        ContentType.objects.clear_cache()
        get(client, f"/en/{path}")
        with CaptureQueriesContext(connection) as found:
            html = get(client, f"/en/{path}").text
        assert html.count("<article") == (0 if path == "archive/" else pieces)
        counts.append(len(found))
    assert counts[0] == counts[1] <= 16
