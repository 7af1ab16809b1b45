"""What a form or the script asks of one passage, done by the action that it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ...exceptions import Declined
from .. import comments, editing, mending, passages, suggestions
from ..localize import Translation
from ..passages import Approved

NUMBERED = ("fix", "near", "take", "resolve", "reopen", "delete")
"""Buttons whose value says which of several is meant."""


def asked_of(data: Mapping[str, Any]) -> tuple[str, int]:
    """Return what is asked, and the number that its button has, -1 for none."""
    for name in NUMBERED:
        if name in data:
            number = str(data[name])
            return name, int(number) if number.isdecimal() and len(number) < 19 else -1
    return str(data.get("action", "")), -1


def passage_of(data: Mapping[str, Any]) -> tuple[int, str]:
    """Return the passage that a form without script means, and the version that it showed.

    Raises `Declined` where it names none.
    """
    key, _colon, version = str(data.get("approve_passage", "")).partition(":")
    key = key or str(data.get("segment", ""))
    if not (key.isdecimal() and len(key) < 19):
        raise Declined(_("Nothing was changed."))
    return int(key), version or str(data.get("version", ""))


def change_passage(
    translation: Translation, segment: int, data: Mapping[str, Any], *, version: str, user: Any
) -> Approved | None:
    """Do what is asked of a passage; return what became of an approval where it is one.

    Raises what the actions raise, and `Declined` where nothing is asked.
    """
    asked, number = asked_of(data)
    match asked:
        case "save":
            text = str(data.get("text", ""))
            editing.save_text(translation, segment, text, version=version, user=user)
        case "fix":
            finding = str(data.get("finding", ""))
            mending.take_fix(translation, segment, finding=finding, fix=number, user=user)
        case "near":
            mending.take_near_match(translation, segment, match=number, user=user)
        case "tidy":
            mending.tidy_segment(translation, segment, user=user)
        case "dismiss":
            mending.dismiss(translation, segment, check_id=str(data.get("check", "")), user=user)
        case "take_back":
            mending.take_back(translation, segment, check_id=str(data.get("check", "")), user=user)
        case "approve":
            return passages.approve_passage(translation, segment, version=version, user=user)
        case "take":
            suggestions.take(translation, segment, suggestion=number, version=version, user=user)
        case "suggest":
            engine = str(data.get("engine", ""))
            suggestions.ask(translation, [segment], engine=engine, user=user)
        case "comment":
            text = str(data.get("text", ""))
            comments.add_comment(translation, segment, text=text, user=user)
        case "resolve":
            comments.resolve_comment(translation, number, user=user)
        case "reopen":
            comments.reopen_comment(translation, number, user=user)
        case "delete":
            comments.delete_comment(translation, number, user=user)
        case _:
            raise Declined(_("Nothing was changed."))
    return None


def words_of(approved: Approved) -> str:
    """Return what is to be said of the piece after passages were approved; empty for nothing."""
    if approved.is_whole:
        return _("All passages are approved, and so is the piece.")
    if approved.reasons:
        return _("All passages are approved, but the piece is not. %(reasons)s") % {
            "reasons": " ".join(approved.reasons)
        }
    return ""


def tell(request: HttpRequest, approved: Approved) -> None:
    """Have the next page say what is to be said of the piece."""
    words = words_of(approved)
    if words:
        (messages.success if approved.is_whole else messages.warning)(request, words)
    if approved.unfinished:
        messages.warning(request, approved.unfinished)
