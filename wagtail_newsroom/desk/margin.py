"""The margin of a piece at the review: what people and machines put beside its passages.

Comments, suggestions, approvals and dismissals are read together, so that the review takes as
many queries with them as without.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from ..segments.keys import fingerprint
from .editing import version_of
from .localize import Segment, Translation
from .margin_models import Comment, Suggestion
from .models import Dismissal, Provenance


@dataclass(frozen=True, slots=True)
class Approved:
    """Who approved a text, and when."""

    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment as the review shows it."""

    pk: int
    text: str
    by: str
    at: datetime | None
    resolved_by: str
    resolved_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it."""
        return self.resolved_at is None


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion as the review shows it."""

    pk: int
    engine: str
    text: str
    status: str
    reason: str
    by: str

    @property
    def is_active(self) -> bool:
        """Whether a machine is or will be at work on it."""
        return self.status in Suggestion.ACTIVE


@dataclass
class Beside:
    """What stands beside one passage."""

    remarks: list[Remark] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    approved: Approved | None = None
    mark: str = ""
    """Changes whenever the passage's text or anything beside it does."""

    @property
    def open_remarks(self) -> int:
        """How many comments nobody has settled."""
        return sum(remark.is_open for remark in self.remarks)

    @property
    def is_waiting(self) -> bool:
        """Whether a machine is or will be at work for it."""
        return any(offer.is_active for offer in self.offers)


@dataclass
class Margin:
    """What stands beside all passages of a piece."""

    by_segment: Mapping[int, Beside]
    dismissed: Mapping[tuple[str, str, str], str]
    """A name for each check and fingerprints of source and text that a person dismissed."""
    approved: Mapping[str, Approved]
    """Who approved texts of the piece, former ones too, by their fingerprints."""
    stray: Sequence[Remark] = ()
    """Comments on places that the piece does not have any more."""

    @property
    def open_remarks(self) -> int:
        """How many comments nobody has settled."""
        return sum(beside.open_remarks for beside in self.by_segment.values()) + sum(
            remark.is_open for remark in self.stray
        )

    @property
    def mark(self) -> str:
        """Changes whenever the text of a passage or anything beside one does."""
        told = "".join(f"{pk}:{beside.mark};" for pk, beside in self.by_segment.items())
        return _hash(told)


def margin_of(translation: Translation, segments: Iterable[Segment]) -> Margin:
    """Return what stands beside the passages of a piece, in one query."""
    segments = list(segments)
    besides = {segment.pk: Beside() for segment in segments}
    exact = {(segment.context_id, segment.string_id): segment.pk for segment in reversed(segments)}
    places = {segment.context_id: segment.pk for segment in reversed(segments)}
    approved: dict[str, Approved] = {}
    dismissed: dict[tuple[str, str, str], str] = {}
    stray: list[Remark] = []
    for kind, pk, context, string, a, b, who, at, other, other_at in sorted(
        _rows(translation), key=lambda row: row[1]
    ):
        match kind:
            case "comment":
                remark = Remark(pk, a, who or "–", at, other or "–", other_at)
                place = exact.get((context, string)) or places.get(context)
                (besides[place].remarks if place is not None else stray).append(remark)
            case "suggestion":
                if (place := exact.get((context, string))) is not None:
                    status, _separator, reason = other.partition("/")
                    besides[place].offers.append(Offer(pk, b, a, status, reason, who or ""))
            case "approval":
                approved[b] = Approved(who or "–", at)
            case "dismissal":
                check, _separator, source = a.partition("/")
                dismissed[check, source, b] = who or "–"
    settled: dict[tuple[str, str], list[str]] = defaultdict(list)
    for check, source, mark in sorted(dismissed):
        settled[source, mark].append(check)
    for segment in segments:
        _finish(besides[segment.pk], segment, approved, settled)
    return Margin(besides, dismissed, approved, stray)


def _finish(
    beside: Beside,
    segment: Segment,
    approved: Mapping[str, Approved],
    settled: Mapping[tuple[str, str], list[str]],
) -> None:
    mark = fingerprint(segment.text)
    if not segment.is_missing:
        beside.approved = approved.get(mark)
    # A suggestion that stands in the text already needs no offer.
    beside.offers = [
        offer for offer in beside.offers if offer.text != segment.text or not offer.text
    ]
    checks = settled.get((fingerprint(segment.source), mark), [])
    beside.mark = _hash(
        repr((version_of(segment), beside.remarks, beside.offers, beside.approved, checks))
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _rows(translation: Translation) -> list[tuple[Any, ...]]:
    """Return all rows as `(kind, pk, context, string, a, b, who, at, other, other_at)`."""
    of_piece = {
        "object_id": translation.source.object_id,
        "locale_id": translation.target_locale_id,
    }
    kinds = [
        _columns(
            "comment",
            Comment.objects.filter(translation=translation),
            a="text",
            who="author",
            other="resolved_by",
            at="created_at",
            other_at="resolved_at",
        ),
        _columns(
            "suggestion",
            Suggestion.objects.filter(translation=translation),
            a="text",
            b="engine",
            who="requested_by",
            other=_joined("status", "reason"),
            at="created_at",
            other_at="created_at",
        ),
        _columns(
            "approval",
            Provenance.objects.filter(**of_piece, approved_at__isnull=False),
            b="fingerprint",
            who="approved_by",
            at="approved_at",
            other_at="approved_at",
        ),
        _columns(
            "dismissal",
            Dismissal.objects.filter(**of_piece),
            a=_joined("check_id", "source_fingerprint"),
            b="fingerprint",
            who="dismissed_by",
            at="dismissed_at",
            other_at="dismissed_at",
        ),
    ]
    return list(kinds[0].union(*kinds[1:], all=True).order_by())


def _columns(kind: str, rows: QuerySet[Any], **columns: Any) -> QuerySet[Any, tuple[Any, ...]]:
    """Return rows in the columns that all kinds share; no column is without a type."""
    model: Any = rows.model
    is_placed = any(one.name == "context" for one in model._meta.concrete_fields)
    text: Any = partial(Cast, output_field=TextField())
    nothing = Value("", output_field=CharField())
    name = get_user_model().USERNAME_FIELD

    def of(column: str) -> Any:
        value = columns.get(column)
        if value is None:
            return text(nothing)
        if not isinstance(value, str):
            return text(value)
        is_person = value in (
            "author",
            "resolved_by",
            "requested_by",
            "approved_by",
            "dismissed_by",
        )
        return text(F(f"{value}__{name}" if is_person else value))

    found = rows.order_by().annotate(
        c_kind=Value(kind, output_field=CharField()),
        c_context=F("context_id") if is_placed else F("pk"),
        c_string=F("string_id") if is_placed else F("pk"),
        c_a=of("a"),
        c_b=of("b"),
        c_who=of("who"),
        c_at=F(columns["at"]),
        c_other=of("other"),
        c_other_at=F(columns["other_at"]),
    )
    return found.values_list(
        *("c_kind", "pk", "c_context", "c_string", "c_a", "c_b"),
        *("c_who", "c_at", "c_other", "c_other_at"),
    )


def _joined(one: str, other: str) -> Any:
    return Concat(F(one), Value("/"), F(other), output_field=TextField())
