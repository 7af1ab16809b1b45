"""Links that share a piece and lead to profiles: plain addresses, no script of anybody else's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from .networks import Network, networks

SHARE_REL = "nofollow noopener noreferrer"
"""What a link to somebody else's form says of itself."""
FOLLOW_REL = "me noopener"
"""What a link to the newspaper's own profile says: https://microformats.org/wiki/rel-me"""

_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Shared:
    """A piece that is to be shared, in one language."""

    title: str
    url: str
    image: str = ""
    via: str = ""
    """The newspaper's handle on X in this language."""
    hashtags: tuple[str, ...] = ()
    """Without `#`."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link or button."""

    network: Network
    href: str
    """Empty for a button that a script serves."""
    label: str = ""
    """What stands in place of the network's name, if an editor gave it."""


def share_links(shared: Shared, codes: Iterable[str]) -> list[Link]:
    """Return the ways to pass a piece on, in the order of `codes`; unknown ones are left out."""
    known = networks()
    return [
        Link(known[code], share_address(known[code], shared))
        for code in dict.fromkeys(codes)
        if code in known
        and known[code].can_share
        # Pinterest's form is of no use without a picture.
        and (shared.image or "{image}" not in known[code].share)
    ]


def share_address(network: Network, shared: Shared) -> str:
    """Return the address that shares a piece on a network; empty where a script does it.

    Everything is percent-encoded: a space as `%20`, never as `+`, which many forms show as it is.
    """
    if not network.share:
        return ""
    hashtags = [_hashtag(tag) for tag in shared.hashtags]
    values = {
        "url": shared.url,
        "text": _fitting(network, shared, hashtags),
        "via": shared.via,
        "hashtags": ",".join(filter(None, hashtags)),
        "image": shared.image,
    }
    head, mark, query = network.share.partition("?")
    if mark:
        # A name without a value would show up as an empty word on some forms.
        query = "&".join(part for part in query.split("&") if not _is_empty(part, values))
    address = head + mark + query
    for name, value in values.items():
        address = address.replace(f"{{{name}}}", quote(value, safe=""))
    return address


def _is_empty(part: str, values: dict[str, str]) -> bool:
    return any(part.endswith(f"={{{name}}}") and not value for name, value in values.items())


def _hashtag(text: str) -> str:
    """Return a text as a hashtag: letters, digits and `_`; half-spaces and spaces become `_`."""
    return "_".join("".join(ch if ch.isalnum() else " " for ch in text).split())


def _fitting(network: Network, shared: Shared, hashtags: Sequence[str]) -> str:
    """Return the title, cut so that the whole post fits the network's limit."""
    text = " ".join(shared.title.split())
    if not network.limit:
        return text
    taken = (network.address_counts or len(shared.url)) + 1
    if "{via}" in network.share and shared.via:
        taken += len(" via @") + len(shared.via)
    if "{hashtags}" in network.share:
        taken += sum(len(tag) + 2 for tag in hashtags if tag)
    room = max(network.limit - taken, 0)
    if len(text) <= room:
        return text
    if not room:
        return ""
    cut = text[: room - 1]
    if " " in cut and not text[room - 1].isspace():
        # At a word's end; a half-space is no such place.
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip() + _ELLIPSIS
