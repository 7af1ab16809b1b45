"""The words of a body, passage by passage, read without a query.

Wagtail's own way reads every picture and page that a block names; a list of twenty pieces would
ask for those of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock

__all__ = ["passages_of"]


def passages_of(body: blocks.StreamValue) -> Iterator[str]:
    """Yield the texts of a body's blocks as plain text, in order; nothing of what they point to."""
    yield from _of_stream(body.stream_block, body.raw_data)


def _of_stream(stream: blocks.BaseStreamBlock, items: Any) -> Iterator[str]:
    for item in items or ():
        if isinstance(item, Mapping):
            block = stream.child_blocks.get(item.get("type", ""))
            yield from _of_block(block, item.get("value"))


def _of_block(block: Any, value: Any) -> Iterator[str]:
    if value is None:
        return
    match block:
        case blocks.BaseStreamBlock():
            yield from _of_stream(block, value if isinstance(value, list) else ())
        case blocks.ListBlock():
            for item in value if isinstance(value, list) else ():
                is_item = isinstance(item, Mapping) and item.get("type") == "item"
                yield from _of_block(block.child_block, item.get("value") if is_item else item)
        case blocks.BaseStructBlock():
            fields = value if isinstance(value, Mapping) else {}
            for name, child in block.child_blocks.items():
                yield from _of_block(child, fields.get(name))
        case ChooserBlock():
            return
        case blocks.FieldBlock():
            yield from block.get_searchable_content(block.to_python(value))
