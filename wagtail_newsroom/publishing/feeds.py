"""Feeds of a list of pieces, in the language of the list."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.syndication.views import Feed
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.html import format_html
from django.utils.http import quote_etag
from django.utils.safestring import SafeString
from wagtail.models import Page

from ..articles.article import ArticleMixin
from ..articles.bylines import Byline
from ..articles.credits import Credit, credits_of_pages
from ..articles.listing import with_cards
from ..articles.queries import indexed, paths_from_page
from ..articles.tags import TaggedPiece
from ..conf import conf
from .addresses import address_of
from .feed_formats import FORMATS
from .feed_texts import texts_of
from .head import SharedImage, description_of, document_title, shared_image
from .languages import direction_of, direction_of_text, language_tag
from .places import Place, canonical_address

# XML 1.0 has no such characters, and a bidi control that is not closed runs on into what the feed
# reader shows beside the title.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT_MARK = "\u200f"


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed is made of."""

    place: Place
    """The list in its own language, with its address."""
    pieces: QuerySet[Page]
    """Base pages, newest first, as `pieces_below` gives them."""
    site_name: str
    request: HttpRequest
    rows: tuple[Page, ...] | None = None
    """The newest of them, once they were read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of a feed."""

    page: Any
    url: str
    language_code: str
    creators: tuple[tuple[str, str], ...]
    """Names, each with the address of a page; empty where there is none."""
    tags: tuple[str, ...] = ()
    text: str = ""
    """The whole piece as HTML, if the feed holds it."""
    image: SharedImage | None = None


class PieceFeed(Feed):  # type: ignore[type-arg]
    """A feed of pieces; one is made by saying in `get_object` what it lists.

    The same number of queries for any number of pieces. Who has it already is told so after the
    first of them.
    """

    limit: ClassVar[int] = 50
    """How many pieces the feed holds, the newest first."""
    item_guid_is_permalink = False

    def __init__(self, format: str = "feed") -> None:  # noqa: A002 - what it is called
        """Takes a name of `FORMATS`."""
        self.format = format
        self.feed_type = FORMATS[format]

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answers with the feed, or with 304 to those who have it."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        try:
            listing = self.get_object(request, *args, **kwargs)
        except ObjectDoesNotExist as error:
            raise Http404 from error
        listing = replace(listing, rows=self.newest(listing))
        # No time beside it: when a piece is withdrawn, that of the last change goes back.
        etag = self._mark_of(listing)
        unchanged = get_conditional_response(request, etag=etag)
        if unchanged is not None:
            return unchanged
        feed = self.get_feed(listing, request)
        response = HttpResponse(content_type=feed.content_type)
        feed.write(response, "utf-8")
        response["ETag"] = etag
        return response

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Listing:
        """Return what the feed lists. Raises `Http404` where there is nothing to be read."""
        raise NotImplementedError

    def get_feed(self, obj: Listing, request: HttpRequest) -> Any:
        """Return the feed, in the language of its list."""
        with translation.override(obj.place.language_code):
            feed = super().get_feed(obj, request)
        feed.feed["language"] = language_tag(obj.place.language_code)
        return feed

    def newest(self, obj: Listing) -> tuple[Page, ...]:
        """Return the newest pieces as base pages, with little more than their keys; one query.

        Without those under an embargo, which may have been set after they had come out, and those
        that crawlers are not told of.
        """
        pieces = indexed(obj.pieces)
        for path in paths_from_page(ArticleMixin, "embargoed_until"):
            is_over = Q(**{f"{path}__isnull": True}) | Q(**{f"{path}__lte": timezone.now()})
            pieces = pieces.filter(is_over)
        return tuple(pieces.only("pk", "content_type", "last_published_at")[: self.limit])

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
        """Return the address of the feed itself, without what was asked for behind it."""
        return obj.request.build_absolute_uri(obj.request.path)

    def description(self, obj: Listing) -> str:
        """Return what the list is about."""
        return _without_controls(obj.place.description or obj.place.title)

    def author_name(self, obj: Listing) -> str:
        """Return who publishes the feed: the newspaper."""
        return _without_controls(obj.site_name)

    def items(self, obj: Listing) -> list[Entry]:
        """Return the newest pieces; those that no address leads to are left out."""
        rows = obj.rows if obj.rows is not None else self.newest(obj)
        pages: Sequence[Any] = with_cards(list(rows))
        credited = credits_of_pages(pages)
        tagged = _tags_of(pages)
        code = obj.place.language_code
        texts = texts_of(pages, base=obj.place.url) if conf.feeds_full_text else {}
        found = []
        for page in pages:
            url = address_of(page, code, obj.request)
            if url:
                found.append(
                    Entry(
                        page,
                        url,
                        code,
                        creators=_creators(credited.get(page.pk, []), code, obj.request),
                        tags=tuple(tagged[page.pk]),
                        text=texts.get(page.pk, ""),
                        image=shared_image(page, url),
                    )
                )
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
        return format_html("<p{}>{}</p>", _language_attrs(item), text) if text else ""

    def item_link(self, item: Entry) -> str:
        """Return the piece's absolute address."""
        return item.url

    def item_guid(self, item: Entry) -> str:
        """Return what the piece is known by in this language, wherever it moves."""
        return uuid.uuid5(item.page.translation_key, item.language_code).urn

    def item_pubdate(self, item: Entry) -> datetime | None:
        """Return the date that the piece carries, or that of its first publication."""
        date: datetime | None = item.page.date
        return date

    def item_updateddate(self, item: Entry) -> datetime | None:
        """Return when the piece was last changed in substance; None if it never was."""
        date: datetime | None = item.page.updated_at
        return date

    def item_categories(self, item: Entry) -> list[str]:
        """Return the names of the tags."""
        return [_without_controls(name) for name in item.tags]

    def item_extra_kwargs(self, item: Entry) -> dict[str, Any]:
        """Return the writers, the whole text, the standfirst as plain text and the picture."""
        content = ""
        if item.text:
            html = SafeString(_without_controls(item.text))
            content = format_html("<div{}>{}</div>", _language_attrs(item), html)
        return {
            "creators": [(_without_controls(name), url) for name, url in item.creators],
            "content": content,
            "summary": _without_controls(description_of(item.page)),
            "image": item.image,
        }

    def _mark_of(self, obj: Listing) -> str:
        """Return a mark that changes with what the feed says."""
        facts = [
            self.format,
            conf.feeds_full_text,
            obj.place.title,
            obj.place.description,
            obj.place.url,
            obj.site_name,
            *((row.pk, row.last_published_at) for row in obj.rows or ()),
        ]
        mark = hashlib.sha256(repr(facts).encode()).hexdigest()[:32]
        return quote_etag(mark)


def _creators(
    groups: Sequence[Credit], language_code: str, request: HttpRequest
) -> tuple[tuple[str, str], ...]:
    """Return the writers, or the agencies where no person wrote the piece."""
    for role in (Byline.Role.WRITER, Byline.Role.AGENCY):
        found = tuple(
            (
                person.name,
                canonical_address("author", language_code, request, slug=person.author.slug)
                if person.author is not None
                else "",
            )
            for credit in groups
            if credit.role == role
            for person in credit.people
        )
        if found:
            return found
    return ()


def _tags_of(pages: Iterable[Any]) -> defaultdict[int, list[str]]:
    """Return the names of the tags that readers see, by the page's key; one query."""
    languages = {page.pk: page.locale_id for page in pages}
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = TaggedPiece.objects.filter(content_object_id__in=languages, tag__needs_name=False)
    for row in rows.select_related("tag").order_by("pk"):
        if row.tag.locale_id == languages[row.content_object_id]:
            found[row.content_object_id].append(row.tag.name)
    return found


def _language_attrs(item: Entry) -> SafeString:
    code = item.language_code
    return format_html(' lang="{}" dir="{}"', language_tag(code), direction_of(code))


def _without_controls(text: str) -> str:
    return _CONTROLS.sub("", text)
