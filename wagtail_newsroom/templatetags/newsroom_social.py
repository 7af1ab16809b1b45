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
from ..sharing.models import social_of
from ..sharing.social import Social
from .newsroom_tags import _language_of, _page_of, _place_of

register = template.Library()


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
    codes separated by spaces, in place of those of the social.
    """
    request = context.get("request")
    social = _social(context)
    if position and not social.stands_at(position):
        return {"links": []}
    shared = _shared(context, social, request)
    if shared is None:
        return {"links": []}
    codes = networks.split() or social.share_codes()
    return {
        "links": share_links(shared, codes),
        "shared": shared,
        "heading": heading,
        "style": style or social.share_style,
        "size": size or social.share_size,
        "position": position,
        "rel": SHARE_REL,
    }


@register.inclusion_tag("wagtail_newsroom/sharing/follow.html", takes_context=True)
def newsroom_follow(
    context: Context, *, heading: str = "", style: str = "", size: str = ""
) -> dict[str, Any]:
    """Prints links to the newspaper's profiles in the page's language, its feed and newsletter."""
    social = _social(context)
    request = context.get("request")
    feed = ""
    if isinstance(request, HttpRequest):
        feed = address("feed", _language_of(context), request)
    return {
        "links": social.follow_links(),
        "feed": feed,
        "newsletter": social.newsletter_url,
        "heading": heading,
        "style": style or social.follow_style,
        "size": size or "m",
        "rel": FOLLOW_REL,
    }


def _social(context: Context) -> Social:
    request = context.get("request")
    site = Site.find_for_request(request) if isinstance(request, HttpRequest) else None
    return social_of(site, _language_of(context))


def _shared(context: Context, social: Social, request: Any) -> Shared | None:
    code = _language_of(context)
    page, place = _page_of(context), _place_of(context)
    if page is None and place is not None:
        return Shared(place.title, place.url, via=social.handle_on("x")) if place.url else None
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
        via=social.handle_on("x"),
        hashtags=social.hashtags,
    )
