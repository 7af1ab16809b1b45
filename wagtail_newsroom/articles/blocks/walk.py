"""All blocks of a body, those inside other blocks too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wagtail.blocks import Block, StreamValue, StructValue
from wagtail.blocks.list_block import ListValue


def walk(body: Iterable[Any]) -> Iterator[tuple[Block, Any]]:
    """Yield each block with its value, in the order of reading, a block before those in it."""
    for child in body:
        yield from _inside(child.block, child.value)


def _inside(block: Block, value: Any) -> Iterator[tuple[Block, Any]]:
    yield block, value
    if isinstance(value, StructValue):
        for name, field in value.items():
            yield from _inside(value.block.child_blocks[name], field)
    elif isinstance(value, ListValue):
        for item in value.bound_blocks:
            yield from _inside(item.block, item.value)
    elif isinstance(value, StreamValue):
        yield from walk(value)
