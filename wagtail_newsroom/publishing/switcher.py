"""The choices of the language switcher: the piece in each language, or what is nearest to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.coreutils import get_content_languages
from wagtail.models import Page

from .alternates import trail_of
from .languages import direction_of, language_tag, name_here, own_name
from .places import Place


@dataclass(frozen=True, slots=True)
class Choice:
    """One language of the switcher."""

    language_code: str
    url: str
    """Absolute; empty for the current language."""
    is_current: bool
    is_this_page: bool
    """Whether the address leads to this very page, and not to something near it."""
    title: str
    """The title of the page that the address leads to, in that page's language."""
    is_indexed: bool = True
    """Whether crawlers are told of that page too."""

    @property
    def name(self) -> str:
        """The language's name in itself."""
        return own_name(self.language_code)

    @property
    def name_here(self) -> str:
        """The language's name in the active language."""
        return name_here(self.language_code)

    @property
    def lang(self) -> str:
        """The language as HTML writes it."""
        return language_tag(self.language_code)

    @property
    def dir(self) -> str:
        """The language's direction."""
        return direction_of(self.language_code)


def choices(
    page: Page,
    language_code: str,
    request: HttpRequest | None = None,
    *,
    place: Place | None = None,
) -> list[Choice]:
    """Return the content languages in their order, each with where it leads from this page.

    `language_code` is the page's. With a `place`, which is below the page, that list's own versions
    come first, then what it names as nearest. A language in which neither the page nor anything above it can
    be read is left out. One query, shared with `alternates`.
    """
    trail = trail_of(page, request)
    of_place = {each.language_code: each.url for each in place.versions} if place else {}
    near_place = {each.language_code: each for each in place.nearest} if place else {}
    found = []
    for code in get_content_languages():
        if code == language_code:
            title = place.title if place is not None else page.title
            found.append(Choice(code, "", is_current=True, is_this_page=True, title=title))
            continue
        if place is not None and code in of_place:
            found.append(
                Choice(code, of_place[code], is_current=False, is_this_page=True, title=place.title)
            )
            continue
        if place is not None and code in near_place:
            near = near_place[code]
            found.append(
                Choice(code, near.url, is_current=False, is_this_page=False, title=near.title)
            )
            continue
        nearest = trail.nearest(code)
        if nearest is not None:
            found.append(
                Choice(
                    code,
                    nearest.url,
                    is_current=False,
                    is_this_page=place is None
                    and nearest.page.translation_key == page.translation_key,
                    title=nearest.page.title,
                    is_indexed=nearest.is_indexed,
                )
            )
    return found
