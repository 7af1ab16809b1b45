"""The social networks: how a profile is addressed there, and how a piece is shared.

Patterns are the networks' own, as of 2026. `{url}`, `{text}`, `{via}`, `{hashtags}` and `{image}`
are put in percent-encoded; a part whose value is empty is left out with its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..conf import conf

_HANDLE = r"[A-Za-z0-9._-]{1,100}"


@dataclass(frozen=True, slots=True)
class Network:
    """One network, or one way of passing a piece on."""

    code: str
    name: str | Promise
    profile: str = ""
    """The address of a profile, with `{handle}`; empty where nobody can be followed."""
    share: str = ""
    """The address that shares a piece; empty where only profiles exist."""
    icon: str = ""
    """A template with an inline SVG, below `wagtail_newsroom/sharing/icons/`, or a path of its own."""
    takes_address: bool = False
    """Whether a profile is given as a whole address, because there are many servers."""
    handle: str = _HANDLE
    """The pattern of a handle."""
    limit: int = 0
    """The most characters of a shared text, the address included; 0 for no limit."""
    address_counts: int = 0
    """How many characters an address counts for; 0 for its own length."""
    needs_script: bool = False
    """Whether this is a button that a script of ours serves, and not a link."""

    @property
    def can_follow(self) -> bool:
        """Whether the network has profiles."""
        return bool(self.profile) or self.takes_address

    @property
    def can_share(self) -> bool:
        """Whether a piece can be passed on this way."""
        return bool(self.share) or self.needs_script

    @property
    def icon_template(self) -> str:
        """The template of the icon."""
        if "/" in self.icon:
            return self.icon
        return f"wagtail_newsroom/sharing/icons/{self.icon or self.code}.svg"

    def profile_url(self, account: str) -> str:
        """Return the address of a profile."""
        return account if self.takes_address else self.profile.format(handle=account)


NETWORKS: tuple[Network, ...] = (
    Network(
        "telegram",
        _("Telegram"),
        "https://t.me/{handle}",
        "https://t.me/share/url?url={url}&text={text}",
    ),
    Network(
        "whatsapp",
        _("WhatsApp"),
        "https://whatsapp.com/channel/{handle}",
        "https://api.whatsapp.com/send?text={text}%20{url}",
    ),
    Network(
        "x",
        _("X"),
        "https://x.com/{handle}",
        "https://x.com/intent/post?text={text}&url={url}&via={via}&hashtags={hashtags}",
        limit=280,
        address_counts=23,
    ),
    Network(
        "facebook",
        _("Facebook"),
        "https://www.facebook.com/{handle}",
        "https://www.facebook.com/sharer/sharer.php?u={url}",
    ),
    Network("instagram", _("Instagram"), "https://www.instagram.com/{handle}/"),
    Network("youtube", _("YouTube"), "https://www.youtube.com/@{handle}"),
    Network(
        "bluesky",
        _("Bluesky"),
        "https://bsky.app/profile/{handle}",
        "https://bsky.app/intent/compose?text={text}%20{url}",
        limit=300,
    ),
    Network(
        "mastodon",
        _("Mastodon"),
        # The text stands in the fragment, so that the page in between does not see it:
        # https://github.com/mastodon/mastodon/issues/9373
        share="https://share.joinmastodon.org/#text={text}%20{url}",
        takes_address=True,
        limit=500,
        address_counts=23,
    ),
    Network(
        "threads",
        _("Threads"),
        "https://www.threads.net/@{handle}",
        "https://www.threads.net/intent/post?text={text}&url={url}",
        limit=500,
    ),
    Network(
        "linkedin",
        _("LinkedIn"),
        "https://www.linkedin.com/company/{handle}",
        "https://www.linkedin.com/sharing/share-offsite/?url={url}",
        handle=r"[\w.-]{1,100}",
    ),
    Network("tiktok", _("TikTok"), "https://www.tiktok.com/@{handle}"),
    Network(
        "reddit",
        _("Reddit"),
        "https://www.reddit.com/r/{handle}/",
        "https://www.reddit.com/submit?url={url}&title={text}",
    ),
    Network(
        "pinterest",
        _("Pinterest"),
        "https://www.pinterest.com/{handle}/",
        "https://www.pinterest.com/pin/create/button/?url={url}&media={image}&description={text}",
    ),
    Network(
        "balatarin",
        _("Balatarin"),
        "https://www.balatarin.com/users/{handle}",
        "https://www.balatarin.com/links/submit?phase=2&url={url}&title={text}",
    ),
    Network("aparat", _("Aparat"), "https://www.aparat.com/{handle}"),
    Network("eitaa", _("Eitaa"), "https://eitaa.com/{handle}"),
    Network("bale", _("Bale"), "https://ble.ir/{handle}"),
    Network("rubika", _("Rubika"), "https://rubika.ir/{handle}"),
    Network(
        "vk", _("VK"), "https://vk.com/{handle}", "https://vk.com/share.php?url={url}&title={text}"
    ),
    Network("odnoklassniki", _("Odnoklassniki"), "https://ok.ru/{handle}"),
    Network(
        "weibo",
        _("Weibo"),
        "https://weibo.com/{handle}",
        "https://service.weibo.com/share/share.php?url={url}&title={text}",
    ),
    Network(
        "line",
        _("LINE"),
        "https://line.me/R/ti/p/@{handle}",
        "https://social-plugins.line.me/lineit/share?url={url}",
    ),
    Network("viber", _("Viber"), share="viber://forward?text={text}%20{url}"),
    Network(
        "hacker-news",
        _("Hacker News"),
        share="https://news.ycombinator.com/submitlink?u={url}&t={text}",
    ),
    Network("flipboard", _("Flipboard"), "https://flipboard.com/@{handle}"),
    Network("clubhouse", _("Clubhouse"), "https://www.clubhouse.com/@{handle}"),
    Network("castbox", _("Castbox"), "https://castbox.fm/channel/{handle}"),
    Network("spotify", _("Spotify"), "https://open.spotify.com/show/{handle}"),
    Network("apple-podcasts", _("Apple Podcasts"), "https://podcasts.apple.com/podcast/{handle}"),
    Network("soundcloud", _("SoundCloud"), "https://soundcloud.com/{handle}"),
    Network("vimeo", _("Vimeo"), "https://vimeo.com/{handle}"),
    Network("twitch", _("Twitch"), "https://www.twitch.tv/{handle}"),
    Network("discord", _("Discord"), "https://discord.gg/{handle}"),
    Network("github", _("GitHub"), "https://github.com/{handle}"),
    Network("medium", _("Medium"), "https://medium.com/@{handle}"),
    Network("peertube", _("PeerTube"), takes_address=True),
    Network("email", _("E-mail"), share="mailto:?subject={text}&body={url}"),
    Network("sms", _("Text message"), share="sms:?&body={text}%20{url}"),
    Network("copy", _("Copy the link"), needs_script=True),
    Network("native", _("Share with an app"), needs_script=True),
    Network("print", _("Print"), needs_script=True),
)
"""The networks that come with the package."""

_DEFAULT_SHARE: Mapping[str, tuple[str, ...]] = {
    "fa": ("telegram", "whatsapp", "x", "balatarin", "copy", "native", "email"),
    "": ("copy", "native", "whatsapp", "x", "facebook", "bluesky", "mastodon", "linkedin", "email"),
}

FIELDS = ("name", "profile", "share", "icon", "takes_address", "handle", "limit")
"""What a site may say of a network of its own."""


def networks() -> dict[str, Network]:
    """Return all networks by code: ours, and the site's own by `WAGTAIL_NEWSROOM_NETWORKS`.

    A site's entry with the code of ours replaces it; one that is None takes it away.

    Raises `TypeError` for an entry that cannot be read; a system check says so beforehand.
    """
    found = {network.code: network for network in NETWORKS}
    for code, entry in conf.networks.items():
        if entry is None:
            found.pop(code, None)
        else:
            found[code] = own_network(code, entry)
    return found


def own_network(code: str, entry: Mapping[str, Any]) -> Network:
    """Return a network as a site describes it.

    Raises `TypeError` or `ValueError` with a sentence that says what is wrong.
    """
    unknown = sorted(set(entry) - set(FIELDS))
    if unknown:
        raise TypeError(f"{code}: unknown entries {', '.join(unknown)}.")
    if not entry.get("name"):
        raise ValueError(f"{code}: a network needs a name.")
    values = {"icon": "link", **entry}
    network = Network(code, **values)
    for pattern, allowed in (
        (network.profile, {"handle"}),
        (network.share, {"url", "text", "via", "hashtags", "image"}),
    ):
        strange = set(re.findall(r"\{(\w*)\}", pattern)) - allowed
        if strange:
            raise ValueError(f"{code}: unknown places {', '.join(sorted(strange))}.")
        if pattern and urlsplit(pattern).scheme in ("", "javascript", "data", "vbscript"):
            raise ValueError(f"{code}: an address begins with its scheme, such as https.")
    return network


def default_share_networks(language_code: str) -> tuple[str, ...]:
    """Return the codes of the ways to share that readers of a language are offered first."""
    return _DEFAULT_SHARE.get(language_code.split("-")[0], _DEFAULT_SHARE[""])


def read_account(network: Network, text: str) -> str:
    """Return what is stored for a profile that a person gave as a handle, `@handle` or address.

    Raises `ValueError` when it is no profile of the network.
    """
    text = text.strip()
    if network.takes_address:
        parts = urlsplit(text)
        if parts.scheme != "https" or not parts.hostname or parts.path in ("", "/"):
            raise ValueError(text)
        return text
    if "://" in text or text.startswith("www."):
        text = _handle_in(network, text)
    handle = text.removeprefix("@")
    if not re.fullmatch(network.handle, handle):
        raise ValueError(text)
    return handle


def _handle_in(network: Network, address: str) -> str:
    """Return the handle in a profile's address."""
    given = urlsplit(address if "://" in address else f"https://{address}")
    known = urlsplit(network.profile)
    if _host(given.hostname) not in {_host(known.hostname), *_OTHER_HOSTS.get(network.code, ())}:
        raise ValueError(address)
    before, _marker, after = known.path.partition("{handle}")
    path = given.path.rstrip("/")
    start = before if path.startswith(before) else "/"
    handle = path[len(start) :].removeprefix("@").removesuffix(after.rstrip("/") or "/")
    if "/" in handle and network.code != "apple-podcasts":
        raise ValueError(address)
    return handle


def _host(name: str | None) -> str:
    return (name or "").removeprefix("www.").removeprefix("m.").removeprefix("mobile.")


_OTHER_HOSTS: Mapping[str, tuple[str, ...]] = {
    "x": ("twitter.com",),
    "telegram": ("telegram.me",),
    "threads": ("threads.com",),
}
