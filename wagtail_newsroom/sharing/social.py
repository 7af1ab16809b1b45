"""What a site offers readers of one language to follow and to share with, as plain values."""

from __future__ import annotations

from typing import NamedTuple

from .links import Link
from .networks import default_share_networks, networks


class Account(NamedTuple):
    """A profile on a network."""

    network: str
    account: str
    label: str
    """What stands in place of the network's name; empty for that name."""


class Social(NamedTuple):
    """The settings of one site and language; the defaults where nobody has set them."""

    language_code: str
    accounts: tuple[Account, ...] = ()
    follow_style: str = "icon-label"
    newsletter_url: str = ""
    chosen_networks: tuple[str, ...] = ()
    share_style: str = "icon"
    share_size: str = "m"
    share_position: str = "end"
    hashtags: tuple[str, ...] = ()

    def follow_links(self) -> list[Link]:
        """Return the links to the profiles; one of a network that is gone is left out."""
        known = networks()
        return [
            Link(known[one.network], known[one.network].profile_url(one.account), one.label)
            for one in self.accounts
            if one.network in known and known[one.network].can_follow
        ]

    def share_codes(self) -> tuple[str, ...]:
        """Return the ways to share that were chosen, else the language's usual ones."""
        return self.chosen_networks or default_share_networks(self.language_code)

    def handle_on(self, network: str) -> str:
        """Return the newspaper's handle on a network; empty if it has no profile there."""
        return next((one.account for one in self.accounts if one.network == network), "")

    def stands_at(self, position: str) -> bool:
        """Return whether share links stand at a place in an article."""
        return self.share_position == position or (
            self.share_position == "both" and position in ("start", "end")
        )
