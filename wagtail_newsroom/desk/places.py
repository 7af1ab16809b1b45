"""Where each segment stands in its piece: what it is called, and what may be written there.

Read from the source's stored content and from the definitions of its fields and blocks, without
a query.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock

from .localize import Segment, Translation


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a piece that can hold texts."""

    label: str
    """What it is called in the editor, such as `Image, Caption`."""
    is_rich: bool = False
    """Whether bold, italics and links may stand there."""
    max_length: int | None = None
    image: int | None = None
    """The key of the image that the text belongs to."""
    is_heading: bool = False


class Places:
    """The places of one piece, by the paths of wagtail-localize."""

    def __init__(self, found: dict[str, Place]) -> None:
        self._found = found

    def of(self, segment: Segment) -> Place:
        """Return the place of a segment; of what we do not know, the nearest that it stands in."""
        path = segment.path
        while path:
            place = self._found.get(path)
            if place is not None:
                if path == segment.path:
                    return place
                return Place(place.label, "<" in segment.source, None, place.image)
            path = path.rpartition(".")[0]
        return Place("", "<" in segment.source)

    @property
    def images(self) -> set[int]:
        """The keys of all images that texts belong to."""
        return {place.image for place in self._found.values() if place.image is not None}


def places_of(translation: Translation) -> Places:
    """Return the places of a translation's source."""
    model = translation.source.specific_content_type.model_class()
    if model is None:
        return Places({})
    try:
        content = json.loads(translation.source.content_json)
    except ValueError:
        return Places({})
    return Places(dict(_fields(model, content, "", "")))


def _fields(
    model: type[models.Model], content: Any, prefix: str, above: str
) -> Iterator[tuple[str, Place]]:
    for name, value in content.items() if isinstance(content, dict) else ():
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        path = f"{prefix}{name}"
        label = _joined(above, capfirst(str(getattr(field, "verbose_name", name))))
        if isinstance(field, StreamField):
            yield path, Place(label)
            yield from _blocks(field.stream_block, _parsed(value), path, "", None)
        elif isinstance(field, RichTextField):
            yield path, Place(label, is_rich=True)
        elif isinstance(field, models.CharField | models.TextField):
            yield path, Place(label, max_length=field.max_length, is_heading=name == "title")
        elif isinstance(field, models.ManyToOneRel) and isinstance(value, list):
            child = field.related_model
            kind = capfirst(str(child._meta.verbose_name))
            for one in value:
                key = one.get("translation_key") if isinstance(one, dict) else None
                if key:
                    yield from _fields(child, one, f"{path}.{key}.", kind)


def _blocks(
    block: Any, value: Any, path: str, above: str, image: int | None
) -> Iterator[tuple[str, Place]]:
    if isinstance(block, blocks.StreamBlock):
        for one in value if isinstance(value, list) else ():
            if isinstance(one, dict) and one.get("type") in block.child_blocks and one.get("id"):
                child = block.child_blocks[one["type"]]
                label = _joined(above, str(child.label))
                here = f"{path}.{one['id']}"
                yield from _blocks(child, one.get("value"), here, label, image)
    elif isinstance(block, blocks.StructBlock):
        value = value if isinstance(value, dict) else {}
        own = next(
            (
                value[name]
                for name, child in block.child_blocks.items()
                if isinstance(child, ImageChooserBlock) and isinstance(value.get(name), int)
            ),
            image,
        )
        yield path, Place(above, image=own)
        for name, child in block.child_blocks.items():
            label = _joined(above, str(child.label))
            yield from _blocks(child, value.get(name), f"{path}.{name}", label, own)
    elif isinstance(block, blocks.ListBlock):
        yield path, Place(above, image=image)
        for one in value if isinstance(value, list) else ():
            if isinstance(one, dict) and one.get("id"):
                here = f"{path}.{one['id']}"
                yield from _blocks(block.child_block, one.get("value"), here, above, image)
    else:
        is_rich = isinstance(block, blocks.RichTextBlock)
        is_heading = "heading" in (block.name or "")
        limit = getattr(getattr(block, "field", None), "max_length", None)
        # Texts inside, such as a table's cells, are found by what they stand in.
        yield path, Place(above, is_rich, None if is_rich else limit, image, is_heading)


def _parsed(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return []


def _joined(above: str, label: str) -> str:
    return f"{above} · {label}" if above else label
