"""The errors that the newsroom raises, each with a sentence that an editor can read."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied


class NewsroomError(Exception):
    """The root of the newsroom's errors; its text is shown to editors as it is."""


class Declined(NewsroomError):  # noqa: N818 - it is an answer, not a fault
    """An action was refused; `reasons` says why, a sentence each.

    Nothing was changed and nothing was called when this is raised.
    """

    def __init__(self, reasons: str | Sequence[str]) -> None:
        self.reasons: list[str] = (
            [str(reasons)] if isinstance(reasons, str) else [str(reason) for reason in reasons]
        )
        super().__init__(" ".join(self.reasons))


class NotAllowed(Declined, PermissionDenied):
    """The user lacks a permission; Django answers 403 where nobody catches it."""


class BadFile(NewsroomError):  # noqa: N818 - named after what the editor gave
    """An uploaded file is not what it should be; nothing of it was imported."""
