"""Readers whom the site's own address does not reach are told of others, and stay there."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.utils.http import int_to_base36
from persiantools.jdatetime import JalaliDate

from tests.people import credit
from wagtail_newsroom.checks import MIDDLEWARE, check_mirrors
from wagtail_newsroom.models import ArticlePage, Author
from wagtail_newsroom.publishing.mirrors import OnionLocationMiddleware

from .conftest import translate

ONION = "http://" + "abcdefgh234567".ljust(56, "x") + ".onion"
MIRROR = "https://mirror.example.net"


@pytest.fixture(autouse=True)
def _mirrored(paper: SimpleNamespace, settings: Any) -> None:
    settings.MIDDLEWARE = [MIDDLEWARE, *settings.MIDDLEWARE]
    settings.WAGTAIL_NEWSROOM_ONIONS = {"localhost": ONION}


class HouseMiddleware(OnionLocationMiddleware):
    """A site's own way to tell of its onion service."""


def get(client: Client, path: str, *, secure: bool = True, host: str = "localhost") -> Any:
    return client.get(path, secure=secure, headers={"host": host})


def test_a_secure_page_says_where_the_onion_service_has_it(client: Client) -> None:
    assert get(client, "/en/news/?page=1")["Onion-Location"] == f"{ONION}/en/news/?page=1"
    assert get(client, "/fa/search/?q=\u0646\u06cc\u0644")["Onion-Location"].isascii()


@pytest.mark.parametrize(
    ("path", "secure", "host"),
    [
        ("/en/", False, "localhost"),
        ("/en/", True, "other.example.org"),
        ("/en/", True, ONION.removeprefix("http://")),
        ("/en/feed/", True, "localhost"),
        ("/sitemap.xml", True, "localhost"),
    ],
)
def test_nothing_else_says_so(client: Client, path: str, secure: bool, host: str) -> None:
    assert "Onion-Location" not in get(client, path, secure=secure, host=host)


def test_nobody_who_is_logged_in_is_led_away(client: Client, editor: User) -> None:
    client.force_login(editor)
    assert "Onion-Location" not in get(client, "/admin/")


def test_mirrors_are_links_to_the_same_page(client: Client, settings: Any) -> None:
    assert b"nr-mirrors" not in get(client, "/en/news/").content
    settings.WAGTAIL_NEWSROOM_MIRRORS = [MIRROR, ONION]
    links = BeautifulSoup(get(client, "/en/news/?page=1").content, "html.parser").select(
        ".nr-mirrors a"
    )
    assert [(link["href"], link.text) for link in links] == [
        (f"{MIRROR}/en/news/?page=1", "mirror.example.net"),
        (f"{ONION}/en/news/?page=1", ONION.removeprefix("http://")),
    ]
    there = BeautifulSoup(
        get(client, "/en/news/", host="mirror.example.net").content, "html.parser"
    )
    assert [link.text for link in there.select(".nr-mirrors a")] == [ONION.removeprefix("http://")]


@pytest.mark.parametrize(
    "path",
    [
        "/en/",
        "/en/archive/",
        "/en/archive/{year}/",
        "/en/authors/",
        "/en/authors/mina/",
        "/en/corrections/",
        "/en/news/",
        "/en/news/piece/",
        "/en/tags/sea/",
        "/fa/archive/{year_fa}/",
        "/fa/news/piece/",
    ],
)
def test_on_a_mirror_readers_stay_and_crawlers_are_sent_home(
    client: Client,
    settings: Any,
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    author: Callable[..., Author],
    path: str,
) -> None:
    settings.WAGTAIL_NEWSROOM_MIRRORS = [MIRROR]
    piece = write("Piece", slug="piece")
    translate(piece, paper.persian, "\u062e\u0628\u0631")
    piece.tags.add("Sea")
    credit(piece, author("Mina Rad", slug="mina"))
    piece.save_revision().publish()
    day = piece.date.date()
    path = path.format(year=day.year, year_fa=JalaliDate(day).year)
    soup = BeautifulSoup(get(client, path, host="mirror.example.net").content, "html.parser")
    assert soup.select('link[rel="canonical"]')[0]["href"] == f"http://localhost{path}"
    for link in soup.select("link[hreflang]"):
        assert str(link["href"]).startswith("http://localhost/")
    for script in soup.select('script[type="application/ld+json"]'):
        assert MIRROR not in script.text
    links = [str(link["href"]) for link in soup.select("body a[href]")]
    assert [link for link in links if link.startswith("http://localhost")] == []


def test_on_a_mirror_a_short_address_leads_to_the_piece_there(
    client: Client, settings: Any, write: Callable[..., ArticlePage]
) -> None:
    settings.WAGTAIL_NEWSROOM_MIRRORS = [MIRROR]
    short = f"/en/p/{int_to_base36(write('Piece', slug='piece').pk)}/"
    assert get(client, short, host="mirror.example.net")["Location"] == "/en/news/piece/"


@pytest.mark.parametrize(
    ("name", "value", "ids"),
    [
        ("WAGTAIL_NEWSROOM_ONIONS", {"localhost": ONION}, []),
        ("WAGTAIL_NEWSROOM_ONIONS", {"localhost": f"{ONION}/"}, ["E030"]),
        ("WAGTAIL_NEWSROOM_ONIONS", {"localhost": "http://short.onion"}, ["E030"]),
        ("WAGTAIL_NEWSROOM_ONIONS", {"localhost": ONION.replace("http", "ftp")}, ["E030"]),
        ("WAGTAIL_NEWSROOM_MIRRORS", [MIRROR], []),
        ("WAGTAIL_NEWSROOM_MIRRORS", ["mirror.example.net"], ["E031"]),
        ("WAGTAIL_NEWSROOM_MIRRORS", ["javascript://x"], ["E031"]),
        ("WAGTAIL_NEWSROOM_MIRRORS", [None], ["E031"]),
        ("WAGTAIL_NEWSROOM_ONIONS", {"localhost": None}, ["E030"]),
        ("MIDDLEWARE", [], ["W030"]),
        ("MIDDLEWARE", ["tests.publishing.test_mirrors.HouseMiddleware"], []),
    ],
)
def test_a_wrong_setting_is_told(settings: Any, name: str, value: Any, ids: list[str]) -> None:
    setattr(settings, name, value)
    found = check_mirrors(None)
    assert all(message.hint for message in found)
    assert [str(message.id).removeprefix("wagtail_newsroom.") for message in found] == ids


def test_a_wrong_setting_leads_nobody_anywhere(client: Client, settings: Any) -> None:
    settings.WAGTAIL_NEWSROOM_MIRRORS = ["javascript://x/"]
    settings.WAGTAIL_NEWSROOM_ONIONS = {"localhost": "http://evil.example.org"}
    answer = get(client, "/en/")
    assert "Onion-Location" not in answer
    assert b"javascript:" not in answer.content
