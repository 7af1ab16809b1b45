"""Which address plays a film inside a page: a table of hosts, and nothing is asked for it.

A player's address is made from the film's own, so neither a reader's page nor an editor's save
waits for another site, and no site can put markup of its own into a page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Player:
    """A host whose films can be played inside a page."""

    name: str
    """As readers know it."""
    pattern: str
    """Matches the film's address; its named groups are put into `address`."""
    address: str
    """The player's address. `{start}` stands for seconds, where the host has films start later."""

    def address_of(self, url: str) -> str:
        """Return the address that plays a film; empty for one that is not this host's."""
        found = re.match(self.pattern, url)
        if found is None:
            return ""
        return self.address.format(**found.groupdict(), start=_seconds(url))


_WEB = r"https?://(?:www\.|m\.)?"

PLAYERS: Sequence[Player] = (
    # The host without cookies: https://support.google.com/youtube/answer/171780
    Player(
        "YouTube",
        _WEB
        + r"(?:youtube(?:-nocookie)?\.com/(?:watch/?\?(?:[^#]*&)?v=|embed/|shorts/|live/)|youtu\.be/)"
        r"(?P<film>[\w-]{11})(?![\w-])",
        "https://www.youtube-nocookie.com/embed/{film}?autoplay=1&rel=0&start={start}",
    ),
    # `dnt` keeps the player from following readers: https://developer.vimeo.com/player/sdk/embed
    Player(
        "Vimeo",
        r"https?://(?:www\.|player\.)?vimeo\.com/(?:video/|channels/\w+/)?(?P<film>\d+)(?![\w-])",
        "https://player.vimeo.com/video/{film}?autoplay=1&dnt=1#t={start}s",
    ),
    Player(
        "Aparat",
        _WEB + r"aparat\.com/(?:v/|video/video/embed/videohash/)(?P<film>\w+)",
        "https://www.aparat.com/video/video/embed/videohash/{film}/vt/frame",
    ),
    Player(
        "Dailymotion",
        _WEB + r"(?:dailymotion\.com/(?:embed/)?video/|dai\.ly/)(?P<film>[A-Za-z0-9]+)",
        "https://geo.dailymotion.com/player.html?video={film}&startTime={start}",
    ),
)
"""The hosts that are known; a film of any other is a link."""


def find_player(url: Any, players: Sequence[Player] = PLAYERS) -> tuple[Player, str] | None:
    """Return the player of a film and the address that plays it, or None for a plain link."""
    for player in players:
        address = player.address_of(str(url or "").strip())
        if address:
            return player, address
    return None


def _seconds(url: str) -> int:
    found = re.search(
        r"[?&#](?:t|start)=(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,5})s?)?(?:[&#]|$)", url
    )
    if found is None:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds
