"""Following and sharing on readers' pages: by language, without a request to anybody else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.http import int_to_base36
from wagtail.models import PageViewRestriction, Site
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests.conftest import person
from wagtail_newsroom.models import ArticlePage, SocialSettings

pytestmark = pytest.mark.django_db


@pytest.fixture
def social(paper: SimpleNamespace) -> SimpleNamespace:
    """Profiles in both languages, other ones in each."""

    def make(locale: Any, accounts: list[tuple[str, str, str]], **fields: Any) -> SocialSettings:
        return SocialSettings.objects.create(
            site=Site.objects.get(),
            locale=locale,
            profiles=json.dumps(
                [
                    {
                        "type": "account",
                        "value": {"network": network, "account": account, "label": label},
                    }
                    for network, account, label in accounts
                ]
            ),
            **fields,
        )

    return SimpleNamespace(
        english=make(
            paper.english, [("x", "courier", ""), ("gone", "a", "")], share_position="both"
        ),
        persian=make(
            paper.persian,
            [("telegram", "peyk", "کانال ما"), ("mastodon", "https://s.example.org/@p", "")],
            newsletter_url="https://example.org/news",
        ),
    )


def soup(path: str) -> BeautifulSoup:
    answer = Client().get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def follow(page: BeautifulSoup) -> list[tuple[str, str]]:
    """Return the profiles and the newsletter; the feed stands behind them on every page."""
    *links, feed = [(a["href"], a.get_text(strip=True)) for a in page.select(".nr-follow a")]
    assert feed[0].endswith("/feed/")
    return links


def test_each_language_has_its_own_profiles(social: Any, article: ArticlePage) -> None:
    assert follow(soup("/en/news/")) == [("https://x.com/courier", "X")]
    assert follow(soup("/fa/news/")) == [
        ("https://t.me/peyk", "کانال ما"),
        ("https://s.example.org/@p", follow(soup("/fa/news/"))[1][1]),
        ("https://example.org/news", follow(soup("/fa/news/"))[2][1]),
    ]


def test_follow_and_share_links_say_their_relation(social: Any, article: ArticlePage) -> None:
    page = soup(article.get_url())
    assert {a["rel"][0] for a in page.select(".nr-follow a[data-network]")} == {"me"}
    assert {" ".join(a["rel"]) for a in page.select(".nr-share a")} == {
        "nofollow noopener noreferrer"
    }


def test_share_links_stand_where_the_settings_put_them(social: Any, article: ArticlePage) -> None:
    def places() -> list[str]:
        found = soup(article.get_url()).select(".nr-share")
        return [next(c for c in box["class"] if c.startswith("nr-share--")) for box in found]

    assert places() == ["nr-share--start", "nr-share--end"]
    for position, wanted in (
        ("none", []),
        ("start", ["nr-share--start"]),
        ("sticky", ["nr-share--sticky"]),
    ):
        social.english.share_position = position
        social.english.save()
        assert places() == wanted


def test_without_settings_readers_get_the_usual_ways(article: ArticlePage) -> None:
    page = soup(article.get_url())
    assert not page.select(".nr-follow a[data-network]")
    assert [a["data-network"] for a in page.select(".nr-share a")][:3] == [
        "whatsapp",
        "x",
        "facebook",
    ]


def test_buttons_that_need_the_script_are_hidden_without_it(article: ArticlePage) -> None:
    page = soup(article.get_url())
    for name in ("copy", "native"):
        button = page.select_one(f"[data-nr-{name}]")
        assert button.find_parent("li").has_attr("hidden")


def test_a_hostile_title_stays_text(write: Callable[..., ArticlePage]) -> None:
    piece = write('</script><img src=x onerror="alert(1)"> & "quotes" \u202e')
    answer = Client().get(piece.get_url()).content.decode()
    assert "<img src=x" not in answer
    link = BeautifulSoup(answer, "html.parser").select_one('.nr-share a[data-network="x"]')["href"]
    assert "%3C%2Fscript%3E" in link


def test_no_page_asks_another_host(social: Any, article: ArticlePage) -> None:
    page = soup(article.get_url())
    for element in page.select("script[src], img[src], iframe[src], link[rel=stylesheet]"):
        address = element.get("src") or element.get("href")
        assert not re.match(r"(https?:)?//", address), address


def test_icons_are_hidden_and_labels_are_there(social: Any, article: ArticlePage) -> None:
    for link in soup(article.get_url()).select(".nr-social__link"):
        assert link.get_text(strip=True)
        for icon in link.select("svg"):
            assert icon["aria-hidden"] == "true"


def test_a_page_asks_no_query_for_the_settings(social: Any, article: ArticlePage) -> None:
    Client().get(article.get_url())
    with CaptureQueriesContext(connection) as queries:
        Client().get(article.get_url())
    assert not [query for query in queries if "socialsettings" in query["sql"]]


def test_a_changed_setting_shows_at_once(social: Any, paper: SimpleNamespace) -> None:
    assert follow(soup("/en/news/")) == [("https://x.com/courier", "X")]
    social.english.profiles = []
    social.english.save()
    assert follow(soup("/en/news/")) == []
    social.persian.delete()
    assert follow(soup("/fa/news/")) == []


@pytest.fixture
def persian_piece(paper: SimpleNamespace, write: Callable[..., ArticlePage]) -> ArticlePage:
    return write(
        "خبری بلند",
        slug="خبری-بلند-دربارهٔ-باران-سنگین-دیشب-در-بندر".replace("ٔ", ""),
        locale=paper.persian,
        parent=paper.news_fa,
    )


def test_a_persian_address_is_shared_in_its_short_form(persian_piece: ArticlePage) -> None:
    short = f"/fa/p/{int_to_base36(persian_piece.pk)}/"
    page = soup(persian_piece.get_url())
    box = page.select_one("[data-nr-share]")
    assert box["data-url"] == f"http://testserver{short}"
    answer = Client().get(short)
    assert answer.status_code == 302
    assert answer["Location"].endswith(persian_piece.get_url())


def test_an_ascii_address_is_shared_as_it_is(article: ArticlePage) -> None:
    box = soup(article.get_url()).select_one("[data-nr-share]")
    assert box["data-url"].endswith(article.get_url())


@pytest.mark.parametrize("code", ["zzzzzzzzzzzzz", "0", "-1", "A", "۱", "zzzzzzzzzzzz"])
def test_a_wrong_short_address_is_not_found(article: ArticlePage, code: str) -> None:
    assert Client().get(f"/en/p/{code}/").status_code == 404


def test_a_short_address_leads_to_no_private_or_unpublished_piece(
    persian_piece: ArticlePage,
) -> None:
    short = f"/fa/p/{int_to_base36(persian_piece.pk)}/"
    restriction = PageViewRestriction.objects.create(
        page=persian_piece, restriction_type=PageViewRestriction.LOGIN
    )
    assert Client().get(short).status_code == 404
    restriction.delete()
    persian_piece.unpublish()
    assert Client().get(short).status_code == 404


def test_blocks_print_the_same_links(social: Any, write: Callable[..., ArticlePage]) -> None:
    social.english.share_position = "none"
    social.english.save()
    piece = write(
        body=[
            ("share", {"heading": "Pass it on", "style": "label", "size": "l"}),
            ("social_follow", {"heading": "Follow", "style": "icon", "size": ""}),
        ]
    )
    page = soup(piece.get_url())
    box = page.select_one(".nr-body .nr-share")
    assert "nr-social--label" in box["class"]
    assert "nr-social--l" in box["class"]
    assert "Pass it on" in box.get_text()
    assert page.select_one(".nr-body .nr-follow a")["href"] == "https://x.com/courier"


# In the admin


def form(site: Site, locale: Any, accounts: list[dict[str, str]]) -> dict[str, Any]:
    return nested_form_data(
        {
            "site": site.pk,
            "locale": locale.pk,
            "profiles": streamfield([("account", account) for account in accounts]),
            "share_networks": streamfield([("network", "telegram")]),
            "follow_style": "icon",
            "share_style": "icon",
            "share_size": "m",
            "share_position": "end",
            "newsletter_url": "",
            "hashtags": "",
        }
    )


@pytest.fixture
def manager(paper: SimpleNamespace) -> User:
    """May change the social settings."""
    return person(
        "manager",
        permissions=tuple(
            f"wagtail_newsroom.{action}_socialsettings" for action in ("view", "add", "change")
        ),
    )


def test_accounts_are_stored_as_handles_and_mistakes_are_told(
    paper: SimpleNamespace, manager: User
) -> None:
    client = Client()
    client.force_login(manager)
    url = reverse("newsroom_social:add")
    site = Site.objects.get()
    wrong = {"network": "x", "account": "https://evil.example.org/a", "label": ""}
    answer = client.post(url, form(site, paper.persian, [wrong]))
    assert answer.status_code == 200
    assert "This is no profile on X." in answer.content.decode()
    assert not SocialSettings.objects.exists()
    right = {"network": "x", "account": "https://x.com/courier", "label": ""}
    assert client.post(url, form(site, paper.persian, [right])).status_code == 302
    stored = SocialSettings.objects.get()
    assert stored.facts().accounts == (("x", "courier", ""),)
    assert stored.facts().share_codes() == ("telegram",)
    assert client.get(reverse("newsroom_social:index")).status_code == 200
    answer = client.post(url, form(site, paper.persian, [right]))
    assert "This site has settings for this language already." in answer.content.decode()


def test_without_the_permission_nothing_is_changed(
    paper: SimpleNamespace, translator: User
) -> None:
    client = Client()
    client.force_login(translator)
    answer = client.post(
        reverse("newsroom_social:add"), form(Site.objects.get(), paper.english, [])
    )
    assert answer.status_code == 302
    assert not SocialSettings.objects.exists()
