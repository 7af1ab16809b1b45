"""English pages made of the newspaper's words."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site
from wagtail.utils.file import hash_filelike

from wagtail_newsroom.models import ArticlePage, NewsIndexPage

from .content import PICTURES, Piece

_ARTICLE_LINK = re.compile(r'href="article:([a-z0-9-]+)"')


@transaction.atomic
def make_home(piece: Piece) -> NewsIndexPage:
    """Return the site's home, made in the place of Wagtail's welcome page if need be."""
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    old = site.root_page.specific
    if isinstance(old, NewsIndexPage):
        return old
    if old.specific_class is not Page or old.get_children().exists():
        raise LookupError(
            "This site has a home of its own already; load the example into an empty database."
        )
    home = _index_page(piece, locale=Locale.get_default())
    # The welcome page holds the slug until it is gone, and the site goes with its root page.
    home.slug = f"{piece.slug}-of-the-newspaper"
    Page.get_first_root_node().add_child(instance=home)
    site.root_page = home
    site.save()
    old.delete()
    home.refresh_from_db()
    home.slug = piece.slug
    # Nobody has rights on this page yet, so the site itself publishes it.
    return _publish(home, user=None)


@transaction.atomic
def make_section(piece: Piece, *, home: Page, user: Any) -> Page:
    """Return a section below the home, made if need be."""
    found = _child(home, piece.slug)
    if found is not None:
        return found
    page = _index_page(piece, locale=home.locale)
    home.add_child(instance=page)
    return _publish(page, user=user)


@transaction.atomic
def make_article(piece: Piece, *, section: Page, user: Any) -> Page:
    """Return an article below its section, made if need be."""
    found = _child(section, piece.slug)
    if found is not None:
        return found
    lead: Mapping[str, Any] = piece.lead_image or {}
    page = ArticlePage(
        slug=piece.slug,
        locale=section.locale,
        live=False,
        lead_image=make_image(lead["file"], lead["alt"]["en"], user=user) if lead else None,
        published_at=datetime.fromisoformat(piece.published_at) if piece.published_at else None,
        **{
            place.path: place.text["en"]
            for place in piece.places()
            if not place.path.startswith("body.")
        },
    )
    # As JSON, because only so blocks come with ids of our choice.
    page.body = json.dumps(
        [_block(piece, index, block, user=user) for index, block in enumerate(piece.body)]
    )
    section.add_child(instance=page)
    return _publish(page, user=user)


def make_image(name: str, description: str, *, user: Any) -> Any:
    """Return the library's image for a picture file, uploaded unless the same file is there."""
    image_model = get_image_model()
    data = (PICTURES / name).read_bytes()
    digest = hash_filelike(io.BytesIO(data))
    found = image_model.objects.filter(file_hash=digest).first()
    if found is not None:
        return found
    return image_model.objects.create(
        title=Path(name).stem.replace("-", " ").capitalize(),
        description=description[:255],
        file=ImageFile(io.BytesIO(data), name=name),
        file_hash=digest,
        file_size=len(data),
        uploaded_by_user=user,
    )


def _index_page(piece: Piece, *, locale: Locale) -> NewsIndexPage:
    return NewsIndexPage(
        slug=piece.slug,
        locale=locale,
        live=False,
        **{name: text["en"] for name, text in piece.fields.items()},
    )


def _block(piece: Piece, index: int, block: Mapping[str, Any], *, user: Any) -> dict[str, Any]:
    key = piece.block_id(index)
    value: Any
    match block["type"]:
        case "paragraph":
            value = _rich(block["text"]["en"], key)
        case "list":
            value = [
                {
                    "type": "item",
                    "id": piece.block_id(index, number),
                    "value": _rich(item["en"], piece.block_id(index, number)),
                }
                for number, item in enumerate(block["items"])
            ]
        case "image":
            image = make_image(block["file"], block["alt"]["en"], user=user)
            value = {name: block[name]["en"] for name in ("alt", "caption", "credit")}
            value["image"] = image.pk
        case "quote":
            value = {name: block[name]["en"] for name in ("text", "attribution")}
        case _:
            value = block["text"]["en"]
    return {"type": block["type"], "id": key, "value": value}


def _rich(inside: str, key: str) -> str:
    return f'<p data-block-key="{key[:5]}">{_ARTICLE_LINK.sub(_page_link, inside)}</p>'


def _page_link(match: re.Match[str]) -> str:
    page = ArticlePage.objects.get(slug=match[1], locale=Locale.get_default())
    return f'id="{page.pk}" linktype="page"'


def _child(parent: Page, slug: str) -> Page | None:
    found = parent.get_children().filter(slug=slug).first()
    return found.specific if found is not None else None


def _publish(page: Page, *, user: Any) -> Any:
    page.save_revision(user=user).publish(user=user)
    return type(page).objects.get(pk=page.pk)
