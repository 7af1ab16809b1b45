"""The review: original and translation side by side, to be mended, approved and published."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import View
from wagtail.admin import messages

from ...conf import conf
from ...exceptions import Declined, NotAllowed
from ...segments.keys import visible_text
from ...segments.tidy import tidy
from .. import actions, localize, mending, permissions
from ..companions import drafts_beside
from ..findings import findings_of
from ..gate import DECLINED, reasons_against
from ..languages import direction_of, name_of
from ..localize import Segment
from ..pieces import piece_of
from ..rows import engine_labels, job_context
from ..states import Standing, standing_of
from ..texts import digest
from .base import DeskView


class ReviewView(DeskView):
    """Source and translation side by side, to be approved and published."""

    page_title = gettext_lazy("Review translation")
    template_name = "wagtail_newsroom/desk/review.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Finds the translation and both sides; only those who may edit either side see it."""
        try:
            self.translation = localize.get_translation(kwargs["translation_id"])
        except localize.Translation.DoesNotExist as error:
            raise Http404 from error
        source = localize.source_of(self.translation)
        target = localize.target_to_be(self.translation)
        if source is None or target is None:
            raise Http404
        self.source, self.piece = piece_of(source), piece_of(target)
        if not permissions.can_see(self.translation, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Approves or publishes, or says why not."""
        try:
            # A fix has a button of its own, which says which of several it is.
            named = [name for name in ("fix", "near") if name in request.POST]
            match named[0] if named else request.POST.get("action"):
                case "approve":
                    actions.approve(
                        self.translation, user=request.user, seen=request.POST.get("seen", "")
                    )
                    messages.success(request, _("The translation is approved."))
                case "publish":
                    self.tell_published(actions.publish(self.translation, user=request.user))
                case "fix" | "tidy" | "dismiss" | "near" as action:
                    self.mend(action, request)
                case _:
                    messages.error(request, _("Nothing was changed."))
        except NotAllowed:
            raise
        except Declined as declined:
            for reason in declined.reasons:
                messages.error(request, reason)
        anchor = (
            f"#segment-{segment}" if (segment := request.POST.get("segment", "")).isdigit() else ""
        )
        return redirect(reverse("wagtail_newsroom_review", args=[self.translation.pk]) + anchor)

    def tell_published(self, published: Any) -> None:
        """Says that it is done, and where to see it if readers have an address for it."""
        url = published.get_url(self.request) if hasattr(published, "get_url") else None
        messages.success(
            self.request,
            _("“%(title)s” is published.") % {"title": piece_of(published).title},
            buttons=[messages.button(url, _("View live"))] if url else [],
        )

    def mend(self, action: str, request: HttpRequest) -> None:
        """Changes or settles one segment."""
        try:
            segment = int(request.POST["segment"])
            place = int(request.POST.get(action, 0)) if action in ("fix", "near") else 0
        except (KeyError, ValueError) as error:
            raise Declined(_("Nothing was changed.")) from error
        match action:
            case "fix":
                mending.take_fix(
                    self.translation,
                    segment,
                    finding=request.POST.get("finding", ""),
                    fix=place,
                    user=request.user,
                )
            case "tidy":
                mending.tidy_segment(self.translation, segment, user=request.user)
            case "near":
                mending.take_near_match(self.translation, segment, match=place, user=request.user)
            case "dismiss":
                mending.dismiss(
                    self.translation,
                    segment,
                    check_id=request.POST.get("check", ""),
                    user=request.user,
                )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the segments with their origin, and what the user may do."""
        user = self.request.user
        segments = localize.segments(self.translation)
        target = self.piece.instance
        standing = standing_of(
            self.source.instance,
            self.translation.target_locale,
            target if target.pk is not None else None,
            self.translation,
        )
        labels = engine_labels()
        found = findings_of(self.translation, segments)
        language = self.translation.target_locale.language_code
        return {
            **super().get_context_data(**kwargs),
            **(job_context(standing.job) if standing.job else {}),
            "piece_findings": found.get(None, []),
            "can_edit": self.piece.can_edit(user),
            "translation": self.translation,
            "source_language": name_of(self.translation.source.locale),
            "target_language": name_of(self.translation.target_locale),
            "source": self.source,
            "piece": self.piece,
            "companions": drafts_beside(self.source.instance, self.translation.target_locale),
            "translate_url": self.source.address("translate"),
            "standing": standing,
            "source_dir": direction_of(self.translation.source.locale),
            "target_dir": direction_of(self.translation.target_locale),
            "source_code": self.translation.source.locale.language_code,
            "target_code": language,
            "admin_language": get_language(),
            "admin_dir": "rtl" if get_language_bidi() else "ltr",
            "seen": digest(segments),
            "rows": [
                {
                    "segment": segment,
                    "source_text": visible_text(segment.source),
                    "text": visible_text(segment.text),
                    "is_machine": segment.kind == localize.MACHINE,
                    "tool": labels.get(segment.tool, segment.tool),
                    "findings": found.get(segment.pk, []),
                    "near": self._near(segment)
                    if str(segment.pk) == self.request.GET.get("near")
                    else None,
                    "is_untidy": bool(segment.text)
                    and tidy(segment.text, language, rules=conf.tidy_rules) != segment.text,
                }
                for segment in segments
            ],
            "reasons": self._reasons(standing),
            "declined": self.piece.log_entries(DECLINED).first(),
            "can_approve": permissions.can_approve(target, user),
            "can_publish": permissions.can_publish(target, user),
            "can_request": permissions.can_request(
                self.source.instance, self.translation.target_locale, user
            ),
            # wagtail-localize edits only what is stored.
            "fields_url": f"{self.piece.edit_url}?editor=fields" if self.piece.edit_url else None,
            "preview_url": reverse("wagtail_newsroom_preview", args=[self.translation.pk])
            if self.piece.is_previewable
            else None,
        }

    def _near(self, segment: Segment) -> list[dict[str, Any]]:
        return [
            {
                "source": visible_text(match.source),
                "target": visible_text(match.target),
                "score": match.score,
            }
            for match in mending.near_matches(self.translation, segment)
        ]

    def _reasons(self, standing: Standing) -> list[str]:
        if standing.is_active:
            return []
        return reasons_against(localize.translated_instance(self.translation))


class PreviewView(View):
    """A translation as it will look, with the texts as they stand now."""

    http_method_names = ["get"]

    @method_decorator(xframe_options_sameorigin)
    def get(self, request: HttpRequest, translation_id: int) -> HttpResponseBase:
        """Shows it in its first mode; those who may see the texts may see this."""
        try:
            translation = localize.get_translation(translation_id)
        except localize.Translation.DoesNotExist as error:
            raise Http404 from error
        target = localize.target_of(translation)
        if target is None or not piece_of(target).is_previewable:
            raise Http404
        if not permissions.can_see(translation, request.user):
            raise PermissionDenied
        instance = localize.translated_instance(translation)
        response: HttpResponseBase = instance.make_preview_request(
            request, instance.default_preview_mode
        )
        return response
