"""Checks of words: one written twice, and he or she out of a language that has neither."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..scripts import primary
from ..tidy.characters import MARKS, SPACES
from ..tidy.reading import Edit
from .findings import Fix, Hit
from .pair import Pair

_WORD = r"[^\W\d_]+(?:\u200c[^\W\d_]+)*"
_TWICE = re.compile(
    rf"(?<![\w\u200c{MARKS}-])(?P<word>(?=[^\W\d_]{{2}}){_WORD})(?P<again>[{SPACES}]+(?P=word))"
    rf"(?![\w\u200c{MARKS}-])",
    re.IGNORECASE,
)
# Words that are doubled on purpose.
_ON_PURPOSE = (
    "کم تک یک دو سه ذره قدم آرام یواش دسته پله رفته خیلی گروه دانه نم تکه پاره جزء مو خانه کوچه فرد"
    " نفر سال روز لحظه لایه قطره وجب جا جور رنگ گونه نه آره بله پر"
    " had that very ha bye blah boo night knock long far no yes please many really now there hush"
    " tut baden bora sing"
)
_DOUBLED = frozenset(_ON_PURPOSE.split())


def repeated_word(pair: Pair) -> Iterator[Hit]:
    """Find a word that stands twice in a row and does not in the source."""
    if _TWICE.search(pair.source_text):
        return
    for match in _TWICE.finditer(pair.reading.text):
        if match["word"].lower() not in _DOUBLED:
            edit = Edit(match.start("again"), match["again"], "")
            yield Hit({"word": match["word"]}, (Fix("remove-repetition", (edit,)),))


_PERSON = re.compile(r"(?<![\w\u200c])(?:او|وی|ایشان|اوست)(?![\w\u200c])")
_HE_OR_SHE = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b(?!/)", re.IGNORECASE)
# With one of these in the source, the machine did not have to guess.
_TOLD = re.compile(
    r"(?<!\w)(?:مرد|زن|آقا|خانم|دختر|پسر|مادر|پدر|خواهر|برادر|همسر|شوهر|ملکه|پادشاه|شاه|بانو|عمو|عمه"
    r"|خاله|دایی|مادربزرگ|پدربزرگ|عروس|داماد|بازیگر زن|راهبه|کشیش)(?:ان|ی|ش|م|شان|\u200cها|\u200cای|\u200cاش)?(?!\w)"
)


def gender(pair: Pair) -> Iterator[Hit]:
    """Find he or she in English that comes from a Persian او, which is either."""
    if primary(pair.source) not in ("fa", "prs") or primary(pair.target) != "en":
        return
    if not _PERSON.search(pair.source_text) or _TOLD.search(pair.source_text):
        return
    pronouns = sorted({word.lower() for word in _HE_OR_SHE.findall(pair.target_text)})
    if pronouns:
        yield Hit({"pronouns": pronouns})
