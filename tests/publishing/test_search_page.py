"""The readers' search page: one language, readable pieces, marked words, bounded queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import escape
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from tests.search.indexing import update_index
from wagtail_newsroom.models import ArticlePage

from .conftest import translate

ENGLISH, PERSIAN = "/en/search/", "/fa/search/"


def ask(address: str, text: str | None = None, **more: Any) -> BeautifulSoup:
    """Ask as a reader's browser does, and read the answer."""
    data = more if text is None else {"q": text, **more}
    response = Client(headers={"host": "localhost"}).get(address, data)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


def titles(page: BeautifulSoup) -> list[str]:
    return [found.get_text() for found in page.select("main h2 a")]


def text_of(page: BeautifulSoup, selector: str) -> str:
    return " ".join(page.select_one(selector).get_text().split())


@pytest.fixture
def persian(paper: SimpleNamespace, write: Callable[..., ArticlePage]) -> Callable[..., Any]:
    """Writes live Persian pieces."""

    def make(title: str, **fields: Any) -> ArticlePage:
        return write(title=title, parent=paper.news_fa, locale=paper.persian, **fields)

    return make


def test_only_readable_pieces_of_the_language_are_found(cast: SimpleNamespace) -> None:
    update_index()
    for piece, twin in cast.withheld:
        assert titles(ask(ENGLISH, piece.title)) == [piece.title]
        assert titles(ask(PERSIAN, piece.title)) == []
        assert twin.title == piece.title or titles(ask(PERSIAN, twin.title)) == []
    assert titles(ask(PERSIAN, "تاخیر کشتی ها")) == ["تأخیر کشتی‌ها"]
    assert titles(ask(ENGLISH, "تاخیر کشتی ها")) == []


def test_sections_are_not_found(paper: SimpleNamespace) -> None:
    update_index()
    assert titles(ask(ENGLISH, "news")) == []


def test_pieces_of_another_site_are_not_found(
    paper: SimpleNamespace, write: Callable[..., ArticlePage]
) -> None:
    write(title="A river")
    update_index()
    Site.objects.create(hostname="other.example.org", root_page=paper.news)
    other = Client(headers={"host": "other.example.org"}).get(ENGLISH, {"q": "river"})
    assert "A <mark>river</mark>" in other.content.decode()
    paper.news.get_children().delete()
    assert titles(ask(ENGLISH, "river")) == []


def test_newest_comes_first(write: Callable[..., ArticlePage]) -> None:
    now = timezone.now()
    for days in (3, 1, 2):
        write(title=f"River {days}", published_at=now - timedelta(days=days))
    update_index()
    assert titles(ask(ENGLISH, "river")) == ["River 1", "River 2", "River 3"]


def test_words_are_marked_as_they_were_written(persian: Callable[..., Any]) -> None:
    persian("او می‌رود", standfirst="در سال ۱٬۳۹۸")
    update_index()
    page = ask(PERSIAN, "ميرود 1398")
    assert [str(mark) for mark in page.select("main mark")] == [
        "<mark>می‌رود</mark>",
        "<mark>۱٬۳۹۸</mark>",
    ]


def test_passage_of_the_body_stands_below_a_headline_without_the_word(
    write: Callable[..., ArticlePage],
) -> None:
    write(
        title="Weather", standfirst="Nothing of it.", body=[("quote", {"text": "A dam & a river"})]
    )
    update_index()
    found = ask(ENGLISH, "river").select_one(".nr-card__standfirst bdi")
    assert found.decode_contents() == "A dam &amp; a <mark>river</mark>"


def test_withdrawn_piece_does_not_show_its_text(write: Callable[..., ArticlePage]) -> None:
    write(
        title="Weather today",
        body=[("paragraph", "<p>A river of lies</p>")],
        withdrawn_at=timezone.now() - timedelta(hours=1),
        withdrawal_notice="It was wrong.",
    )
    update_index()
    assert titles(ask(ENGLISH, "weather")) == []
    page = ask(ENGLISH, "river")
    assert titles(page) == []
    assert "lies" not in page.get_text()


def test_hostile_headline_is_escaped(write: Callable[..., ArticlePage]) -> None:
    title = "</script><script>alert(1)</script> \u202eriver"
    write(title=title)
    update_index()
    page = ask(ENGLISH, "river")
    assert titles(page) == [title]
    assert not page.select("main script")


@pytest.mark.parametrize(
    "text",
    [
        '"><script>alert(1)</script>',
        "' OR 1=1 --",
        "river AND (",
        'NEAR("river" 2)',
        "river\0",
        "%s %(q)s {{ place }}",
        "🙂",
        "\u202e\u2066",
        "a:* & !b | <->",
    ],
)
@pytest.mark.usefixtures("article")
def test_hostile_queries_are_answered(text: str) -> None:
    update_index()
    page = ask(ENGLISH, text)
    assert page.select_one("main input[name=q]")["value"] == " ".join(
        text.replace("\0", " ").split()
    )
    assert not page.select("main script")


@pytest.mark.usefixtures("article")
def test_long_query_is_cut_and_that_is_said() -> None:
    update_index()
    page = ask(PERSIAN, "river " * 2000)
    assert len(page.select_one("main input[name=q]")["value"]) <= 200
    assert "۲۰۰" in text_of(page, "main .nr-search__note")


@pytest.mark.parametrize("data", [{}, {"q": ""}, {"q": "  "}, {"q": "«»"}, {"page": "x"}])
@pytest.mark.usefixtures("article")
def test_empty_query_finds_nothing(data: dict[str, str]) -> None:
    update_index()
    page = ask(ENGLISH, **data)
    assert titles(page) == []
    assert page.select_one("main .nr-empty")


@pytest.mark.usefixtures("paper")
def test_nothing_found_is_said_with_help() -> None:
    page = ask(ENGLISH, "zarathustra & co")
    assert "Nothing was found for zarathustra & co." in text_of(page, "main .nr-empty")
    assert len(page.select("main .nr-empty li")) == 3


def test_counts_and_pages_are_in_the_readers_digits(persian: Callable[..., Any]) -> None:
    for number in range(21):
        persian(f"رود {number}")
    update_index()
    page = ask(PERSIAN, "رود")
    assert "۲۱" in text_of(page, "main .nr-search__note")
    assert len(titles(page)) == 20
    assert "۱" in text_of(page, ".nr-pages__where")
    following = page.select_one(".nr-pages a[rel=next]")["href"]
    assert parse_qs(following[1:]) == {"q": ["رود"], "page": ["2"]}
    second = ask(PERSIAN + following)
    assert titles(second) == ["رود 0"]
    back = second.select_one(".nr-pages a[rel=prev]")["href"]
    assert parse_qs(back[1:]) == {"q": ["رود"], "page": ["1"]}


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", "1" * 5000])
@pytest.mark.usefixtures("article")
def test_wrong_page_number_gives_the_nearest(page: str) -> None:
    update_index()
    assert titles(ask(ENGLISH, "river", page=page)) == ["The river rises"]


@pytest.mark.usefixtures("article")
def test_page_is_not_to_be_indexed_and_says_its_language() -> None:
    update_index()
    page = ask(PERSIAN, "river")
    assert page.select_one("meta[name=robots]")["content"] == "noindex,follow"
    assert (page.html["lang"], page.html["dir"]) == ("fa", "rtl")


@pytest.mark.usefixtures("paper")
def test_switcher_takes_the_query_along() -> None:
    page = ask(ENGLISH, 'a&b "river"')
    [link] = page.select(".nr-languages a")
    assert link["href"] == "http://localhost/fa/search/?q=a%26b+%22river%22"
    [link] = ask(PERSIAN).select(".nr-languages a")
    assert link["href"] == "http://localhost/en/search/"


def test_form_stands_in_the_header_of_every_page_and_once_on_this_one(
    article: ArticlePage,
) -> None:
    page = ask("/en/news/piece-1/")
    [form] = page.select("header form[role=search]")
    assert (form["method"], form["action"]) == ("get", "/en/search/")
    assert form["aria-label"]
    field = form.select_one("input[type=search][name=q]")
    assert field["dir"] == "auto"
    assert form.select_one(f"label[for={field['id']}]").get_text()
    assert form.select_one("button[type=submit]")
    assert len(ask(ENGLISH).select("form[role=search]")) == 1


@pytest.mark.usefixtures("paper")
def test_page_answers_only_to_reading() -> None:
    client = Client(headers={"host": "localhost"})
    assert client.post(ENGLISH, {"q": "river"}).status_code == 405
    assert client.head(ENGLISH, {"q": "river"}).status_code == 200


def test_language_without_a_home_has_no_search(paper: SimpleNamespace) -> None:
    paper.home_fa.delete()
    assert Client(headers={"host": "localhost"}).get(PERSIAN).status_code == 404


@pytest.mark.parametrize("address", [ENGLISH, PERSIAN])
def test_queries_are_the_same_for_few_and_many(
    address: str,
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    persian: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make = write if address == ENGLISH else persian
    monkeypatch.setattr("wagtail_newsroom.publishing.search_views.RESULTS_PER_PAGE", 50)
    counts = []
    for number in range(50):
        make(title=f"River {number}", standfirst="Dry.")
        if number in (19, 49):
            update_index()
            ask(address, "river")
            with CaptureQueriesContext(connection) as queries:
                page = ask(address, "river monday")
            assert len(titles(page)) == number + 1
            assert len(page.select("main mark")) == 3 * (number + 1)
            counts.append(len(queries))
    assert counts == [9, 9]


def test_a_translated_piece_is_found_in_each_language(
    paper: SimpleNamespace, article: ArticlePage
) -> None:
    translate(article, paper.persian, "رود بالا می‌آید")
    update_index()
    assert titles(ask(ENGLISH, "river")) == ["The river rises"]
    assert titles(ask(PERSIAN, "رود می آید")) == ["رود بالا می‌آید"]
    assert escape("<mark>") not in str(ask(PERSIAN, "رود"))
