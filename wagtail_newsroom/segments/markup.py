"""Reads an HTML fragment: its texts, its tags, and the words in it that must stay as they are.

A fragment is what wagtail-localize stores as a string: escaped text, `<br/>`, bare inline tags,
and links as `<a id="a1">`.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from .cleaning import TAG_LIKE

Keep = Callable[[str], Sequence[tuple[int, int]]]
"""Takes a plain text; returns the start and end of each stretch that must stay as it is."""


class Kind(Enum):
    """What a part of a fragment is."""

    TEXT = "text"
    OPEN = "open"
    CLOSE = "close"
    VOID = "void"
    """A tag without content, such as `<br/>`."""
    ATOM = "atom"
    """An address, handle, placeholder or name inside the text, to be kept letter by letter."""


@dataclass(frozen=True)
class Part:
    """One stretch of a fragment."""

    kind: Kind
    text: str
    """For texts and atoms the plain, unescaped text; for tags the tag in its canonical form."""
    name: str = ""
    """The tag's name in lower case."""

    @property
    def html(self) -> str:
        """The part as it stands in a fragment."""
        is_plain = self.kind in (Kind.TEXT, Kind.ATOM)
        return html.escape(self.text, quote=False) if is_plain else self.text


_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s[^<>]*|/)?)>")
_ATTRIBUTE = re.compile(r"""([^\s=/>"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_QUOTES = "\"'"
_VOID_NAMES = frozenset({"br", "wbr", "hr", "img", "embed"})

_ADDRESS_END = r"""[^\s<>"'«»“”،؛؟.,;:!?)\]}…\u200e\u200f]"""
_ATOM = re.compile(
    "|".join(
        [
            rf"(?<!\w)(?:(?:https?|ftp)://|www\.)[^\s<>\"«»“”،؛؟\u200e\u200f]*{_ADDRESS_END}",
            r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+",
            # Addresses without a scheme, with the endings that news texts have.
            r"(?<![\w@.-])(?:[A-Za-z0-9-]{1,63}\.)+(?:com|org|net|info|edu|gov|int|ir|uk|eu|de|fr)"
            rf"\b(?:/[^\s<>\"«»“”،؛؟\u200e\u200f]*{_ADDRESS_END})?(?![\w-])",
            r"(?<![\w@/])@[A-Za-z0-9_]{1,50}(?:\.[A-Za-z0-9_]+)*",
            r"(?<![\w&#/])#\w*[^\W\d_]\w*",
            r"\{\{[^{}]{1,80}\}\}|\{[A-Za-z_][\w.]{0,60}\}|\{\d{0,2}\}",
            r"%\(\w{1,60}\)[sdifr]|(?<![\w%])%[sd](?![A-Za-z0-9_])",
            # What cleaning would unescape or strip if it came back bare.
            r"(?P<entity>&[^\s<&;]{1,32};?)",
            TAG_LIKE.pattern,
        ]
    ),
    re.IGNORECASE,
)

# Every atom has one of these; a dot counts only inside a word. Most texts have none.
_MAY_HOLD_ATOM = re.compile(r"[@#{%&<]|://|\w\.\w")


def _canonical(closing: str, name: str, rest: str) -> str:
    name = name.lower()
    if closing:
        return f"</{name}>"
    attributes = "".join(
        f' {match[1]}="{html.escape(html.unescape((match[2] or "").strip(_QUOTES)))}"'
        for match in _ATTRIBUTE.finditer(rest)
    )
    return f"<{name}{attributes}/>" if _is_void(name, rest) else f"<{name}{attributes}>"


def _is_void(name: str, rest: str) -> bool:
    return name.lower() in _VOID_NAMES or rest.rstrip().endswith("/")


def parts(fragment: str) -> list[Part]:
    """Return a fragment's texts and tags in order; empty texts are left out."""
    return list(_parts(fragment))


# Each check of a text reads it anew; a piece of some hundred passages fits.
@lru_cache(maxsize=2048)
def _parts(fragment: str) -> tuple[Part, ...]:
    found: list[Part] = []
    position = 0
    for match in _TAG.finditer(fragment):
        _add_text(found, fragment[position : match.start()])
        closing, name, rest = match.groups()
        kind = Kind.VOID if _is_void(name, rest) else Kind.CLOSE if closing else Kind.OPEN
        tag = _canonical("" if kind is Kind.VOID else closing, name, rest)
        found.append(Part(kind, tag, name.lower()))
        position = match.end()
    _add_text(found, fragment[position:])
    return tuple(found)


def _add_text(found: list[Part], raw: str) -> None:
    if raw:
        found.append(Part(Kind.TEXT, html.unescape(raw)))


def split_atoms(text: str) -> Iterator[Part]:
    """Yield a plain text's parts: texts, and the atoms between them."""
    if not _MAY_HOLD_ATOM.search(text):
        yield Part(Kind.TEXT, text)
        return
    position = 0
    for match in _ATOM.finditer(text):
        if match["entity"] and html.unescape(match["entity"]) == match["entity"]:
            continue
        if match.start() > position:
            yield Part(Kind.TEXT, text[position : match.start()])
        yield Part(Kind.ATOM, match[0])
        position = match.end()
    if position < len(text):
        yield Part(Kind.TEXT, text[position:])


def parts_with_atoms(fragment: str, keep: Keep | None = None) -> list[Part]:
    """Return a fragment's tags, atoms and the texts between them, in order.

    What `keep` finds in the texts, a glossary's names perhaps, is an atom too.
    """
    found: list[Part] = []
    for part in parts(fragment):
        if part.kind is not Kind.TEXT:
            found.append(part)
            continue
        for piece in split_atoms(part.text):
            if keep is None or piece.kind is not Kind.TEXT:
                found.append(piece)
            else:
                found.extend(_split_at(piece.text, keep(piece.text)))
    return found


def _split_at(text: str, kept: Sequence[tuple[int, int]]) -> Iterator[Part]:
    position = 0
    for start, end in kept:
        if start > position:
            yield Part(Kind.TEXT, text[position:start])
        yield Part(Kind.ATOM, text[start:end])
        position = end
    if position < len(text):
        yield Part(Kind.TEXT, text[position:])


def tags_of(fragment: str) -> Counter[str]:
    """Return how often each tag, with its id, stands in a fragment."""
    if "<" not in fragment:
        return Counter()
    return Counter(part.text for part in parts(fragment) if part.kind is not Kind.TEXT)


def partners(sequence: list[Part]) -> dict[int, int]:
    """Return the positions of tags that belong together, each pointing at the other.

    A tag without a partner is missing from the result.
    """
    found: dict[int, int] = {}
    open_tags: list[int] = []
    for position, part in enumerate(sequence):
        if part.kind is Kind.OPEN:
            open_tags.append(position)
        elif part.kind is Kind.CLOSE and open_tags and sequence[open_tags[-1]].name == part.name:
            start = open_tags.pop()
            found[start], found[position] = position, start
    return found


def is_nested(fragment: str) -> bool:
    """Whether every tag of a fragment is closed, and closed in the right order."""
    if "<" not in fragment:
        return True
    sequence = parts(fragment)
    paired = [part for part in sequence if part.kind in (Kind.OPEN, Kind.CLOSE)]
    return len(partners(sequence)) == len(paired)
