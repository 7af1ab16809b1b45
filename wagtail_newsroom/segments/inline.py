"""Markup that came from outside: made a segment's own, or taken out; and compared."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator

from .cleaning import INLINE_TAGS
from .markup import is_nested, tags_of

_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)"""
    r"""(?P<attributes>(?:\s[\w:-]+(?:\s?=\s?(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+))?)*)\s?/?>"""
)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s?=\s?(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>=]+))""")
_LINK_ID = re.compile(r"a[0-9]{1,4}")
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
# Control characters, and the marks that turn the direction of what follows them:
# https://www.unicode.org/reports/tr9/#Explicit_Directional_Embeddings
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\ud800-\udfff\ufffe\uffff]"
)
# What these hold is no text.
_SILENT = frozenset({"script", "style"})


class LinkIds:
    """Gives the links of one text and its translations their ids, `a1` and so on.

    wagtail-localize numbers links in reading order; a link in another language's text is known
    again by its address.
    """

    def __init__(self) -> None:
        self._ids: dict[tuple[str, int], str] = {}
        self._seen: Counter[str] = Counter()

    def next_text(self) -> None:
        """Starts the text in the next language."""
        self._seen.clear()

    def id_for(self, attributes: str) -> str | None:
        """Return the id of a link by its attributes; None for one that has no address."""
        values = {
            name.lower(): double or single or bare
            for name, double, single, bare in _ATTRIBUTE.findall(attributes)
        }
        if _LINK_ID.fullmatch(values.get("id", "")):
            return values["id"]
        address = values.get("href")
        if not address:
            return None
        self._seen[address] += 1
        return self._ids.setdefault((address, self._seen[address]), f"a{len(self._ids) + 1}")


def pieces(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Yield the text between tags, with None, and each complete tag, with its match."""
    position = 0
    for match in _TAG.finditer(text):
        if match.start() > position:
            yield text[position : match.start()], None
        yield match.group(), match
        position = match.end()
    if position < len(text):
        yield text[position:], None


def clean(text: str, *, links: LinkIds | None = None, markup_only: bool = False) -> str:
    """Return a text as a segment's fragment: allowed tags bare, other tags gone, text escaped.

    Scripts and styles go with what is in them; a `<` that begins no tag stays, escaped. With
    `markup_only` the text between the tags goes too.
    """
    links = links or LinkIds()
    cleaned = []
    silent = ""
    for piece, tag in pieces(_SPACE.sub(" ", _UNWANTED.sub("", text))):
        name = tag["name"].lower() if tag else ""
        if silent:
            if tag and tag["end"] and name == silent:
                silent = ""
        elif tag is None:
            if not markup_only:
                cleaned.append(html.escape(html.unescape(piece), quote=False))
        elif name in INLINE_TAGS:
            cleaned.append(_bare(name, tag, links))
        elif name in _SILENT and not tag["end"]:
            silent = name
    # Unescaping may have brought forth what was unwanted before.
    return _SPACE.sub(" ", _UNWANTED.sub("", "".join(cleaned)))


def _bare(name: str, tag: re.Match[str], links: LinkIds) -> str:
    if name == "br":
        return "<br/>"
    if tag["end"]:
        return f"</{name}>"
    link_id = links.id_for(tag["attributes"]) if name == "a" else None
    return f'<a id="{link_id}">' if link_id else f"<{name}>"


def have_same_tags(source: str, translation: str) -> bool:
    """Return whether two fragments hold the same tags, links by their ids, each nested rightly."""
    if "<" not in source and "<" not in translation:
        return True
    return is_nested(source) and is_nested(translation) and tags_of(source) == tags_of(translation)
