"""Looks at a translation as a critical colleague would, and says what to look at again.

Every check is a small function with an id and a severity, in the tables below; where a machine
can mend what was found, it offers a fix and a person takes it. A check gives codes and values;
the desk finds the words.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ..glossary import Glossary
from . import addresses, content, markup, numbers, piece, terms, typography, wording
from .findings import Finding, Fix, Hit, Severity, apply_fix
from .pair import Pair

__all__ = [
    "CHECKS",
    "PIECE_CHECKS",
    "Check",
    "Finding",
    "Fix",
    "Severity",
    "apply_fix",
    "check",
    "check_piece",
]

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Check:
    """A check of one segment."""

    id: str
    severity: Severity
    find: Callable[[Pair], Iterable[Hit]]

    def findings(self, pair: Pair) -> list[Finding]:
        """Return what the check finds in a segment."""
        return [Finding(self.id, self.severity, hit.values, hit.fixes) for hit in self.find(pair)]


_CHECKS = (
    Check("empty", Severity.ERROR, content.empty),
    Check("unchanged", Severity.ERROR, content.unchanged),
    Check("wrong-script", Severity.ERROR, content.wrong_script),
    Check("tags", Severity.ERROR, markup.tags),
    Check("hostile-markup", Severity.ERROR, markup.hostile),
    Check("tokens", Severity.ERROR, markup.tokens),
    Check("numbers", Severity.WARNING, numbers.numbers),
    Check("addresses", Severity.WARNING, addresses.addresses),
    Check("acronyms", Severity.WARNING, addresses.acronyms),
    Check("glossary-missed", Severity.WARNING, terms.glossary_missed),
    Check("forbidden-variant", Severity.WARNING, terms.forbidden_variant),
    Check("length-ratio", Severity.WARNING, content.length_ratio),
    Check("sentences-lost", Severity.WARNING, content.sentences_lost),
    Check("unbalanced", Severity.WARNING, typography.unbalanced),
    Check("repeated-word", Severity.WARNING, wording.repeated_word),
    Check("arabic-letters", Severity.WARNING, typography.arabic_letters),
    Check("half-space", Severity.INFO, typography.half_space),
    Check("straight-quotes", Severity.INFO, typography.straight_quotes),
    Check("latin-punctuation", Severity.INFO, typography.latin_punctuation),
    Check("gender", Severity.INFO, wording.gender),
)
CHECKS: Mapping[str, Check] = {one.id: one for one in _CHECKS}
"""The checks of a segment by id, the gravest first."""

PIECE_CHECKS: Mapping[str, Severity] = {
    "inconsistent": Severity.INFO,
    "sentences-lost-in-piece": Severity.WARNING,
}
"""The checks over a piece, by id."""


def check(
    source_fragment: str,
    target_fragment: str,
    *,
    source: str,
    target: str,
    glossary: Glossary | None = None,
) -> list[Finding]:
    """Return what should be looked at in a translation, the gravest first.

    Both texts are HTML fragments; `source` and `target` are language codes such as `en`, `fa`.
    The glossary is the one for this direction.
    """
    found = _found(source_fragment, target_fragment, source, target)
    if glossary and "empty" not in found:
        pair = Pair(source_fragment, target_fragment, source, target, glossary)
        found = {**found, **{name: CHECKS[name].findings(pair) for name in _BY_GLOSSARY}}
    return [finding for one in _CHECKS for finding in found.get(one.id, ())]


_BY_GLOSSARY = ("glossary-missed", "forbidden-variant")
"""The checks that depend on more than the two texts."""


@functools.lru_cache(maxsize=2048)
def _found(
    source_fragment: str, target_fragment: str, source: str, target: str
) -> Mapping[str, Sequence[Finding]]:
    """Return what is found without a glossary, by the check.

    Remembered, because each text that is saved has all texts of its piece looked at again.
    """
    pair = Pair(source_fragment, target_fragment, source, target)
    # Of a text that is not there, nothing else is worth saying.
    if missing := CHECKS["empty"].findings(pair):
        return {"empty": missing}
    found = {one.id: one.findings(pair) for one in _CHECKS if one.id not in _BY_GLOSSARY}
    return {name: findings for name, findings in found.items() if findings}


def check_piece(
    segments: Mapping[Key, tuple[str, str]], *, source: str, target: str
) -> dict[Key | None, list[Finding]]:
    """Return what shows only when all segments of a piece are seen together.

    `segments` are pairs of HTML fragments, source and target, by any key. The findings come by
    the same keys; those of the piece as a whole stand at None.
    """
    found: dict[Key | None, list[Finding]] = {}
    for key, hit in piece.inconsistent(segments):
        finding = Finding("inconsistent", PIECE_CHECKS["inconsistent"], hit.values, hit.fixes)
        found.setdefault(key, []).append(finding)
    for hit in piece.sentences_lost_in_piece(segments, source=source, target=target):
        check_id = "sentences-lost-in-piece"
        finding = Finding(check_id, PIECE_CHECKS[check_id], hit.values, hit.fixes)
        found.setdefault(None, []).append(finding)
    return found
