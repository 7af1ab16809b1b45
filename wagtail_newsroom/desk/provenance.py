"""Where the words of a page come from: the facts that readers, crawlers and the API are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import (
    CharField,
    DateTimeField,
    Max,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    TextChoices,
)
from django.db.models.functions import Coalesce
from wagtail.models import Page

from .localize.origins import origin_of_row, source_read_at_of_row
from .models import Approval, Provenance
from .policy_models import Policy, Unreviewed
from .state_models import PieceState, State

M = TypeVar("M", bound=Model)

ORIGIN = "newsroom_origin"
"""The annotation that holds the code of the language that a page was translated from."""
_READ_AT = "newsroom_source_read_at"
_POLICY = "newsroom_policy"
_APPROVED = "newsroom_approved_"


class Kind(TextChoices):
    """Who wrote the words of a page."""

    ORIGINAL = "original"
    HUMAN = "human"
    MACHINE_REVIEWED = "machine-reviewed"
    MACHINE_TRUSTED = "machine-trusted"
    MACHINE = "machine"


UNREVIEWED = (Kind.MACHINE, Kind.MACHINE_TRUSTED)
"""The kinds of words that no person approved."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Where the words of one page come from."""

    kind: Kind = Kind.ORIGINAL
    origin: str | None = None
    """The code of the original's language; None where no translation is known."""
    methods: tuple[str, ...] = ()
    """The origins of the texts that were approved, in alphabetical order."""
    approved_at: datetime | None = None
    """When a text was last approved."""
    read_at: datetime | None = None
    """When the original was last read for translation."""


@dataclass(frozen=True, slots=True)
class Review:
    """The approval of the words that readers see, or the policy that stands for it."""

    name: str
    """The full name of who approved; empty where nobody did or the account has none. Never a login."""
    source_updated_at: datetime
    """The state of the original that the words render."""


def with_facts(pages: QuerySet[M]) -> QuerySet[M]:
    """Return pages with what `facts_of` needs, in the query that reads them anyway."""
    return pages.annotate(
        **{
            ORIGIN: origin_of_row(),
            _READ_AT: source_read_at_of_row(),
            _POLICY: policy_of_row(pages.model),
            **{_APPROVED + origin: _approved_at(origin) for origin in Provenance.Origin.values},
        }
    )


def facts_of(page: Page) -> Facts:
    """Return where a page's words come from; no query where it was read `with_facts`."""
    if hasattr(page, _READ_AT):
        return _facts(vars(page))
    return facts_of_pages([page]).get(page.pk, Facts())


def facts_of_pages(pages: Iterable[Page]) -> dict[int, Facts]:
    """Return where the words of many pages come from, by their keys; one query."""
    keys = [page.pk for page in pages if page.pk is not None]
    if not keys:
        return {}
    rows = with_facts(Page.objects.filter(pk__in=keys).order_by())
    return {row.pk: _facts(vars(row)) for row in rows.only("pk")}


def review_of(page: Page) -> Review | None:
    """Return the approval of the words of a live page; one query.

    That of the very revision, else the last one before the page was published. Of words that no
    person approved, what is known of them.
    """
    if facts_of(page).kind in UNREVIEWED:
        record = Unreviewed.objects.filter(
            object_id=page.translation_key, locale_id=page.locale_id
        ).first()
        return Review("", record.source_updated_at) if record is not None else None
    approvals = Approval.objects.filter(
        translation__source__object_id=page.translation_key,
        translation__target_locale_id=page.locale_id,
        policy="",
    ).select_related("approved_by")
    found = None
    for approval in approvals.order_by("-approved_at", "-pk"):
        if approval.revision_id is not None and approval.revision_id == page.live_revision_id:
            found = approval
            break
        published = page.last_published_at
        if found is None and (published is None or approval.approved_at <= published):
            found = approval
    if found is None:
        return None
    return Review(_name_of(found.approved_by), found.source_updated_at)


def says_what_the_original_says(page: Page) -> bool:
    """Return whether a live translation is known to lack nothing of its original; one query.

    That the original was published again says little: it may have been as it was, or somebody said
    that the change needs no translation. Where the list of translations does not know, nor do we.
    """
    rows = PieceState.objects.filter(
        translation_key=page.translation_key, locale_id=page.locale_id, state=State.PUBLISHED
    )
    return rows.exists()


def policy_of_row(model: type[Model]) -> Subquery:
    """Return, for an annotation, the policy that let a row's words pass; NULL where none had to.

    The words of an alias are those of the page that it mirrors.
    """
    key: Any = OuterRef("translation_key")
    locale: Any = OuterRef("locale_id")
    if issubclass(model, Page):
        key = Coalesce(OuterRef("alias_of__translation_key"), key)
        locale = Coalesce(OuterRef("alias_of__locale_id"), locale)
    records = Unreviewed.objects.filter(object_id=key, locale_id=locale)
    return Subquery(records.values("policy")[:1], output_field=CharField())


def _approved_at(origin: str) -> Subquery:
    texts = Provenance.objects.filter(
        object_id=OuterRef("translation_key"),
        locale_id=OuterRef("locale_id"),
        origin=origin,
        approved_at__isnull=False,
    )
    latest = texts.order_by().values("object_id").annotate(latest=Max("approved_at"))
    return Subquery(latest.values("latest"), output_field=DateTimeField())


def _facts(row: dict[str, Any]) -> Facts:
    approved = {
        origin: row[_APPROVED + origin]
        for origin in sorted(Provenance.Origin.values)
        if row[_APPROVED + origin] is not None
    }
    origin = row[ORIGIN]
    if row[_POLICY]:
        kind = Kind.MACHINE_TRUSTED if row[_POLICY] == Policy.TRUST else Kind.MACHINE
        return Facts(kind=kind, origin=origin, read_at=row[_READ_AT])
    if Provenance.Origin.MACHINE in approved:
        kind = Kind.MACHINE_REVIEWED
    else:
        kind = Kind.HUMAN if origin or approved else Kind.ORIGINAL
    return Facts(
        kind=kind,
        origin=origin,
        methods=tuple(approved),
        approved_at=max(approved.values(), default=None),
        read_at=row[_READ_AT],
    )


def _name_of(user: Any) -> str:
    get_full_name = getattr(user, "get_full_name", None)
    return " ".join(str(get_full_name() or "").split()) if get_full_name is not None else ""
