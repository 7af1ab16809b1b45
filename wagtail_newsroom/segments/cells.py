"""Cells of a CSV file that no spreadsheet runs as a formula.

Spreadsheets run a cell by how it begins, so such cells get an apostrophe before them:
https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import re

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")  # noqa: RUF001 - full-width signs count too


def guarded(cell: str) -> str:
    """Return a cell as it is written."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return what was written, for a cell as it is read."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
