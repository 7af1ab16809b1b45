"""The newspaper's translation memory, written as TMX 1.4.

Specification: https://www.gala-global.org/tmx-14b
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from .content import read_newspaper

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
  <header creationtool="harbour-courier" creationtoolversion="1" segtype="paragraph" \
o-tmf="wagtail-localize" adminlang="en" srclang="en" datatype="html"/>
  <body>
"""
_UNIT = """    <tu>
      <tuv xml:lang="en"><seg>{source}</seg></tuv>
      <tuv xml:lang="fa"><seg>{target}</seg></tuv>
    </tu>
"""
_FOOT = """  </body>
</tmx>
"""


def as_tmx(pairs: Iterable[tuple[str, str]]) -> str:
    """Return pairs of HTML fragments, English and Persian, as a TMX file."""
    units = (_UNIT.format(source=escape(source), target=escape(target)) for source, target in pairs)
    return "".join([_HEAD, *units, _FOOT])


def pairs_for_memory() -> list[tuple[str, str]]:
    """Return the texts of the articles whose Persian the memory delivers, each once."""
    pairs = [
        (place.source("en"), place.translated("fa"))
        for piece in read_newspaper().articles
        if piece.translation in ("memory", "drafted")
        for place in piece.places()
    ]
    return list(dict.fromkeys(pairs))
