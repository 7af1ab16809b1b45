"""What wagtail-localize's own buttons lead to: the desk, for what has the gate."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import View
from wagtail.admin import messages

from ...exceptions import Declined, NotAllowed
from .. import actions, localize
from ..gate import has_gate
from ..pieces import piece_of
from .base import find_piece
from .translate import TranslateView


def machine_translate(request: HttpRequest, translation_id: int) -> HttpResponseBase:
    """Answer wagtail-localize's own “Translate with …” button with a job in the background."""
    try:
        translation = localize.get_translation(translation_id)
    except localize.Translation.DoesNotExist as error:
        raise Http404 from error
    original = localize.source_of(translation)
    if original is None or not has_gate(original):
        return localize.stock_machine_translate(request, translation_id)
    return TranslateOneView.as_view()(request, original=original, translation=translation)


class TranslateOneView(View):
    """Has one language of a piece translated and leads to the job."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *, original: Any, translation: Any) -> HttpResponse:
        """Requests the translation."""
        try:
            job = actions.request_translation(
                original, translation.target_locale, user=request.user
            )
        except NotAllowed:
            raise
        except Declined as declined:
            messages.error(request, str(declined))
            return redirect("wagtail_newsroom_review", translation.pk)
        return redirect("wagtail_newsroom_job", job.pk)


def update_translations(request: HttpRequest, translation_source_id: int) -> HttpResponseBase:
    """Answer wagtail-localize's own “Sync translated …” button; what has no gate stays with it."""
    try:
        source = localize.get_source(translation_source_id)
        instance = source.get_source_instance()
    except (localize.TranslationSource.DoesNotExist, localize.ObjectDoesNotExist) as error:
        raise Http404 from error
    if not has_gate(instance):
        return localize.stock_update_translations(request, translation_source_id)
    return TranslateView.as_view()(request, **piece_of(instance).address_parts)


def submit_page(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Answer wagtail-localize's own “Translate this page” button; pages without the gate stay there."""
    if not has_gate(find_piece(page_id=page_id).instance):
        return localize.stock_submit_page(request, page_id)
    return TranslateView.as_view()(request, page_id=page_id)


def submit_snippet(
    request: HttpRequest, app_label: str, model_name: str, pk: str
) -> HttpResponseBase:
    """Answer wagtail-localize's own “Translate” button; snippets without the gate stay there."""
    if not has_gate(find_piece(app_label=app_label, model_name=model_name, pk=pk).instance):
        return localize.stock_submit_snippet(request, app_label, model_name, pk)
    return TranslateView.as_view()(request, app_label=app_label, model_name=model_name, pk=pk)
