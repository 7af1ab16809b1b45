"""Pictures in the sizes that readers' screens need, read in a constant number of queries."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.blocks import StructValue
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, SourceImageIOError

logger = logging.getLogger(__name__)

WIDTHS = (400, 800, 1200, 1600)
"""Widths in pixels; templates name the same, as `width-{400,800,1200,1600}`."""

SHARED_WIDTH = 1200
"""The width that search engines and social networks ask for at least."""


def filters() -> list[str]:
    """Return Wagtail's filter of each width."""
    return [f"width-{width}" for width in WIDTHS]


def attach_pictures(pages: Iterable[Any], field: str) -> None:
    """Read the images in `field` of these pages, of whatever classes, and their sizes: two queries.

    None if no page has an image.
    """
    having = [page for page in pages if getattr(page, f"{field}_id")]
    if not having:
        return
    images = (
        get_image_model()
        .objects.prefetch_renditions(*filters())
        .in_bulk({getattr(page, f"{field}_id") for page in having})
    )
    for page in having:
        setattr(page, field, images.get(getattr(page, f"{field}_id")))


def prefetch_renditions(images: Iterable[AbstractImage | None]) -> None:
    """Read all sizes of these images that exist, in one query; none if there are no images."""
    found = [image for image in images if image is not None]
    if found:
        renditions = get_image_model().get_rendition_model().objects
        prefetch_related_objects(
            found,
            Prefetch(
                "renditions",
                renditions.filter(filter_spec__in=filters()),
                to_attr="prefetched_renditions",
            ),
        )


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
    """Return the images that stand in a body's blocks, in order."""
    return [
        block.value["image"]
        for block in body
        if isinstance(block.value, StructValue)
        and isinstance(block.value.get("image"), AbstractImage)
    ]
