"""The way out when an engine damages markup: the texts between tags, translated one by one."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from .cleaning import clean_answer, plain
from .markup import Keep, Kind, Part, parts_with_atoms


@dataclass(frozen=True)
class Runs:
    """A fragment taken apart at its tags, addresses and placeholders."""

    parts: tuple[Part, ...]
    positions: tuple[int, ...]
    """Where in `parts` the texts stand that have something to translate."""

    @property
    def texts(self) -> list[str]:
        """The plain texts to translate, in order, without the spaces around them."""
        return [plain(self.parts[position].text) for position in self.positions]

    def rebuild(self, texts: Sequence[str]) -> str:
        """Return the fragment with other texts between the same tags.

        Each text is cleaned and stands between the spaces that the source had there.

        Raises:
            ValueError: when there are not as many texts as `self.texts` has.
        """
        answers = dict(zip(self.positions, texts, strict=True))
        rebuilt = []
        for position, part in enumerate(self.parts):
            if position in answers:
                before, after = _edges(part.text)
                answer = html.escape(clean_answer(answers[position]), quote=False)
                rebuilt.append(f"{before}{answer}{after}")
            else:
                rebuilt.append(part.html)
        return "".join(rebuilt)


def runs(fragment: str, keep: Keep | None = None) -> Runs:
    """Return a fragment taken apart at its tags, so that they are sure to survive."""
    found = parts_with_atoms(fragment, keep)
    positions = tuple(
        position
        for position, part in enumerate(found)
        if part.kind is Kind.TEXT and any(char.isalpha() for char in part.text)
    )
    return Runs(tuple(found), positions)


def _edges(text: str) -> tuple[str, str]:
    """Return the spaces at a text's start and end, one at most on each side."""
    return " " if text[:1].isspace() else "", " " if text[-1:].isspace() else ""
