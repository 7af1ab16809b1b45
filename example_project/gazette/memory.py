"""The newspaper's translation memory, written as TMX 1.4.

Specification: https://www.gala-global.org/tmx-14b
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from wagtail.models import Locale

from wagtail_newsroom.models import ArticlePage

from .content import read_newspaper
from .translations import segment_pairs

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
    """Return the segments of the articles whose Persian the memory delivers, each once.

    The articles must be in the database, because wagtail-localize cuts pages, not files.
    """
    pairs = [
        pair
        for piece in read_newspaper().articles
        if piece.persian == "memory"
        for pair in segment_pairs(
            piece, ArticlePage.objects.get(slug=piece.slug, locale=Locale.get_default())
        )
    ]
    return list(dict.fromkeys(pairs))
