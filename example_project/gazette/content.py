"""The newspaper's words: what stands in `content/`, read into plain Python.

Each text is there in the language in which its piece was written and, where it has been
translated, in the other one. A rich text is the inside of one paragraph; its translation carries
the links as wagtail-localize names them, `<a id="a1">` for the first one. An address
`article:<slug>` links to a piece of the newspaper.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import bodies
from .words import Place, Text

CONTENT = Path(__file__).resolve().parent.parent / "content"
PICTURES = CONTENT / "pictures"
FILES = CONTENT / "files"
MEMORY = CONTENT / "memory.en-fa.tmx"

# Ids stay the same in every database, so that a text is found again by its place.
_IDS = uuid.UUID("5d1c1d2e-6c0b-4b54-9b7a-3a0a4c8f7e11")


@dataclass(frozen=True)
class Piece:
    """A home, a section or an article, as its file tells it."""

    slug: str
    fields: Mapping[str, Text]
    """The texts that are fields of the page."""
    language: str = "en"
    """The language in which it was written."""
    translation: str = "reviewed"
    """How far it is in the other language: `reviewed` and live, `approved`, `drafted` by the
    machine out of the memory, in the `memory` only, or `missing`."""
    section: str = ""
    """The slug of the section that an article, or a section, stands in; empty below the home."""
    type: str = "news"
    published_at: str | None = None
    published_hours_ago: int | None = None
    updated_at: str | None = None
    dateline_date: str | None = None
    breaking_hours: int | None = None
    """How long it stays breaking news, from the loading on."""
    embargo_days: int | None = None
    """For how many days, from the loading on, it may not leave the site."""
    withdrawn_at: str | None = None
    kicker_section: str = ""
    kicker_url: str = ""
    lead_video_url: str = ""
    internal_note: str = ""
    lead_image: Mapping[str, Any] | None = None
    bylines: tuple[Mapping[str, str], ...] = ()
    """Who did what, by the slug of the author."""
    translators: tuple[str, ...] = ()
    """Who wrote it in the other language."""
    tags: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    corrections: tuple[Mapping[str, Any], ...] = ()
    sources: tuple[Mapping[str, Any], ...] = ()
    body: tuple[Mapping[str, Any], ...] = ()
    later: Mapping[str, Any] = field(default_factory=dict)
    """A paragraph that was changed after the translation had been published."""

    def id(self, *place: int | str) -> str:
        """Return the id of a block of the body, of an item in it, or of a correction."""
        return str(uuid.uuid5(_IDS, "/".join([self.slug, *map(str, place)])))

    def places(self) -> Iterator[Place]:
        """Yield all texts in reading order."""
        for name, text in self.fields.items():
            yield Place(name, text)
        for name in ("alt", "caption", "credit") if self.lead_image else ():
            yield Place(f"lead_image_{name}", self.lead_image[name])  # type: ignore[index]
        for index, block in enumerate(self.body):
            yield from bodies.places(block, f"body.{self.id(index)}", self._ids_in(index))
        for index, source in enumerate(self.sources):
            yield Place(f"sources.{self.id('source', index)}.title", source["title"])
        for index, correction in enumerate(self.corrections):
            key = self.id("correction", index)
            yield Place(f"newsroom_corrections.{key}.text", correction["text"])

    def _ids_in(self, index: int) -> bodies.Ids:
        return lambda number: self.id(index, number)

    def stored_body(self, shelf: bodies.Shelf, *, later: bool = False) -> list[dict[str, Any]]:
        """Return the body in the form in which it is stored.

        Blocks that the shelf does not know are left out. With `later`, the body has its change.
        """
        blocks = list(self.body)
        if later:
            text = {**blocks[self.later["block"]]["text"], self.language: self.later["text"]}
            blocks[self.later["block"]] = {**blocks[self.later["block"]], "text": text}
        return [
            {
                "type": block["type"],
                "id": self.id(index),
                "value": bodies.stored(
                    block, self.id(index), self._ids_in(index), shelf, self.language
                ),
            }
            for index, block in enumerate(blocks)
            if shelf.knows(block)
        ]


@dataclass(frozen=True)
class Newspaper:
    """All that the newspaper says."""

    home: Piece
    sections: tuple[Piece, ...]
    """A section comes after the one that it stands in."""
    articles: tuple[Piece, ...]
    """In the order in which they are loaded: an article links only to those before it."""
    front: Mapping[str, Mapping[str, Any]]
    """What each language's front page leads with, and its picks, by slug."""
    authors: tuple[Mapping[str, Any], ...]
    tags: tuple[Mapping[str, Any], ...]


def read_newspaper(folder: Path = CONTENT) -> Newspaper:
    """Read the newspaper from its files."""
    site = _read(folder / "site.json")
    return Newspaper(
        home=_piece(site["home"]),
        sections=tuple(_piece(section) for section in site["sections"]),
        articles=tuple(
            _piece(_read(folder / "articles" / f"{slug}.json")) for slug in site["articles"]
        ),
        front=site["front"],
        authors=tuple(_read(folder / "authors.json")),
        tags=tuple(_read(folder / "tags.json")),
    )


def _piece(data: dict[str, Any]) -> Piece:
    return Piece(
        **{name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    )


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
