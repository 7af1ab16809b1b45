"""What readers are told of where the words of a page come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from ..conf import conf
from ..desk.provenance import (
    UNREVIEWED,
    Facts,
    Kind,
    facts_of,
    review_of,
    says_what_the_original_says,
)
from .alternates import Alternate, trail_of
from .dates import day_of
from .languages import name_here

_ON_REQUEST = "_newsroom_provenance"


@dataclass(frozen=True, slots=True)
class Told:
    """The provenance of one page, for its readers."""

    facts: Facts
    original: Alternate | None = None
    """The original, if readers may see it."""
    translations: tuple[Alternate, ...] = ()
    """What was translated from this page, as far as readers may see it."""
    reviewer: str = ""
    """Who approved the words; empty where there is nobody, no name or no leave to name them."""
    updated_at: datetime | None = None
    """When the original was published with other words, if after the state that these words render."""
    as_of: datetime | None = None
    """The state of the original that these words render, where it was published anew since."""

    @property
    def is_machine(self) -> bool:
        """Whether a machine wrote the words."""
        return self.facts.kind in (Kind.MACHINE_REVIEWED, *UNREVIEWED)

    @property
    def is_trusted(self) -> bool:
        """Whether the newspaper trusts the machine without a person's approval."""
        return self.facts.kind == Kind.MACHINE_TRUSTED

    @property
    def is_unreviewed(self) -> bool:
        """Whether a machine wrote the words, and nobody approved them."""
        return self.facts.kind == Kind.MACHINE

    @property
    def machine_credit(self) -> str:
        """What is said of a machine's translation, as plain text; empty for any other page."""
        if not self.is_machine:
            return ""
        if self.is_unreviewed:
            return gettext("Machine translation, not reviewed by an editor.")
        if self.is_trusted:
            return gettext(
                "Machine translation from sources that this newspaper trusts, not reviewed by an "
                "editor."
            )
        if not self.reviewer:
            return gettext("Machine-translated, reviewed by an editor.")
        return gettext("Machine-translated, reviewed by %(name)s.") % {"name": self.reviewer}

    @property
    def is_later_that_day(self) -> bool:
        """Whether the original was published anew on the very day of the state rendered here."""
        if self.updated_at is None or self.as_of is None:
            return False
        return day_of(self.updated_at) == day_of(self.as_of)

    @property
    def origin_name(self) -> str:
        """The name of the original's language in the active one; empty where it is not known."""
        return name_here(self.facts.origin) if self.facts.origin else ""

    @property
    def is_translation(self) -> bool:
        """Whether the words are a translation."""
        return self.facts.kind != Kind.ORIGINAL


def provenance_of(page: Any, request: HttpRequest | None = None) -> Told:
    """Return a page's provenance, once for each request.

    No query for an original that was found by its address; one for a translation.
    """
    kept: dict[int, tuple[Any, Told]] = {}
    if request is not None:
        kept = request.__dict__.setdefault(_ON_REQUEST, kept)
    # By the object: a preview shows another content of the same page.
    if id(page) not in kept:
        kept[id(page)] = (page, _read(page, request))
    return kept[id(page)][1]


def _read(page: Any, request: HttpRequest | None) -> Told:
    facts = facts_of(page)
    if page.pk is None:
        return Told(facts)
    versions = trail_of(page, request).versions
    code = next((each.language_code for each in versions if each.page.pk == page.pk), "")
    translations = tuple(each for each in versions if code and each.origin == code)
    if facts.kind == Kind.ORIGINAL:
        return Told(facts, translations=translations)
    review = review_of(page)
    original = next((each for each in versions if each.language_code == facts.origin), None)
    as_of = review.source_updated_at if review is not None else facts.read_at
    changed = original.page.last_published_at if original is not None else None
    is_behind = (
        as_of is not None
        and changed is not None
        and changed > as_of
        and not says_what_the_original_says(page)
    )
    return Told(
        facts,
        original=original,
        translations=translations,
        reviewer=review.name if review is not None and conf.provenance_names else "",
        updated_at=changed if is_behind else None,
        as_of=as_of if is_behind else None,
    )
