"""The people who make the newspaper, in both languages, and the credits of a piece."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page

from wagtail_newsroom.articles.models import Byline
from wagtail_newsroom.models import Author

from .library import make_image

_KEYS = uuid.UUID("0b5f4f0e-3d0e-4a39-9b0c-7d2f1d6a9c11")


@transaction.atomic
def make_authors(authors: Iterable[Mapping[str, Any]], *, user: Any) -> int:
    """Make the authors that are missing, in each language; returns how many rows were made."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    there = set(Author.objects.values_list("translation_key", "locale_id"))
    made = 0
    for author in authors:
        key = uuid.uuid5(_KEYS, author["slug"])
        photo = make_image(author["photo"], author["photo_alt"]["en"], user=user)
        for language, name in author["name"].items():
            if (key, locales[language].pk) in there:
                continue
            made += 1
            Author.objects.create(
                translation_key=key,
                locale=locales[language],
                slug=author["slug"],
                name=name,
                is_organisation=author.get("is_organisation", False),
                job_title=author["job_title"][language],
                bio=f"<p>{author['bio'][language]}</p>",
                photo=photo,
                photo_alt=author["photo_alt"][language],
                accounts=json.dumps(
                    [
                        {
                            "type": "account",
                            "id": str(uuid.uuid5(key, account["url"])),
                            "value": {
                                "url": account["url"],
                                "title": account["title"][language],
                            },
                        }
                        for account in author.get("accounts", ())
                    ]
                ),
            )
    return made


def credit(page: Page, bylines: Iterable[Mapping[str, str]]) -> None:
    """Give a page that is not saved yet these credits, by authors of its language.

    Credits that it holds already stay; those that name authors of another language go.
    """
    authors = {author.slug: author for author in Author.objects.filter(locale_id=page.locale_id)}
    own = {author.pk for author in authors.values()}
    held = [byline for byline in page.newsroom_bylines.all() if byline.author_id in own]
    names = {(byline.author_id, byline.role) for byline in held}
    for byline in bylines:
        author = authors[byline["author"]]
        if (author.pk, byline["role"]) not in names:
            held.append(Byline(author=author, role=byline["role"]))
    for order, byline in enumerate(held):
        byline.sort_order = order
    page.newsroom_bylines = held
