"""Pictures in the sizes that readers' screens need, read in a constant number of queries."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, SourceImageIOError
from wagtail.images.shortcuts import get_renditions_or_not_found

from .blocks import walk
from .image_texts import keep_texts, with_texts

logger = logging.getLogger(__name__)

SHAPES: dict[str, tuple[str, ...]] = {
    "whole": ("width-400", "width-800", "width-1200", "width-1600"),
    "small": ("width-400", "width-800"),
    "card": ("fill-400x267", "fill-800x533"),
}
"""The sizes of a picture by where it stands: as it is, as it is in a narrow place, cut for a card."""

_FORMAT = "|format-webp"
"""WebP, which every browser of today reads, takes about a third less than JPEG."""

SHARED_WIDTH = 1200
"""The width that search engines and social networks ask for at least."""

PLAIN = (f"width-{SHARED_WIDTH}", "fill-1200x675")
"""In the file's own format: the shared picture, which not all networks take as WebP, and a film's
poster."""


def filters(*, is_vector: bool = False) -> list[str]:
    """Return Wagtail's filter of each size that readers get; of an SVG, those that keep it one."""
    found = [spec for shape in SHAPES for spec in filters_of(shape, is_vector=is_vector)]
    return list(dict.fromkeys([*found, *PLAIN]))


def filters_of(shape: str, *, is_vector: bool = False) -> list[str]:
    """Return the filters of one shape, the smallest first."""
    return [spec if is_vector else f"{spec}{_FORMAT}" for spec in SHAPES[shape]]


def sizes_of(image: AbstractImage, shape: str) -> list[Any]:
    """Return an image in the sizes of a shape, each width once, the smallest first.

    No query where `prefetch_renditions` has read them and all are made.
    """
    specs = filters_of(shape, is_vector=image.is_svg())
    made = get_renditions_or_not_found(image, specs)
    # A file that is smaller than a size is not enlarged, and would be named twice.
    return list({made[spec].width: made[spec] for spec in reversed(specs)}.values())[::-1]


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
    images: Iterable[AbstractImage | None],
    locale_id: int | None = None,
    *,
    also: Collection[str] = (),
) -> None:
    """Read all sizes of these images that exist, in one query; none if there are no images.

    `also` are filters beyond those of pieces.

    With a language, the images' texts in it come along. An image that was never shown before, and
    so has no sizes yet, costs one query more for its texts.
    """
    found = [image for image in images if image is not None]
    if not found:
        return
    wanted = {*filters(), *filters(is_vector=True), *also}
    renditions = get_image_model().get_rendition_model().objects.filter(filter_spec__in=wanted)
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
        wanted = filters(is_vector=image.is_svg())
        missing = [spec for spec in wanted if spec not in known]
        try:
            made += len(image.get_renditions(*missing)) if missing else 0
        except SourceImageIOError:
            # Readers get the other pictures; the admin shows that this file is gone.
            logger.warning("The file of image %s cannot be read", image.pk)
    return made


def images_of(body: Iterable[Any]) -> list[AbstractImage]:
    """Return the images that stand in a body's blocks, in order, those of galleries too."""
    return [value for _block, value in walk(body) if isinstance(value, AbstractImage)]
