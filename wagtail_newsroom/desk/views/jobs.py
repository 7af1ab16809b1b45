"""One job: its progress, its result, and another try."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin import messages

from ...exceptions import Declined, NotAllowed
from .. import actions, localize, permissions
from ..engine_views import VIEW
from ..languages import name_of
from ..models import TranslationJob
from ..pieces import Piece, piece_of
from ..rows import job_context
from .base import DeskView


class JobView(DeskView):
    """One job with its progress, its counts by origin and its failures.

    Of a piece that was deleted since, what is left: no way to the review, and no other try.
    """

    page_title = gettext_lazy("Translation job")
    template_name = "wagtail_newsroom/desk/job.html"
    job: TranslationJob
    original: Piece | None
    """What was to be translated; None if it was deleted."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Finds the job; only those who may see the translation, or the engines, see it."""
        self.job = get_object_or_404(
            TranslationJob.objects.select_related("requested_by"), pk=kwargs["job_id"]
        )
        self.translation = localize.get_translation(self.job.translation_id)
        found = localize.source_of(self.translation)
        self.original = piece_of(found) if found is not None else None
        if self.original is not None:
            self.piece = self.original
        if not (request.user.has_perm(VIEW) or permissions.can_see(self.translation, request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Returns the way here: from the list of jobs where there is no piece any more."""
        if self.original is not None:
            return super().get_breadcrumbs_items()
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtail_newsroom_jobs"), "label": gettext("Translation jobs")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_page_subtitle(self) -> str:
        """Returns the title of the piece, or that by which it was known last."""
        if self.original is not None:
            return super().get_page_subtitle()
        return str(self.translation.source.object_repr)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the job, its counts and the passages that failed."""
        user, is_deleted = self.request.user, self.original is None
        return {
            **super().get_context_data(**kwargs),
            **job_context(self.job),
            "piece_title": self.get_page_subtitle(),
            "is_deleted": is_deleted,
            "translation": self.translation,
            "source_language": name_of(self.translation.source.locale),
            "target_language": name_of(self.translation.target_locale),
            "can_review": not is_deleted and permissions.can_see(self.translation, user),
            "can_request": self.original is not None
            and permissions.can_request(
                self.original.instance, self.translation.target_locale, user
            ),
        }


class ProgressView(JobView):
    """A job's progress as a fragment of HTML."""

    template_name = "wagtail_newsroom/desk/includes/progress.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answers with the fragment; a job that seems forgotten is called again."""
        if self.job.is_active:
            actions.resume_jobs()
        return super().get(request, *args, **kwargs)


class RetryView(JobView):
    """Has what is missing of a job's piece translated again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Requests the same language again and leads to the new job."""
        try:
            if self.original is None:
                raise Declined(gettext("The original was deleted."))
            job = actions.request_translation(
                self.original.instance, self.translation.target_locale, user=request.user
            )
        except NotAllowed:
            raise
        except Declined as declined:
            messages.error(request, str(declined))
            job = self.job
        return redirect("wagtail_newsroom_job", job.pk)
