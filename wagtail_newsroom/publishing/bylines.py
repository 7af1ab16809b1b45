"""Credits as HTML: each name isolated, with a link where the author has a page to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..articles.credits import Credit, Credited, credits_of, sentence
from .languages import direction_of, direction_of_text, language_tag
from .places import NAMESPACE

_ON_REQUEST = "_newsroom_credits"


@dataclass(frozen=True, slots=True)
class Line:
    """The credits of one role, as readers see them."""

    role: str
    html: SafeString


def byline_lines(page: Any, language_code: str, request: HttpRequest | None = None) -> list[Line]:
    """Return a piece's credits as sentences in its language; one query for each request."""
    with translation.override(language_code):
        return [
            Line(
                credit.role,
                sentence(credit.role, [_name(person, language_code) for person in credit.people]),
            )
            for credit in credits_for(page, request)
        ]


def credits_for(page: Any, request: HttpRequest | None = None) -> list[Credit]:
    """Return a piece's credits, read once for each request, whoever asks."""
    kept: dict[int, tuple[Any, list[Credit]]] = {}
    if request is not None:
        kept = request.__dict__.setdefault(_ON_REQUEST, kept)
    # By the object: a preview shows another content of the same page.
    if id(page) not in kept:
        kept[id(page)] = (page, credits_of(page))
    return kept[id(page)][1]


def author_path(author: Any, language_code: str) -> str:
    """Return the path of an author's page; empty where the site includes no such pages."""
    with translation.override(language_code):
        try:
            return reverse(f"{NAMESPACE}:author", kwargs={"slug": author.slug})
        except NoReverseMatch:
            return ""


def _name(person: Credited, language_code: str) -> SafeString:
    if person.language_code != language_code:
        return format_html(
            '<bdi class="nr-byline__name" lang="{}" dir="{}">{}</bdi>',
            language_tag(person.language_code),
            direction_of(person.language_code),
            person.name,
        )
    direction = direction_of_text(person.name, language_code)
    attributes = format_html(' dir="{}"', direction) if direction else ""
    path = author_path(person.author, language_code) if person.author is not None else ""
    if not path:
        return format_html('<bdi class="nr-byline__name"{}>{}</bdi>', attributes, person.name)
    return format_html(
        '<a class="nr-byline__name" rel="author" href="{}"><bdi{}>{}</bdi></a>',
        path,
        attributes,
        person.name,
    )
