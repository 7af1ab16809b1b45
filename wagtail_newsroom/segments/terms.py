"""Terms of a glossary, and the forms that a language gives them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .scripts import primary

# Different code points for what readers take for the same letter; each one for one, so that
# positions stay. Arabic yeh and kaf stand for Persian's: https://www.unicode.org/charts/PDF/U0600.pdf
_SAME = str.maketrans("يىك’ʼ‐‑", "ییک''--")
UNSPACED = frozenset({"bo", "ja", "km", "lo", "my", "th", "yue", "zh"})
"""Languages that put no spaces between words; there any stretch of text may be a term."""
_MARKS_OUT = re.compile("[\u0640\u064b-\u0652\u0670\u200e\u200f\u00ad]")

PERSIAN_PLURAL = "ها(?:ی(?:ی|ش|م|ت|شان|مان|تان)?)?"
PERSIAN_PLURALS = tuple(
    f"ها{ending}" for ending in ("", "ی", "یی", "یش", "یم", "یت", "یشان", "یمان", "یتان")
)


@dataclass(frozen=True, slots=True)
class Term:
    """One term for one direction."""

    source: str
    translation: str = ""
    """The approved translation; empty when the term stays as it is."""
    case_sensitive: bool = False
    """Whether only this very spelling counts: `AIDS` and not `aids`."""
    forbidden: tuple[str, ...] = ()
    """Translations that must not be used."""
    note: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether the term stays as it is."""
        return not self.translation

    @property
    def target(self) -> str:
        """What a translation of a text with this term must hold."""
        return self.translation or self.source


@dataclass(frozen=True, slots=True)
class Match:
    """A term in a text: `text[start:end]` is its core and its ending."""

    start: int
    end: int
    term: Term
    core: str
    """The term as it stands there, in its plural if it does."""
    ending: str = ""
    """What the language adds: a possessive in English, a pronoun or an ezafe in Persian."""
    is_plural: bool = False


def fold(text: str) -> str:
    """Return a text, as long as it was, in which letters that read the same are the same."""
    return text.translate(_SAME)


def lower(text: str) -> str:
    """Return a text in lower case, as long as it was."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    # A capital I with a dot becomes two characters.
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def is_said(phrase: str, text: str, *, language: str, case_sensitive: bool = False) -> bool:
    """Return whether a plain text holds a phrase, with whatever endings the language adds to it."""
    phrase, text = _readable(phrase), _readable(text)
    if not case_sensitive:
        phrase, text = phrase.lower(), text.lower()
    language = primary(language)
    words = [re.escape(word) for word in phrase.split()]
    if not words:
        return True
    if language in UNSPACED:
        return "".join(phrase.split()) in "".join(text.split())
    if language == "fa":
        # Each word of a phrase may have an ezafe or be in the plural: «دفترهای دلتا».
        ending = rf"(?: ?(?:{PERSIAN_PLURAL})|[\u0654\u06c0]| ?(?:ی|ای)| (?:اش|ام|ات|شان|مان|تان))?"
        # Half-spaces count as spaces here, and may be left out.
        pattern = " ".join(rf"{word}{ending}" for word in words)
        return bool(re.search(rf"(?<!\w){pattern}(?!\w)", text)) or (
            len(words) > 1 and bool(re.search(rf"(?<!\w){''.join(words)}{ending}(?!\w)", text))
        )
    pattern = r"[\s-]+".join(words)
    if language == "en":
        pattern = english_forms(phrase, pattern)[0]
    before = r"(?<!\w)" if phrase[0].isalnum() else ""
    after = r"(?!\w)" if phrase[-1].isalnum() else ""
    return bool(re.search(f"{before}{pattern}{after}", text))


def _readable(text: str) -> str:
    """Return a text as it is compared: no vowel marks, half-spaces as spaces, single spaces."""
    text = _MARKS_OUT.sub("", fold(unicodedata.normalize("NFC", text)))
    return " ".join(text.replace("\u200c", " ").replace("\u200d", "").split())


def english_forms(source: str, pattern: str) -> tuple[str, tuple[str, ...]]:
    """Return the pattern of a term with its plural, and the plural's spellings of its last word."""
    last = source.split()[-1]
    if not last[-1].isalpha() or not last.isascii():
        return pattern, ()
    if re.search("[^aeiou]y$", last, re.IGNORECASE):
        # A name keeps its y: "two Germanys".
        return f"(?:{pattern[:-1]}(?P<ies>ies)|{pattern}(?P<plural>s)?)", (
            f"{last[:-1]}ies",
            f"{last}s",
        )
    plural = "es" if re.search("(?:[sxz]|[cs]h)$", last, re.IGNORECASE) else "s"
    return f"{pattern}(?P<plural>{plural})?", (f"{last}{plural}",)


def pluralized(phrase: str, language: str) -> str:
    """Return a phrase in the plural where that is a matter of its last letters, else as it is."""
    if language == "en" and phrase[-1:].isalpha() and phrase.isascii():
        if re.search("[^aeiou]y$", phrase) and phrase.split()[-1][0].islower():
            return f"{phrase[:-1]}ies"
        return f"{phrase}es" if re.search("(?:[sxz]|[cs]h)$", phrase) else f"{phrase}s"
    # In a Persian phrase of several words it may be any of them that takes the ending.
    if language == "fa" and phrase[-1:].isalpha() and " " not in phrase:
        return f"{phrase}\u200cها"
    return phrase


def translated(match: Match, language: str) -> str:
    """Return the approved translation in the form in which the term was found."""
    translation = match.term.translation
    if match.is_plural:
        translation = pluralized(translation, language)
    if match.core[:1].isupper() and match.term.source[:1].islower():
        # The term begins a sentence or stands in a headline.
        return translation[:1].upper() + translation[1:]
    return translation
