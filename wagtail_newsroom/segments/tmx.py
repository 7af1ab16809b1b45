"""Reading and writing TMX, the format in which translation memories travel.

TMX 1.4b: https://www.gala-global.org/tmx-14b
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, Protocol
from xml.etree.ElementTree import Element  # noqa: S405 - a type; defusedxml does the parsing

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from .. import __version__
from .inline import LinkIds, clean, pieces

MAX_CHARACTERS = 20_000
"""The longest text that is read; a unit with a longer one is given without it."""

# No unit that people made comes near; a file that does is made to fill the memory.
_MAX_DEPTH = 50
_MAX_ELEMENTS = 20_000

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Characters that XML 1.0 cannot hold: https://www.w3.org/TR/xml/#charsets
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NATIVE = frozenset({"bpt", "ept", "it", "ph", "ut"})
# Codes of expat's errors: the document, a token or a character ends too early.
_CUT_SHORT = frozenset({3, 5, 6})
_BAD_ENCODING = frozenset({18, 19})


def gettext_noop(message: str) -> str:
    """Return the message itself; marks it for the catalogue, from which the desk translates it."""
    return message


NOT_XML = gettext_noop("This file is not a TMX file: it is not XML.")
NOT_TMX = gettext_noop("This file is XML but not TMX: it begins with <%(name)s>.")
NO_UNITS = gettext_noop("This TMX file holds no translations.")
CUT_SHORT = gettext_noop("This TMX file is cut short: its end is missing.")
BAD_ENCODING = gettext_noop("This file is not in the encoding that it states.")
ENTITIES = gettext_noop("This file declares entities of its own, which are not accepted.")
BROKEN = gettext_noop("This TMX file is broken at line %(line)d.")
TOO_DEEP = gettext_noop("This file is not a TMX file that people could have made.")


class BadTmx(Exception):  # noqa: N818 - named after what the editor gave
    """A file is not a TMX file that can be read.

    `sentence` is a message of the catalogue, `values` fills its placeholders.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        self.sentence = sentence
        self.values = values
        super().__init__(sentence % values if values else sentence)


@dataclass(frozen=True, slots=True)
class Unit:
    """One text in several languages."""

    texts: Mapping[str, str]
    """HTML fragments by language code, lower case as written in the file, such as `en-gb`."""
    source_language: str | None = None
    """The code of the language that the others were made from, where the file says so."""


class Readable(Protocol):
    """A binary file that is read from its beginning, and again if it turns out to be broken."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, none at the end."""

    def seek(self, offset: int, /) -> int:
        """Go to a place in the file."""


def read_units(file: Readable) -> Iterator[Unit]:
    """Yield the units of a TMX file, one after another, in memory that does not grow.

    Tags inside `<bpt>`, `<ept>`, `<ph>` and `<it>` and tags in the text itself become a
    fragment's tags if they are allowed in one. Nothing outside the file is fetched. Raises
    `BadTmx`, at once or after some units: whoever stores them must be able to take them back.
    """
    units = 0
    srclang: str | None = None
    open_elements: list[Element] = []
    elements = 0
    for event, element in _events(file):
        name = _name(element)
        if event == "start":
            if not open_elements and name != "tmx":
                raise BadTmx(NOT_TMX, name=name[:40])
            open_elements.append(element)
            elements += 1
            if len(open_elements) > _MAX_DEPTH or elements > _MAX_ELEMENTS:
                raise BadTmx(TOO_DEEP)
            continue
        open_elements.pop()
        if name == "header":
            srclang = _code(element.get("srclang"))
        elif name == "tu":
            units += 1
            yield _unit(element, srclang)
        if name in ("header", "tu"):
            # Parents keep every child unless told otherwise.
            for parent in open_elements:
                parent.clear()
            elements = len(open_elements)
    if not units:
        raise BadTmx(NO_UNITS)


def _events(file: Readable) -> Iterator[tuple[str, Element]]:
    """Yield what the parser finds; raises its errors as ours."""
    started = False
    try:
        # TMX files name a DTD, so one may be named; it is not read.
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=False):
            started = True
            yield event, element
    except DefusedXmlException as error:
        raise BadTmx(ENTITIES) from error
    except ParseError as error:
        raise _explain(error, file, started=started) from error
    except (LookupError, ValueError) as error:
        # An encoding that Python does not know, or one that expat cannot use.
        raise BadTmx(BAD_ENCODING) from error


def _explain(error: ParseError, file: Readable, *, started: bool) -> BadTmx:
    if error.code in _BAD_ENCODING or _is_misencoded(file):
        return BadTmx(BAD_ENCODING)
    if not started:
        return BadTmx(NOT_XML)
    if error.code in _CUT_SHORT:
        return BadTmx(CUT_SHORT)
    return BadTmx(BROKEN, line=error.position[0])


def _is_misencoded(file: Readable) -> bool:
    """Return whether a file that begins as XML in UTF-8 holds bytes that are none."""
    file.seek(0)
    start = file.read(200)
    named = re.search(rb"""encoding\s*=\s*["']([\w.-]+)""", start)
    if not start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or (
        named and named[1].lower() not in (b"utf-8", b"utf8")
    ):
        return False
    file.seek(0)
    try:
        for _text in codecs.iterdecode(iter(lambda: file.read(65536), b""), "utf-8"):
            pass
    except UnicodeDecodeError as error:
        # A file that is cut in the middle of a character is cut short, not misencoded.
        return error.reason != "unexpected end of data"
    return False


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _code(language: str | None) -> str | None:
    code = (language or "").strip().lower().replace("_", "-")
    return code if code and code != "*all*" else None


def _unit(element: Element, srclang: str | None) -> Unit:
    source = _code(element.get("srclang")) or srclang
    variants = [
        (code, segment)
        for variant in element
        if _name(variant) == "tuv"
        and (code := _code(variant.get(_LANG) or variant.get("lang")))
        and (segment := next((child for child in variant if _name(child) == "seg"), None))
        is not None
    ]
    # Links are numbered by the text that the others were made from.
    variants.sort(key=lambda variant: variant[0] != source)
    links = LinkIds()
    texts: dict[str, str] = {}
    for code, segment in variants:
        links.next_text()
        if sum(map(len, segment.itertext())) <= MAX_CHARACTERS:
            texts.setdefault(code, _fragment(segment, links).strip(" "))
    return Unit(texts=texts, source_language=source)


def _fragment(element: Element, links: LinkIds) -> str:
    parts = [clean(element.text or "", links=links)]
    for child in element:
        name = _name(child)
        if name in _NATIVE:
            parts.append(clean(child.text or "", links=links, markup_only=True))
        elif name == "hi":
            parts.append(_fragment(child, links))
        parts.append(clean(child.tail or "", links=links))
    return "".join(parts)


def write_units(file: IO[bytes], units: Iterable[Unit], *, source_language: str | None) -> int:
    """Write units as a TMX file in UTF-8, one after another, and return how many they were.

    Without a source language each unit names its own.
    """
    count = 0
    file.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
        '<tmx version="1.4">\n'
        f'<header creationtool="wagtail-newsroom" creationtoolversion="{__version__}" '
        'segtype="block" o-tmf="wagtail-newsroom" adminlang="en" '
        f'srclang="{_attribute(source_language or "*all*")}" datatype="html"/>\n'
        "<body>\n".encode()
    )
    for unit in units:
        count += 1
        file.write(_written(unit).encode())
    file.write(b"</body>\n</tmx>\n")
    return count


def _written(unit: Unit) -> str:
    source = unit.source_language
    variants = "".join(
        f'<tuv xml:lang="{_attribute(code)}"><seg>{_written_text(text)}</seg></tuv>'
        for code, text in sorted(unit.texts.items(), key=lambda item: item[0] != source)
    )
    attribute = f' srclang="{_attribute(source)}"' if source else ""
    return f"<tu{attribute}>{variants}</tu>\n"


def _written_text(fragment: str) -> str:
    written = []
    open_tags: list[int] = []
    number = 0
    for piece, tag in pieces(fragment):
        if tag is None:
            written.append(_escape(_plain(piece)))
        elif tag["name"] == "br":
            written.append(f'<ph type="lb">{_escape(piece)}</ph>')
        elif not tag["end"]:
            number += 1
            open_tags.append(number)
            written.append(f'<bpt i="{number}">{_escape(piece)}</bpt>')
        elif open_tags:
            written.append(f'<ept i="{open_tags.pop()}">{_escape(piece)}</ept>')
    # What was opened and never closed is no markup that could be paired.
    written.extend(f'<ept i="{left}"></ept>' for left in reversed(open_tags))
    return "".join(written)


def _plain(text: str) -> str:
    """Return the text as people read it, or still escaped where a reader would take it for HTML."""
    plain = html.unescape(text)
    is_ambiguous = html.unescape(plain) != plain or any(tag for _piece, tag in pieces(plain))
    return text if is_ambiguous else plain


def _escape(text: str) -> str:
    return html.escape(_NO_XML.sub("", text), quote=False)


def _attribute(value: Any) -> str:
    return html.escape(_NO_XML.sub("", str(value)))
