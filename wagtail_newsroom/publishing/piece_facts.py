"""What machines are told of a piece beside its text: read once, for Open Graph and JSON-LD alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from ..articles.bylines import Byline
from ..articles.corrections import Correction
from ..articles.credits import Credit
from ..articles.models import ArticleMixin
from .bylines import credits_for
from .head import is_withdrawn
from .navigation import Crumb, crumbs_of
from .places import canonical_address
from .provenance import Told, provenance_of
from .tag_views import tag_links

_AMENDS = (Correction.Kind.CORRECTION, Correction.Kind.CLARIFICATION)


@dataclass(frozen=True, slots=True)
class Maker:
    """Somebody who made a piece."""

    name: str
    url: str
    """The absolute address of the author's page; empty where there is none in this language."""
    is_organisation: bool


@dataclass(frozen=True, slots=True)
class PieceFacts:
    """What machines are told of a piece, plain text, not escaped."""

    published: datetime | None
    modified: datetime | None
    """When it was changed in substance, else when it was published."""
    section: str
    crumbs: tuple[Crumb, ...]
    """The pages above, from the home page down."""
    tags: tuple[str, ...]
    authors: tuple[Maker, ...]
    """The writers; the agencies where no person wrote it."""
    translators: tuple[Maker, ...]
    editors: tuple[Maker, ...]
    corrections: tuple[Any, ...]
    """Corrections and clarifications, the newest first."""
    provenance: Told


def facts_for(page: Any, language_code: str, request: HttpRequest | None) -> PieceFacts | None:
    """Return what machines are told of a piece; None for other pages and withdrawn pieces.

    Credits, tags, corrections and provenance are those that the page's templates show, read once
    for each request.
    """
    if not isinstance(page, ArticleMixin) or is_withdrawn(page):
        return None
    credited = credits_for(page, request)
    crumbs = tuple(crumbs_of(page, request))  # type: ignore[arg-type]

    def makers(role: str) -> tuple[Maker, ...]:
        return tuple(_makers(credited, role, language_code, request))

    notes = [note for group in page.shown_corrections.values() for note in group]
    return PieceFacts(
        published=page.date,
        modified=page.updated_at or page.date,
        section=crumbs[-1].title if len(crumbs) > 1 else "",
        crumbs=crumbs,
        tags=tuple(tag["name"] for tag in tag_links(page, language_code, request)),
        authors=makers(Byline.Role.WRITER) or makers(Byline.Role.AGENCY),
        translators=makers(Byline.Role.TRANSLATOR),
        editors=makers(Byline.Role.EDITOR),
        corrections=tuple(
            sorted(
                (note for note in notes if note.kind in _AMENDS),
                key=lambda note: note.date,
                reverse=True,
            )
        ),
        provenance=provenance_of(page, request),
    )


def _makers(
    credited: Iterable[Credit], role: str, language_code: str, request: HttpRequest | None
) -> Iterable[Maker]:
    for credit in credited:
        if credit.role != role:
            continue
        for person in credit.people:
            url = ""
            if person.author is not None and request is not None:
                url = canonical_address("author", language_code, request, slug=person.author.slug)
            yield Maker(person.name, url, person.is_organisation)
