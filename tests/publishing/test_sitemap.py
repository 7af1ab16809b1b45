"""The sitemap names every readable page in every language, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Page, PageViewRestriction, Site

from tests.testapp.models import ElsewherePage
from wagtail_newsroom.models import ArticlePage
from wagtail_newsroom.publishing.alternates import alternates, default_of

from .conftest import restrict, translate

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"

WHEN = datetime(2026, 5, 4, 3, 2, 1, 99, tzinfo=timezone.utc)


@pytest.fixture
def read(client: Client) -> Callable[[], dict[str, Any]]:
    """Reads the sitemap as a crawler does: address -> (lastmod, {hreflang: address})."""

    def fetch(host: str = "localhost") -> dict[str, Any]:
        response = client.get("/sitemap.xml", headers={"host": host})
        assert response.status_code == 200
        assert response["Content-Type"] == "application/xml"
        assert "X-Robots-Tag" not in response
        root = ElementTree.fromstring(b"".join(response.streaming_content))
        assert root.tag == f"{SITEMAP}urlset"
        found = {}
        for entry in root:
            assert entry.tag == f"{SITEMAP}url"
            url = entry.findtext(f"{SITEMAP}loc")
            assert url not in found
            links = {}
            for link in entry.findall(f"{XHTML}link"):
                assert link.get("rel") == "alternate"
                links[link.get("hreflang")] = link.get("href")
            found[url] = (entry.findtext(f"{SITEMAP}lastmod"), links)
        return found

    return fetch


def both(path: str) -> dict[str, str]:
    return {
        "en": f"http://localhost/en/{path}",
        "fa": f"http://localhost/fa/{path}",
        "x-default": f"http://localhost/en/{path}",
    }


def test_all_languages_are_listed_with_reciprocal_alternates(
    cast: SimpleNamespace, read: Callable[[], dict[str, Any]]
) -> None:
    Page.objects.update(last_published_at=WHEN)
    when = "2026-05-04T03:02:01+00:00"

    assert read() == {
        "http://localhost/en/": (when, both("")),
        "http://localhost/fa/": (when, both("")),
        "http://localhost/en/news/": (when, both("news/")),
        "http://localhost/fa/news/": (when, both("news/")),
        "http://localhost/en/news/ferries/": (when, both("news/ferries/")),
        "http://localhost/fa/news/ferries/": (when, both("news/ferries/")),
        "http://localhost/en/news/alone/": (when, {}),
        **{f"http://localhost/en/news/{source.slug}/": (when, {}) for source, _ in cast.withheld},
    }


def test_a_restriction_above_hides_everything_below(
    cast: SimpleNamespace, paper: SimpleNamespace, read: Callable[[], dict[str, Any]]
) -> None:
    restrict(paper.news_fa)

    assert [url for url in read() if "/fa/" in url] == ["http://localhost/fa/"]


def test_addresses_are_percent_encoded_and_escaped(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], read: Callable[[], dict[str, Any]]
) -> None:
    piece = write("A & B", slug="تأخیر-کشتی")

    url = next(url for url in read() if "en/news/" in url and not url.endswith("news/"))

    assert url == piece.get_full_url()
    assert url.isascii()


def test_the_second_choice_of_a_date_is_the_last_revision(
    paper: SimpleNamespace, read: Callable[[], dict[str, Any]]
) -> None:
    Page.objects.update(
        last_published_at=None, latest_revision_created_at=None, first_published_at=None
    )
    Page.objects.filter(pk=paper.news.pk).update(latest_revision_created_at=WHEN)

    found = read()

    assert found["http://localhost/en/news/"][0] == "2026-05-04T03:02:01+00:00"
    assert found["http://localhost/en/"][0] is None


def test_pages_of_another_site_are_not_listed(
    cast: SimpleNamespace, paper: SimpleNamespace, read: Callable[..., dict[str, Any]]
) -> None:
    other = Page(title="Other", slug="other", locale=paper.english)
    paper.root.add_child(instance=other)
    Site.objects.create(hostname="other.example.org", port=443, root_page=other)

    assert list(read("other.example.org")) == ["https://other.example.org/en/"]
    assert not [url for url in read() if "other" in url]


def test_pages_that_decide_their_own_entries_are_asked(
    cast: SimpleNamespace, paper: SimpleNamespace, read: Callable[[], dict[str, Any]]
) -> None:
    page = ElsewherePage(title="Elsewhere", slug="elsewhere", locale=paper.english)
    paper.news.add_child(instance=page)
    translate(page, paper.persian, "جای دیگر")
    hidden = ElsewherePage(title="Hidden", slug="hidden", locale=paper.english)
    paper.news.add_child(instance=hidden)

    found = {url: links for url, (_, links) in read().items() if "else" in url or "hidden" in url}

    en = "https://elsewhere.example.org/elsewhere-en/"
    fa = "https://elsewhere.example.org/elsewhere-fa/"
    links = {"en": en, "fa": fa, "x-default": en}
    assert found == {en: links, fa: links}


def test_every_entry_agrees_with_the_rule_for_alternates(
    cast: SimpleNamespace, paper: SimpleNamespace, read: Callable[[], dict[str, Any]]
) -> None:
    page = ElsewherePage(title="Elsewhere", slug="elsewhere", locale=paper.english)
    paper.news.add_child(instance=page)
    translate(page, paper.persian, "جای دیگر")
    restrict(paper.home_fa)

    def expected() -> dict[str, dict[str, str]]:
        found = {}
        for each in Page.objects.all():
            versions = alternates(each)
            own = next((version.url for version in versions if version.page.pk == each.pk), None)
            if own is None:
                continue
            links = {version.hreflang: version.url for version in versions}
            default = default_of(versions)
            if default is not None:
                links["x-default"] = default.url
            found[own] = links if len(versions) > 1 else {}
        return found

    for code in ("en", "en-gb", "fa"):
        with translation.override(code):
            assert {url: links for url, (_, links) in read().items()} == expected()
    PageViewRestriction.objects.all().delete()
    assert {url: links for url, (_, links) in read().items()} == expected()


def test_queries_do_not_grow_with_the_number_of_pages(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    read: Callable[[], dict[str, Any]],
) -> None:
    parent = write("One of many", slug="many-0")
    # Django and Wagtail remember content types and the sites' roots from the first request on.
    read()
    counts = []
    for number in range(1, 61):
        parent.copy(update_attrs={"slug": f"many-{number}"}, copy_revisions=False)
        if number in (1, 60):
            with CaptureQueriesContext(connection) as queries:
                found = read()
            counts.append(len(queries))

    assert sum("many-" in url for url in found) == 61
    assert counts[0] == counts[1]
    assert counts[1] <= 7


def test_the_sitemap_is_there_for_get_and_head_only(cast: SimpleNamespace, client: Client) -> None:
    head = client.head("/sitemap.xml", headers={"host": "localhost"})
    head.close()

    assert (head.status_code, head.getvalue()) == (200, b"")
    assert client.post("/sitemap.xml", headers={"host": "localhost"}).status_code == 405
