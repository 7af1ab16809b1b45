"""Structured data (JSON-LD) of a page, from the same facts as its head tags.

https://developers.google.com/search/docs/appearance/structured-data/article
https://schema.org/translationOfWork
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.safestring import SafeString
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page, Site
from wagtail.rich_text import get_text_for_indexing

from ..articles.authors import AbstractAuthor
from ..articles.image_texts import words_of
from ..articles.pictures import PLAIN
from ..conf import conf
from ..sharing.models import social_of
from ..sharing.social import Social
from .addresses import address_of
from .alternates import trail_of
from .dates import machine_date
from .head import Head, is_withdrawn
from .languages import language_tag
from .navigation import Crumb, crumbs_of, site_name_of
from .piece_facts import Maker, PieceFacts
from .places import Place

LONGEST_HEADLINE = 110
"""Search engines cut longer ones."""

# What could end the script or, in old engines, the line; JSON reads the escapes as the characters.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}

Data = dict[str, Any]


def script_of(graph: Iterable[Data]) -> SafeString:
    """Return the content of one `<script type="application/ld+json">`; empty for no data.

    Nothing in it can end the script or begin markup.
    """
    things = [thing for thing in graph if thing]
    if not things:
        return SafeString("")
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False)
    return SafeString(text.translate(_ESCAPES))


def graph_of(
    page: Page,
    head: Head,
    facts: PieceFacts | None,
    language_code: str,
    request: HttpRequest | None,
) -> list[Data]:
    """Return what is told of a page: the piece, the way to it, the newspaper; nothing of an alias."""
    trail = trail_of(page, request)
    # What is kept from search engines for want of a review says so here too.
    if not head.canonical or is_withdrawn(page) or trail.home is None or page.alias_of_id:
        return []
    home_url = address_of(trail.home, language_code, request) or ""
    site = _site_graph(home_url, site_name_of(trail.home, request), language_code, request)
    if page.pk == trail.home.pk:
        return site
    if facts is None:
        return [*site, _crumbs(_way_to(page, head, request), head.canonical)]
    return [
        _article(page, head, facts, language_code, home_url),
        _crumbs([*facts.crumbs, Crumb(page.title, head.canonical)], head.canonical),
        *site,
    ]


def graph_of_place(
    place: Place, head: Head, home: Page | None, request: HttpRequest | None
) -> list[Data]:
    """Return what is told of a list that is no page: the way to it, and whom it is about."""
    if not place.url or not head.is_indexed or home is None:
        return []
    home_url = address_of(home, place.language_code, request) or ""
    name = site_name_of(home, request)
    site = _site_graph(home_url, name, place.language_code, request)
    way = _crumbs([Crumb(name, home_url), Crumb(place.title, place.url)], head.canonical)
    if isinstance(place.about, AbstractAuthor):
        return [_author(place.about, place, head, home_url), way, *site]
    return [way, *site]


def x_account(language_code: str, request: HttpRequest | None) -> str:
    """Return the newspaper's handle on X in a language, without the sign; empty for none."""
    return _social(language_code, request).handle_on("x").lstrip("@")


def _social(language_code: str, request: HttpRequest | None) -> Social:
    site = Site.find_for_request(request) if isinstance(request, HttpRequest) else None
    return social_of(site, language_code)


def _site_graph(url: str, name: str, code: str, request: HttpRequest | None) -> list[Data]:
    social = _social(code, request)
    logo = _logo(url)
    organisation = _filled(
        {
            "@type": "NewsMediaOrganization",
            "@id": f"{url}#organization",
            "name": name,
            "url": url,
            "logo": logo and {"@type": "ImageObject", "url": logo},
            "sameAs": [link.href for link in social.follow_links() if link.href],
        }
    )
    website = {
        "@type": "WebSite",
        "@id": f"{url}#website",
        "name": name,
        "url": url,
        "inLanguage": language_tag(code),
        "publisher": {"@id": f"{url}#organization"},
    }
    return [organisation, website]


def _logo(base: str) -> str:
    """Return the address of the logo; empty where there is none, or no such static file."""
    try:
        return urljoin(base, static(conf.logo)) if conf.logo else ""
    except ValueError:
        # A storage with a manifest knows all files; a page is worth more than a logo.
        return ""


def _article(page: Any, head: Head, facts: PieceFacts, code: str, home_url: str) -> Data:
    told = facts.provenance
    original = told.original
    return _filled(
        {
            "@type": "NewsArticle",
            "@id": _id_of(head.canonical),
            "url": head.canonical,
            "mainEntityOfPage": {"@type": "WebPage", "@id": head.canonical},
            "headline": shortened(head.title),
            "description": head.description,
            "inLanguage": language_tag(code),
            "datePublished": machine_date(facts.published) if facts.published else "",
            "dateModified": machine_date(facts.modified) if facts.modified else "",
            "author": [_maker(each) for each in facts.authors],
            "editor": [_maker(each) for each in facts.editors],
            "translator": [_maker(each) for each in facts.translators],
            "publisher": {"@id": f"{home_url}#organization"},
            "isPartOf": {"@id": f"{home_url}#website"},
            "articleSection": facts.section,
            "keywords": list(facts.tags),
            "dateline": page.dateline,
            "image": _images(page, head),
            "correction": [
                {
                    "@type": "CorrectionComment",
                    "text": note.text,
                    "datePublished": machine_date(note.date),
                }
                for note in facts.corrections
            ],
            "creditText": told.machine_credit,
            "translationOfWork": original
            and {
                "@type": "NewsArticle",
                "@id": _id_of(original.url),
                "url": original.url,
                "headline": shortened(original.page.title),
                "inLanguage": original.hreflang,
            },
            "workTranslation": [
                {
                    "@type": "NewsArticle",
                    "@id": _id_of(each.url),
                    "url": each.url,
                    "headline": shortened(each.page.title),
                    "inLanguage": each.hreflang,
                }
                for each in told.translations
                if each.is_indexed
            ],
            "isAccessibleForFree": True,
        }
    )


def _author(author: Any, place: Place, head: Head, home_url: str) -> Data:
    return _filled(
        {
            "@type": "Organization" if author.is_organisation else "Person",
            "@id": f"{place.url}#author",
            "name": author.name,
            "url": place.url,
            "jobTitle": "" if author.is_organisation else author.job_title,
            "description": " ".join(get_text_for_indexing(author.bio).split()),
            "image": head.image.url if head.image is not None else "",
            "sameAs": [url for url, _name in author.account_links],
            "worksFor": "" if author.is_organisation else {"@id": f"{home_url}#organization"},
        }
    )


def _crumbs(way: Iterable[Crumb], canonical: str) -> Data:
    return {
        "@type": "BreadcrumbList",
        "@id": f"{canonical}#breadcrumb",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": crumb.title, "item": crumb.url}
            for number, crumb in enumerate(way, start=1)
        ],
    }


def _way_to(page: Page, head: Head, request: HttpRequest | None) -> list[Crumb]:
    return [*crumbs_of(page, request), Crumb(page.title, head.canonical)]


def _maker(maker: Maker) -> Data:
    return _filled(
        {
            "@type": "Organization" if maker.is_organisation else "Person",
            "name": maker.name,
            "url": maker.url,
        }
    )


def _images(page: Any, head: Head) -> list[Data]:
    """Return the lead image in its own shape and in that of a screen."""
    image = page.lead_image
    if image is None or head.image is None:
        return []
    words = words_of(image, caption=page.lead_image_caption, credit=page.lead_image_credit)
    found = []
    for spec in PLAIN:
        try:
            rendition = image.get_rendition(spec)
        except SourceImageIOError:
            continue
        found.append(
            _filled(
                {
                    "@type": "ImageObject",
                    "url": urljoin(head.canonical, rendition.url),
                    "width": rendition.width,
                    "height": rendition.height,
                    "caption": words.caption,
                    "creditText": words.credit,
                    # https://developers.google.com/search/docs/appearance/structured-data/image-license-metadata
                    "license": words.licence_url,
                }
            )
        )
    return found


def shortened(text: str) -> str:
    """Return a headline of a length that search engines show, cut between words."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_HEADLINE:
        return text
    cut = text[: LONGEST_HEADLINE - 1]
    whole, _space, _rest = cut.rpartition(" ")
    return (whole or cut) + "…"


def _id_of(url: str) -> str:
    return f"{url}#article"


def _filled(data: Data) -> Data:
    return {name: value for name, value in data.items() if value not in ("", None, [])}
