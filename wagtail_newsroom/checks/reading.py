"""Whether readers' pages show what they should: head tags, calendars, ways around a block."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - their name

from ..conf import conf
from ..publishing.dates import CALENDARS
from ..publishing.frame import FRAME, prints_head
from ..publishing.mirrors import OnionLocationMiddleware, is_onion, is_origin
from .middleware import has_middleware
from .registering import check

MIDDLEWARE = "wagtail_newsroom.publishing.mirrors.OnionLocationMiddleware"


@check
def check_frame() -> Iterator[CheckMessage]:
    """Look whether the frame of readers' pages prints our head tags (W014)."""
    if prints_head() is False:
        yield Warning(
            f"{FRAME} does not print the newsroom's head tags, so that search engines and social "
            "networks are told nothing of your pages.",
            hint=(
                "Put {% load newsroom_tags %}{% newsroom_head %} into the <head> of your frame, "
                "outside of blocks that you fill yourself."
            ),
            id="wagtail_newsroom.W014",
        )


@check
def check_calendars() -> Iterator[CheckMessage]:
    """Look whether the calendars that are named exist (E018)."""
    unknown = sorted(
        f"{code}: {name}" for code, name in conf.calendars.items() if name not in CALENDARS
    )
    if unknown:
        yield Error(
            f"WAGTAIL_NEWSROOM_CALENDARS names a calendar that there is not ({', '.join(unknown)}).",
            hint=f"Give each language one of {', '.join(CALENDARS)}.",
            id="wagtail_newsroom.E018",
        )


@check
def check_mirrors() -> Iterator[CheckMessage]:
    """Look whether mirrors and onion services can be told to readers (E030, E031, W030)."""
    wrong = [str(each) for each in conf.mirrors if not is_origin(each)]
    if wrong:
        yield Error(
            f"WAGTAIL_NEWSROOM_MIRRORS names what is no origin ({', '.join(wrong)}).",
            hint="Give a scheme and a host, such as https://news.example.net.",
            id="wagtail_newsroom.E031",
        )
    wrong = [str(each) for each in conf.onions.values() if not is_onion(each)]
    if wrong:
        yield Error(
            f"WAGTAIL_NEWSROOM_ONIONS names what is no onion service ({', '.join(wrong)}).",
            hint="Give http:// or https:// and the 56 letters and digits with .onion.",
            id="wagtail_newsroom.E030",
        )
    if conf.onions and not has_middleware(OnionLocationMiddleware):
        yield Warning(
            "WAGTAIL_NEWSROOM_ONIONS is set, and nothing tells readers of it.",
            hint=f'Add "{MIDDLEWARE}" to MIDDLEWARE.',
            id="wagtail_newsroom.W030",
        )
