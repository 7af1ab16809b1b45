"""What stands where on a front page: chosen by editors where they chose, else the newest.

No piece stands twice. Editors' choices come first, then one query finds the newest pieces of all
sections together, from which the top is filled and then each section.
"""

from __future__ import annotations

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
from .queries import below, paths_from_page, pieces_below, readable
from .sections import sections_of


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """A section on the front page, with its pieces that stand nowhere else."""

    section: Page
    pieces: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class FrontLayout:
    """A front page: pieces of their own classes, as `articles.listing.with_cards` reads them."""

    lead: Any = None
    picks: tuple[Any, ...] = ()
    sections: tuple[SectionBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class ChosenSection:
    """A section that editors chose, with the pieces that they put first in it."""

    section: int
    pieces: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """What editors chose, as keys of pages in whatever language."""

    lead: int | None = None
    picks: Sequence[int] = ()
    sections: Sequence[ChosenSection] = ()

    @property
    def pieces(self) -> list[int]:
        """All chosen pieces."""
        first = [key for each in self.sections for key in each.pieces]
        return [key for key in (self.lead, *self.picks, *first) if key]


def lay_out(
    front: Page, choices: Choices, *, picks_shown: int, pieces_per_section: int
) -> FrontLayout:
    """Return the layout of a front page.

    A chosen page of another language is taken in its counterpart below this front page. One that
    cannot be read here, stands already or was withdrawn is passed over, and the gap filled:
    breaking pieces first, then the newest. Without chosen sections, those in menus are shown.
    A piece below two of the sections stands in the deeper one; one that was put first in a section
    stands there, unless it stands at the top.

    Queries: one for the sections, one for the newest pieces and those of `with_cards`; at most
    three more where something was chosen. As many for 50 pieces as for 20, and for any number of
    sections.
    """
    pieces = pieces_below(front, ArticleMixin)
    chosen, sections, first = _read_choices(front, choices, pieces)
    lead = chosen.get(choices.lead) if choices.lead else None
    picks = _unique(chosen[key] for key in choices.picks if key in chosen)
    picks = [row for row in picks if lead is None or row.pk != lead.pk][:picks_shown]

    # What editors put first in a section is not moved to the top.
    kept = {row.pk for rows in first.values() for row in rows}
    newest = _newest(pieces, sections, pieces_per_section + 1 + picks_shown + len(kept))
    taken = kept | {row.pk for row in (lead, *picks) if row is not None}
    fill = [each.row for each in newest if each.row.pk not in taken]
    if lead is None:
        # The gap is the lead's own: a pick moves up only where nothing else is left.
        lead = next(iter(fill[:1] or picks[:1]), None)
        fill, picks = fill[1:], picks if fill else picks[1:]
    picks += fill[: picks_shown - len(picks)]

    top = [row for row in (lead, *picks) if row is not None]
    taken = {row.pk for row in top}
    below_top = [each for each in newest if each.row.pk not in taken | kept]
    rows_of = {
        section.pk: [
            *(row for row in first.get(section.pk, ()) if row.pk not in taken),
            *(each.row for each in below_top if each.section == section.pk),
        ][:pieces_per_section]
        for section in sections
    }
    cards = {
        piece.pk: piece
        for piece in with_cards([*top, *(row for rows in rows_of.values() for row in rows)])
    }
    blocks = (
        SectionBlock(
            section, tuple(cards[row.pk] for row in rows_of[section.pk] if row.pk in cards)
        )
        for section in sections
    )
    return FrontLayout(
        lead=cards.get(lead.pk) if lead is not None else None,
        picks=tuple(cards[row.pk] for row in picks if row.pk in cards),
        sections=tuple(block for block in blocks if block.pieces),
    )


def _read_choices(
    front: Page, choices: Choices, pieces: QuerySet[Page]
) -> tuple[dict[int, Page], list[Page], dict[int, list[Page]]]:
    """Return the chosen pieces by the key that was chosen, the sections, and what is first in each."""
    wanted = [*choices.pieces, *(each.section for each in choices.sections)]
    if not wanted:
        return {}, _sections_in_menus(front), {}
    keys = dict(Page.objects.filter(pk__in=wanted).values_list("pk", "translation_key"))
    of_pieces = {keys[key] for key in choices.pieces if key in keys}
    rows: dict[Any, Page] = {}
    if of_pieces:
        rows = {row.translation_key: row for row in pieces.filter(translation_key__in=of_pieces)}
    chosen = {key: rows[known] for key, known in keys.items() if known in rows}
    if not choices.sections:
        return chosen, _sections_in_menus(front), {}
    found = {
        row.translation_key: row
        for row in readable(below(front), inside=front).filter(
            locale_id=front.locale_id,
            translation_key__in=[
                keys[each.section] for each in choices.sections if each.section in keys
            ],
        )
    }
    sections, first, placed = list[Page](), dict[int, list[Page]](), set[int]()
    for each in choices.sections:
        section = found.get(keys.get(each.section))
        if section is None or section.pk in first:
            continue
        sections.append(section)
        put = _unique(chosen[key] for key in each.pieces if key in chosen)
        first[section.pk] = [row for row in put if row.pk not in placed]
        placed |= {row.pk for row in put}
    return chosen, sections, first


def _sections_in_menus(front: Page) -> list[Page]:
    return [section for section in sections_of(front) if section.show_in_menus]


@dataclass(frozen=True, slots=True)
class _Newest:
    """A piece that may fill a gap."""

    row: Page
    section: int
    """The key of the section that it stands in; 0 for none of those shown."""


def _newest(pieces: QuerySet[Page], sections: Sequence[Page], count: int) -> list[_Newest]:
    """Return so many pieces of each section and of what is in none, breaking ones first; one query.

    The first so many of all are among them.
    """
    breaking = Q()
    for path in paths_from_page(ArticleMixin, "breaking_until"):
        breaking |= Q(**{f"{path}__gt": timezone.now()})
    # The first section that fits counts, so the deepest comes first.
    whens = [
        When(path__startswith=section.path, then=Value(section.pk))
        for section in sorted(sections, key=lambda section: -section.depth)
    ]
    order = (F("urgency").asc(), F("published").desc(nulls_last=True), F("pk").desc())
    ranked = (
        pieces.order_by()
        .annotate(
            urgency=Case(When(breaking, then=Value(0)), default=Value(1)),
            shown_in=Case(*whens, default=Value(0), output_field=IntegerField()),
        )
        .annotate(
            place=Window(RowNumber(), partition_by=[F("shown_in")], order_by=order),
        )
        .filter(place__lte=count)
        .order_by(*order)
    )
    # Without the pages' rows, which databases would carry through the sorting.
    return [
        _Newest(Page(pk=key, content_type_id=kind), section)
        for key, kind, section in ranked.values_list("pk", "content_type_id", "shown_in")
    ]


def _unique(pages: Iterable[Page]) -> list[Page]:
    return list({page.pk: page for page in pages}.values())
