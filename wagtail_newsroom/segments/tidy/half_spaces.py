"""Rules for the Persian half-space, which joins what belongs to one word.

Machines write most of these with a space. What is joined is what cannot be read in another way:
https://apll.ir/ (the Academy of Persian Language) writes می, ها and the short forms of "to be"
apart from the word but with it. Left to a person: تر, ezafe, and verbs written in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .characters import HALF_SPACE, LETTERS, MARKS, OTHER, SPACES, edits
from .reading import Edit
from .verbs import AMBIGUOUS, FORMS

_S = f"[{SPACES}]+"
_NO_LETTER_BEFORE = f"(?<![{LETTERS}{MARKS}{HALF_SPACE}])"
_NO_LETTER_AFTER = f"(?![{LETTERS}{MARKS}{HALF_SPACE}])"

_EDGES = re.compile(
    rf"(?<![\w{MARKS}»”)\]{OTHER}{HALF_SPACE}\u200d-\u200f]){HALF_SPACE}+"
    rf"|(?<!{HALF_SPACE}){HALF_SPACE}+(?![\w{MARKS}{OTHER}{HALF_SPACE}\u200d-\u200f])"
    rf"|(?<={HALF_SPACE}){HALF_SPACE}+"
)
_SIGNS = ".,:/٫٬-–" + OTHER
_VERB = re.compile(
    rf"{_NO_LETTER_BEFORE}(?P<prefix>(?:بر|در|باز|فرا|وا|فرو)?(?P<no>ن)?می){_S}"
    rf"(?P<verb>[{LETTERS}]+){_NO_LETTER_AFTER}"
)
_WORD_BEFORE = re.compile(rf"([{LETTERS}]+|[\w]+){_S}$")
# After these, می is the month of May or part of a name, not the sign of a verb.
_BEFORE_MAY = frozenset({"ماه", "ترزا", "تریزا", "ترسا"})
_PLURAL = re.compile(
    rf"(?P<word>(?<![{LETTERS}{MARKS}{HALF_SPACE}])[{LETTERS}][{LETTERS}{MARKS}{HALF_SPACE}]+)(?P<gap>{_S})"
    rf"(?:ها|های|هایی|هایم|هایت|هایش|هایمان|هایتان|هایشان){_NO_LETTER_AFTER}"
)
_SHORT_WORDS = "و از به با در تا که اگر یا ولی اما نه را هم"
_NO_NOUNS = frozenset(_SHORT_WORDS.split())
_TO_BE = re.compile(
    rf"(?P<word>(?<![{LETTERS}{MARKS}{HALF_SPACE}])[{LETTERS}{MARKS}{HALF_SPACE}]{{2,}}ه)(?P<gap>{_S})"
    rf"(?:ام|ای|اند|ایم|اید){_NO_LETTER_AFTER}"
)
# They end in ه and are neither participles nor nouns.
_LINKING_WORDS = "البته بلکه چگونه آنچه هرچه اگرچه گرچه چنانچه چونکه وگرنه آنکه اینکه"
_NO_PARTICIPLES = frozenset(_LINKING_WORDS.split())
_SUPERLATIVE = re.compile(
    rf"(?P<word>(?<![{LETTERS}{MARKS}{HALF_SPACE}])[{LETTERS}][{LETTERS}{MARKS}{HALF_SPACE}]+)(?P<gap>{_S})"
    rf"ترین(?:[\u200c]?(?:ها|های|هایی))?{_NO_LETTER_AFTER}"
)


def half_space_edges(text: str) -> Iterator[Edit]:
    """Yield edits that drop half-spaces at the edge of a word, and all but one in a row."""
    return edits(_EDGES, lambda match: match[0] if _parts_numbers(match) else "", text)


def _parts_numbers(match: re.Match[str]) -> bool:
    """Whether two numbers would read as one if nothing stood between them."""
    around = (
        match.string[max(0, match.start() - 1) : match.start()] + match.string[match.end() :][:1]
    )
    return len(around) == 2 and all(char.isdigit() or char in _SIGNS for char in around)


def verb_prefixes(text: str) -> Iterator[Edit]:
    """Yield edits that join می and نمی to their verb: می‌رود.

    می is also the month of May, so only known verbs are joined, and none after a number.
    """
    for match in _VERB.finditer(text):
        if match["verb"] not in FORMS:
            continue
        if not match["no"] and (
            match["verb"] in AMBIGUOUS
            or (
                match["prefix"] == "می"
                and _is_may(text[max(0, match.start() - 40) : match.start()])
            )
        ):
            continue
        yield Edit(match.end("prefix"), text[match.end("prefix") : match.start("verb")], HALF_SPACE)


def _is_may(before: str) -> bool:
    word = _WORD_BEFORE.search(before)
    return word is not None and (word[1] in _BEFORE_MAY or word[1][-1].isdigit())


def plural_endings(text: str) -> Iterator[Edit]:
    """Yield edits that join ها and its longer forms to their noun: کتاب‌های."""
    return _joined(_PLURAL, _NO_NOUNS, text)


def to_be_endings(text: str) -> Iterator[Edit]:
    """Yield edits that join ام، ای، اند، ایم، اید to a word in ه: رفته‌اند."""
    return _joined(_TO_BE, _NO_PARTICIPLES, text)


def superlatives(text: str) -> Iterator[Edit]:
    """Yield edits that join ترین to its adjective: بزرگ‌ترین."""
    return _joined(_SUPERLATIVE, _NO_NOUNS, text)


def _joined(pattern: re.Pattern[str], exceptions: frozenset[str], text: str) -> Iterator[Edit]:
    for match in pattern.finditer(text):
        if match["word"] not in exceptions:
            yield Edit(match.start("gap"), match["gap"], HALF_SPACE)
