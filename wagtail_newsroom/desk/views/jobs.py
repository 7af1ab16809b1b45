"""One job: its progress, its result, and another try."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from ...exceptions import Declined, NotAllowed
from .. import actions, localize, permissions
from ..engine_views import VIEW
from ..languages import name_of
from ..models import TranslationJob
from ..pieces import piece_of
from ..rows import job_context
from .base import DeskView


class JobView(DeskView):
    """One job with its progress, its counts by origin and its failures."""

    page_title = gettext_lazy("Translation job")
    template_name = "wagtail_newsroom/desk/job.html"
    job: TranslationJob

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Finds the job; only those who may see the translation, or the engines, see it."""
        self.job = get_object_or_404(
            TranslationJob.objects.select_related("requested_by"), pk=kwargs["job_id"]
        )
        self.translation = localize.get_translation(self.job.translation_id)
        original = localize.source_of(self.translation)
        if original is None:
            raise Http404
        self.piece = piece_of(original)
        if not (request.user.has_perm(VIEW) or permissions.can_see(self.translation, request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the job, its counts and the passages that failed."""
        return {
            **super().get_context_data(**kwargs),
            **job_context(self.job),
            "piece": self.piece,
            "translation": self.translation,
            "source_language": name_of(self.translation.source.locale),
            "target_language": name_of(self.translation.target_locale),
            "can_review": permissions.can_see(self.translation, self.request.user),
            "can_request": permissions.can_request(
                self.piece.instance, self.translation.target_locale, self.request.user
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
            job = actions.request_translation(
                self.piece.instance, self.translation.target_locale, user=request.user
            )
        except NotAllowed:
            raise
        except Declined as declined:
            messages.error(request, str(declined))
            job = self.job
        return redirect("wagtail_newsroom_job", job.pk)
