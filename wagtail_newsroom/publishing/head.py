"""What a page tells search engines and social networks about itself."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.http import HttpRequest
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from ..articles.image_texts import words_of
from ..articles.models import ArticleMixin, NewsIndexMixin
from ..articles.pictures import SHARED_WIDTH
from ..articles.withdrawable import WithdrawableMixin
from .addresses import address_of
from .alternates import alternates, default_of, trail_of
from .languages import direction_of_text, open_graph_locale
from .navigation import site_name_of
from .places import FeedLink, Place, feeds_of

# A title of one direction beside a name of another would change places without these, the
# plain-text form of <bdi>: https://www.w3.org/International/questions/qa-bidi-unicode-controls
_ISOLATE = {"": "\u2068", "rtl": "\u2067"}
_END = "\u2069"


@dataclass(frozen=True, slots=True)
class SharedImage:
    """The picture that is shown where a page is shared."""

    url: str
    width: int
    height: int
    alt: str

    @property
    def mime_type(self) -> str:
        """What kind of file it is, as its name says."""
        return mimetypes.guess_type(self.url)[0] or "image/jpeg"


@dataclass(frozen=True, slots=True)
class Head:
    """The facts of a page's head, plain text, not escaped."""

    title: str
    document_title: str
    description: str
    canonical: str
    """Empty where no site leads to the page."""
    alternates: tuple[tuple[str, str], ...]
    """`(hreflang, address)`, the page's own and `x-default` included; empty if it stands alone."""
    site_name: str
    kind: str
    """Open Graph's type: `article` or `website`."""
    locale: str
    other_locales: tuple[str, ...]
    image: SharedImage | None
    is_indexed: bool = True
    """Whether search engines are asked to list the page."""
    feeds: tuple[FeedLink, ...] = ()
    """The feeds that tell what is new here."""


def head_of(
    page: Page,
    language_code: str,
    *,
    site_name: str = "",
    number: int = 1,
    request: HttpRequest | None = None,
) -> Head:
    """Return the head of a page; `number` counts the pages of a list that it shows.

    No query but that of `alternates`, which the switcher shares; two more for an alias.
    """
    canonical = address_of(page, language_code, request) or ""
    versions = alternates(page, request)
    is_indexed = not is_withdrawn(page) and _is_indexed(page, request)
    if page.alias_of_id is not None:
        # It shows another page's words, which are to be found there.
        canonical, is_indexed = _of_alias(page, canonical, request)
    links: list[tuple[str, str]] = []
    # The second page of a list has no counterpart: the other language's holds other pieces.
    if len(versions) > 1 and number == 1:
        links = [(version.hreflang, version.url) for version in versions]
        default = default_of(versions)
        if default is not None:
            links.append(("x-default", default.url))
    title = page.seo_title or page.title
    others = (open_graph_locale(each.language_code) for each in versions if each.page.pk != page.pk)
    return Head(
        title=title,
        document_title=document_title(title, site_name, language_code),
        description=description_of(page),
        canonical=f"{canonical}?page={number}" if canonical and number > 1 else canonical,
        alternates=tuple(links),
        site_name=site_name,
        kind="article" if isinstance(page, ArticleMixin) else "website",
        locale=open_graph_locale(language_code),
        other_locales=tuple(filter(None, others)) if number == 1 else (),
        image=shared_image(page, canonical),
        is_indexed=is_indexed,
        feeds=_feeds(page, language_code, request),
    )


def head_of_place(place: Place, *, site_name: str = "", number: int = 1) -> Head:
    """Return the head of a list of pieces that is no page; no query."""
    links: list[tuple[str, str]] = []
    # What search engines shall not list is nobody's alternate.
    if len(place.versions) > 1 and number == 1 and place.is_indexed:
        links = [(version.hreflang, version.url) for version in place.versions]
        links += [("x-default", version.url) for version in place.versions if version.is_default]
    others = (
        open_graph_locale(each.language_code)
        for each in place.versions
        if each.language_code != place.language_code
    )
    return Head(
        title=place.title,
        document_title=document_title(place.title, site_name, place.language_code),
        description=" ".join(place.description.split()),
        canonical=f"{place.url}?page={number}" if place.url and number > 1 else place.url,
        alternates=tuple(links),
        site_name=site_name,
        kind="website",
        locale=open_graph_locale(place.language_code),
        other_locales=tuple(filter(None, others)) if number == 1 else (),
        image=_shared(place.image, place.image_alt, place.url),
        is_indexed=place.is_indexed,
        feeds=place.feeds,
    )


def _is_indexed(page: Page, request: HttpRequest | None) -> bool:
    """Return whether crawlers are told of a page; no query beside that of `alternates`."""
    versions = trail_of(page, request).readable
    return all(each.is_indexed for each in versions if each.page.pk == page.pk)


def _of_alias(page: Page, own: str, request: HttpRequest | None) -> tuple[str, bool]:
    """Return the address of the page that an alias mirrors, and whether everybody may read that."""
    found = [
        each.url for each in alternates(page.alias_of, request) if each.page.pk == page.alias_of_id
    ]
    return (found[0], True) if found else (own, False)


def _feeds(page: Page, language_code: str, request: HttpRequest | None) -> tuple[FeedLink, ...]:
    """Return the feed of a section, and that of the newspaper in this language."""
    if request is None or page.pk is None:
        return ()
    home = trail_of(page, request).home
    if home is None:
        return ()
    found = feeds_of("", site_name_of(home, request), language_code, request)
    if isinstance(page, NewsIndexMixin) and page.pk != home.pk:
        return feeds_of("section", page.title, language_code, request, pk=page.pk) + found
    return found


def document_title(title: str, site_name: str, language_code: str) -> str:
    """Return a title with the site's name, each isolated from the other's direction."""
    if not site_name or title == site_name:
        return title
    return " – ".join(
        _ISOLATE[direction_of_text(part, language_code)] + part + _END
        for part in (title, site_name)
    )


def description_of(page: Any) -> str:
    """Return the words that describe a page: its own description, standfirst or introduction.

    Of a piece that was withdrawn, the notice.
    """
    if is_withdrawn(page):
        return " ".join(page.withdrawal_notice.split())
    for field in ("search_description", "standfirst", "introduction"):
        text = " ".join(str(getattr(page, field, "") or "").split())
        if text:
            return text
    return ""


def is_withdrawn(page: Any) -> bool:
    """Return whether readers get a notice in place of this page."""
    return isinstance(page, WithdrawableMixin) and page.is_withdrawn


def shared_image(page: Any, base: str) -> SharedImage | None:
    """Return the lead image of an article at the width that networks ask for, if it has one."""
    if is_withdrawn(page):
        return None
    image = getattr(page, "lead_image", None)
    words = words_of(
        image,
        alt=getattr(page, "lead_image_alt", ""),
        is_decorative=getattr(page, "lead_image_decorative", False),
    )
    return _shared(image, words.alt, base)


def _shared(image: Any, alt: str, base: str) -> SharedImage | None:
    if image is None:
        return None
    try:
        rendition = image.get_rendition(f"width-{SHARED_WIDTH}")
    except SourceImageIOError:
        return None
    return SharedImage(
        url=urljoin(base, rendition.url),
        width=rendition.width,
        height=rendition.height,
        alt=alt,
    )
