"""Bringing a CSV file into the glossary: first a plan that a person can read, then all or nothing."""

from __future__ import annotations

import copy
import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, router, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.coreutils import get_content_languages
from wagtail.models import Site

from ..exceptions import BadFile, Declined, NotAllowed
from .glossary import ADD, CHANGE
from .glossary_csv import COLUMNS, FLAGS, Line, flag, read_lines, site_name
from .glossary_models import GlossaryTerm

Key = tuple[str, str, str, int | None]

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class LineError:
    """Why a line cannot be imported."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Change:
    """A term that the glossary has, and what would be different."""

    term: GlossaryTerm
    """The term as it would be."""
    fields: tuple[tuple[str, str, str], ...]
    """Label, old value and new value of each field that changes."""


@dataclass
class ImportPlan:
    """What a file would do to the glossary as it is now."""

    new: list[GlossaryTerm] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    same: int = 0
    errors: list[LineError] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """A hash of all that would be stored, by which a person's consent is known again."""
        lines = [repr(_values(term)) for term in self.new]
        lines += [repr((change.term.pk, change.fields)) for change in self.changed]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def plan_import(data: bytes) -> ImportPlan:
    """Return what a CSV file would change; nothing is stored. Three queries at most.

    A column that the file leaves out stays as it is in terms that are there already. Raises
    `BadFile` when the file as a whole cannot be read.
    """
    plan = ImportPlan()
    lines = list(read_lines(data))
    if not lines:
        raise BadFile(_("This file holds no terms."))
    languages = get_content_languages()
    sites = {site_name(site).lower(): site for site in Site.objects.all()}
    there: dict[Key, GlossaryTerm] = {
        _key(term): term for term in GlossaryTerm.objects.select_related("site")
    }
    first_line: dict[Key, int] = {}
    for line in lines:
        try:
            term = _term(line, languages=languages, sites=sites)
            key = _key(term)
            known = first_line.setdefault(key, line.number)
            if known != line.number:
                raise ValidationError(
                    _("The term stands on line %(line)d already.") % {"line": known}
                )
            former = there.get(key)
            if former is None:
                _check(term)
                plan.new.append(term)
                continue
            after = copy.copy(former)
            for column in line.cells:
                if column != "site":
                    setattr(after, column, getattr(term, column))
            _check(after)
        except ValidationError as error:
            plan.errors += [LineError(line.number, message) for message in _messages(error)]
            continue
        changes = _differences(former, after)
        if changes:
            plan.changed.append(Change(after, changes))
        else:
            plan.same += 1
    return plan


def import_terms(data: bytes, *, user: Any = None, digest: str | None = None) -> ImportPlan:
    """Store all that a CSV file says, or nothing of it, and return what was done.

    `digest` is the one of the plan that the person agreed to; if the glossary changed since,
    nothing is stored. A `user`, where there is one, needs the permissions to add and change.
    Raises `BadFile`, `NotAllowed` and `Declined`.
    """
    if user is not None and not user.has_perm(ADD):
        raise NotAllowed(_("You may not add to the glossary."))
    try:
        with transaction.atomic(using=router.db_for_write(GlossaryTerm)):
            plan = plan_import(data)
            if plan.errors:
                raise BadFile(
                    " ".join(
                        _("Line %(line)d: %(message)s")
                        % {"line": error.line, "message": error.message}
                        for error in plan.errors[:10]
                    )
                )
            if plan.changed and user is not None and not user.has_perm(CHANGE):
                raise NotAllowed(_("You may not change terms of the glossary."))
            if digest is not None and digest != plan.digest:
                raise Declined(_("The glossary changed in the meantime. Please look again."))
            _store(plan)
    except IntegrityError as error:
        raise Declined(_("The glossary changed in the meantime. Please look again.")) from error
    return plan


def _store(plan: ImportPlan) -> None:
    now = timezone.now()
    GlossaryTerm.objects.bulk_create(plan.new, batch_size=_CHUNK)
    terms = sorted((change.term for change in plan.changed), key=lambda term: term.pk)
    for term in terms:
        term.updated_at = now
    GlossaryTerm.objects.bulk_update(
        terms,
        [*(column for column in COLUMNS if column != "site"), "updated_at"],
        batch_size=_CHUNK,
    )


def describe(plan: ImportPlan) -> str:
    """Return a sentence that says what became of a file."""
    return _(
        "The glossary was imported. New terms: %(new)d, changed: %(changed)d, as before: %(same)d."
    ) % {"new": len(plan.new), "changed": len(plan.changed), "same": plan.same}


def _term(line: Line, *, languages: Any, sites: dict[str, Site]) -> GlossaryTerm:
    """Return the term that a line describes; raises `ValidationError`."""
    values: dict[str, Any] = {}
    errors = []
    for column, cell in line.cells.items():
        values[column] = cell.strip()
        if column in FLAGS:
            values[column] = flag(cell)
            if values[column] is None:
                errors.append(_("“%(column)s” must be “yes” or empty.") % {"column": column})
        elif column == "site":
            values[column] = sites.get(cell.strip().lower())
            if cell.strip() and values[column] is None:
                errors.append(_("There is no site “%(site)s”.") % {"site": cell.strip()[:60]})
        elif column.endswith("_language"):
            values[column] = cell.strip().lower().replace("_", "-")
            if values[column] not in languages:
                errors.append(
                    _("The site has no language “%(code)s”.") % {"code": cell.strip()[:20]}
                )
    if errors:
        raise ValidationError(errors)
    term = GlossaryTerm(**values)
    term.tidy()
    return term


def _check(term: GlossaryTerm) -> None:
    # A site was looked up already, and what is there twice is found without asking for each line.
    term.clean_fields(exclude=["site"])
    term.clean()


def _messages(error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    return [
        f"{name}: {message}" if name in COLUMNS else message
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _key(term: GlossaryTerm) -> Key:
    return term.source_language, term.target_language, term.term, term.site_id


def _values(term: GlossaryTerm) -> tuple[Any, ...]:
    return tuple(term.site_id if column == "site" else getattr(term, column) for column in COLUMNS)


def _differences(former: GlossaryTerm, after: GlossaryTerm) -> tuple[tuple[str, str, str], ...]:
    def shown(value: Any) -> str:
        return str((_("yes") if value else _("no")) if isinstance(value, bool) else value)

    return tuple(
        (
            str(GlossaryTerm._meta.get_field(column).verbose_name),  # type: ignore[union-attr]
            shown(getattr(former, column)),
            shown(getattr(after, column)),
        )
        for column in COLUMNS
        if column != "site" and getattr(former, column) != getattr(after, column)
    )
