"""Where a piece stands in each language, and the button that has it translated."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Locale

from ...exceptions import Declined, NotAllowed
from .. import actions, deeds, permissions
from ..costs import cost_notes
from ..pieces import Piece
from ..rows import allowance_notes, rows_for
from .base import DeskView, find_piece


class TranslateView(DeskView):
    """Shows where a piece stands in each language, and has it translated."""

    page_title = gettext_lazy("Translations")
    template_name = "wagtail_newsroom/desk/translate.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Finds the piece; only those who have to do with it get further."""
        self.piece = find_piece(**kwargs)
        if not permissions.can_open(self.piece.instance, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @deeds.together()
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Requests each chosen language; one answer leads to its job, several to this page."""
        locales = Locale.objects.filter(language_code__in=request.POST.getlist("locale"))
        jobs = []
        for locale in locales:
            try:
                jobs.append(
                    actions.request_translation(self.piece.instance, locale, user=request.user)
                )
            except NotAllowed:
                raise
            except Declined as declined:
                messages.error(request, str(declined))
        if not locales:
            messages.error(request, _("Choose a language first."))
        if "fragment" in request.POST:
            return HttpResponse(panel_html(self.piece, request))
        if len(jobs) == 1:
            return redirect("wagtail_newsroom_job", jobs[0].pk)
        return redirect(get_valid_next_url_from_request(request) or self.piece.address("translate"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the piece and its languages."""
        rows = rows_for(self.piece.instance, self.request.user, with_estimates=True)
        for row in rows:
            row["cost_notes"] = cost_notes(row["estimate"].characters) if row["estimate"] else []
        return {
            **super().get_context_data(**kwargs),
            "piece": self.piece,
            "translate_url": self.piece.address("translate"),
            "panel_url": self.piece.address("panel"),
            "rows": rows,
            "can_request": any(row["can_request"] for row in rows),
            "allowance_notes": allowance_notes(),
        }


def panel_html(piece: Piece, request: HttpRequest) -> str:
    """Return the rows of a piece's languages as HTML, for the panel in the editor."""
    return render_to_string(
        "wagtail_newsroom/desk/includes/languages.html",
        {
            "translate_url": piece.address("translate"),
            "rows": rows_for(piece.instance, request.user),
        },
        request=request,
    )


class PanelView(TranslateView):
    """The panel's rows by themselves, asked for again and again while a machine is at work."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answers with a fragment of HTML."""
        actions.resume_jobs()
        return HttpResponse(panel_html(self.piece, request))
