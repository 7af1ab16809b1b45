"""Networks: profiles read from what people paste, addresses rightly encoded."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.template import engines
from django.test import override_settings

from wagtail_newsroom.checks import check_networks
from wagtail_newsroom.sharing.links import Shared, share_address, share_links
from wagtail_newsroom.sharing.networks import (
    NETWORKS,
    default_share_networks,
    networks,
    read_account,
)

PIECE = Shared(
    "خبر “A&B” 100% + C++ </script>",
    "https://example.org/fa/p/9k/",
    image="https://example.org/media/ferry.jpg",
    via="courier",
    hashtags=("آب و هوا", "climate"),
)


@pytest.mark.parametrize("network", [one for one in NETWORKS if one.share], ids=lambda n: n.code)
def test_a_shared_address_is_wholly_encoded(network) -> None:
    address = share_address(network, PIECE)
    assert address.isascii()
    assert not set(address) & set(' +"<>{}')
    assert "%20" in address or "{text}" not in network.share
    assert PIECE.url in unquote(address)
    if "{text}" in network.share:
        assert PIECE.title in unquote(address)


def test_addresses_of_single_networks() -> None:
    known = networks()
    piece = Shared("A title", "https://example.org/en/a/")
    url = "https%3A%2F%2Fexample.org%2Fen%2Fa%2F"
    assert {
        code: share_address(known[code], piece)
        for code in ("x", "telegram", "whatsapp", "mastodon", "email", "facebook", "balatarin")
    } == {
        "x": f"https://x.com/intent/post?text=A%20title&url={url}",
        "telegram": f"https://t.me/share/url?url={url}&text=A%20title",
        "whatsapp": f"https://api.whatsapp.com/send?text=A%20title%20{url}",
        "mastodon": f"https://share.joinmastodon.org/#text=A%20title%20{url}",
        "email": f"mailto:?subject=A%20title&body={url}",
        "facebook": f"https://www.facebook.com/sharer/sharer.php?u={url}",
        "balatarin": f"https://www.balatarin.com/links/submit?phase=2&url={url}&title=A%20title",
    }


def test_handle_and_hashtags_go_along_where_the_network_takes_them() -> None:
    query = parse_qs(urlsplit(share_address(networks()["x"], PIECE)).query)
    assert query["via"] == ["courier"]
    assert query["hashtags"] == ["آب_و_هوا,climate"]


def test_a_text_longer_than_the_limit_is_cut_at_a_word() -> None:
    piece = Shared("word " * 200, "https://example.org/en/a/")
    text = parse_qs(urlsplit(share_address(networks()["x"], piece)).query)["text"][0]
    assert len(text) + 1 + 23 <= 280
    assert text.endswith("word…")


def test_a_single_endless_word_is_cut_too() -> None:
    text = parse_qs(
        urlsplit(share_address(networks()["bluesky"], Shared("x" * 9000, "https://e.org/"))).query
    )["text"][0]
    assert len(text) <= 300


def test_a_template_in_a_title_is_no_place_of_the_pattern() -> None:
    piece = Shared("{url} {text} {image}", "https://example.org/")
    query = parse_qs(urlsplit(share_address(networks()["telegram"], piece)).query)
    assert query["text"] == ["{url} {text} {image}"]


def test_links_keep_the_order_and_leave_out_what_is_unknown_doubled_or_of_no_use() -> None:
    piece = Shared("A title", "https://example.org/")
    links = share_links(piece, ["copy", "x", "gone", "x", "instagram", "pinterest", "email"])
    assert [link.network.code for link in links] == ["copy", "x", "email"]
    assert links[0].href == ""


@pytest.mark.parametrize(
    ("code", "given", "stored"),
    [
        ("x", "@courier", "courier"),
        ("x", "https://twitter.com/courier", "courier"),
        ("x", "https://mobile.x.com/courier/", "courier"),
        ("telegram", "https://t.me/courier?start=1", "courier"),
        ("youtube", "https://www.youtube.com/@courier", "courier"),
        ("instagram", "www.instagram.com/courier/", "courier"),
        ("linkedin", "https://www.linkedin.com/company/harbour-courier/", "harbour-courier"),
        ("bluesky", "https://bsky.app/profile/courier.example.org", "courier.example.org"),
        ("mastodon", "https://social.example.org/@courier", "https://social.example.org/@courier"),
        ("whatsapp", "https://whatsapp.com/channel/0029Va", "0029Va"),
    ],
)
def test_accounts_are_read_from_handles_and_addresses(code: str, given: str, stored: str) -> None:
    assert read_account(networks()[code], given) == stored


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("x", "https://evil.example.org/courier"),
        ("x", "two words"),
        ("x", "a/b"),
        ("x", "javascript:alert(1)"),
        ("x", ""),
        ("telegram", "https://t.me/"),
        ("telegram", "https://t.me/a/b"),
        ("mastodon", "@courier"),
        ("mastodon", "http://social.example.org/@courier"),
        ("mastodon", "javascript://x/%0aalert(1)"),
    ],
)
def test_what_is_no_profile_is_refused(code: str, given: str) -> None:
    with pytest.raises(ValueError, match=".*"):
        read_account(networks()[code], given)


@pytest.mark.parametrize("network", NETWORKS, ids=lambda n: n.code)
def test_each_network_has_an_icon_and_a_use(network) -> None:
    svg = engines["django"].get_template(network.icon_template).render({})
    assert svg.startswith("<svg")
    assert 'aria-hidden="true"' in svg
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    assert network.can_follow or network.can_share


def test_languages_have_orders_of_their_own() -> None:
    assert default_share_networks("fa")[0] == "telegram"
    assert "balatarin" not in default_share_networks("en")
    for code in ("fa", "en", "de", "fa-af"):
        assert {*default_share_networks(code)} <= {n.code for n in NETWORKS if n.can_share}


@override_settings(
    WAGTAIL_NEWSROOM_NETWORKS={
        "harbour": {
            "name": "Harbour",
            "profile": "https://harbour.example.org/{handle}",
            "share": "https://harbour.example.org/new?u={url}&t={text}",
        },
        "x": None,
    }
)
def test_a_site_adds_networks_and_takes_ours_away() -> None:
    known = networks()
    assert "x" not in known
    assert known["harbour"].profile_url("courier") == "https://harbour.example.org/courier"
    assert read_account(known["harbour"], "https://harbour.example.org/courier") == "courier"
    assert known["harbour"].icon_template == "wagtail_newsroom/sharing/icons/link.svg"
    assert check_networks() == []


@pytest.mark.parametrize(
    "entry",
    [
        {"profile": "https://e.org/{handle}"},
        {"name": "E", "colour": "red"},
        {"name": "E", "share": "https://e.org/?u={address}"},
        {"name": "E", "share": "javascript:alert('{url}')"},
    ],
)
def test_a_wrong_entry_is_a_system_check(entry) -> None:
    with override_settings(WAGTAIL_NEWSROOM_NETWORKS={"e": entry}):
        assert [message.id for message in check_networks()] == ["wagtail_newsroom.E016"]
