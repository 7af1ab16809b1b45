"""The bylines of one page, edited by themselves.

A page that the desk holds has no ordinary editor, and its translator is credited there alone.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.panels import InlinePanel, ObjectList
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from ..exceptions import NotAllowed
from .bylines import RELATION, BylinesMixin


class BylinesView(WagtailAdminTemplateMixin, TemplateView):
    """Shows the bylines of a page's newest draft, and saves them in a draft."""

    template_name = "wagtailadmin/generic/form.html"
    page_title = gettext_lazy("Bylines")
    header_icon = "user"
    page: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turns away who may not edit the page, and leaves locked pages alone."""
        page: Any = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        has_bylines = isinstance(page, BylinesMixin)
        if not has_bylines or page.alias_of_id:
            raise Http404
        tester = page.permissions_for_user(request.user)
        if not tester.can_edit() or tester.page_locked():
            raise NotAllowed(_("You are not allowed to edit the bylines of this page."))
        self.page = page
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Saves the bylines in a new draft; what readers see stays until that is published."""
        with transaction.atomic():
            # A job or another person may be saving a draft of the same page.
            Page.objects.select_for_update().only("pk").get(pk=self.page.pk)
            form = self.get_form(data=request.POST)
            if form.is_valid():
                form.save(commit=False).save_revision(user=request.user)
                messages.success(request, _("The bylines were saved in the draft."))
                return redirect("wagtailadmin_pages:edit", self.page.pk)
        messages.error(request, _("The bylines could not be saved."))
        return self.render_to_response(self.get_context_data(form=form))

    def get_form(self, data: Any = None) -> Any:
        """Return the form of the newest draft's bylines."""
        return self.handler.get_form_class()(
            data,
            instance=self.page.get_latest_revision_as_object(),
            for_user=self.request.user,
        )

    @property
    def handler(self) -> Any:
        """The one panel of the form."""
        panel = InlinePanel(RELATION, heading=_("Bylines"), label=_("byline"))
        return ObjectList([panel]).bind_to_model(type(self.page))

    def get_page_subtitle(self) -> str:
        """Return the title of the page."""
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here from the admin's start."""
        return [
            *super().get_breadcrumbs_items(),
            {
                "url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
                "label": self.get_page_subtitle(),
            },
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the form; with `locale`, the chooser begins with authors of the page's language."""
        form = kwargs.pop("form", None) or self.get_form()
        panel = self.handler.get_bound_panel(
            instance=form.instance, request=self.request, form=form
        )
        context: dict[str, Any] = super().get_context_data(
            **kwargs,
            form=form,
            panel=panel,
            locale=self.page.locale,
            action_url=reverse("wagtail_newsroom_bylines", args=[self.page.pk]),
            submit_button_label=_("Save draft"),
            submit_button_active_label=_("Saving…"),
        )
        context["media"] = context.get("media", form.media) + form.media + panel.media
        return context


def byline_urls() -> list[URLPattern]:
    """Return the addresses of bylines in the admin."""
    return [
        path(
            "newsroom/pages/<int:page_id>/bylines/",
            BylinesView.as_view(),
            name="wagtail_newsroom_bylines",
        )
    ]
