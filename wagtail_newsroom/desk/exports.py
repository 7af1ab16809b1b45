"""Lists as CSV files that a spreadsheet opens safely and reads rightly."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from ..segments.cells import guarded


class SafeExportMixin:
    """Guards the cells of a listing's CSV file; stands before the view that exports."""

    def write_csv_row(self, writer: Any, row_dict: dict[str, Any]) -> Any:
        """Writes a row whose cells no spreadsheet takes for a formula."""
        return super().write_csv_row(  # type: ignore[misc]
            writer,
            {
                field: guarded(value) if isinstance(value, str) else value
                for field, value in row_dict.items()
            },
        )

    def stream_csv(self, queryset: QuerySet[Any]) -> Iterator[Any]:
        """Yields the file, begun with the mark by which spreadsheets know its letters."""
        yield codecs.BOM_UTF8
        yield from super().stream_csv(queryset)  # type: ignore[misc]
