"""The blocks of a body: which texts each has, and the form in which it is stored.

The names and fields are those of the package's own blocks, told by two tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any, Protocol

from .words import ANYWHERE, Place, Text

Ids = Callable[[int], str]
"""Gives the id of an item in a block, by its number."""


class Kind(Enum):
    """What a field of a block holds."""

    LINE = "line"
    RICH = "rich"
    PLAIN = "plain"
    """What is the same in all languages: an address, a date, a code."""
    PICTURE = "picture"
    FILE = "file"
    PAGE = "page"
    PICTURES = "pictures"
    ENTRIES = "entries"


class Shelf(Protocol):
    """What a body is stored in: it knows some blocks, and the keys of files and pages."""

    def knows(self, block: Mapping[str, Any]) -> bool:
        """Return whether there is a block of that name with the fields that this one has."""

    def picture(self, name: str, description: str) -> int:
        """Return the key of an image."""

    def file(self, name: str, title: str) -> int:
        """Return the key of a document."""

    def page(self, slug: str) -> int:
        """Return the key of a piece in the language of the body."""

    def rich(self, inside: str, key: str) -> str:
        """Return a paragraph as rich text is stored."""


_PICTURE_FIELDS = {
    "image": Kind.PICTURE,
    "alt": Kind.LINE,
    "caption": Kind.LINE,
    "credit": Kind.LINE,
    "decorative": Kind.PLAIN,
}
_ENTRY_FIELDS = {
    "when": Kind.LINE,
    "date": Kind.PLAIN,
    "heading": Kind.LINE,
    "text": Kind.RICH,
}
_ITEMS: Mapping[Kind, Mapping[str, Kind]] = {
    Kind.PICTURES: _PICTURE_FIELDS,
    Kind.ENTRIES: _ENTRY_FIELDS,
}
"""The fields of an item, by the kind of the list that it stands in."""
_FIELDS: Mapping[str, Mapping[str, Kind]] = {
    "image": _PICTURE_FIELDS,
    "gallery": {"images": Kind.PICTURES, "caption": Kind.LINE},
    "quote": {"text": Kind.LINE, "attribution": Kind.LINE},
    "pull_quote": {"text": Kind.LINE, "attribution": Kind.LINE},
    "embed": {"url": Kind.PLAIN, "title": Kind.LINE, "caption": Kind.LINE},
    "video": {
        "file": Kind.FILE,
        "poster": Kind.PICTURE,
        "title": Kind.LINE,
        "caption": Kind.LINE,
        "credit": Kind.LINE,
        "transcript": Kind.RICH,
    },
    "fact_box": {"title": Kind.LINE, "text": Kind.RICH},
    "callout": {"kind": Kind.PLAIN, "text": Kind.RICH},
    "timeline": {"heading": Kind.LINE, "entries": Kind.ENTRIES},
    "document": {"document": Kind.FILE, "title": Kind.LINE},
    "related_piece": {"page": Kind.PAGE, "note": Kind.LINE},
    "social_post": {
        "url": Kind.PLAIN,
        "network": Kind.PLAIN,
        "author": Kind.LINE,
        "text": Kind.LINE,
        "date": Kind.PLAIN,
    },
}
"""The blocks that have fields, each with those that it may have."""
_TEXTS = {"paragraph": Kind.RICH, "heading": Kind.LINE, "subheading": Kind.LINE}
"""The blocks that are a text."""
EMPTY = {"divider": None, "share": {}, "social_follow": {}}
"""The blocks that hold nothing, with what is stored for them."""


def has_fields(block: Mapping[str, Any]) -> bool:
    """Return whether a block has fields, and is not a text, a list or a table alone."""
    return block["type"] in _FIELDS


def places(block: Mapping[str, Any], path: str, ids: Ids) -> Iterator[Place]:
    """Yield the texts of a block that stands at a path."""
    match block["type"]:
        case "list":
            for number, item in enumerate(block["items"]):
                yield Place(f"{path}.{ids(number)}", item, is_rich=True)
        case "table":
            for text in (block["caption"], *(cell for row in block["rows"] for cell in row)):
                yield Place(f"{path}.{ANYWHERE}", text)
        case name if name in _TEXTS:
            yield Place(path, block["text"], is_rich=_TEXTS[name] is Kind.RICH)
        case name if name in _FIELDS:
            yield from _places_of_fields(block, _FIELDS[name], path, ids)
        case name if name not in EMPTY and name != "raw_html":
            raise ValueError(f"There is no such block: {name}")


def _places_of_fields(
    values: Mapping[str, Any], kinds: Mapping[str, Kind], path: str, ids: Ids
) -> Iterator[Place]:
    for name, kind in kinds.items():
        if name not in values:
            continue
        if kind in _ITEMS:
            for number, item in enumerate(values[name]):
                at = f"{path}.{name}.{ids(number)}"
                yield from _places_of_fields(item, _ITEMS[kind], at, ids)
        elif kind in (Kind.LINE, Kind.RICH):
            yield Place(f"{path}.{name}", values[name], is_rich=kind is Kind.RICH)


def stored(block: Mapping[str, Any], key: str, ids: Ids, shelf: Shelf, language: str) -> Any:
    """Return a block's value as it is stored, with its texts in a language."""
    match block["type"]:
        case "list":
            return [
                {
                    "type": "item",
                    "id": ids(number),
                    "value": shelf.rich(item[language], ids(number)),
                }
                for number, item in enumerate(block["items"])
            ]
        case "table":
            return {
                "data": [[cell[language] for cell in row] for row in block["rows"]],
                "table_caption": block["caption"][language],
                "first_row_is_table_header": True,
                "first_col_is_header": True,
                "table_header_choice": "both",
            }
        case "raw_html":
            return block["html"]
        case name if name in EMPTY:
            return EMPTY[name]
        case name if name in _TEXTS:
            text = block["text"][language]
            return shelf.rich(text, key) if _TEXTS[name] is Kind.RICH else text
    kinds = _FIELDS[block["type"]]
    return _stored_fields(block, kinds, key, ids, shelf, language)


def _stored_fields(
    values: Mapping[str, Any],
    kinds: Mapping[str, Kind],
    key: str,
    ids: Ids,
    shelf: Shelf,
    language: str,
) -> dict[str, Any]:
    def value(name: str, kind: Kind) -> Any:
        given: Any = values[name]
        text: Text = values.get("alt") or values.get("title") or {}
        match kind:
            case Kind.PLAIN:
                return given
            case Kind.LINE:
                return given[language]
            case Kind.RICH:
                return shelf.rich(given[language], key)
            case Kind.PICTURE:
                return shelf.picture(given, text.get(language, ""))
            case Kind.FILE:
                return shelf.file(given, text.get(language, ""))
            case Kind.PAGE:
                return shelf.page(given)
            case Kind.PICTURES | Kind.ENTRIES:
                return [
                    {
                        "type": "item",
                        "id": ids(number),
                        "value": _stored_fields(
                            item, _ITEMS[kind], ids(number), ids, shelf, language
                        ),
                    }
                    for number, item in enumerate(given)
                ]

    return {name: value(name, kind) for name, kind in kinds.items() if name in values}
