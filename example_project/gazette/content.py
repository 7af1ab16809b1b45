"""The newspaper's words: what stands in `content/`, read into plain Python.

Each text is there in English (`en`) and, where it has been translated, in Persian (`fa`). A rich
text is the inside of one paragraph; its Persian carries the links as wagtail-localize names them,
`<a id="a1">` for the first one. An address `article:<slug>` links to a piece of the newspaper.
"""

from __future__ import annotations

import html
import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).resolve().parent.parent / "content"
PICTURES = CONTENT / "pictures"
MEMORY = CONTENT / "memory.en-fa.tmx"

Text = Mapping[str, str]

# Block ids stay the same in every database, so that a text is found again by its place.
_BLOCKS = uuid.UUID("5d1c1d2e-6c0b-4b54-9b7a-3a0a4c8f7e11")


@dataclass(frozen=True)
class Place:
    """One text of a piece: where wagtail-localize finds it, and its words."""

    path: str
    text: Text
    is_rich: bool = False

    @property
    def persian(self) -> str:
        """The Persian as an HTML fragment, empty when there is none."""
        text = self.text.get("fa", "")
        return text if self.is_rich else html.escape(text, quote=False)


@dataclass(frozen=True)
class Piece:
    """A home, a section or an article, as its file tells it."""

    slug: str
    fields: Mapping[str, Text]
    section: str = ""
    """The slug of the section that an article stands in."""
    persian: str = "reviewed"
    """`reviewed` and live, in the `memory` only, or `missing`."""
    published_at: str | None = None
    lead_image: Mapping[str, Any] | None = None
    body: tuple[Mapping[str, Any], ...] = ()

    def block_id(self, *place: int) -> str:
        """Return the id of a block of the body, or of an item in its list."""
        return str(uuid.uuid5(_BLOCKS, "/".join([self.slug, *map(str, place)])))

    def places(self) -> Iterator[Place]:
        """Yield all texts in reading order."""
        for name, text in self.fields.items():
            yield Place(name, text)
        for name in ("alt", "caption", "credit") if self.lead_image else ():
            yield Place(f"lead_image_{name}", self.lead_image[name])  # type: ignore[index]
        for index, block in enumerate(self.body):
            yield from self._places_of_block(f"body.{self.block_id(index)}", index, block)

    def _places_of_block(self, path: str, index: int, block: Mapping[str, Any]) -> Iterator[Place]:
        match block["type"]:
            case "paragraph":
                yield Place(path, block["text"], is_rich=True)
            case "heading":
                yield Place(path, block["text"])
            case "list":
                for number, item in enumerate(block["items"]):
                    yield Place(f"{path}.{self.block_id(index, number)}", item, is_rich=True)
            case "image":
                for name in ("alt", "caption", "credit"):
                    yield Place(f"{path}.{name}", block[name])
            case "quote":
                for name in ("text", "attribution"):
                    yield Place(f"{path}.{name}", block[name])
            case other:
                raise ValueError(f"{self.slug}: no such block: {other}")


@dataclass(frozen=True)
class Newspaper:
    """All that the newspaper says."""

    home: Piece
    sections: tuple[Piece, ...]
    articles: tuple[Piece, ...]
    """In the order in which they are loaded: an article links only to those before it."""


def read_newspaper(folder: Path = CONTENT) -> Newspaper:
    """Read the newspaper from its files."""
    site = _read(folder / "site.json")
    return Newspaper(
        home=Piece(**site["home"]),
        sections=tuple(Piece(**section) for section in site["sections"]),
        articles=tuple(
            _article(_read(folder / "articles" / f"{slug}.json")) for slug in site["articles"]
        ),
    )


def _article(data: dict[str, Any]) -> Piece:
    return Piece(**{**data, "body": tuple(data["body"])})


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
