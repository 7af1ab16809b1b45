"""wagtail-localize's own views, for what the desk leaves to them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase


def stock_submit_page(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Answer with wagtail-localize's own view, for pages without the gate."""
    # Admin views cannot be imported while models load.
    from wagtail_localize.views.submit_translations import SubmitPageTranslationView

    return SubmitPageTranslationView.as_view()(request, page_id=page_id)


def stock_submit_snippet(
    request: HttpRequest, app_label: str, model_name: str, pk: str
) -> HttpResponseBase:
    """Answer with wagtail-localize's own view, for snippets without the gate."""
    # Admin views cannot be imported while models load.
    from wagtail_localize.views.submit_translations import SubmitSnippetTranslationView

    return SubmitSnippetTranslationView.as_view()(
        request, app_label=app_label, model_name=model_name, pk=pk
    )


def stock_update_translations(request: HttpRequest, source_id: int) -> HttpResponseBase:
    """Answer with wagtail-localize's own view, for what has no gate."""
    # Admin views cannot be imported while models load.
    from wagtail_localize.views.update_translations import UpdateTranslationsView

    return UpdateTranslationsView.as_view()(request, translation_source_id=source_id)


def stock_machine_translate(request: HttpRequest, translation_id: int) -> HttpResponseBase:
    """Answer with wagtail-localize's own view, for what has no gate."""
    from wagtail_localize.views.edit_translation import machine_translate

    return machine_translate(request, translation_id)
