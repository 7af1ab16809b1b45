"""Other people's programs read the whole site over HTTP: a sitemap parser and a feed reader."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import feedparser
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.utils import timezone
from wagtail.models import Site

from tests.people import credit
from tests.publishing.conftest import translate
from wagtail_newsroom.models import ArticlePage, Author


@pytest.fixture
def site(paper: SimpleNamespace) -> Iterator[str]:
    """The running site's address, with pieces in both languages."""
    mina = Author(name="Mina Farrow", slug="mina", locale=paper.english)
    mina.save()
    mina.save_revision().publish()
    for number in range(3):
        page = ArticlePage(
            title=f"Rain & “wind” {number}",
            slug=f"باران-{number}" if number == 1 else f"rain-{number}",
            locale=paper.english,
            standfirst="It <rained>.",
            published_at=timezone.now(),
        )
        paper.news.add_child(instance=page)
        page.tags.add("The sea")
        credit(page, mina)
        page.save_revision().publish()
        if number < 2:
            twin = translate(page, paper.persian, f"باران «{number}»")
            twin.tags.add("دریا")
            twin.save_revision().publish()
    # Its thread takes this one's connection, and so sees what the test's transaction holds.
    shared = connections["default"]
    shared.inc_thread_sharing()
    # At the end of a request it would be closed, and the transaction lost.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    server = make_server("localhost", 0, WSGIHandler(), handler_class=Silent)
    default = Site.objects.get(is_default_site=True)
    default.port = server.server_port
    default.save()

    def serve() -> None:
        connections["default"] = shared
        server.serve_forever()

    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    shared.dec_thread_sharing()


class Silent(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


def readable_addresses(site: str) -> set[str]:
    """Return what everybody may read, as a browser writes it."""
    rain = ["rain-0", "%D8%A8%D8%A7%D8%B1%D8%A7%D9%86-1"]
    return {
        *(f"{site}/{code}/{path}" for code in ("en", "fa") for path in ("", "news/")),
        *(f"{site}/{code}/news/{slug}/" for code in ("en", "fa") for slug in rain),
        f"{site}/en/news/rain-2/",
    }


def test_ultimate_sitemap_parser_reads_all_sitemaps(site: str) -> None:
    # As a command and in a process of its own: it is licensed under the GPL, and only used here.
    command = Path(sys.executable).parent / "usp"
    asked = [str(command), "ls", f"{site}/", "--no-known"]
    tree = subprocess.run(asked, capture_output=True, text=True, timeout=120, check=True)
    flat = subprocess.run(
        [*asked, "--format", "pages"], capture_output=True, text=True, timeout=120, check=True
    )

    assert set(flat.stdout.split()) == readable_addresses(site)
    assert "InvalidSitemap" not in tree.stdout
    # `robots.txt`, the index, a file for each language and section, and the news of each.
    files = re.findall(rf"{site}/(robots\.txt|sitemap\.xml|sitemaps/\S+\.xml)", tree.stdout)
    assert len(set(files)) == 2 + 4 + 2
    assert (tree.stderr, flat.stderr) == ("", "")


@pytest.mark.parametrize("code", ["en", "fa"])
def test_feedparser_reads_all_feeds(site: str, code: str) -> None:
    head = feedparser.parse(f"{site}/{code}/feed/")
    assert head.feed.language == code
    tag = "the-sea" if code == "en" else "دریا"
    kinds = ["feed/", f"tags/{tag}/feed/", *(["authors/mina/feed/"] if code == "en" else [])]
    count = {"en": 3, "fa": 2}[code]
    for kind in kinds:
        for end, version in {"": "rss20", "atom/": "atom10"}.items():
            feed = feedparser.parse(f"{site}/{code}/{kind}{end}")
            assert (feed.status, feed.bozo, feed.version) == (200, False, version), kind
            assert len({entry.id for entry in feed.entries}) == len(feed.entries) == count
            for entry in feed.entries:
                assert entry.link in readable_addresses(site)
                assert ("Rain & “wind”" if code == "en" else "باران «") in entry.title
                assert entry.published_parsed
                assert [each.term for each in entry.tags] == ["The sea" if code == "en" else "دریا"]
            again = feedparser.parse(f"{site}/{code}/{kind}{end}", etag=feed.etag)
            assert (again.status, again.entries) == (304, [])
