"""What a site's sitemaps are made of: its home pages in all languages, and their sections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, DateTimeField, Max, Q, QuerySet
from django.db.models.functions import Coalesce, Substr
from django.http import HttpRequest
from wagtail.models import Locale, Page, Site

from ...articles.queries import indexed, models_of, readable
from ...articles.sections import NewsIndexMixin
from ..addresses import Addresses
from ..languages import language_tag

AT_MOST = 25_000
"""The most addresses of one file; half of what search engines take, and about 10 MB.

https://www.sitemaps.org/protocol.html#index
"""

MODIFIED = Coalesce(
    "last_published_at",
    "latest_revision_created_at",
    "first_published_at",
    output_field=DateTimeField(),
)
"""When readers last got other words: at the last publication."""


@dataclass(frozen=True, slots=True)
class Home:
    """A home page of the site, in one language."""

    pk: int
    path: str
    url_path: str
    locale_id: int
    language_code: str
    title: str


@dataclass(frozen=True, slots=True)
class Section:
    """A section below a home page, in one language."""

    pk: int
    path: str
    key: UUID
    """Its translation key."""
    locale_id: int


@dataclass(frozen=True, slots=True)
class Part:
    """One file of pages: a language, a section, and a range of translation keys."""

    language_code: str
    section: int
    """The key of the section page; the home page's for what stands in no section."""
    number: int = 1
    of: int = 1

    @classmethod
    def named(cls, language_code: str, name: str) -> Part | None:
        """Return the file of a name; None where no file can have it."""
        found = re.fullmatch(r"([1-9]\d{0,17})(?:-([1-9]\d{0,4})-([1-9]\d{0,4}))?", name, re.ASCII)
        if found is None:
            return None
        number, of = int(found[2] or 1), int(found[3] or 1)
        # Files are split in halves, and again.
        is_power = not of & (of - 1)
        return cls(language_code, int(found[1]), number, of) if is_power and number <= of else None

    @property
    def name(self) -> str:
        """The file's name, without its ending: `12`, or `12-3-4` for the third of four."""
        return str(self.section) + (f"-{self.number}-{self.of}" if self.of > 1 else "")

    @property
    def keys(self) -> tuple[UUID | None, UUID | None]:
        """The first translation key of the file and the first of the next one.

        Equal ranges of all possible keys: a page never moves to another file while their number
        stays, and the versions of one piece are never parted.
        """
        step = (1 << 128) // self.of
        first = UUID(int=step * (self.number - 1)) if self.number > 1 else None
        return first, UUID(int=step * self.number) if self.number < self.of else None


@dataclass
class Tree:
    """The pages of one site, in all languages in use."""

    site: Site
    request: HttpRequest
    locales: dict[int, Locale] = field(init=False)
    homes: list[Home] = field(init=False)

    def __post_init__(self) -> None:
        self.locales = {
            locale.pk: locale for locale in Locale.objects.all() if locale.language_code_is_valid()
        }
        self.homes = [
            Home(pk, path, url_path, locale_id, self.locales[locale_id].language_code, title)
            for pk, path, url_path, locale_id, title in Page.objects.filter(
                # As in `alternates`: where it is not published, its language is not reached.
                translation_key=self.site.root_page.translation_key,
                locale_id__in=self.locales,
                live=True,
            ).values_list("pk", "path", "url_path", "locale_id", "title")
        ]

    @property
    def tags(self) -> dict[int, str]:
        """Languages as search engines write them, by locale."""
        return {pk: language_tag(locale.language_code) for pk, locale in self.locales.items()}

    @property
    def default(self) -> int | None:
        """The locale of readers of no listed language."""
        return next((pk for pk, locale in self.locales.items() if locale.is_default), None)

    @property
    def default_language(self) -> str:
        """The code of that language; empty if the site has none."""
        return self.locales[self.default].language_code if self.default is not None else ""

    @cached_property
    def addresses(self) -> Addresses:
        """Makes the addresses of pages."""
        return Addresses([(home.url_path, home.language_code) for home in self.homes], self.request)

    def home_in(self, language_code: str) -> Home | None:
        """Return the home page in a language."""
        return next((home for home in self.homes if home.language_code == language_code), None)

    def below_homes(self) -> Q:
        """Return the condition for pages of this site."""
        below = Q(pk__in=[])
        for home in self.homes:
            below |= Q(path__startswith=home.path)
        return below

    @cached_property
    def sections(self) -> dict[str, Section]:
        """The sections below all home pages by their tree paths, in one query."""
        children = Q(pk__in=[])
        for home in self.homes:
            children |= Q(path__startswith=home.path, depth=len(home.path) // Page.steplen + 1)
        types = ContentType.objects.get_for_models(*models_of(NewsIndexMixin)).values()
        rows = Page.objects.filter(children, content_type__in=list(types))
        return {
            path: Section(pk, path, key, locale_id)
            for pk, path, key, locale_id in rows.values_list(
                "pk", "path", "translation_key", "locale_id"
            )
        }

    @cached_property
    def _lengths(self) -> dict[int, int]:
        return {home.locale_id: len(home.path) + Page.steplen for home in self.homes}

    def branch_of(self, path: str, locale_id: int) -> UUID | None:
        """Return the translation key of the section above a page; None for one in no section."""
        section = self.sections.get(path[: self._lengths[locale_id]])
        return section.key if section is not None else None

    def branch_named(self, part: Part) -> tuple[bool, UUID | None]:
        """Return whether a file of this name can exist, and its section's translation key."""
        home = self.home_in(part.language_code)
        if home is None:
            return False, None
        if part.section == home.pk:
            return True, None
        for section in self.sections.values():
            if section.pk == part.section and section.locale_id == home.locale_id:
                return True, section.key
        return False, None

    def file_of(self, branch: UUID | None, home: Home) -> int:
        """Return the page that a branch's file in a language is named after; 0 if it has none."""
        if branch is None:
            return home.pk
        return next(
            (
                section.pk
                for section in self.sections.values()
                if section.key == branch and section.locale_id == home.locale_id
            ),
            0,
        )

    def pages_of(self, branch: UUID | None, part: Part) -> QuerySet[Any]:
        """Return the pages of a branch in all languages, restricted ones too.

        Only to be joined: their rows are read with their other versions, wherever those stand.
        """
        if branch is None:
            pages = Page.objects.filter(self.below_homes())
            for path in self.sections:
                pages = pages.exclude(path__startswith=path)
        else:
            below = Q(pk__in=[])
            for section in self.sections.values():
                if section.key == branch:
                    below |= Q(path__startswith=section.path)
            pages = Page.objects.filter(below)
        first, end = part.keys
        if first is not None:
            pages = pages.filter(translation_key__gte=first)
        if end is not None:
            pages = pages.filter(translation_key__lt=end)
        return pages.filter(live=True)

    def parts(self) -> Iterator[tuple[Part, Any]]:
        """Yields the files of pages that are not empty, each with the time of its last change.

        One query for each language.
        """
        counted: dict[tuple[int, UUID | None], tuple[int, Any]] = {}
        for home in self.homes:
            groups = (
                indexed(
                    readable(
                        Page.objects.filter(path__startswith=home.path, locale_id=home.locale_id)
                    )
                )
                .annotate(branch=Substr("path", 1, len(home.path) + Page.steplen))
                .order_by()
                .values("branch")
                .annotate(count=Count("pk"), last=Max(MODIFIED))
                .values_list("branch", "count", "last")
            )
            for path, count, last in groups:
                place = (home.pk, self.branch_of(path, home.locale_id))
                before, earlier = counted.get(place, (0, None))
                counted[place] = (before + count, max(filter(None, (last, earlier)), default=None))
        # All languages of a branch are split alike, because they are written together.
        largest: dict[UUID | None, int] = {}
        for (_home, branch), (count, _last) in counted.items():
            largest[branch] = max(largest.get(branch, 0), count)
        for home in self.homes:
            files = [
                (self.file_of(branch, home), branch, last)
                for (pk, branch), (_count, last) in counted.items()
                if pk == home.pk
            ]
            for name, branch, last in sorted(files, key=lambda file: file[0]):
                of = 1
                while largest[branch] / of > AT_MOST:
                    of *= 2
                for number in range(1, of + 1):
                    yield Part(home.language_code, name, number, of), last


def tree_of(request: HttpRequest) -> Tree | None:
    """Return the pages of the request's site; None where no site answers."""
    site = Site.find_for_request(request)
    return Tree(site, request) if site is not None else None
