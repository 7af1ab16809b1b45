"""Tables, which are translated cell by cell."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.forms.utils import flatatt
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.table_block.blocks import TableBlock

from ...desk.localize import StringSegmentValue
from .values import BOXES, PREVIEW_TEMPLATE

CAPTION = "caption"
"""The path of a table's caption among its segments."""

# What the editor's table calls alignment, by the side from which the language is read.
_CLASSES = {"htLeft": "nr-start", "htCenter": "nr-center", "htRight": "nr-end"}


class ArticleTableBlock(TableBlock):
    """A table with header row, header column and caption.

    wagtail-localize knows nothing of tables, so the block itself hands out its texts and takes
    the translated ones (`get_translatable_segments`, `restore_translated_segments`).
    """

    def to_python(self, value: Any) -> Any:
        """Returns the stored table, an empty one for null and for what is no table."""
        return super().to_python(_table(value))

    def normalize(self, value: Any) -> Any:
        """Returns the table given by code, an empty one for null."""
        return super().normalize(_table(value))

    def get_form_state(self, value: Any) -> Any:
        """Returns what the editor's table starts with; nothing makes it start with empty cells."""
        return super().get_form_state(value) if value and value.get("data") else None

    def get_translatable_segments(self, value: Any) -> list[StringSegmentValue]:
        """Return the caption, then each different text of the cells once, row by row.

        A cell's path is made from its text and not from its place, so that a new row does not
        make the texts below it count as new.
        """
        found = {path_of(text): StringSegmentValue(path_of(text), text) for text in _cells(value)}
        caption = value.get("table_caption") or ""
        return [*([StringSegmentValue(CAPTION, caption)] if caption else []), *found.values()]

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:
        """Return the table with the translated texts in their cells, all else as it was."""
        texts = {segment.path: segment.render_text() for segment in segments}
        return {
            **value,
            "table_caption": texts.get(CAPTION, value.get("table_caption")),
            "data": [
                [texts.get(path_of(cell), cell) if _is_text(cell) else cell for cell in row]
                for row in value.get("data") or []
            ],
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        """Adds the rows, each a list of cells with their places, spans and alignment."""
        context = super().get_context(value, parent_context=parent_context)
        rows = list(_rows(value))
        has_head = bool(value.get("first_row_is_table_header")) and len(rows) > 0
        context.update(
            caption=value.get("table_caption") or "",
            head=rows[0] if has_head else [],
            rows=rows[1:] if has_head else rows,
        )
        return context

    def render(self, value: Any, context: dict[str, Any] | None = None) -> Any:
        """Returns the table by our template, which Wagtail's own would fill differently."""
        # TableBlock's own method leaves out `get_context`.
        return super(TableBlock, self).render(value or {}, context=context)

    def get_searchable_content(self, value: Any) -> list[str]:
        """Returns the caption and the cells."""
        caption = (value or {}).get("table_caption")
        return [*([caption] if caption else []), *super().get_searchable_content(value)]

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("A table with headers and a caption; each cell is translated.")
        group = BOXES
        template = "wagtail_newsroom/blocks/table.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "data": [
                ["Route", "Winter", "Summer"],
                ["Old pier to island", "2", "4"],
                ["Island to lighthouse", "1", "3"],
            ],
            "first_row_is_table_header": True,
            "first_col_is_header": True,
            "table_header_choice": "both",
            "table_caption": "Crossings a day",
        }


def path_of(text: str) -> str:
    """Return the path of a cell's text among the segments of its table."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        return {}
    data = value.get("data")
    if isinstance(data, list) and all(isinstance(row, list) for row in data):
        return value
    return {**value, "data": []} if value else {}


def _is_text(cell: Any) -> bool:
    return isinstance(cell, str) and bool(cell.strip())


def _cells(value: Any) -> Iterator[str]:
    for row in value.get("data") or []:
        yield from (cell for cell in row if _is_text(cell))


def _rows(value: Any) -> Iterator[list[dict[str, Any]]]:
    marks = {(each.get("row"), each.get("col")): each for each in value.get("cell") or []}
    spans = {(each.get("row"), each.get("col")): each for each in value.get("mergeCells") or []}
    for row, texts in enumerate(value.get("data") or []):
        cells = []
        for column, text in enumerate(texts):
            mark = marks.get((row, column), {})
            if mark.get("hidden"):
                continue
            span = spans.get((row, column), {})
            words = "" if text is None else str(text).strip()
            cells.append(
                {
                    "text": words,
                    "is_figure": not any(letter.isalpha() for letter in words),
                    "is_header": column == 0 and bool(value.get("first_col_is_header")),
                    "attrs": flatatt(
                        {
                            "class": _CLASSES.get(str(mark.get("className")).split(" ")[0]),
                            "colspan": span.get("colspan"),
                            "rowspan": span.get("rowspan"),
                        }
                    ),
                }
            )
        yield cells
