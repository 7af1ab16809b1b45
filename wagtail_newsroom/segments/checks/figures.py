"""Reads the figures of a text, so that those of two languages can be compared.

A figure may be said in many ways: 1,500 is ۱٬۵۰۰ or ۱٫۵ هزار or هزار و پانصد, 1:45 p.m. is
۱۳:۴۵, 16 November 2019 is ۲۵ آبان ۱۳۹۸. So a text has figures that must be told by the other
text, each in one of some ways, and it has numbers that it tells.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..scripts import primary
from .calendars import (
    MONTHS,
    YEARS_APART,
    Calendar,
    calendar_of_year,
    date_elsewhere,
    days_elsewhere,
)
from .number_words import WORDS, Words

Told = float | str
"""A number, or a time such as `1:45`, which stands for 13:45 as well."""


@dataclass(frozen=True)
class Figure:
    """A figure in digits, and the ways in which the other language may tell it."""

    text: str
    """As it is written."""
    ways: tuple[frozenset[Told], ...]
    """Sets of what the other text may tell; one set told in full is enough."""
    converted: tuple[frozenset[Told], ...] = ()
    """More such sets, if the two texts do not date by the same calendars."""
    tells: frozenset[Told] = frozenset()
    """What it tells the other text."""

    @property
    def is_small(self) -> bool:
        """Whether it is a number that most languages would rather write in letters."""
        return all(isinstance(told, float) and told <= 12 for told in self.ways[0])


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


_TO_ASCII = str.maketrans(
    "۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٬٫٪يك\u2212",
    "01234567890123456789,.%یک-",
    "\u064b\u064e\u064f\u0650\u0651\u0652",
)
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_N = r"\d+(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_TOKEN = re.compile(
    rf"""
      (?P<date>(?<![\d.])\d{{1,4}}(?P<sign>[/.-])\d{{1,2}}(?P=sign)\d{{1,4}}(?![\d.]*\d))
    | (?P<time>(?<![\d:])\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?!\d))
    | (?P<decade>(?<!\d)(?:\d{{3}}|\d)0s\b)
    | (?P<fraction>(?<![\d/])\d+/\d+(?![\d/]))
    | (?P<short>(?<![A-Za-z\d])(?:{_N})(?:\ ?(?:bn|tn|mn|trn)|[mkb])\b)
    | (?P<latin>[A-Za-z][A-Za-z]*-?\d[\w.]*|\d+[A-Z](?![a-z]))
    | (?P<number>{_N})
    | (?P<part>[½¼¾])
    | (?P<word>[^\W\d_]+)
    """,
    re.VERBOSE,
)
_MOST = 1e15
"""Where a number in words ends, however it goes on."""
_SHORT = {"bn": 1e9, "tn": 1e12, "trn": 1e12, "mn": 1e6, "m": 1e6, "k": 1e3, "b": 1e9}
_IS_JOINED = re.compile(r"[\s\u200c-]*")
_ROMAN = re.compile(r"(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})")
_AFTERNOON = re.compile(
    r"\s?(?:[ap]\.?m\b|o.clock|بعد ?از ?ظهر|عصر|شب|صبح|بامداد|ظهر)", re.IGNORECASE
)
_OCLOCK = re.compile(r"(?:ساعت|at|by|from|to|until|تا|از)\s$")
_SHORT_RANGE = re.compile(r"(?<!\d)(\d{4})\s?[-–/]\s?$")
_DECADE = re.compile(r"دهه[ٔ‌ی\s]*$")
# These names of months are other words as well; they count beside a figure or the word month.
_UNSURE = (
    "may mar march مه می تیر مهر آذر دی بهمن آبان حمل ثور جوزا سرطان اسد میزان عقرب قوس جدی دلو حوت"
    " سنبله جون dey azar mehr tir"
)
_UNSURE_MONTHS = frozenset(_UNSURE.split())


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int
    value: float = 0
    """Of a number, unit or scale."""


def figures(text: str, language: str) -> Figures:
    """Return the figures of a plain text in a language."""
    words = WORDS.get(primary(language))
    return _figures(text, words) if words else _figures_in_digits(text)


def _figures_in_digits(text: str) -> Figures:
    found = _figures(text, Words({}, {}, frozenset(), frozenset(), {}))
    found.knows_words = False
    return found


def _figures(original: str, words: Words) -> Figures:
    text = original.translate(_TO_ASCII)
    if len(text) != len(original):
        original = text
    found = Figures(told={1.0})
    tokens = list(_tokens(text, words))
    _read_months(tokens, found)
    for position, token in enumerate(tokens):
        _tell(token, found, words)
        if token.kind in ("number", "unit", "scale", "part"):
            found.told.update(_sums(_chain(tokens, position, text)[0]))
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.kind in ("number", "unit", "scale", "part"):
            terms, end = _chain(tokens, position, text)
            if any(one.kind == "number" for one in tokens[position:end]):
                written = original[token.start : tokens[end - 1].end]
                found.asked.append(_asked(written, terms, tokens, position, end, text))
            position = end
            continue
        if token.kind in _ASKED:
            found.asked.append(_ASKED[token.kind](token, original[token.start : token.end]))
        position += 1
    found.told.update(*(figure.tells for figure in found.asked))
    return found


def _tokens(text: str, words: Words) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup if match.lastgroup != "sign" else "date")
        found, value = match[0], 0.0
        if kind == "number":
            value = float(found.replace(",", ""))
        elif kind == "part":
            value = _FRACTIONS[found]
        elif kind == "word":
            word = found.lower()
            unit = words.unit(word)
            if word in words.halves:
                kind, value = "half", 0.5
            elif unit is not None:
                kind, value = "unit", unit
            elif word in words.scales:
                kind, value = "scale", words.scales[word]
            elif word in words.joiners:
                kind = "joiner"
            elif word[0] in words.joiners and words.unit(word[1:]) is not None:
                # بیست‌ویک: a half-space parts it in two.
                yield _Token("joiner", word[0], match.start(), match.start() + 1)
                kind, value, found = "unit", words.unit(word[1:]) or 0.0, found[1:]
        yield _Token(kind, found, match.end() - len(found), match.end(), value)


def _chain(tokens: list[_Token], start: int, text: str) -> tuple[list[float], int]:
    """Return the terms of the number that begins at a token, and where it ends.

    `20 هزار و 500` has the terms 20,000 and 500.
    """
    terms: list[float] = []
    after: int | None = start
    end, limit = start + 1, float("inf")
    while after is not None:
        value, scale, next_end = _term(tokens, after, text)
        if next_end == after or (terms and value >= limit):
            break
        terms.append(value)
        end, limit = next_end, scale
        after = _joined_next(tokens, end, text) if scale >= 1000 else None
    return terms, end


def _term(tokens: list[_Token], start: int, text: str) -> tuple[float, float, int]:
    """Return a number with its scale, the scale alone, and where it ends."""
    position, value, rank = start, 0.0, 1000.0
    after: int | None = start
    while after is not None and after < len(tokens):
        token = tokens[after]
        if token.kind in ("number", "part") and (position == start or token.kind == "part"):
            value += token.value
            rank = 0 if token.kind == "number" else -1
        elif token.kind == "unit" and _rank(token.value) < rank and rank > 0:
            value += token.value
            rank = _rank(token.value)
        elif token.kind == "half" and position > start and rank >= 0:
            value += 0.5
            rank = -1
        elif token.kind == "scale" and token.value == 100 and 0 < value < 20:
            value, rank = value * 100, 100
        else:
            break
        position = after + 1
        after = _joined_next(tokens, position, text)
    scale = 1.0
    while scale < _MOST and position < len(tokens) and tokens[position].kind == "scale":
        if position > start and not _touch(tokens, position - 1, position, text):
            break
        scale *= tokens[position].value
        position += 1
    return (value or 1.0) * scale if position > start else 0.0, scale, position


def _rank(value: float) -> float:
    """Return where a word may stand in a number: hundreds, then tens, then the rest."""
    return 100 if value >= 100 else 10 if value >= 20 else 1


def _joined_next(tokens: list[_Token], position: int, text: str) -> int | None:
    """Return the position of the next token of a number, over an "and"; None if none is near."""
    if position == 0 or position >= len(tokens) or not _touch(tokens, position - 1, position, text):
        return None
    if tokens[position].kind != "joiner":
        return position
    after = position + 1
    if after >= len(tokens) or not _touch(tokens, position, after, text):
        return None
    if tokens[after].kind == "joiner":
        # and a half
        after += 1
    return after if after < len(tokens) else None


def _touch(tokens: list[_Token], one: int, other: int, text: str) -> bool:
    return bool(_IS_JOINED.fullmatch(text, tokens[one].end, tokens[other].start))


def _sums(terms: list[float]) -> set[Told]:
    told: set[Told] = set()
    total = 0.0
    for term in terms:
        total = round(total + term, 6)
        told |= {total, round(term, 6)}
    return told


def _tell(token: _Token, found: Figures, words: Words) -> None:
    """Add what one token tells by itself."""
    if token.kind == "unit":
        found.told.add(token.value)
    found.told.update(words.hints.get(token.text.lower(), ()))
    if token.kind in ("latin", "date", "time", "fraction", "decade", "short"):
        found.told.update(float(number) for number in re.findall(r"\d+(?:\.\d+)?", token.text))
        found.told.update(float(number) for number in re.findall(r"\d+", token.text))
    if token.kind == "time":
        found.told.add(_time(token.text))
        hour = int(token.text.split(":")[0])
        found.told |= {float(hour % 12), float(hour % 12 + 12)}
    if token.kind == "word" and (roman := _ROMAN.fullmatch(token.text)) and token.text != "I":
        tens, rest = roman.groups()
        units = {"IX": 9, "IV": 4}.get(rest, 5 * rest.count("V") + rest.count("I"))
        found.told.add(10.0 * len(tens) + units)


def _read_months(tokens: list[_Token], found: Figures) -> None:
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


def _asked(
    written: str, terms: list[float], tokens: list[_Token], start: int, end: int, text: str
) -> Figure:
    """Return the figure that a chain of number tokens with digits asks for."""
    values = [round(term, 6) for term in terms]
    ways: list[frozenset[Told]] = [frozenset({round(sum(values), 6)})]
    if len(values) > 1:
        return Figure(written, (*ways, frozenset(values)))
    token, value = tokens[start], values[0]
    readings: list[Told] = []
    converted: list[frozenset[Told]] = []
    if end == start + 1 and value == int(value) and "," not in token.text:
        readings = list(_other_readings(token, value, text))
        ways += [frozenset({other}) for other in readings]
        # Years of the other calendar are told without any month, too.
        ways += [frozenset({other}) for other in _other_years(value)]
        converted = [frozenset({float(day)}) for day in _other_days(tokens, start, int(value))]
    elif _AFTERNOON.match(text, token.end) and "." in token.text:
        # 1.45 p.m., as some papers write it
        readings = [_time(token.text.replace(".", ":"))]
        ways.append(frozenset(readings))
    return Figure(written, tuple(ways), tuple(converted), frozenset(readings))


def _other_readings(token: _Token, value: float, text: str) -> Iterator[float]:
    before = text[max(0, token.start - 12) : token.start]
    if value <= 24 and (_AFTERNOON.match(text, token.end) or _OCLOCK.search(before)):
        yield value + 12
        yield value - 12
    if value < 100 and (first := _SHORT_RANGE.search(before)):
        yield int(first[1]) // 100 * 100 + value
    if _DECADE.search(before):
        yield from _decades(value)


def _other_years(value: float) -> Iterator[float]:
    calendar = calendar_of_year(value)
    if calendar:
        sign = 1 if calendar is Calendar.JALALI else -1
        yield from (value + sign * years for years in YEARS_APART)


def _other_days(tokens: list[_Token], position: int, day: int) -> Iterator[int]:
    near = [
        *reversed(tokens[max(0, position - 2) : position]),
        *tokens[position + 1 : position + 3],
    ]
    for token in near:
        month = MONTHS.get(token.text.lower())
        if month and 1 <= day <= 31:
            yield from days_elsewhere(*month, day)


def _decades(value: float) -> Iterator[float]:
    """Yield the ways to tell a decade: in full and short, in both calendars."""
    for full in (value,) if value > 99 else (1300 + value, 1900 + value):
        other = full + 620 if calendar_of_year(full) is Calendar.JALALI else full - 620
        yield from (full, full % 100, other, other % 100)


def _time(text: str) -> str:
    hour, rest = text.split(":", 1)
    return f"{int(hour) % 12}:{rest}"


def _asked_time(token: _Token, written: str) -> Figure:
    ways: list[frozenset[Told]] = [frozenset({_time(token.text)})]
    parts = [float(part) for part in token.text.split(":")]
    needed = frozenset(parts[1:]) - {0.0}
    for hour in (parts[0], parts[0] % 12, parts[0] % 12 + 12):
        ways.append(frozenset({hour, *needed}))
    return Figure(written, tuple(ways))


def _asked_date(token: _Token, written: str) -> Figure:
    parts = [int(part) for part in re.findall(r"\d+", token.text)]
    ways = (frozenset(map(float, parts)),)
    converted = []
    for year, month, day in (parts, parts[::-1], (parts[2], parts[0], parts[1])):
        other = date_elsewhere(year, month, day) if year > 31 else None
        if other:
            converted.append(frozenset(map(float, other)))
    return Figure(written, (*ways, *converted))


def _asked_fraction(token: _Token, written: str) -> Figure:
    one, other = token.text.split("/")
    ways: list[frozenset[Told]] = [frozenset({float(one), float(other)})]
    # Persian also writes 3.5 as ۳/۵.
    ways.append(frozenset({float(f"{one}.{other}")}))
    if int(other):
        ways.append(frozenset({round(int(one) / int(other), 6)}))
    return Figure(written, tuple(ways), tells=frozenset().union(*ways))


def _asked_decade(token: _Token, written: str) -> Figure:
    readings = list(_decades(float(token.text[:-1])))
    return Figure(written, tuple(frozenset[Told]({other}) for other in readings))


def _asked_short(token: _Token, written: str) -> Figure:
    number = token.text.rstrip("abcdefghijklmnopqrstuvwxyz ")
    unit = token.text[len(number) :].strip()
    value = float(number.replace(",", ""))
    ways: list[frozenset[Told]] = [frozenset({round(value * _SHORT[unit], 6)})]
    if unit == "m":
        # Meters as well as millions
        ways.append(frozenset({value}))
    return Figure(written, tuple(ways), tells=frozenset().union(*ways))


_ASKED = {
    "time": _asked_time,
    "date": _asked_date,
    "fraction": _asked_fraction,
    "decade": _asked_decade,
    "short": _asked_short,
}

figures_of = functools.lru_cache(maxsize=512)(figures)
"""The same, remembered: a text is compared with several versions of its translation."""
