"""Finds the terms of a glossary in a text by the words that they begin with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from .terms import (
    PERSIAN_PLURAL,
    PERSIAN_PLURALS,
    UNSPACED,
    Match,
    Term,
    english_forms,
    fold,
    lower,
)

_WORD = re.compile(r"[^\W_]+")
_SPACES = " \u00a0\u202f"
_JOINERS = "\u200c\u200d"


class Entry:
    """A term, compiled: what its first word may look like, and how the rest goes on."""

    def __init__(self, term: Term, language: str) -> None:
        """Takes the language in which the term stands in texts."""
        self.term = term
        source = fold(" ".join(term.source.split()))
        self.is_exact = term.case_sensitive
        if not self.is_exact:
            source = lower(source)
        first = _WORD.search(source)
        self.first_words: tuple[str, ...] = ()
        """What the word may be, in lower case, by which the term is noticed."""
        if first is None:
            return
        self.lead = first.start()
        """How many characters stand before that word."""
        self.starts_with_word = self.lead == 0
        self.ends_with_word = source[-1].isalnum()
        keys = [first[0].lower()]
        pattern = _spaced(source, language)
        ending = ""
        if language == "en":
            pattern, plurals = english_forms(source, pattern)
            if first.end() == len(source):
                keys += [plural[self.lead :].lower() for plural in plurals if " " not in source]
            # Of a word's own end only: "rivers'" and "river's", but not the "'" of a quotation.
            ending = "(?P<ending>'s(?!\\w)|(?<=s)'(?=\\s))?"
        elif language == "fa" and self.ends_with_word:
            attached = [*PERSIAN_PLURALS, *(["ی"] if source[-1] in "او" else [])]
            if first.end() == len(source):
                keys += [f"{first[0]}{ending}" for ending in attached]
            after_vowel = "|ی(?!\\w)" if source[-1] in "او" else ""
            ending = (
                rf"(?P<plural>[\u200c ]?{PERSIAN_PLURAL}(?![\w\u200c]))?"
                rf"(?P<ending>\u0654|\u200c(?:ای|ی|اش|ام|ات|شان|مان|تان)(?![\w\u200c]){after_vowel})?"
            )
        self.first_words = tuple(dict.fromkeys(keys))
        # The end is checked here too, so that a form that does not fit gives way to one that does.
        self.pattern = re.compile(pattern + ending + (r"(?!\w)" if self.ends_with_word else ""))

    def match(self, text: str, exact: str, lowered: str, start: int) -> Match | None:
        """Return the term's match whose first word starts there, if it is there as a whole."""
        start -= self.lead
        if start < 0 or (self.starts_with_word and not _starts_word(exact, start)):
            return None
        found = self.pattern.match(exact if self.is_exact else lowered, start)
        if found is None:
            return None
        end = found.end()
        if self.ends_with_word and not _ends_word(exact, end):
            return None
        groups = found.groupdict()
        ending = groups.get("ending") or ""
        return Match(
            start=start,
            end=end,
            term=self.term,
            core=text[start : end - len(ending)],
            ending=text[end - len(ending) : end],
            is_plural=bool(groups.get("plural") or groups.get("ies")),
        )


class TermIndex:
    """Terms by their first words, so that a text's other words cost one look-up at most."""

    def __init__(self, terms: Iterable[Term], *, language: str) -> None:
        """Takes the terms, the most important first, and the language of the texts."""
        self._by_word: dict[str, list[Entry]] = {}
        self._stretches: re.Pattern[str] | None = None
        self._term_of: dict[str, Term] = {}
        if language in UNSPACED:
            for term in terms:
                if term.source:
                    self._term_of.setdefault(lower(fold(term.source)), term)
            longest_first = sorted(self._term_of, key=len, reverse=True)
            self._stretches = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")
            return
        for term in sorted(terms, key=lambda term: not term.case_sensitive):
            entry = Entry(term, language)
            for word in entry.first_words:
                self._by_word.setdefault(word, []).append(entry)

    def find(self, text: str) -> list[Match]:
        """Return the matches in a plain text, in order, none overlapping another."""
        exact = fold(text)
        lowered = lower(exact)
        if self._stretches is not None:
            return [
                Match(
                    found.start(), found.end(), self._term_of[found[0]], text[slice(*found.span())]
                )
                for found in self._stretches.finditer(lowered)
            ]
        if not self._by_word or self._by_word.keys().isdisjoint(_WORD.findall(lowered)):
            return []
        return list(self._matches(text, exact, lowered))

    def _matches(self, text: str, exact: str, lowered: str) -> Iterator[Match]:
        position = 0
        for word in _WORD.finditer(lowered):
            entries = self._by_word.get(word[0])
            if entries is None or word.start() < position:
                continue
            best: Match | None = None
            for entry in entries:
                match = entry.match(text, exact, lowered, word.start())
                if match and match.start >= position and (best is None or match.end > best.end):
                    best = match
            if best:
                yield best
                position = best.end


def _spaced(source: str, language: str) -> str:
    """Return the pattern of a phrase whose spaces may be others, in Persian half-spaces too."""
    space = rf"[{_SPACES}{_JOINERS}]+" if language == "fa" else rf"[{_SPACES}]+"
    half_space = rf"[{_SPACES}{_JOINERS}]?"
    return "".join(
        space if char in _SPACES else half_space if char in _JOINERS else re.escape(char)
        for char in source
    )


def _starts_word(text: str, start: int) -> bool:
    """Return whether a word starts there, rather than being the end of a compound."""
    if start == 0:
        return True
    before, earlier = text[start - 1], text[start - 2 : start - 1]
    if before == "_" or before in _JOINERS or unicodedata.category(before)[0] == "M":
        return False
    if before == "'":
        # The Neill of O'Neill, but not a quotation's first word.
        return not earlier.isalnum()
    if before == "-":
        # "e-mail" holds no mail, but "Moscow-Tehran" holds Tehran.
        return not earlier.isalnum() or text[start].isupper()
    return not before.isalnum()


def _ends_word(text: str, end: int) -> bool:
    """Return whether a word ends there; a hyphen ends one: "Tehran-based"."""
    after = text[end : end + 1]
    return not after or not (
        after.isalnum()
        or after == "_"
        or after in _JOINERS
        or unicodedata.category(after)[0] == "M"
    )
