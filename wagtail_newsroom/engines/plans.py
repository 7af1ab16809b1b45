"""How one fragment is put to an engine, and how its answers become a fragment again."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..segments.batches import cut, join
from ..segments.cleaning import clean_answer, clean_markup
from ..segments.masking import mask, runs, unmask
from ..segments.reasons import Reason
from ..segments.verdict import reason_against
from .base import Engine, Failed, Outcome


@dataclass(frozen=True, eq=False)
class Plan:
    """The texts to send for one fragment, and how to put their translations together."""

    fragment: str
    texts: tuple[tuple[str, ...], ...]
    """Each text in the pieces that fit the engine."""
    assemble: Callable[[list[str]], str | None]
    """Takes one answer for each text; returns a fragment, or None when its markup is lost."""
    is_last_resort: bool = False

    @property
    def sent(self) -> frozenset[str]:
        """All pieces that go to the engine."""
        return frozenset(piece.strip() for pieces in self.texts for piece in pieces) - {""}

    def conclude(
        self, outcomes: Mapping[str, Outcome], *, source: str, target: str
    ) -> str | Reason:
        """Return the translated fragment, or why there is none; needs an outcome for all sent."""
        answers = []
        for pieces in self.texts:
            translated = []
            for piece in pieces:
                outcome = outcomes[piece.strip()] if piece.strip() else None
                if isinstance(outcome, Failed):
                    return outcome.reason
                translated.append(outcome.text if outcome else "")
            answers.append(join(pieces, translated))
        fragment = self.assemble(answers)
        if fragment is None:
            return Reason.MARKUP
        return reason_against(self.fragment, fragment, source=source, target=target) or fragment


def first_plan(fragment: str, engine: Engine) -> Plan:
    """Return how a fragment goes to an engine at first: whole."""
    if not engine.keeps_markup:
        masked = mask(fragment)
        pieces = tuple(cut(masked.text, engine.max_chars))
        return Plan(fragment, (pieces,), lambda answers: unmask(masked, answers[0]))
    if len(fragment) > engine.max_chars:
        # A fragment cannot be cut without cutting tags apart.
        return last_plan(fragment, engine)
    return Plan(fragment, ((fragment,),), lambda answers: clean_markup(answers[0]))


def last_plan(fragment: str, engine: Engine) -> Plan:
    """Return how a fragment goes after its markup was damaged: the texts between its tags."""
    apart = runs(fragment)
    texts = tuple(tuple(_pieces(text, engine)) for text in apart.texts)

    def assemble(answers: list[str]) -> str | None:
        cleaned = [clean_answer(answer) for answer in answers]
        return apart.rebuild(cleaned) if all(cleaned) else None

    return Plan(fragment, texts, assemble, is_last_resort=True)


def _pieces(text: str, engine: Engine) -> Sequence[str]:
    """Return a plain text in pieces as the engine takes them; escaped if it speaks HTML."""
    if not engine.keeps_markup:
        return cut(text, engine.max_chars)
    limit = engine.max_chars
    while True:
        pieces = [html.escape(piece, quote=False) for piece in cut(text, limit)]
        if limit == 1 or max(map(len, pieces)) <= engine.max_chars:
            return pieces
        limit = limit // 2
