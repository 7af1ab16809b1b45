"""What a check finds, how bad it is, and what one click may do about it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import Enum

from ..tidy.reading import Edit, read


class Severity(str, Enum):
    """How much a finding matters."""

    ERROR = "error"
    """The text may not be published so."""
    WARNING = "warning"
    """A person should look at it."""
    INFO = "info"
    """A person may want to know."""

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class Fix:
    """A change that mends what was found, for a person to take or leave."""

    code: str
    """Names what it does; the desk turns it into the words on a button."""
    edits: tuple[Edit, ...] = ()
    """Changes of the target's plain text, as `tidy.reading.read` gives it."""
    fragment: str | None = None
    """The whole new fragment, where edits of the text cannot mend it."""


@dataclass(frozen=True)
class Hit:
    """One thing that a check found; the table of checks makes a finding of it."""

    values: dict[str, object] = field(default_factory=dict)
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What a check found in one segment or piece."""

    check: str
    """The id of the check."""
    severity: Severity
    values: dict[str, object] = field(default_factory=dict)
    """What the desk needs to put it in words: numbers, texts and lists of texts."""
    fixes: tuple[Fix, ...] = ()

    @property
    def key(self) -> str:
        """A short hash of check and values: the same finding has it again on the next day."""
        told = json.dumps([self.check, self.values], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def apply_fix(fragment: str, fix: Fix) -> str:
    """Return the target fragment after a fix; edits leave its tags and ids untouched.

    Raises:
        ValueError: when the fragment is not the one that the fix was made for.
    """
    if fix.fragment is not None:
        return fix.fragment
    return read(fragment).changed(fix.edits).fragment
