"""When a translation is to go live: asked, told and taken back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from ...exceptions import Declined, NotAllowed
from .. import localize, permissions
from ..languages import name_of
from ..pieces import piece_of, specific_of
from ..schedule import schedule, unschedule
from ..schedule_forms import AT, WhenForm
from ..timetable import planned_for
from .base import DeskView


class ScheduleView(DeskView):
    """Asks when a translation is to go live; for those who may publish it."""

    page_title = gettext_lazy("Schedule translation")
    header_icon = "calendar-alt"
    template_name = "wagtail_newsroom/desk/schedule.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Finds the translation; only those who may publish it get further."""
        try:
            self.translation = localize.get_translation(kwargs["translation_id"])
        except localize.Translation.DoesNotExist as error:
            raise Http404 from error
        self.source, target = localize.sides_of(self.translation)
        if self.source is None or target is None:
            raise Http404
        self.piece = piece_of(specific_of(target))
        if not permissions.can_publish(self.piece.instance, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Returns the way here: the review, then this page."""
        return [
            *self.breadcrumbs_items,
            {"url": self.review_url, "label": _("Review translation")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    @property
    def review_url(self) -> str:
        """The address of the texts."""
        return reverse("wagtail_newsroom_review", args=[self.translation.pk])

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Schedules, or takes the schedule back, or says why not."""
        form = None
        try:
            if request.POST.get("action") == "unschedule":
                unschedule(self.translation, user=request.user)
                messages.success(request, _("The translation is not scheduled any more."))
                return redirect(self.review_url)
            form = WhenForm(request.POST)
            if form.is_valid():
                schedule(self.translation, at=form.chosen, user=request.user)
                messages.success(request, _("The translation is scheduled."))
                return redirect(self.review_url)
        except NotAllowed:
            raise
        except Declined as declined:
            for reason in declined.reasons:
                messages.error(request, reason)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the form, and what was said before."""
        planned = planned_for(self.translation, self.piece.instance)
        is_timed = planned is not None and planned.at is not None
        initial = {"when": AT, "at": planned.at} if planned and is_timed else {}
        return {
            **super().get_context_data(**kwargs),
            "form": kwargs.get("form") or WhenForm(initial=initial),
            "planned": planned,
            "review_url": self.review_url,
            "target_language": name_of(self.translation.target_locale),
        }
