"""The record of human review as a CSV file, for the command."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import BinaryIO

from ..segments.cells import guarded
from .record_models import ReviewRecord

COLUMNS = (
    "at",
    "action",
    "name",
    "source_language",
    "language",
    "source_title",
    "title",
    "model",
    "translation_key",
    "passages",
    "by_person",
    "digest",
)
"""Fields of an entry, which are also the file's headings."""


def write_record(
    file: BinaryIO,
    *,
    language: str = "",
    since: date | None = None,
    until: date | None = None,
) -> int:
    """Write the entries of a language and of some days, oldest first; returns how many."""
    entries = ReviewRecord.objects.order_by("at", "pk")
    if language:
        entries = entries.filter(language=language)
    if since is not None:
        entries = entries.filter(at__date__gte=since)
    if until is not None:
        entries = entries.filter(at__date__lte=until)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    count = 0
    for values in entries.values_list(*COLUMNS).iterator():
        at, *rest = values
        cells = ("" if value is None else guarded(str(value)) for value in rest)
        writer.writerow([at.isoformat(timespec="seconds"), *cells])
        count += 1
    text.detach()
    return count
