"""The list by piece: a line for each piece, with a column for each language that it is or could be in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, Max, Min, OuterRef, QuerySet
from wagtail.models import Locale

from .languages import name_of
from .list_columns import RowColumn, languages_url, state_context
from .state_models import PieceState


@dataclass
class PieceLine:
    """One piece with its rows of the list, by language."""

    first: PieceState
    cells: dict[int, PieceState] = field(default_factory=dict)
    matching: set[int] = field(default_factory=set)
    """The keys of the rows that the filters let through; the others are shown, not ticked."""

    @property
    def pk(self) -> UUID:
        """The key that all languages of the piece share."""
        return self.first.translation_key

    @property
    def latest(self) -> datetime | None:
        """Since when the last of its languages is in its state."""
        return max((row.since for row in self.cells.values() if row.since), default=None)


def keys_of_pieces(rows: QuerySet[PieceState], ordering: str) -> QuerySet[Any, Any]:
    """Return the keys of the pieces that rows belong to, each once, in order."""
    of_piece = rows.select_related(None).order_by().values("translation_key")
    found = of_piece.annotate(latest=Max("since"), name=Min("source_title"))
    by = F("name" if ordering.endswith("source_title") else "latest")
    down = ordering.startswith("-")
    order = by.desc(nulls_last=True) if down else by.asc(nulls_last=True)
    return found.order_by(order, "translation_key").values_list("translation_key", flat=True)


def lines_of(
    keys: Sequence[UUID], *, rows: QuerySet[PieceState], matching: QuerySet[PieceState]
) -> list[PieceLine]:
    """Return the lines of pieces in order, in one query.

    `rows` are all that the user may see, `matching` those that the filters let through.
    """
    this = matching.select_related(None).order_by().filter(pk=OuterRef("pk"))
    found = rows.filter(translation_key__in=keys).annotate(is_matching=Exists(this))
    lines: dict[UUID, PieceLine] = {}
    for row in found.order_by("locale_id", "pk"):
        line = lines.setdefault(row.translation_key, PieceLine(row))
        line.cells[row.locale_id] = row
        if row.is_matching:
            line.matching.add(row.pk)
    return [lines[key] for key in keys if key in lines]


def locales_of(lines: Iterable[PieceLine]) -> list[Locale]:
    """Return the languages of pieces in their configured order."""
    codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    found = {
        locale.language_code: locale
        for line in lines
        for row in line.cells.values()
        for locale in (row.locale, row.source_locale)
    }
    return [found[code] for code in codes if code in found]


class PieceColumn(RowColumn):
    """The original's title and section; the title leads to all languages of the piece."""

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Adds where the title leads."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "url": languages_url(instance.first)}


class LanguageColumn(RowColumn):
    """The state of each piece in one language; it leads to the review, and is ticked by itself."""

    def __init__(self, locale: Locale) -> None:
        """Takes the language's name for the heading."""
        super().__init__("language", label=name_of(locale))
        self.name = f"language_{locale.pk}"
        self.locale = locale

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Adds the row of the list for this language, None where there is none."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        row = instance.cells.get(self.locale.pk)
        return {
            **context,
            "row": row,
            "is_original": row is None and instance.first.source_locale_id == self.locale.pk,
            "may_tick": row is not None and row.pk in instance.matching,
            **(state_context(row, is_linked=True) if row is not None else {}),
        }
