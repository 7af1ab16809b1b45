"""What the review asks every few seconds: who else is there, and what changed since."""

from __future__ import annotations

from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.generic import View

from .. import localize, permissions, presence, suggestions
from ..margin import margin_of


class HereView(View):
    """Notes that a person has the review open, and answers with what the others did.

    `known` is the mark that the last answer had; only when another is true now, the answer has a
    mark for each passage, by which the script knows which to read again.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest, translation_id: int, **kwargs: Any) -> HttpResponseBase:
        """Answers those who may see the texts."""
        try:
            translation = localize.get_translation(translation_id)
        except localize.Translation.DoesNotExist:
            return JsonResponse({"status": "gone"}, status=410)
        source, target = localize.sides_of(translation)
        if source is None or target is None:
            return JsonResponse({"status": "gone"}, status=410)
        if not permissions.can_see(translation, request.user, sides=(target, source)):
            return JsonResponse({"status": "forbidden"}, status=403)
        try:
            if "leave" in request.POST:
                presence.leave(translation, user=request.user)
                return JsonResponse({"status": "ok"})
            people = presence.tell(translation, user=request.user)
        except OperationalError:
            # The database is busy; the next call tells.
            people = []
        margin = margin_of(translation, localize.segments(translation))
        is_waiting = any(beside.is_waiting for beside in margin.by_segment.values())
        if is_waiting:
            suggestions.call_again(translation)
        answer: dict[str, Any] = {
            "status": "ok",
            "people": people,
            "mark": margin.mark,
            "isWaiting": is_waiting,
        }
        if request.POST.get("known") != margin.mark:
            answer["marks"] = {pk: beside.mark for pk, beside in margin.by_segment.items()}
        return JsonResponse(answer, headers={"Cache-Control": "no-store"})
