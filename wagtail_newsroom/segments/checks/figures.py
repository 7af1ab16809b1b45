"""Reads the figures of a text, so that those of two languages can be compared.

A figure may be said in many ways: 1,500 is ۱٬۵۰۰ or ۱٫۵ هزار or هزار و پانصد, 1:45 p.m. is
۱۳:۴۵, 16 November 2019 is ۲۵ آبان ۱۳۹۸. So a text has figures that must be told by the other
text, each in one of some ways, and it has numbers that it tells.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

from ..scripts import primary
from .asked import ASKED, Figure, Told, asked_number, time_of_day
from .calendars import MONTHS, Calendar
from .number_tokens import NUMERIC, Token, chain, folded, tokens_of
from .number_words import WORDS, Words


@dataclass
class Figures:
    """The figures of a text."""

    asked: list[Figure] = field(default_factory=list)
    """What the other text must tell."""
    told: set[Told] = field(default_factory=set)
    """All that this text tells, in digits and words."""
    calendars: set[Calendar] = field(default_factory=set)
    """The calendars in which it dates."""
    knows_words: bool = True
    """Whether the number words of its language are known."""


def untold(asking: Figures, telling: Figures) -> list[str]:
    """Return the figures of one text, as written there, that another does not tell."""
    missing = []
    is_dated_otherwise = telling.calendars != asking.calendars
    for figure in asking.asked:
        if figure.is_small and not telling.knows_words:
            continue
        ways = figure.ways + (figure.converted if is_dated_otherwise else ())
        if not any(way <= telling.told for way in ways):
            missing.append(figure.text)
    return missing


_ROMAN = re.compile(r"(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})")
# These names of months are other words as well; they count beside a figure or the word month.
_UNSURE = (
    "may mar march مه می تیر مهر آذر دی بهمن آبان حمل ثور جوزا سرطان اسد میزان عقرب قوس جدی دلو حوت"
    " سنبله جون dey azar mehr tir"
)
_UNSURE_MONTHS = frozenset(_UNSURE.split())


def figures(text: str, language: str) -> Figures:
    """Return the figures of a plain text in a language."""
    words = WORDS.get(primary(language))
    return _figures(text, words) if words else _figures_in_digits(text)


def _figures_in_digits(text: str) -> Figures:
    found = _figures(text, Words({}, {}, frozenset(), frozenset(), {}))
    found.knows_words = False
    return found


def _figures(original: str, words: Words) -> Figures:
    text = folded(original)
    if len(text) != len(original):
        original = text
    found = Figures(told={1.0})
    tokens = list(tokens_of(text, words))
    _read_months(tokens, found)
    for position, token in enumerate(tokens):
        _tell(token, found, words)
        if token.kind in NUMERIC:
            found.told.update(_sums(chain(tokens, position, text)[0]))
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.kind in NUMERIC:
            terms, end = chain(tokens, position, text)
            if any(one.kind == "number" for one in tokens[position:end]):
                written = original[token.start : tokens[end - 1].end]
                found.asked.append(asked_number(written, terms, tokens, position, end, text))
            position = end
            continue
        if token.kind in ASKED:
            found.asked.append(ASKED[token.kind](token, original[token.start : token.end]))
        position += 1
    found.told.update(*(figure.tells for figure in found.asked))
    return found


def _sums(terms: list[float]) -> set[Told]:
    told: set[Told] = set()
    total = 0.0
    for term in terms:
        total = round(total + term, 6)
        told |= {total, round(term, 6)}
    return told


def _tell(token: Token, found: Figures, words: Words) -> None:
    """Add what one token tells by itself."""
    if token.kind == "word":
        found.told |= _told_by(token.text, words)
        return
    if token.kind == "unit":
        found.told.add(token.value)
    found.told.update(words.hints.get(token.text.lower(), ()))
    if token.kind in ("latin", "date", "time", "fraction", "decade", "short"):
        found.told.update(float(number) for number in re.findall(r"\d+(?:\.\d+)?", token.text))
        found.told.update(float(number) for number in re.findall(r"\d+", token.text))
    if token.kind == "time":
        found.told.add(time_of_day(token.text))
        hour = int(token.text.split(":")[0])
        found.told |= {float(hour % 12), float(hour % 12 + 12)}


# Most words of a text stand in others too, and tell nothing.
@functools.lru_cache(maxsize=4096)
def _told_by(word: str, words: Words) -> frozenset[Told]:
    """Return what a word that is no number may still tell, as a Roman numeral does."""
    told: set[Told] = set(words.hints.get(word.lower(), ()))
    if word != "I" and (roman := _ROMAN.fullmatch(word)):
        tens, rest = roman.groups()
        units = {"IX": 9, "IV": 4}.get(rest, 5 * rest.count("V") + rest.count("I"))
        told.add(10.0 * len(tens) + units)
    return frozenset(told)


def _read_months(tokens: list[Token], found: Figures) -> None:
    for position, token in enumerate(tokens):
        month = MONTHS.get(token.text.lower()) if token.kind in ("word", "unit") else None
        if not month:
            continue
        near = tokens[max(0, position - 2) : position] + tokens[position + 1 : position + 3]
        if token.text.lower() not in _UNSURE_MONTHS or (
            not token.text.islower()
            and any(one.kind in ("number", "unit") or one.text == "ماه" for one in near)
        ):
            found.told.add(float(month[1]))
            found.calendars.add(month[0])
