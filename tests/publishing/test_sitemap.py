"""The sitemap names every readable page in every language, and nothing else."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone as django_timezone
from django.utils import translation
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction, Site

from tests.testapp.models import ElsewherePage
from wagtail_newsroom.models import ArticlePage, Tag
from wagtail_newsroom.publishing.alternates import alternates, default_of
from wagtail_newsroom.publishing.sitemaps import tree

from .conftest import restrict, translate

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"

WHEN = datetime(2026, 5, 4, 3, 2, 1, 99, tzinfo=timezone.utc)


def fetch(client: Client, path: str, host: str = "localhost") -> ElementTree.Element:
    response = client.get(path, headers={"host": host})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    assert "X-Robots-Tag" not in response
    return ElementTree.fromstring(b"".join(response))


def files_of(client: Client, host: str = "localhost") -> list[str]:
    """Return the paths of all files that the index names."""
    root = fetch(client, "/sitemap.xml", host)
    assert root.tag == f"{SITEMAP}sitemapindex"
    return [urlsplit(entry.findtext(f"{SITEMAP}loc") or "").path for entry in root]


@pytest.fixture
def read(client: Client) -> Callable[..., dict[str, Any]]:
    """Reads the sitemaps as a crawler does: address -> (lastmod, {hreflang: address})."""

    def follow(host: str = "localhost") -> dict[str, Any]:
        found: dict[str, Any] = {}
        for path in files_of(client, host):
            root = fetch(client, path, host)
            assert root.tag == f"{SITEMAP}urlset"
            if path.endswith("/news.xml"):
                continue
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

    return follow


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
    client: Client,
) -> None:
    parent = write("One of many", slug="many-0")
    # Django and Wagtail remember content types and the sites' roots from the first request on.
    paths = ["/sitemap.xml", *files_of(client)]
    for path in paths:
        fetch(client, path)
    counts = []
    for number in range(1, 61):
        parent.copy(update_attrs={"slug": f"many-{number}"}, copy_revisions=False)
        if number in (1, 60):
            cache.clear()
            Site.get_site_root_paths()
            count = {}
            for path in paths:
                with CaptureQueriesContext(connection) as queries:
                    text = ElementTree.tostring(fetch(client, path), encoding="unicode")
                count[path] = len(queries)
                if path == f"/sitemaps/en/{paper.news.pk}.xml":
                    found = text
            counts.append(count)

    assert found.count("<ns0:loc>") == 62
    assert counts[0] == counts[1]
    assert max(counts[1].values()) <= 9


def test_the_sitemap_is_there_for_get_and_head_only(cast: SimpleNamespace, client: Client) -> None:
    head = client.head("/sitemap.xml", headers={"host": "localhost"})
    head.close()

    assert (head.status_code, head.getvalue()) == (200, b"")
    assert client.post("/sitemap.xml", headers={"host": "localhost"}).status_code == 405


def test_addresses_are_the_sites_own_under_whatever_host_they_are_read(
    cast: SimpleNamespace, read: Callable[..., dict[str, Any]]
) -> None:
    own = read()
    assert read("mirror.example.net") == own
    assert all(url.startswith("http://localhost/") for url in own)


def test_lastmod_is_moved_by_publication_and_by_nothing_else(
    cast: SimpleNamespace, paper: SimpleNamespace, read: Callable[[], dict[str, Any]]
) -> None:
    Page.objects.update(last_published_at=WHEN)
    before = read()
    tag = Tag(name="The sea", slug="sea", locale=paper.english)
    tag.save()
    ArticlePage.objects.get(pk=cast.both.pk).tags.add(tag)
    tag.name = "The high sea"
    tag.save()
    draft = ArticlePage.objects.get(pk=cast.alone.pk)
    draft.title = "Not yet"
    draft.save_revision()
    restrict(ArticlePage.objects.get(slug="drafted", locale=paper.english))
    cache.clear()

    after = read()

    del before["http://localhost/en/news/drafted/"]
    assert after == before
    cast.both_fa.save_revision().publish()
    changed = {url for url, (lastmod, _) in read().items() if lastmod != after[url][0]}
    assert changed == {"http://localhost/fa/news/ferries/"}


# Files


def test_the_index_names_a_file_for_each_language_and_section_and_the_news(
    cast: SimpleNamespace, paper: SimpleNamespace, client: Client
) -> None:
    assert files_of(client) == [
        f"/sitemaps/en/{paper.home.pk}.xml",
        f"/sitemaps/en/{paper.news.pk}.xml",
        f"/sitemaps/fa/{paper.home_fa.pk}.xml",
        f"/sitemaps/fa/{paper.news_fa.pk}.xml",
        "/sitemaps/en/news.xml",
        "/sitemaps/fa/news.xml",
    ]


def test_the_index_tells_when_a_file_changed(
    cast: SimpleNamespace, paper: SimpleNamespace, client: Client
) -> None:
    Page.objects.update(last_published_at=WHEN)
    later = WHEN.replace(month=6)
    Page.objects.filter(pk=paper.news_fa.pk).update(last_published_at=later)

    found = {
        urlsplit(entry.findtext(f"{SITEMAP}loc") or "").path: entry.findtext(f"{SITEMAP}lastmod")
        for entry in fetch(client, "/sitemap.xml")
    }

    assert found[f"/sitemaps/en/{paper.news.pk}.xml"] == "2026-05-04T03:02:01+00:00"
    assert found[f"/sitemaps/fa/{paper.news_fa.pk}.xml"] == "2026-06-04T03:02:01+00:00"


def test_a_large_section_is_split_without_parting_a_piece_from_its_file(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    client: Client,
    read: Callable[[], dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = write("One of many", slug="many-0")
    for number in range(1, 40):
        first.copy(update_attrs={"slug": f"many-{number}"}, copy_revisions=False)
    whole = read()
    monkeypatch.setattr(tree, "AT_MOST", 12)
    cache.clear()

    paths = [path for path in files_of(client) if f"/en/{paper.news.pk}" in path]

    assert paths == [f"/sitemaps/en/{paper.news.pk}-{number}-4.xml" for number in range(1, 5)]
    sizes = [len(fetch(client, path)) for path in paths]
    assert sum(sizes) == 41
    assert all(sizes)
    assert read() == whole


@pytest.mark.parametrize(
    "name", ["0", "x", "99999", "{news}-1-3", "{news}-3-2", "{news}-0-2", "-1"]
)
@pytest.mark.parametrize("language", ["en", "fa", "de"])
def test_files_that_do_not_exist_are_not_found(
    paper: SimpleNamespace, client: Client, language: str, name: str
) -> None:
    path = f"/sitemaps/{language}/{name.format(news=paper.news.pk)}.xml"
    assert client.get(path, headers={"host": "localhost"}).status_code == 404


def test_lead_images_stand_beside_their_pages(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    image = get_image_model().objects.create(title="A & B", file=get_test_image_file("a&b.png"))
    plain, shown = write("Plain"), write("Shown", lead_image=image)
    path = f"/sitemaps/en/{paper.news.pk}.xml"

    def pictures() -> dict[str | None, list[str | None]]:
        return {
            entry.findtext(f"{SITEMAP}loc"): [
                found.text for found in entry.findall(f"{IMAGE}image/{IMAGE}loc")
            ]
            for entry in fetch(client, path)
        }

    assert pictures()[plain.get_full_url()] == []
    assert pictures()[shown.get_full_url()] == [f"http://localhost{image.file.url}"]
    rendition = image.get_rendition("width-1200")
    cache.clear()
    assert pictures()[shown.get_full_url()] == [f"http://localhost{rendition.url}"]


# News


def news_of(client: Client, code: str) -> list[tuple[str | None, ...]]:
    return [
        (
            entry.findtext(f"{SITEMAP}loc"),
            entry.findtext(f"{NEWS}news/{NEWS}publication/{NEWS}name"),
            entry.findtext(f"{NEWS}news/{NEWS}publication/{NEWS}language"),
            entry.findtext(f"{NEWS}news/{NEWS}publication_date"),
            entry.findtext(f"{NEWS}news/{NEWS}title"),
        )
        for entry in fetch(client, f"/sitemaps/{code}/news.xml")
    ]


def test_news_hold_two_days_in_their_own_language_under_its_name(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    now = django_timezone.now().replace(microsecond=0)
    new = write("Rain & <wind>", published_at=now - timedelta(hours=47))
    write("Old", published_at=now - timedelta(hours=49))
    write("From tomorrow", published_at=now + timedelta(hours=1))
    persian = write(
        "باران", locale=paper.persian, parent=paper.news_fa, published_at=now - timedelta(hours=1)
    )
    private = write("Private", published_at=now)
    restrict(private)

    assert news_of(client, "en") == [
        (
            new.get_full_url(),
            "The Test Post",
            "en",
            (now - timedelta(hours=47)).isoformat(),
            "Rain & <wind>",
        )
    ]
    assert news_of(client, "fa") == [
        (
            persian.get_full_url(),
            "پست آزمایشی",
            "fa",
            (now - timedelta(hours=1)).isoformat(),
            "باران",
        )
    ]


def test_a_title_with_control_characters_leaves_the_file_readable(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    write("A\x0bB\ufffe\uffff \u202e]]>", published_at=django_timezone.now())

    assert news_of(client, "en")[0][4] == "AB \u202e]]>"


def test_news_of_a_private_home_page_are_told_to_nobody(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    write("Secret", published_at=django_timezone.now())
    assert len(news_of(client, "en")) == 1
    restrict(paper.home)
    response = client.get("/sitemaps/en/news.xml", headers={"host": "localhost"})
    text = b"".join(response) if response.streaming else response.content
    assert b"Secret" not in text


# Caching


def test_nothing_is_sent_again_until_something_changed(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    path = f"/sitemaps/en/{paper.news.pk}.xml"

    def get(**headers: str) -> Any:
        return client.get(path, headers={"host": "localhost", **headers})

    first = get()
    assert get(**{"if-none-match": first["ETag"]}).status_code == 304
    # A time would go back when the page that was changed last is taken away.
    assert "Last-Modified" not in first
    assert first["Cache-Control"] == "no-cache"
    piece = write("New")
    second = get(**{"if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert piece.get_full_url() in b"".join(second).decode()
    for change in (
        lambda: restrict(piece),
        lambda: PageViewRestriction.objects.all().delete(),
        lambda: piece.move(paper.home, "last-child"),
        piece.unpublish,
        piece.delete,
    ):
        before = get()["ETag"]
        change()
        assert get()["ETag"] != before


def test_a_written_file_is_kept(
    paper: SimpleNamespace, article: ArticlePage, client: Client
) -> None:
    path = f"/sitemaps/en/{paper.news.pk}.xml"
    first = fetch(client, path)
    with CaptureQueriesContext(connection) as queries:
        again = fetch(client, path)

    assert ElementTree.tostring(first) == ElementTree.tostring(again)
    assert len(queries) <= 6


def test_a_crawler_that_reads_gzip_gets_it(article: ArticlePage, client: Client) -> None:
    for path in ["/sitemap.xml", *files_of(client)]:
        plain = b"".join(client.get(path, headers={"host": "localhost"}))
        packed = client.get(path, headers={"host": "localhost", "accept-encoding": "br, gzip"})
        assert packed["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed["Vary"]
        assert gzip.decompress(packed.content) == plain


# For people


@pytest.mark.parametrize(("code", "direction"), [("en", "ltr"), ("fa", "rtl")])
def test_people_get_a_stylesheet_in_their_language(
    paper: SimpleNamespace, client: Client, code: str, direction: str
) -> None:
    text = b"".join(
        client.get(f"/sitemaps/{code}/news.xml", headers={"host": "localhost"})
    ).decode()
    address = re.findall(r'<\?xml-stylesheet type="text/css" href="([^"]+)"\?>', text)[0]
    style = client.get(address, headers={"host": "localhost"})

    assert style["Content-Type"] == "text/css; charset=utf-8"
    assert f"direction: {direction};" in style.content.decode()
    # The times stay whole in a line that runs from the right.
    assert style.content.decode().count("\\2066") == 2
    assert client.get("/sitemaps/de/style.css", headers={"host": "localhost"}).status_code == 404


def test_robots_txt_leads_to_the_index(paper: SimpleNamespace, client: Client) -> None:
    answer = client.get("/robots.txt", headers={"host": "localhost"})

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "User-agent: *",
        "Allow: /",
        "",
        "Sitemap: http://localhost/sitemap.xml",
        "",
    ]


def test_nothing_is_there_where_no_site_answers(paper: SimpleNamespace, client: Client) -> None:
    Site.objects.all().delete()
    for path in ("/sitemap.xml", "/sitemaps/en/1.xml", "/sitemaps/en/news.xml"):
        assert client.get(path, headers={"host": "localhost"}).status_code == 404
    assert b"Sitemap" not in client.get("/robots.txt", headers={"host": "localhost"}).content
