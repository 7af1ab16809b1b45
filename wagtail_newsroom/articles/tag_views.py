"""The tags' pages in the admin beside their list: completion, and names that people give."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from ..exceptions import Declined, NotAllowed
from .tag_actions import accept_proposal, name_tag
from .tag_keys import clean_name, key_of
from .tags import get_tag_model

AT_MOST = 10
"""How many tags are offered while somebody types."""


def tag_urls() -> list[URLPattern]:
    """Return the addresses; Wagtail lets nobody in without access to the admin."""
    return [
        path(
            "newsroom/tags/complete/<int:locale_id>/",
            CompleteView.as_view(),
            name="wagtail_newsroom_complete_tags",
        ),
        path(
            "newsroom/tags/<int:tag_id>/name/",
            NameTagView.as_view(),
            name="wagtail_newsroom_name_tag",
        ),
    ]


class CompleteView(View):
    """The tags of one language that begin as the typed word does, in any spelling."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *, locale_id: int) -> JsonResponse:
        """Answers with names, in one query."""
        key = key_of(clean_name(request.GET.get("term", "")[:200]))
        if not key:
            return JsonResponse([], safe=False)
        names = (
            get_tag_model()
            ._default_manager.filter(locale_id=locale_id, needs_name=False, key__startswith=key)
            .order_by("name", "pk")
            .values_list("name", flat=True)[:AT_MOST]
        )
        return JsonResponse(list(names), safe=False)


class NameTagView(View):
    """Gives a tag the name that was typed, or the one that is proposed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *, tag_id: int) -> HttpResponse:
        """Names the tag and leads back to where the person was."""
        tag: Any = get_object_or_404(get_tag_model(), pk=tag_id)
        try:
            if "name" in request.POST:
                tag = name_tag(tag, request.POST["name"], user=request.user)
            else:
                tag = accept_proposal(tag, user=request.user)
        except NotAllowed:
            raise
        except Declined as declined:
            messages.error(request, str(declined))
        else:
            messages.success(request, _("The tag “%(name)s” has its name.") % {"name": tag.name})
        return redirect(get_valid_next_url_from_request(request) or "newsroom_tags:index")
