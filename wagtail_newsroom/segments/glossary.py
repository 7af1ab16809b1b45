"""The glossary: finds a newsroom's terms in a text and puts their approved translations there.

Engines that know no glossaries mostly copy words that are in the target language already, so the
approved translation stands in the source text before it is sent. The idea is from Song et al.,
"Code-Switching for Enhancing NMT with Pre-Specified Translation", NAACL 2019.
"""

from __future__ import annotations

from collections.abc import Iterable

from .keys import visible_text
from .markup import Kind, parts_with_atoms
from .scripts import primary
from .term_index import TermIndex
from .terms import Match, Term, is_said, translated

__all__ = ["Glossary", "Match", "Term"]


class Glossary:
    """The terms for one direction, compiled once; finding them costs next to nothing.

    Of several terms that begin at a word the longest counts, of equal ones the one that minds its
    case, and then the first. Whole words count, in English with plural and possessive endings, in
    Persian with the endings that a half-space joins; `segments.terms` has the rules.
    """

    def __init__(self, terms: Iterable[Term], *, source: str, target: str) -> None:
        """Takes the terms, the most important first, and the codes of the two languages."""
        self.terms = tuple(terms)
        self.source = primary(source)
        self.target = primary(target)
        self._index = TermIndex(self.terms, language=self.source)

    def __bool__(self) -> bool:
        """Whether there is any term."""
        return bool(self.terms)

    def find(self, text: str) -> list[Match]:
        """Return the terms in a plain text, in order, none overlapping another."""
        return self._index.find(text)

    def put(self, text: str) -> str:
        """Return a plain text with the approved translations in place of the terms.

        A plural becomes one where both languages form it regularly. An English possessive stays,
        because it tells the engine what belongs to whom. Terms to be kept stay as they are.
        """
        pieces = []
        position = 0
        for match in self.find(text):
            if match.term.is_kept:
                continue
            pieces += [text[position : match.start], translated(match, self.target)]
            if self.source == "en":
                pieces.append(match.ending)
            position = match.end
        return "".join(pieces) + text[position:]

    def kept(self, text: str) -> list[tuple[int, int]]:
        """Return where in a plain text terms stand that are to be kept, as start and end."""
        return [
            (match.start, match.start + len(match.core))
            for match in self.find(text)
            if match.term.is_kept
        ]

    def terms_in(self, fragment: str) -> tuple[Term, ...]:
        """Return the terms that stand in an HTML fragment, each once, in the order of the text.

        Addresses, handles and placeholders hold none.
        """
        if not self.terms:
            return ()
        return tuple(
            dict.fromkeys(
                match.term
                for part in parts_with_atoms(fragment)
                if part.kind is Kind.TEXT
                for match in self.find(part.text)
            )
        )

    def missed(self, source: str, answer: str) -> tuple[Term, ...]:
        """Return the terms of a source whose approved translation did not arrive in an answer.

        Both are HTML fragments. Once is enough, with any ending that the language adds.
        """
        terms = self.terms_in(source)
        text = visible_text(answer) if terms else ""
        return tuple(term for term in terms if not self._is_said(term.target, text, term))

    def forbidden(self, source: str, answer: str) -> tuple[tuple[Term, str], ...]:
        """Return the forbidden variants that an answer holds, each with its term.

        Only the variants of terms that the source holds count; both are HTML fragments.
        """
        terms = [term for term in self.terms_in(source) if term.forbidden]
        text = visible_text(answer) if terms else ""
        return tuple(
            (term, variant)
            for term in terms
            for variant in term.forbidden
            if self._is_said(variant, text, term)
        )

    def _is_said(self, phrase: str, text: str, term: Term) -> bool:
        return is_said(phrase, text, language=self.target, case_sensitive=term.case_sensitive)
