"""What the checks find in a translation now, in words, without what people have dismissed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..segments.checks import Finding, Severity, check, check_piece
from ..segments.figures import local_digits
from ..segments.glossary import Glossary
from ..segments.keys import fingerprint
from . import localize
from .glossary import glossary_for
from .localize import Segment, Translation
from .models import Dismissal
from .pieces import piece_of

SENTENCES: Mapping[str, Promise | str] = {
    "empty": _("There is no text."),
    "unchanged": _("The text is the same as the original."),
    "wrong-script": _("Only %(percent)s%% of the letters belong to this language's script."),
    "tags": _("Links or markup differ. Missing: %(missing)s. Added: %(added)s."),
    "hostile-markup": _("There is markup that does not belong here: %(found)s"),
    "tokens": _("A stand-in for markup was left in the text: %(tokens)s"),
    "numbers": _("Numbers differ. Missing: %(missing)s. Added: %(added)s."),
    "addresses": _("Addresses differ. Missing: %(missing)s. Added: %(added)s."),
    "acronyms": _("An acronym of the original is missing: %(acronyms)s"),
    "glossary-missed": _("The glossary wants “%(translation)s” for “%(term)s”."),
    "forbidden-variant": _("Not “%(variant)s”: the glossary wants “%(translation)s”."),
    "length-ratio": _("The text has %(percent)s%% of the original's length."),
    "sentences-lost": _("The original has %(source)s sentences, the translation %(target)s."),
    "unbalanced": _("Quotes or brackets are not in pairs: %(marks)s"),
    "repeated-word": _("A word stands there twice: %(word)s"),
    "arabic-letters": _("Letters or digits of another language: %(words)s"),
    "half-space": _("Half-spaces are missing: %(words)s"),
    "straight-quotes": _("Quotation marks are not those of this language: %(words)s"),
    "latin-punctuation": _("Latin punctuation: %(words)s"),
    "gender": _("The original does not say whether it is a man or a woman: %(pronouns)s"),
    "inconsistent": _("The same original is translated in another way too: %(others)s"),
    "sentences-lost-in-piece": _(
        "The whole piece has %(source)s sentences, its translation %(target)s."
    ),
}


@dataclass(frozen=True)
class Told:
    """A finding as people see it."""

    finding: Finding
    message: str
    dismissed_by: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has dismissed it."""
        return self.dismissed_by is None

    @property
    def is_error(self) -> bool:
        """Whether it keeps the text from being approved."""
        return self.finding.severity is Severity.ERROR


def word(finding: Finding) -> str:
    """Return the sentence for a finding."""
    sentence = SENTENCES.get(finding.check)
    if sentence is None:
        return finding.check
    return str(sentence) % {name: _listed(value) for name, value in finding.values.items()}


def _listed(value: Any) -> str:
    if isinstance(value, (list, tuple, set, frozenset)):
        # A slash reads the same in every direction and needs no translation, unlike a comma.
        return " / ".join(_whole(str(one)) for one in value) or "–"
    # A count of ours, unlike the numbers that were found in the texts.
    return local_digits(value, get_language() or "en") if isinstance(value, int) else str(value)


def _whole(text: str) -> str:
    """Return a text as it reads in a sentence of any direction: markup from left to right.

    https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
    """
    return f"\u2066{text}\u2069" if "<" in text else text


def glossary_of(translation: Translation, target: Any) -> Glossary:
    """Return the terms that count for a translation; `target` is None where it is not stored."""
    return glossary_for(
        translation.source.locale.language_code,
        translation.target_locale.language_code,
        site=piece_of(target).site_id if target is not None and target.pk is not None else None,
    )


def findings_of(
    translation: Translation,
    segments: Iterable[Segment],
    *,
    glossary: Glossary | None = None,
    dismissed: Mapping[tuple[str, str, str], str] | None = None,
    only: Collection[int] | None = None,
) -> dict[int | None, list[Told]]:
    """Return what the checks find, by the segment's key; of the piece as a whole at None.

    `only` has the keys of those whose findings are asked; all, where it is None. The number of
    queries is the same at any size, and two less with the glossary at hand, one less with the
    dismissals, see `checked`.
    """
    source = translation.source.locale.language_code
    target = translation.target_locale.language_code
    if glossary is None:
        glossary = glossary_of(translation, localize.target_of(translation))
    if dismissed is None:
        dismissed = {
            (check_id, source_mark, mark): name or "–"
            for check_id, source_mark, mark, name in Dismissal.objects.filter(
                object_id=translation.source.object_id, locale_id=translation.target_locale_id
            ).values_list(
                "check_id",
                "source_fingerprint",
                "fingerprint",
                f"dismissed_by__{get_user_model().USERNAME_FIELD}",
            )
        }
    return checked(
        segments, source=source, target=target, glossary=glossary, dismissed=dismissed, only=only
    )


def checked(
    segments: Iterable[Segment],
    *,
    source: str,
    target: str,
    glossary: Glossary,
    dismissed: Mapping[tuple[str, str, str], str],
    only: Collection[int] | None = None,
) -> dict[int | None, list[Told]]:
    """Return what the checks find in segments, by their keys; asks the database nothing.

    `dismissed` has a name for each check and fingerprints of source and text that a person
    dismissed. `only` has the keys of those whose findings are asked; the others are read for what
    shows in the whole piece.
    """
    segments = [segment for segment in segments if not segment.is_missing]
    pairs = {segment.pk: (segment.source, segment.text) for segment in segments}
    asked = [segment for segment in segments if only is None or segment.pk in only]
    found: dict[int | None, list[Finding]] = {
        segment.pk: check(
            segment.source, segment.text, source=source, target=target, glossary=glossary
        )
        for segment in asked
    }
    for key, more in check_piece(pairs, source=source, target=target).items():
        if key is None or key in found:
            found.setdefault(key, []).extend(more)
    marks: dict[int | None, tuple[str, str]] = {
        segment.pk: (fingerprint(segment.source), fingerprint(segment.text)) for segment in asked
    }
    return {
        key: [
            Told(
                finding,
                word(finding),
                dismissed.get((finding.check, *marks[key])) if key in marks else None,
            )
            for finding in findings
        ]
        for key, findings in found.items()
        if findings
    }


def open_errors(translation: Translation, segments: Iterable[Segment]) -> int:
    """Return how many errors nobody has mended or dismissed."""
    return count_open_errors(findings_of(translation, segments))


def count_open_errors(found: Mapping[int | None, list[Told]]) -> int:
    """Return how many of these findings are errors that nobody has mended or dismissed."""
    return sum(told.is_open and told.is_error for findings in found.values() for told in findings)
