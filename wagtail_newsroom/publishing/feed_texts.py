"""The whole texts of many pieces for feeds: plain HTML, in a number of queries that does not grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

import nh3
from wagtail.blocks import StreamValue

from ..articles.blocks import RelatedPieceBlock, walk
from ..articles.pictures import images_of, prefetch_renditions
from ..articles.reading import CONTEXT_NAME, Reading, read_pieces

LEFT_OUT = frozenset({"divider", "share", "social_follow"})
"""Blocks that belong to the page and not to the text."""

_TAGS = set(
    "a abbr b bdi blockquote br caption cite code dd del div dl dt em figcaption figure h2 h3 h4 h5"
    " h6 hr i img ins li ol p pre s small strong sub sup table tbody td tfoot th thead time tr u ul"
    " video".split()
)
_WITH_CONTENT = {
    "button",
    "form",
    "iframe",
    "noscript",
    "object",
    "script",
    "style",
    "svg",
    "template",
}
_ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href", "hreflang"},
    "img": {"alt", "height", "src", "width"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "video": {"controls", "poster", "src"},
}
_ADDRESSES = ("href", "poster", "src")


def texts_of(pieces: Iterable[Any], *, base: str) -> dict[int, str]:
    """Return the bodies of pieces of one language as HTML, by their keys; cleaned, never trusted.

    `base` is what addresses of this site are completed with. Render them in the pieces' language.
    For each class of pieces: one query for the bodies, one for each kind of thing that blocks
    point to, whatever the number of pieces.
    """
    by_class: defaultdict[type[Any], list[Any]] = defaultdict(list)
    for piece in pieces:
        by_class[type(piece)].append(piece)
    found: dict[int, str] = {}
    for model, some in by_class.items():
        bodies = model.objects.filter(pk__in=[piece.pk for piece in some]).in_bulk()
        found.update(_texts({pk: row.body for pk, row in bodies.items()}, some[0].locale_id, base))
    return found


def _texts(bodies: dict[int, StreamValue], locale_id: int, base: str) -> dict[int, str]:
    # Wagtail reads what the blocks of one stream point to together, so all are made one.
    stream = next(iter(bodies.values())).stream_block if bodies else None
    if stream is None:
        return {}
    owners = [pk for pk, body in bodies.items() for _item in body.raw_data]
    raw = [item for body in bodies.values() for item in body.raw_data]
    joint = StreamValue(stream, raw, is_lazy=True)
    prefetch_renditions(images_of(joint), locale_id)
    chosen = [
        value.get("page") for block, value in walk(joint) if isinstance(block, RelatedPieceBlock)
    ]
    related = read_pieces(chosen, locale_id)
    readings = {pk: Reading(related) for pk in bodies}
    parts: defaultdict[int, list[str]] = defaultdict(list)
    for pk, child in zip(owners, joint, strict=True):
        if child.block_type not in LEFT_OUT:
            parts[pk].append(str(child.render({CONTEXT_NAME: readings[pk]})))
    return {pk: clean("\n".join(html), base=base) for pk, html in parts.items()}


def clean(html: str, *, base: str) -> str:
    """Return HTML that any feed reader may show: no scripts, no styles, whole addresses."""

    def keep(_tag: str, name: str, value: str) -> str:
        return urljoin(base, value) if name in _ADDRESSES else value

    return nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=keep,
        link_rel=None,
    ).strip()
