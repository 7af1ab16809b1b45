"""The formats of feeds: RSS 2.0, Atom and JSON Feed 1.1, made of the same items."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

_MEDIA = {"xmlns:media": "http://search.yahoo.com/mrss/"}


class PieceRss(Rss201rev2Feed):
    """RSS 2.0 that names each writer of a piece by itself, and shows its picture."""

    def rss_attributes(self) -> dict[str, str]:
        """Return the attributes of the root, with the namespaces of what is not RSS's own."""
        return {
            **super().rss_attributes(),
            **_MEDIA,
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xml:lang": self.feed["language"],
        }

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Adds an item's elements, then its text, its writers, its picture and its last change."""
        super().add_item_elements(handler, item)
        if item["content"]:
            handler.addQuickElement("content:encoded", item["content"])
        for name, _url in item["creators"]:
            handler.addQuickElement("dc:creator", name)
        if item["updateddate"] is not None:
            handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))
        _add_picture(handler, item)


class PieceAtom(Atom1Feed):
    """Atom 1.0 with a piece's writers, text and picture."""

    def root_attributes(self) -> dict[str, str]:
        """Return the attributes of the root, with the namespace of pictures."""
        return {**super().root_attributes(), **_MEDIA}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Adds an entry's elements; one that was never changed was last changed when it came out."""
        shown = {
            **item,
            "updateddate": item["updateddate"] or item["pubdate"] or self.latest_post_date(),
        }
        super().add_item_elements(handler, shown)
        for name, url in item["creators"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            if url:
                handler.addQuickElement("uri", url)
            handler.endElement("author")
        if item["content"]:
            handler.addQuickElement("content", item["content"], {"type": "html"})
        image = item["image"]
        if image is not None:
            handler.addQuickElement(
                "link", "", {"rel": "enclosure", "href": image.url, "type": image.mime_type}
            )
        _add_picture(handler, item)


class PieceJson(SyndicationFeed):
    """JSON Feed, https://www.jsonfeed.org/version/1.1/."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: Any, encoding: str) -> None:
        """Writes the feed; its encoding is always UTF-8, as JSON's is."""
        outfile.write(json.dumps(_without_empty(self._facts()), ensure_ascii=False).encode())

    def _facts(self) -> Iterator[tuple[str, Any]]:
        feed = self.feed
        yield "version", "https://jsonfeed.org/version/1.1"
        yield "title", feed["title"]
        yield "home_page_url", feed["link"]
        yield "feed_url", feed["feed_url"]
        yield "description", feed["description"]
        yield "language", feed["language"]
        yield "authors", [{"name": feed["author_name"]}] if feed["author_name"] else []
        yield "items", [_without_empty(self._item(item)) for item in self.items]

    def _item(self, item: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        yield "id", item["unique_id"]
        yield "url", item["link"]
        yield "title", item["title"]
        # One of its two contents is required, even where a piece has nothing to show.
        yield "content_html", item["content"] or item["description"] or "<p></p>"
        yield "summary", item["summary"]
        yield "image", item["image"].url if item["image"] is not None else ""
        yield "date_published", _iso(item["pubdate"])
        yield "date_modified", _iso(item["updateddate"])
        yield (
            "authors",
            [_without_empty({"name": n, "url": u}.items()) for n, u in item["creators"]],
        )
        yield "tags", list(item["categories"])
        yield "language", self.feed["language"]


FORMATS: dict[str, type[SyndicationFeed]] = {
    "feed": PieceRss,
    "atom": PieceAtom,
    "json_feed": PieceJson,
}
"""The formats by the name that their addresses have, alone or behind what a feed is of."""


def _add_picture(handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
    image = item["image"]
    if image is None:
        return
    facts = {
        "url": image.url,
        "medium": "image",
        "type": image.mime_type,
        "width": str(image.width),
        "height": str(image.height),
    }
    handler.startElement("media:content", AttributesImpl(facts))
    if image.alt:
        handler.addQuickElement("media:description", image.alt, {"type": "plain"})
    handler.endElement("media:content")


def _without_empty(facts: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    # An empty list of items is a feed without items; any other empty value is no value.
    return {name: value for name, value in facts if value or name in ("title", "items")}


def _iso(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return rfc3339_date(timezone.localtime(moment) if timezone.is_aware(moment) else moment)
