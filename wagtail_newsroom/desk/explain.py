"""Reasons as sentences: what an editor reads when a machine could not translate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..segments.reasons import Reason
from .numbers import local_number

SENTENCES: Mapping[str, Promise | str] = {
    Reason.UNREACHABLE: _("%(engine)s could not be reached."),
    Reason.TIMEOUT: _("%(engine)s did not answer in time."),
    Reason.BUSY: _("%(engine)s had too many requests and asks to wait."),
    Reason.SERVER_ERROR: _("%(engine)s failed on its side."),
    Reason.REFUSED: _("%(engine)s refused the request; check its settings and key."),
    Reason.BAD_ANSWER: _("%(engine)s answered something that is not a translation."),
    Reason.NOT_SUPPORTED: _("%(engine)s does not know this pair of languages."),
    Reason.TOO_LONG: _("The text is longer than %(engine)s takes."),
    Reason.BROKEN: _("%(engine)s could not be used; its program failed."),
    Reason.FIELD_LENGTH: _("The translation by %(engine)s is longer than its field allows."),
    Reason.CIRCUIT_OPEN: _(
        "%(engine)s failed several times and is left alone for a minute; try again then."
    ),
    Reason.BUDGET: _("The time for this job ran out before %(engine)s was asked."),
    Reason.CAP: _("%(engine)s has reached the month's cap of characters."),
    Reason.EMPTY: _("%(engine)s gave back nothing."),
    Reason.UNCHANGED: _("%(engine)s gave back the text unchanged."),
    Reason.TRUNCATED: _("%(engine)s gave back only a part of the text."),
    Reason.MARKUP: _("%(engine)s damaged the links or the markup."),
    Reason.TOKENS: _("%(engine)s damaged the links or the markup."),
    Reason.WRONG_SCRIPT: _("%(engine)s answered in another script."),
    Reason.WITHHELD: _(
        "The piece is private or not to be read yet, and no private engine is set up."
    ),
    Reason.NO_ENGINE: _("No engine is set up for this pair of languages."),
}


def explain(reason: str, engine: str) -> str:
    """Return the sentence for one reason; `engine` is the name that people know it by."""
    sentence = SENTENCES.get(reason)
    if sentence is None:
        return gettext("%(engine)s could not translate this.") % {"engine": engine}
    return str(sentence) % {"engine": engine}


def summarize(failures: Iterable[Mapping[str, Any]], labels: Mapping[str, str]) -> list[str]:
    """Return a sentence for each kind of failure with the number of passages, most frequent first."""
    kinds = Counter((failure["reason"], failure.get("engine", "")) for failure in failures)
    return [
        ngettext("%(reason)s (%(count)s passage)", "%(reason)s (%(count)s passages)", count)
        % {
            "reason": explain(reason, labels.get(engine, engine)),
            "count": local_number(count),
        }
        for (reason, engine), count in kinds.most_common()
    ]
