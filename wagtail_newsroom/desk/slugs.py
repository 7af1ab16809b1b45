"""Slugs of translated pages: made once, at draft time, and kept from then on.

wagtail-localize puts each slug through an ASCII-only `slugify()` when it saves a translation, so
that `قیام-۱۳۹۸` becomes nothing and `قیام-2019-pmoi` becomes `2019-pmoi`
(https://github.com/wagtail/wagtail-localize/blob/v1.14.5/wagtail_localize/models.py#L789).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Container
from typing import TYPE_CHECKING, Any

from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils.text import slugify
from wagtail.models import Page

from ..conf import conf
from ..segments.slugs import LONGEST_SLUG, cut
from ..segments.tidy import tidy
from . import localize

if TYPE_CHECKING:
    from wagtail.models import Page as _Page
else:
    # A mixin for pages, but no page: sites may swap the base page.
    _Page = object

_HALF_SPACE = "\u200c"
_LETTER_RULES = ("letters", "invisible")


def slug_from(title: str, language_code: str, *, unicode: bool = True) -> str:
    """Return the slug that a title gives, at most `LONGEST_SLUG` letters, cut at a word.

    Half-spaces part words; vowel signs go; letters are those of the language; digits are ASCII, so
    that an address reads the same to everybody. Without `unicode`, what is not ASCII goes too,
    accents before their letters. Empty when nothing is left.
    """
    text = html.unescape(tidy(html.escape(title, quote=False), language_code, rules=_LETTER_RULES))
    text = unicodedata.normalize("NFKC", text.replace(_HALF_SPACE, "-"))
    text = "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char
        for char in text
        if unicodedata.category(char) != "Mn" and char not in "'’ʼ"
    )
    if unicode:
        slug = re.sub(r"[\W_]+", "-", text.lower()).strip("-")
    else:
        slug = slugify(text).replace("_", "-").strip("-")
    return cut(slug, LONGEST_SLUG)


def free_slug(slug: str, taken: Container[str]) -> str:
    """Return a slug that is not taken, with a number behind it if need be."""
    free, number = slug, 2
    while free in taken:
        suffix = f"-{number}"
        free = cut(slug, LONGEST_SLUG - len(suffix)) + suffix
        number += 1
    return free


class SettledSlugMixin(_Page):
    """Lets a page that is translated keep its slug, and gives it one while nobody can read it."""

    _slug_in_database: str | None = None

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Any:
        """Returns the page as it is stored, and remembers its slug."""
        page = super().from_db(*args, **kwargs)
        page._slug_in_database = page.__dict__.get("slug")
        return page

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Saves the page, without what wagtail-localize made of its slug."""
        _undo_wiping(self)
        result = super().save(*args, **kwargs)
        self._slug_in_database = self.__dict__.get("slug")
        return result

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Saves a revision; a translation that was never public gets its slug here."""
        _undo_wiping(self)
        _settle(self)
        return super().save_revision(*args, **kwargs)


def _undo_wiping(page: Any) -> None:
    """Give a page its stored slug back if the slug is what wagtail-localize makes of that.

    No query where the slug is as it was.
    """
    stored = page._slug_in_database
    if page.pk is None or not stored or page.__dict__.get("slug", stored) == stored:
        return
    wiped = slugify(stored)
    if wiped == stored or not re.fullmatch(re.escape(wiped) + r"(-\d+)?", page.slug):
        return
    translation = localize.find_translation_to(page)
    if translation is not None and translation.enabled:
        page.slug = stored


def _settle(page: Any) -> None:
    """Give the draft of a translation the slug of its title, while the page was never public.

    With `WAGTAIL_NEWSROOM_SLUGS = "source"` only where the source's slug is no ASCII slug. In the
    stored row too, so that two drafts never wait with the same slug.
    """
    if page.pk is None or page.live or page.first_published_at is not None:
        return
    translation = localize.find_translation_to(page)
    if translation is None or not translation.enabled:
        return
    makes_all = conf.slugs == "unicode"
    if not makes_all and _has_ascii_slug(translation.source):
        return
    slug = slug_from(page.title, translation.target_locale.language_code, unicode=makes_all)
    if not slug or re.fullmatch(re.escape(slug) + r"(-\d+)?", page.slug):
        return
    siblings = Page.objects.filter(
        depth=page.depth, path__startswith=page.path[: -page.steplen]
    ).exclude(pk=page.pk)
    page.slug = free_slug(slug, set(siblings.values_list("slug", flat=True)))
    _store(page)


def _has_ascii_slug(source: localize.TranslationSource) -> bool:
    slugs = Page.objects.filter(translation_key=source.object_id, locale_id=source.locale_id)
    return all(slug.isascii() for slug in slugs.values_list("slug", flat=True))


def _store(page: Any) -> None:
    """Write a draft's slug into its row, and the addresses below.

    Not by `save()`, which tells of a changed slug and so leaves a redirect from an address that
    was never public.
    """
    before = page.url_path
    page.set_url_path(page.get_parent())
    Page.objects.filter(pk=page.pk).update(slug=page.slug, url_path=page.url_path)
    Page.objects.filter(path__startswith=page.path, depth__gt=page.depth).update(
        url_path=Concat(Value(page.url_path), Substr("url_path", len(before) + 1))
    )
    page._slug_in_database = page.slug
