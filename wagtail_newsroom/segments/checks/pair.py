"""A segment and its translation, read once for all checks."""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import cached_property

from ..glossary import Glossary
from ..keys import visible_text
from ..markup import Kind, Part, parts_with_atoms
from ..reasons import Reason
from ..tidy.reading import Reading, read
from ..verdict import reason_against


@dataclass(frozen=True)
class Pair:
    """A source and its translation, both HTML fragments."""

    source_fragment: str
    target_fragment: str
    source: str
    """The language code of the source."""
    target: str
    """The language code of the translation."""
    glossary: Glossary | None = None

    @cached_property
    def source_parts(self) -> list[Part]:
        """The tags, atoms and texts of the source."""
        return parts_with_atoms(self.source_fragment)

    @cached_property
    def target_parts(self) -> list[Part]:
        """The tags, atoms and texts of the translation."""
        return parts_with_atoms(self.target_fragment)

    @cached_property
    def source_text(self) -> str:
        """What a reader sees of the source."""
        return visible_text(self.source_fragment)

    @cached_property
    def target_text(self) -> str:
        """What a reader sees of the translation."""
        return visible_text(self.target_fragment)

    @cached_property
    def source_words(self) -> str:
        """The source without tags, addresses and placeholders."""
        return _words(self.source_parts)

    @cached_property
    def target_words(self) -> str:
        """The translation without tags, addresses and placeholders."""
        return _words(self.target_parts)

    @cached_property
    def reading(self) -> Reading:
        """The translation's plain text, in which fixes count their positions."""
        return read(self.target_fragment)

    @cached_property
    def reason(self) -> Reason | None:
        """Why no engine's answer of these words would be accepted, tags aside."""
        return reason_against(
            _without_tags(self.source_parts),
            _without_tags(self.target_parts),
            source=self.source,
            target=self.target,
        )


def _words(parts: list[Part]) -> str:
    return visible_text(
        "".join(html.escape(part.text) if part.kind is Kind.TEXT else _gap(part) for part in parts)
    )


def _without_tags(parts: list[Part]) -> str:
    return "".join(
        part.html if part.kind in (Kind.TEXT, Kind.ATOM) else _gap(part) for part in parts
    )


def _gap(part: Part) -> str:
    """Return what stands for a tag or atom between words; a word may be bold in part."""
    return " " if part.kind in (Kind.ATOM, Kind.VOID) else ""
