"""Pictures in the sizes that readers' screens need, read in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from .blocks import walk
from .image_texts import keep_texts, with_texts

WIDTHS = (400, 800, 1200, 1600)
"""Widths in pixels; templates name the same, as `width-{400,800,1200,1600}`."""

CROPS = ("fill-400x267", "fill-800x533", "fill-1200x675")
"""Crops around the focal point: two for cards, one for a film's poster; templates name the same."""

SHARED_WIDTH = 1200
"""The width that search engines and social networks ask for at least."""


def filters() -> list[str]:
    """Return Wagtail's filter of each width and crop."""
    return [*(f"width-{width}" for width in WIDTHS), *CROPS]


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


def images_of(body: Iterable[Any]) -> list[AbstractImage]:
    """Return the images that stand in a body's blocks, in order, those of galleries too."""
    return [value for _block, value in walk(body) if isinstance(value, AbstractImage)]
