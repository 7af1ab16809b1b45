"""What stands where on a front page: chosen by editors where they chose, else the newest.

No piece stands twice. Three steps, each with a constant number of queries: what was chosen, what
fills the top, and what each section shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber
from django.utils import timezone
from wagtail.models import Page

from .article import ArticleMixin
from .listing import with_cards
from .queries import paths_from_page, pieces_below, readable
from .sections import sections_of


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """A section on the front page, with its newest pieces that stand nowhere else."""

    section: Page
    pieces: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class FrontLayout:
    """A front page: pieces of their own classes, as `articles.listing.with_cards` reads them."""

    lead: Any = None
    picks: tuple[Any, ...] = ()
    sections: tuple[SectionBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """What editors chose, as keys of pages in whatever language."""

    lead: int | None = None
    picks: Sequence[int] = ()
    sections: Sequence[int] = ()


def lay_out(
    front: Page, choices: Choices, *, picks_shown: int, pieces_per_section: int
) -> FrontLayout:
    """Return the layout of a front page; eight queries and one for each class of pieces at most.

    A chosen page of another language is taken in its counterpart below this front page. One that
    cannot be read here, stands already or was withdrawn is passed over, and the gap filled:
    breaking pieces first, then the newest. Without chosen sections, those in menus are shown.
    A piece below two of the sections stands in the deeper one.
    """
    pieces = _presentable(pieces_below(front, ArticleMixin))
    chosen, sections = _read_choices(front, choices, pieces)
    lead = chosen.get(choices.lead) if choices.lead else None
    picks = _unique(chosen[key] for key in choices.picks if key in chosen)
    picks = [row for row in picks if lead is None or row.pk != lead.pk][:picks_shown]
    standing = {row.pk for row in (lead, *picks) if row is not None}
    if len(standing) <= picks_shown:
        fill = [row for row in _newest(pieces, 1 + picks_shown) if row.pk not in standing]
        if lead is None and fill:
            lead = fill.pop(0)
        picks += fill[: picks_shown - len(picks)]

    top = [row for row in (lead, *picks) if row is not None]
    below = _newest_of_each(
        pieces.exclude(pk__in=[row.pk for row in top]), sections, pieces_per_section
    )
    rows = [*top, *(row for section in sections for row in below[section.pk])]
    cards = {piece.pk: piece for piece in with_cards(rows)}
    blocks = (
        SectionBlock(section, tuple(cards[row.pk] for row in below[section.pk] if row.pk in cards))
        for section in sections
    )
    return FrontLayout(
        lead=cards.get(lead.pk) if lead is not None else None,
        picks=tuple(cards[row.pk] for row in picks if row.pk in cards),
        sections=tuple(block for block in blocks if block.pieces),
    )


def _presentable(pieces: QuerySet[Page]) -> QuerySet[Page]:
    # A notice in the place of a piece is no news.
    withdrawn = Q()
    for path in paths_from_page(ArticleMixin, "withdrawn_at"):
        withdrawn |= Q(**{f"{path}__lte": timezone.now()})
    return pieces.exclude(withdrawn)


def _read_choices(
    front: Page, choices: Choices, pieces: QuerySet[Page]
) -> tuple[dict[int, Page], list[Page]]:
    """Return the chosen pieces by the key that was chosen, and the sections to show."""
    wanted = [key for key in (choices.lead, *choices.picks, *choices.sections) if key]
    if not wanted:
        return {}, _sections_in_menus(front)
    keys = dict(Page.objects.filter(pk__in=wanted).values_list("pk", "translation_key"))
    of_pieces = {keys[key] for key in (choices.lead, *choices.picks) if key in keys}
    rows: dict[Any, Page] = {}
    if of_pieces:
        rows = {row.translation_key: row for row in pieces.filter(translation_key__in=of_pieces)}
    chosen = {key: rows[known] for key, known in keys.items() if known in rows}
    if not choices.sections:
        return chosen, _sections_in_menus(front)
    found = {
        row.translation_key: row
        for row in readable(Page.objects.descendant_of(front), inside=front).filter(
            locale_id=front.locale_id,
            translation_key__in=[keys[key] for key in choices.sections if key in keys],
        )
    }
    sections = [found[keys[key]] for key in choices.sections if keys.get(key) in found]
    return chosen, _unique(sections)


def _sections_in_menus(front: Page) -> list[Page]:
    return list(sections_of(front).filter(show_in_menus=True))


def _newest(pieces: QuerySet[Page], count: int) -> list[Page]:
    """Return so many pieces, breaking ones first."""
    breaking = Q()
    for path in paths_from_page(ArticleMixin, "breaking_until"):
        breaking |= Q(**{f"{path}__gt": timezone.now()})
    urgency = Case(When(breaking, then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(
        pieces.annotate(urgency=urgency).order_by(
            "urgency", F("published").desc(nulls_last=True), "-pk"
        )[:count]
    )


def _newest_of_each(
    pieces: QuerySet[Page], sections: Sequence[Page], count: int
) -> defaultdict[int, list[Page]]:
    """Return the newest pieces of each section, by the section's key; two queries for all."""
    found: defaultdict[int, list[Page]] = defaultdict(list)
    if not sections:
        return found
    # The first that fits counts, so the deepest comes first.
    deepest_first = sorted(sections, key=lambda section: -section.depth)
    whens = [
        When(path__startswith=section.path, then=Value(section.pk)) for section in deepest_first
    ]
    ranked = (
        pieces.order_by()
        .annotate(block=Case(*whens, default=None, output_field=IntegerField()))
        .filter(block__isnull=False)
        .annotate(
            place=Window(
                RowNumber(),
                partition_by=[F("block")],
                order_by=[F("published").desc(nulls_last=True), F("pk").desc()],
            )
        )
        .filter(place__lte=count)
        .order_by("block", "place")
        .values_list("pk", "block")
    )
    blocks = dict(ranked)
    rows = Page.objects.in_bulk(list(blocks))
    for key, block in blocks.items():
        if key in rows:
            found[block].append(rows[key])
    return found


def _unique(pages: Iterable[Page]) -> list[Page]:
    return list({page.pk: page for page in pages}.values())
