"""Feeds: RSS 2.0 of a list of pieces, in the language of the list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import translation
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import format_html
from django.utils.xmlutils import SimplerXMLGenerator
from wagtail.models import Page

from ..articles.bylines import Byline
from ..articles.credits import Credit, credits_of_pages
from ..articles.listing import with_cards
from .addresses import address_of
from .head import description_of, document_title
from .languages import direction_of, direction_of_text, language_tag
from .places import Place

# XML 1.0 has no such characters, and a bidi control that is not closed runs on into what the feed
# reader shows beside the title.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT_MARK = "\u200f"


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed is made of."""

    place: Place
    """The list in its own language; its address and its feed's stand in it."""
    pieces: QuerySet[Page]
    """Base pages, newest first, as `pieces_below` gives them."""
    site_name: str
    request: HttpRequest


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of a feed."""

    page: Any
    url: str
    language_code: str
    creators: tuple[str, ...]


class PieceRss(Rss201rev2Feed):
    """RSS 2.0 that names each writer of a piece by itself."""

    def rss_attributes(self) -> dict[str, str]:
        """Return the attributes of the root, with the namespace of `dc:creator`."""
        return {**super().rss_attributes(), "xmlns:dc": "http://purl.org/dc/elements/1.1/"}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Adds an item's elements, then its writers."""
        super().add_item_elements(handler, item)
        for name in item["creators"]:
            handler.addQuickElement("dc:creator", name)


class PieceFeed(Feed):  # type: ignore[type-arg]
    """A feed of pieces; one is made by saying in `get_object` what it lists.

    The same number of queries for any number of pieces.
    """

    feed_type = PieceRss
    limit: ClassVar[int] = 50
    """How many pieces the feed holds, the newest first."""
    item_guid_is_permalink = True

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Listing:
        """Return what the feed lists. Raises `Http404` where there is nothing to be read."""
        raise NotImplementedError

    def get_feed(self, obj: Listing, request: HttpRequest) -> Any:
        """Return the feed, in the language of its list."""
        with translation.override(obj.place.language_code):
            return super().get_feed(obj, request)

    def title(self, obj: Listing) -> str:
        """Return the name of the list beside that of the site."""
        # Each is isolated from the other, so that only strangers' controls are taken out.
        return document_title(
            _without_controls(obj.place.title),
            _without_controls(obj.site_name),
            obj.place.language_code,
        )

    def link(self, obj: Listing) -> str:
        """Return the address of the list."""
        return obj.place.url

    def feed_url(self, obj: Listing) -> str:
        """Return the address of the feed itself."""
        return obj.place.feed

    def description(self, obj: Listing) -> str:
        """Return what the list is about."""
        return _without_controls(obj.place.description or obj.place.title)

    def items(self, obj: Listing) -> list[Entry]:
        """Return the newest pieces; those that no address leads to are left out."""
        pages: Sequence[Any] = with_cards(list(obj.pieces[: self.limit]))
        credited = credits_of_pages(pages)
        code = obj.place.language_code
        found = []
        for page in pages:
            url = address_of(page, code, obj.request)
            if url:
                found.append(Entry(page, url, code, _creators(credited.get(page.pk, []))))
        return found

    def item_title(self, item: Entry) -> str:
        """Return the headline as plain text, which keeps its direction beside other scripts."""
        title = _without_controls(item.page.title)
        # Feed readers go by the first letter with a direction, which may be of another script.
        starts_latin = bool(re.match(r"[^\w]*[A-Za-z]", title))
        if starts_latin and direction_of_text(title, item.language_code):
            return _RIGHT_TO_LEFT_MARK + title
        return title

    def item_description(self, item: Entry) -> str:
        """Return the standfirst as HTML, which is what feed readers take a description for."""
        text = _without_controls(description_of(item.page))
        if not text:
            return ""
        return format_html(
            '<p lang="{}" dir="{}">{}</p>',
            language_tag(item.language_code),
            direction_of(item.language_code),
            text,
        )

    def item_link(self, item: Entry) -> str:
        """Return the piece's absolute address."""
        return item.url

    def item_guid(self, item: Entry) -> str:
        """Return what the piece is known by: its address."""
        return item.url

    def item_pubdate(self, item: Entry) -> datetime | None:
        """Return the date that the piece carries, or that of its first publication."""
        date: datetime | None = item.page.date
        return date

    def item_extra_kwargs(self, item: Entry) -> dict[str, Any]:
        """Return the writers' names."""
        return {"creators": [_without_controls(name) for name in item.creators]}


def _creators(groups: Sequence[Credit]) -> tuple[str, ...]:
    """Return the writers' names, or the agencies' where no person wrote the piece."""
    for role in (Byline.Role.WRITER, Byline.Role.AGENCY):
        names = tuple(
            person.name for credit in groups if credit.role == role for person in credit.people
        )
        if names:
            return names
    return ()


def _without_controls(text: str) -> str:
    return _CONTROLS.sub("", text)
