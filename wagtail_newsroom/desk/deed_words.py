"""What one deed did to many pieces in words, in the active language: one e-mail instead of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from wagtail.admin.utils import get_admin_base_url

from .event_words import Told, name_of_person
from .events import Kind

AT_MOST = 50
"""How many pieces an e-mail names; the rest is in the list."""


@dataclass(frozen=True)
class NamedPiece:
    """A piece that an e-mail names."""

    name: str
    """Its title and language, or what is the matter with it where that differs."""
    url: str
    """Where it is seen to, in the admin."""


@dataclass(frozen=True)
class WordsOfMany:
    """What is told of many events of one kind."""

    subject: str
    sentence: str
    pieces: list[NamedPiece]
    more: str
    """How many pieces are not named; empty where all are."""
    url: str
    """The list of translations."""


@dataclass(frozen=True)
class ToldTogether:
    """Events of one kind that one person, or the site, set off together."""

    news: Sequence[Told]
    """At least two, each of another piece."""

    def words(self) -> WordsOfMany:
        """Returns them in the active language; what is urgent stands first."""
        kind = Kind(self.news[0].event.kind)
        subject, sentence = _SENTENCES[kind](self)
        news = sorted(self.news, key=lambda one: not one.is_urgent)
        return WordsOfMany(
            subject=subject,
            sentence=sentence,
            pieces=[NamedPiece(_name(one), one.url()) for one in news[:AT_MOST]],
            more=_more(len(news) - AT_MOST),
            url=f"{get_admin_base_url() or ''}{reverse('newsroom_translations:index')}",
        )

    def values(self) -> dict[str, Any]:
        """Returns what the sentences name."""
        return {"count": len(self.news), "person": name_of_person(self.news[0].person)}


def _name(told: Told) -> str:
    if told.is_urgent or told.event.kind == Kind.JOB_FAILED:
        return told.words().subject
    return gettext("“%(title)s” in %(language)s") % told.values()


def _more(count: int) -> str:
    if count <= 0:
        return ""
    words = ngettext(
        "%(count)d more is in the list of translations:",
        "%(count)d more are in the list of translations:",
        count,
    )
    return words % {"count": count}


def _job_done(told: ToldTogether) -> tuple[str, str]:
    subject = ngettext(
        "%(count)d translation is ready to be checked",
        "%(count)d translations are ready to be checked",
        len(told.news),
    )
    return (
        subject % told.values(),
        gettext("The machine drafts of these pieces are there to be checked."),
    )


def _job_failed(told: ToldTogether) -> tuple[str, str]:
    subject = ngettext(
        "%(count)d translation failed or is not complete",
        "%(count)d translations failed or are not complete",
        len(told.news),
    )
    return (
        subject % told.values(),
        gettext("These pieces could not be translated, or only partly."),
    )


def _assigned(told: ToldTogether) -> tuple[str, str]:
    subject = ngettext(
        "%(count)d piece is assigned to you", "%(count)d pieces are assigned to you", len(told.news)
    )
    return (
        subject % told.values(),
        gettext("%(person)s assigned these pieces to you.") % told.values(),
    )


def _source_changed(told: ToldTogether) -> tuple[str, str]:
    urgent = sum(one.is_urgent for one in told.news)
    if urgent:
        subject = ngettext(
            "Urgent: %(count)d translation lacks a correction of its original",
            "Urgent: %(count)d translations lack corrections of their originals",
            urgent,
        )
    else:
        subject = ngettext(
            "The original of %(count)d translation changed",
            "The originals of %(count)d translations changed",
            len(told.news),
        )
    return (
        subject % {"count": urgent or len(told.news)},
        gettext(
            "The originals of these translations were published with other texts than those that "
            "the translations were made from."
        ),
    )


def _approved(told: ToldTogether) -> tuple[str, str]:
    subject = ngettext(
        "%(count)d translation is approved", "%(count)d translations are approved", len(told.news)
    )
    return (
        subject % told.values(),
        gettext("%(person)s approved these translations.") % told.values(),
    )


_SENTENCES = {
    Kind.JOB_DONE: _job_done,
    Kind.JOB_FAILED: _job_failed,
    Kind.ASSIGNED: _assigned,
    Kind.SOURCE_CHANGED: _source_changed,
    Kind.APPROVED: _approved,
}
