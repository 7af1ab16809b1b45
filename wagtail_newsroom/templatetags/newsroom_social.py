"""Template tags for following the newspaper and passing a piece on."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from wagtail.models import Site

from ..publishing.addresses import address_of
from ..publishing.head import shared_image
from ..publishing.places import address
from ..publishing.short_addresses import shared_address
from ..sharing.links import FOLLOW_REL, SHARE_REL, Shared, share_links
from ..sharing.models import SocialSettings, social_settings
from .newsroom_tags import _language_of, _page_of, _place_of

register = template.Library()

_ON_REQUEST = "_newsroom_social"


@register.inclusion_tag("wagtail_newsroom/sharing/share.html", takes_context=True)
def newsroom_share(
    context: Context,
    *,
    heading: str = "",
    style: str = "",
    size: str = "",
    position: str = "",
    networks: str = "",
) -> dict[str, Any]:
    """Prints links that pass the page on, in the page's language.

    With `position` only where the settings put them: `start`, `end` or `sticky`. `networks` are
    codes separated by spaces, in place of those of the settings.
    """
    request = context.get("request")
    settings = _settings(context)
    if position and not _stands_at(settings, position):
        return {"links": []}
    shared = _shared(context, settings, request)
    if shared is None:
        return {"links": []}
    codes = networks.split() or settings.share_codes()
    return {
        "links": share_links(shared, codes),
        "shared": shared,
        "heading": heading,
        "style": style or settings.share_style,
        "size": size or settings.share_size,
        "position": position,
        "rel": SHARE_REL,
    }


@register.inclusion_tag("wagtail_newsroom/sharing/follow.html", takes_context=True)
def newsroom_follow(
    context: Context, *, heading: str = "", style: str = "", size: str = ""
) -> dict[str, Any]:
    """Prints links to the newspaper's profiles in the page's language, its feed and newsletter."""
    settings = _settings(context)
    request = context.get("request")
    feed = ""
    if isinstance(request, HttpRequest):
        feed = address("feed", _language_of(context), request)
    return {
        "links": settings.follow_links(),
        "feed": feed,
        "newsletter": settings.newsletter_url,
        "heading": heading,
        "style": style or settings.follow_style,
        "size": size or "m",
        "rel": FOLLOW_REL,
    }


def _settings(context: Context) -> SocialSettings:
    """Return the settings of the page's site and language, read once for a request."""
    request = context.get("request")
    code = _language_of(context)
    if not isinstance(request, HttpRequest):
        return social_settings(None, code)
    kept: dict[str, SocialSettings] = request.__dict__.setdefault(_ON_REQUEST, {})
    if code not in kept:
        kept[code] = social_settings(Site.find_for_request(request), code)
    return kept[code]


def _stands_at(settings: SocialSettings, position: str) -> bool:
    chosen = settings.share_position
    both = SocialSettings.Position.BOTH
    return chosen == position or (chosen == both and position in ("start", "end"))


def _shared(context: Context, settings: SocialSettings, request: Any) -> Shared | None:
    code = _language_of(context)
    page, place = _page_of(context), _place_of(context)
    if page is None and place is not None:
        return Shared(place.title, place.url, via=settings.handle_on("x")) if place.url else None
    if page is None or page.pk is None:
        return None
    url = address_of(page, code, request)
    if not url:
        return None
    image = shared_image(page, url)
    if isinstance(request, HttpRequest):
        url = shared_address(url, page, code, request)
    return Shared(
        page.title,
        url,
        image=image.url if image else "",
        via=settings.handle_on("x"),
        hashtags=tuple(settings.hashtags.replace("#", " ").split()),
    )
