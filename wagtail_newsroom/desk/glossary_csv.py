"""The glossary as a CSV file: read with a plan of what it would change, written safe to open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Site

from ..exceptions import BadFile
from ..segments.cells import guarded, unguarded
from .glossary_models import GlossaryTerm

COLUMNS = (
    "source_language",
    "target_language",
    "term",
    "translation",
    "keep_as_is",
    "case_sensitive",
    "one_way",
    "forbidden",
    "note",
    "site",
)
"""The columns, in the order in which they are written; a file may have them in any."""

NEEDED = COLUMNS[:3]
"""The columns without which a line means nothing."""

FLAGS = ("keep_as_is", "case_sensitive", "one_way")

MAX_BYTES = 1_000_000
"""The largest file that the admin takes."""

_YES = frozenset({"1", "y", "yes", "true", "x", "بله"})
_NO = frozenset({"", "0", "n", "no", "false", "نه", "خیر"})
_PORT = 80


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file, by column."""

    number: int
    cells: dict[str, str]


def read_lines(data: bytes) -> Iterator[Line]:
    """Yield the lines of a CSV file that hold anything, in any encoding that says what it is.

    Commas, semicolons or tabs part the cells. Raises `BadFile`, at once or after some lines.
    """
    text = decoded(data)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = _columns(next(reader, []))
        end = reader.line_num
        for cells in reader:
            number, end = end + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                # Cells beyond the header have no name; a spreadsheet leaves empty ones.
                yield Line(number, dict(zip(columns, map(unguarded, cells), strict=False)))
    except csv.Error as error:
        raise BadFile(
            _("This file is not a CSV file: line %(line)d cannot be read.")
            % {"line": reader.line_num}
        ) from error


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with its mark; raises `BadFile`."""
    is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(_("This file is not in UTF-8. Save it as “CSV UTF-8”.")) from error
    if "\x00" in text:
        raise BadFile(_("This file is not a CSV file."))
    return text


def _columns(names: Sequence[str]) -> list[str]:
    columns = [name.strip().lower() for name in names]
    while columns and not columns[-1]:
        columns.pop()
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise BadFile(
            _("The first line must name the columns. Missing: %(columns)s.")
            % {"columns": ", ".join(missing)}
        )
    unknown = [name for name in columns if name not in COLUMNS or columns.count(name) > 1]
    if unknown:
        raise BadFile(
            _("The first line names columns that are unknown or there twice: %(columns)s.")
            % {"columns": ", ".join(dict.fromkeys(unknown))}
        )
    return columns


def flag(cell: str) -> bool | None:
    """Return what a cell says, yes or no; None when it says neither."""
    word = cell.strip().lower()
    return True if word in _YES else False if word in _NO else None


def site_name(site: Site | None) -> str:
    """Return how a file names a site: its host, with the port where it is not the usual one."""
    if site is None:
        return ""
    host = str(site.hostname)
    return host if site.port == _PORT else f"{host}:{site.port}"


def write_terms(file: IO[bytes], *, terms: QuerySet[GlossaryTerm] | None = None) -> int:
    """Write the glossary, or some of its terms, as a CSV file and return how many they were.

    UTF-8 with a byte order mark, because spreadsheets take it for another encoding without.
    """
    chosen = GlossaryTerm.objects.all() if terms is None else terms
    rows = chosen.select_related("site").order_by(
        "source_language", "target_language", "term", "pk"
    )
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        count = 0
        for row in rows.iterator(chunk_size=2000):
            writer.writerow(map(guarded, _cells(row)))
            count += 1
    finally:
        text.detach()
    return count


def _cells(row: GlossaryTerm) -> Iterable[str]:
    for column in COLUMNS:
        if column in FLAGS:
            yield "yes" if getattr(row, column) else ""
        elif column == "site":
            yield site_name(row.site)
        else:
            yield getattr(row, column)
