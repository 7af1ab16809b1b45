"""The newspaper's tags, in both languages, and the tags of a piece."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page

from wagtail_newsroom.articles.tags import Tag, TaggedPiece

from .library import make_image

_KEYS = uuid.UUID("6a6f0c52-1c63-4b7d-8e3c-52f3d8f7b0a1")


@transaction.atomic
def make_tags(tags: Iterable[Mapping[str, Any]], *, user: Any) -> int:
    """Make the tags that are missing, in each language; returns how many rows were made."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    there = set(Tag.objects.values_list("translation_key", "locale_id"))
    made = 0
    for tag in tags:
        key = uuid.uuid5(_KEYS, tag["slug"])
        picture = tag.get("picture")
        image = make_image(picture["file"], picture["alt"]["en"], user=user) if picture else None
        for language, name in tag["name"].items():
            if (key, locales[language].pk) in there:
                continue
            made += 1
            Tag(
                translation_key=key,
                locale=locales[language],
                slug=tag["slug"],
                name=name,
                key=name.casefold(),
                description=tag.get("description", {}).get(language, ""),
                picture=image,
                picture_alt=picture["alt"][language] if picture else "",
            ).save()
    return made


def tag_piece(page: Page, slugs: Iterable[str]) -> None:
    """Give a page that is not saved yet these tags, in its language, and no others."""
    tags = Tag.objects.filter(locale_id=page.locale_id, slug__in=list(slugs)).order_by("pk")
    held = {item.tag_id: item for item in page.newsroom_tagged_items.all()}
    page.newsroom_tagged_items = [held.get(tag.pk) or TaggedPiece(tag=tag) for tag in tags]
