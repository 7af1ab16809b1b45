"""Stored values in the form that they have today: nulls, plain lists and older forms mended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail import blocks

from .text import with_item_ids
from .values import NeverNullStructBlock


def stored_form(block: blocks.Block, value: Any) -> Any:
    """Return a stored value in the form that wagtail-localize can read, nothing lost."""
    if isinstance(block, blocks.StructBlock):
        fields = (
            block.fields_of(value)
            if isinstance(block, NeverNullStructBlock)
            else value
            if isinstance(value, Mapping)
            else {}
        )
        return {
            name: stored_form(block.child_blocks[name], field)
            if name in block.child_blocks
            else field
            for name, field in fields.items()
        }
    if isinstance(block, blocks.ListBlock):
        return [
            {**item, "value": stored_form(block.child_block, item["value"])}
            for item in with_item_ids(block, list(value) if isinstance(value, list) else [])
        ]
    if value is None and isinstance(block, blocks.FieldBlock | blocks.StreamBlock):
        return block.get_prep_value(block.normalize(None))
    return value
