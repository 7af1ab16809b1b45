"""The buttons of a workflow at the review: submit, and send back with the reason."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from ...exceptions import Declined, NotAllowed
from .. import localize, permissions
from ..workflow import send_back, submit


class WorkflowView(View):
    """Submits a translation to its workflow or sends it back, and leads to the review."""

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Finds the translation; only those who may see its texts get further."""
        try:
            self.translation = localize.get_translation(kwargs["translation_id"])
        except localize.Translation.DoesNotExist as error:
            raise Http404 from error
        if not permissions.can_see(self.translation, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Does what the button says, or tells why not."""
        try:
            match request.POST.get("action"):
                case "submit":
                    submit(self.translation, user=request.user)
                    messages.success(request, _("The translation is submitted to its workflow."))
                case "reject":
                    send_back(self.translation, request.POST.get("reason", ""), user=request.user)
                    messages.success(request, _("The translation is sent back."))
                case _:
                    messages.error(request, _("Nothing was changed."))
        except NotAllowed:
            raise
        except Declined as declined:
            for reason in declined.reasons:
                messages.error(request, reason)
        return redirect("wagtail_newsroom_review", self.translation.pk)
