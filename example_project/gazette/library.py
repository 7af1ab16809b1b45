"""The newspaper's files: pictures and documents, each uploaded once."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.blocks import Block, StructBlock
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale
from wagtail.utils.file import hash_filelike

from wagtail_newsroom.articles.blocks import ArticleBody
from wagtail_newsroom.models import ArticlePage

from . import bodies
from .content import FILES, PICTURES

_ARTICLE_LINK = re.compile(r'href="article:([a-z0-9-]+)"')


class Library:
    """Finds files and pieces for the bodies of one language, and uploads what is missing."""

    def __init__(self, locale: Locale, *, user: Any) -> None:
        self.locale = locale
        self.user = user

    def knows(self, block: Mapping[str, Any]) -> bool:
        """Return whether a body can hold a block of that name with the fields that this one has."""
        child = _blocks().get(block["type"])
        if not bodies.has_fields(block):
            return child is not None
        return isinstance(child, StructBlock) and child.child_blocks.keys() >= block.keys() - {
            "type"
        }

    def picture(self, name: str, description: str) -> int:
        """Return the key of an image."""
        return int(make_image(name, description, user=self.user).pk)

    def file(self, name: str, title: str) -> int:
        """Return the key of a document."""
        return int(make_document(name, title, user=self.user).pk)

    def page(self, slug: str) -> int:
        """Return the key of a piece in the language of the body."""
        return ArticlePage.objects.only("pk").get(slug=slug, locale=self.locale).pk

    def rich(self, inside: str, key: str) -> str:
        """Return a paragraph as rich text is stored."""

        def link(match: re.Match[str]) -> str:
            return f'id="{self.page(match[1])}" linktype="page"'

        return f'<p data-block-key="{key[:5]}">{_ARTICLE_LINK.sub(link, inside)}</p>'


@cache
def _blocks() -> Mapping[str, Block]:
    return dict(ArticleBody().child_blocks)


def make_image(name: str, description: str, *, user: Any) -> Any:
    """Return the library's image for a picture file, uploaded unless the same file is there."""
    image_model = get_image_model()
    data = (PICTURES / name).read_bytes()
    digest = hash_filelike(io.BytesIO(data))
    found = image_model.objects.filter(file_hash=digest).first()
    if found is not None:
        return found
    return image_model.objects.create(
        title=_title(name),
        description=description[:255],
        file=ImageFile(io.BytesIO(data), name=name),
        file_hash=digest,
        file_size=len(data),
        uploaded_by_user=user,
    )


def make_document(name: str, title: str, *, user: Any) -> Any:
    """Return the library's document for a file, uploaded unless the same file is there."""
    document_model = get_document_model()
    data = (FILES / name).read_bytes()
    digest = hash_filelike(io.BytesIO(data))
    found = document_model.objects.filter(file_hash=digest).first()
    if found is not None:
        return found
    return document_model.objects.create(
        title=title or _title(name),
        file=ContentFile(data, name=name),
        file_hash=digest,
        file_size=len(data),
        uploaded_by_user=user,
    )


def _title(name: str) -> str:
    return Path(name).stem.replace("-", " ").capitalize()
