"""A machine's text that nobody approved: readers are told, crawlers are not told of it at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.utils.translation import gettext, override

from wagtail_newsroom.articles.queries import indexed, readable
from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.desk.provenance import Kind
from wagtail_newsroom.models import ArticlePage, Author
from wagtail_newsroom.publishing import indexnow
from wagtail_newsroom.publishing.alternates import alternates
from wagtail_newsroom.publishing.provenance import provenance_of

HOST = {"host": "localhost"}
LABEL = "Machine translation, not reviewed by an editor."
TRUST = "Machine translation from sources that this newspaper trusts, not reviewed by an editor."


@pytest.fixture
def machine(
    paper: SimpleNamespace, run_jobs: Callable[[], None], settings: Any
) -> Callable[..., Any]:
    """Has a piece translated by the machine and published by a policy, with no approval."""

    def make(original: Any, policy: str = "label") -> Any:
        settings.WAGTAIL_NEWSROOM_POLICY = policy
        settings.WAGTAIL_NEWSROOM_TRUSTED_ENGINES = ["pseudo"]
        job = actions.request_translation(original, paper.persian, user=None)
        run_jobs()
        return actions.publish(job.translation, user=None)

    return make


@pytest.fixture
def piece(write: Callable[..., ArticlePage]) -> ArticlePage:
    """An English piece."""
    return write("Rain over the town", slug="rain", standfirst="It goes on.")


@pytest.fixture
def twin(piece: ArticlePage, machine: Callable[..., Any]) -> ArticlePage:
    """Its Persian version, live and not reviewed."""
    found: ArticlePage = machine(piece)
    return found


def read(page: Any) -> BeautifulSoup:
    response = Client().get(page.get_url(), headers=HOST)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def graph(html: BeautifulSoup) -> dict[str, Any]:
    (script,) = html.select('script[type="application/ld+json"]')
    return next(
        thing for thing in json.loads(script.string)["@graph"] if thing["@type"] == "NewsArticle"
    )


def text_of(path: str) -> str:
    response = Client().get(path, headers=HOST)
    assert response.status_code == 200, path
    content = response.getvalue() if response.streaming else response.content
    return str(content.decode())


def told_addresses() -> str:
    """Return all that crawlers and feed readers are given beside the pages."""
    index = ElementTree.fromstring(text_of("/sitemap.xml"))
    files = [
        loc.text.removeprefix("http://localhost")
        for loc in index.iter()
        if loc.text and loc.tag.endswith("loc")
    ]
    feeds = ["/fa/feed/", "/fa/feed/atom/", "/fa/feed/json/"]
    return "".join(text_of(path) for path in [*files, *feeds])


def line(html: BeautifulSoup) -> str:
    (found,) = html.select(".nr-provenance")
    return " ".join(found.get_text().split())


def in_persian(text: str) -> str:
    with override("fa"):
        translated = gettext(text)
    assert translated != text
    return translated


def hreflangs(html: BeautifulSoup) -> list[str]:
    return [link["hreflang"] for link in html.select('head link[rel="alternate"][hreflang]')]


def test_readers_are_told_beside_the_byline_and_led_to_the_original(twin: ArticlePage) -> None:
    html = read(twin)
    assert line(html).startswith(in_persian(LABEL))
    assert html.select_one(".nr-provenance a")["href"] == "http://localhost/en/news/rain/"
    assert provenance_of(twin).facts.kind == Kind.MACHINE
    assert provenance_of(twin).reviewer == ""
    assert graph(html)["creditText"] == in_persian(LABEL)
    assert graph(html)["translationOfWork"]["url"] == "http://localhost/en/news/rain/"


def test_crawlers_are_asked_to_leave_it_out_and_told_of_it_nowhere(
    piece: ArticlePage, twin: ArticlePage, settings: Any
) -> None:
    html = read(twin)
    assert html.select_one('meta[name="robots"]')["content"] == "noindex,follow"
    assert hreflangs(html) == []
    assert html.select_one('link[rel="canonical"]')["href"] == "http://localhost/fa/news/rain/"
    original = read(piece)
    assert "noindex" not in original.select_one('meta[name="robots"]')["content"]
    assert hreflangs(original) == []
    assert "workTranslation" not in graph(original)
    assert "/fa/news/rain/" not in told_addresses()
    assert "/en/news/rain/" in told_addresses()
    settings.WAGTAIL_NEWSROOM_INDEXNOW_KEY = "0123456789abcdef"
    assert indexnow.address_to_tell(twin) == ""
    assert indexnow.address_to_tell(piece)


def test_readers_can_switch_to_it_without_a_word_to_crawlers(
    piece: ArticlePage, twin: ArticlePage
) -> None:
    (there,) = read(piece).select('.nr-languages a[lang="fa"]')
    assert (there["href"], there["rel"]) == ("http://localhost/fa/news/rain/", ["nofollow"])
    (back,) = read(twin).select('.nr-languages a[lang="en"]')
    assert back["rel"] == ["alternate"]
    suggested = read(piece).select_one('.nr-suggestion[lang="fa"] a')
    assert suggested["rel"] == ["nofollow"]
    assert read(twin.get_parent()).select('a[href$="/fa/news/rain/"]')


def test_alternates_name_each_other_again_after_a_review(
    piece: ArticlePage, twin: ArticlePage, editor: User, settings: Any
) -> None:
    assert alternates(twin) == []
    assert [each.language_code for each in alternates(piece)] == ["en"]
    settings.WAGTAIL_NEWSROOM_POLICY = "review"
    # A stricter policy alone changes nothing for what is live.
    assert alternates(twin) == []
    assert line(read(twin)).startswith(in_persian(LABEL))
    translation = localize.find_translation_to(twin)
    actions.approve(translation, user=editor)
    actions.publish(translation, user=editor)
    reviewed = ArticlePage.objects.get(pk=twin.pk)
    for page in (piece, reviewed):
        html = read(page)
        assert hreflangs(html) == ["en", "fa", "x-default"]
        assert "noindex" not in html.select_one('meta[name="robots"]')["content"]
    assert provenance_of(reviewed).facts.kind == Kind.MACHINE_REVIEWED
    assert "/fa/news/rain/" in told_addresses()
    assert graph(read(piece))["workTranslation"]


def test_update_of_the_original_is_told(piece: ArticlePage, twin: ArticlePage) -> None:
    assert provenance_of(twin).updated_at is None
    fresh = ArticlePage.objects.get(pk=piece.pk)
    fresh.standfirst = "It has stopped."
    fresh.save_revision().publish()
    assert provenance_of(twin).updated_at == ArticlePage.objects.get(pk=piece.pk).last_published_at


def test_trusted_text_says_so_and_is_found(piece: ArticlePage, machine: Callable[..., Any]) -> None:
    twin = machine(piece, "trust")
    html = read(twin)
    assert line(html).startswith(in_persian(TRUST))
    assert graph(html)["creditText"] == in_persian(TRUST)
    assert "noindex" not in html.select_one('meta[name="robots"]')["content"]
    assert hreflangs(html) == hreflangs(read(piece)) == ["en", "fa", "x-default"]
    assert "/fa/news/rain/" in told_addresses()
    assert provenance_of(twin).facts.kind == Kind.MACHINE_TRUSTED


def test_site_may_let_search_engines_in_and_keeps_the_mark(
    piece: ArticlePage, twin: ArticlePage, settings: Any
) -> None:
    settings.WAGTAIL_NEWSROOM_INDEX_UNREVIEWED = True
    html = read(twin)
    assert line(html).startswith(in_persian(LABEL))
    assert hreflangs(html) == hreflangs(read(piece)) == ["en", "fa", "x-default"]
    assert "noindex" not in html.select_one('meta[name="robots"]')["content"]
    assert "/fa/news/rain/" in told_addresses()


def test_what_is_readable_stays_so(piece: ArticlePage, twin: ArticlePage) -> None:
    pages = ArticlePage.objects.filter(translation_key=piece.translation_key)
    assert set(readable(pages)) == {piece, twin}
    assert set(indexed(readable(pages))) == {piece}


def test_author_that_nobody_reviewed_is_kept_from_crawlers(
    paper: SimpleNamespace, machine: Callable[..., Any]
) -> None:
    author = Author(name="Mina Farrow", slug="mina", job_title="Writer", locale=paper.english)
    author.save()
    author.save_revision().publish()
    author = Author.objects.get(pk=author.pk)
    machine(author)

    def head(path: str) -> tuple[str, list[str]]:
        html = BeautifulSoup(text_of(path), "html.parser")
        return html.select_one('meta[name="robots"]')["content"], hreflangs(html)

    assert head("/fa/authors/mina/") == ("noindex,follow", [])
    robots, languages = head("/en/authors/mina/")
    assert "noindex" not in robots
    assert languages == []
