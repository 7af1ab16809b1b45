"""Checks over all segments of a piece."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from typing import TypeVar

from ..keys import visible_text
from ..markup import tags_of
from ..scripts import primary
from .content import readable, sentences
from .findings import Fix, Hit

Key = TypeVar("Key", bound=Hashable)
Segments = Mapping[Key, tuple[str, str]]
"""The fragments of a piece, source and target, by any key."""

_HALF_SPACE = re.compile("\u200c")
_LEAST_SENTENCES = 8
_LEAST_SHARE = 0.75


def inconsistent(segments: Segments[Key]) -> Iterator[tuple[Key, Hit]]:
    """Find segments with the same source that are translated in different ways."""
    same: dict[str, list[Key]] = defaultdict(list)
    for key, (source, _target) in segments.items():
        if text := readable(source):
            same[text].append(key)
    for all_keys in same.values():
        if len(all_keys) < 2:
            continue
        keys = [key for key in all_keys if visible_text(segments[key][1])]
        ways = {key: readable(_HALF_SPACE.sub(" ", segments[key][1])) for key in keys}
        if len(set(ways.values())) < 2:
            continue
        for key in keys:
            others = _first_of_each({other: way for other, way in ways.items() if way != ways[key]})
            targets = [segments[other][1] for other in others]
            yield (
                key,
                Hit(
                    {"others": [visible_text(target) for target in targets]},
                    tuple(
                        Fix("use-other", fragment=target)
                        for target in targets
                        if tags_of(target) == tags_of(segments[key][0])
                    ),
                ),
            )


def _first_of_each(ways: dict[Key, str]) -> list[Key]:
    return list({way: key for key, way in reversed(ways.items())}.values())[::-1]


def sentences_lost_in_piece(segments: Segments[Key], *, source: str, target: str) -> Iterator[Hit]:
    """Find a piece that has far fewer sentences in the translation."""
    if {primary(source), primary(target)} & {"zh", "ja", "ko", "yue", "th"}:
        return
    before = after = 0
    for fragment, translated in segments.values():
        if text := visible_text(translated):
            before += sentences(visible_text(fragment))
            after += sentences(text)
    if before >= _LEAST_SENTENCES and after < _LEAST_SHARE * before:
        yield Hit({"source": before, "target": after})
