"""How one fragment is put to an engine, and how its answers become a fragment again."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..segments.batches import cut, join
from ..segments.cleaning import TAG_LIKE, clean_answer, clean_markup, plain
from ..segments.markup import Keep, Kind, parts_with_atoms
from ..segments.masking import mask, runs, unmask
from ..segments.reasons import Reason
from ..segments.verdict import reason_against
from .base import Engine, Failed, Outcome

_WORD = re.compile(r"[^\W\d_]{2,}")

Prepare = Callable[[str], str]
"""Takes a plain text that is about to be sent; returns what is sent in its place.

The words of the text may be tokens of `segments.masking`, which must stay.
"""


@dataclass(frozen=True, eq=False)
class Plan:
    """The texts to send for one fragment, and how to put their translations together."""

    fragment: str
    texts: tuple[tuple[str, ...], ...]
    """Each text in the pieces that fit the engine."""
    assemble: Callable[[list[str]], str | None]
    """Takes one answer for each text; returns a fragment, or None when its markup is lost."""
    is_last_resort: bool = False
    half_done: frozenset[str] = frozenset()
    """Prepared texts with words left to translate, folded; sent back they are no translation."""

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
            if _fold(answers[-1]) in self.half_done:
                return Reason.UNCHANGED
        fragment = self.assemble(answers)
        if fragment is None:
            return Reason.MARKUP
        return reason_against(self.fragment, fragment, source=source, target=target) or fragment


def first_plan(
    fragment: str, engine: Engine, prepare: Prepare | None = None, keep: Keep | None = None
) -> Plan:
    """Return how a fragment goes to an engine at first: whole."""
    if not engine.keeps_markup:
        masked = mask(fragment, keep)
        text = plain(prepare(masked.text)) if prepare else masked.text
        return Plan(
            fragment,
            (tuple(cut(text, engine.max_chars)),),
            lambda answers: unmask(masked, answers[0]),
            half_done=_half_done(masked.text, text),
        )
    prepared = _with_texts_prepared(fragment, prepare) if prepare else fragment
    if len(prepared) > engine.max_chars:
        # A fragment cannot be cut without cutting tags apart.
        return last_plan(fragment, engine, prepare, keep)
    return Plan(
        fragment,
        ((prepared,),),
        lambda answers: clean_markup(answers[0]),
        half_done=_half_done(fragment, prepared),
    )


def last_plan(
    fragment: str, engine: Engine, prepare: Prepare | None = None, keep: Keep | None = None
) -> Plan:
    """Return how a fragment goes after its markup was damaged: the texts between its tags."""
    apart = runs(fragment, keep)
    prepared = [plain(prepare(text)) if prepare else text for text in apart.texts]
    texts = tuple(tuple(_pieces(text, engine)) for text in prepared)

    def assemble(answers: list[str]) -> str | None:
        cleaned = [clean_answer(answer) for answer in answers]
        return apart.rebuild(cleaned) if all(cleaned) else None

    half_done = frozenset[str]().union(*map(_half_done, apart.texts, prepared))
    return Plan(fragment, texts, assemble, is_last_resort=True, half_done=half_done)


def _with_texts_prepared(fragment: str, prepare: Prepare) -> str:
    return "".join(
        html.escape(prepare(part.text), quote=False) if part.kind is Kind.TEXT else part.html
        for part in parts_with_atoms(fragment)
    )


def _half_done(text: str, prepared: str) -> frozenset[str]:
    """Return a prepared text, folded, if it still has words to translate.

    Names may stay; an engine that knows nothing to do about the rest has not translated it.
    """
    if text == prepared:
        return frozenset()
    left = set(_WORD.findall(TAG_LIKE.sub(" ", prepared)))
    left &= set(_WORD.findall(text))
    return frozenset({_fold(prepared)} if any(not word[0].isupper() for word in left) else ())


def _fold(text: str) -> str:
    return " ".join(html.unescape(text).split()).casefold()


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
