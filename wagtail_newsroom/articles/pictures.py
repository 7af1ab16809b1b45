"""Pictures in the sizes that readers' screens need, read in a constant number of queries."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, SourceImageIOError

from .blocks import walk
from .image_texts import keep_texts, with_texts

logger = logging.getLogger(__name__)

WIDTHS = (400, 800, 1200, 1600)
"""Widths in pixels; templates name the same, as `width-{400,800,1200,1600}`."""

CROPS = ("fill-400x267", "fill-800x533", "fill-1200x675")
"""Crops around the focal point: two for cards, one for a film's poster; templates name the same."""

SHARED_WIDTH = 1200
"""The width that search engines and social networks ask for at least."""


def filters() -> list[str]:
    """Return Wagtail's filter of each width and crop."""
    return [*(f"width-{width}" for width in WIDTHS), *CROPS]


def attach_pictures(pages: Iterable[Any], field: str) -> None:
    """Read the images in `field` of these pages, of whatever classes, with their sizes and texts.

    Two queries for pages of one language; none if no page has an image.
    """
    having = [page for page in pages if getattr(page, f"{field}_id")]
    if not having:
        return
    images = get_image_model().objects.in_bulk({getattr(page, f"{field}_id") for page in having})
    of_language: defaultdict[int, dict[int, Any]] = defaultdict(dict)
    for page in having:
        image = images.get(getattr(page, f"{field}_id"))
        setattr(page, field, image)
        if image is not None:
            of_language[page.locale_id][image.pk] = image
    for locale_id, shown in of_language.items():
        prefetch_renditions(shown.values(), locale_id)


def prefetch_renditions(
    images: Iterable[AbstractImage | None], locale_id: int | None = None
) -> None:
    """Read all sizes of these images that exist, in one query; none if there are no images.

    With a language, the images' texts in it come along. An image that was never shown before, and
    so has no sizes yet, costs one query more for its texts.
    """
    found = [image for image in images if image is not None]
    if not found:
        return
    renditions = get_image_model().get_rendition_model().objects.filter(filter_spec__in=filters())
    if locale_id is not None:
        renditions = with_texts(renditions, locale_id)
    prefetch_related_objects(
        found, Prefetch("renditions", renditions, to_attr="prefetched_renditions")
    )
    if locale_id is not None:
        keep_texts(found, locale_id)


def make_renditions(page: Any) -> int:
    """Make the sizes that a piece's pictures lack; returns how many were made.

    Two queries if there are none to make.
    """
    images = {
        image.pk: image
        for image in (getattr(page, "lead_image", None), *images_of(getattr(page, "body", ())))
        if image is not None
    }
    prefetch_renditions(images.values())
    made = 0
    for image in images.values():
        known = {rendition.filter_spec for rendition in image.prefetched_renditions}
        missing = [spec for spec in filters() if spec not in known]
        try:
            made += len(image.get_renditions(*missing)) if missing else 0
        except SourceImageIOError:
            # Readers get the other pictures; the admin shows that this file is gone.
            logger.warning("The file of image %s cannot be read", image.pk)
    return made


def images_of(body: Iterable[Any]) -> list[AbstractImage]:
    """Return the images that stand in a body's blocks, in order, those of galleries too."""
    return [value for _block, value in walk(body) if isinstance(value, AbstractImage)]
