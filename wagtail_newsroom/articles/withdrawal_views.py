"""The admin pages that withdraw a piece and bring it back: thin shells over the actions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from ..desk.languages import name_of
from ..exceptions import Declined
from .withdrawable import WithdrawableMixin
from .withdrawal import restore, versions_of, withdraw
from .withdrawal_forms import NoticesForm


class WithdrawalView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """What withdrawing and restoring share: the piece, its languages and who may get here."""

    header_icon = "view"
    form_class: Any = forms.Form
    page: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Finds the piece; only those who may publish it get further."""
        self.page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not isinstance(self.page, WithdrawableMixin) or self.page.alias_of_id:
            raise Http404
        if not self.page.permissions_for_user(request.user).can_publish():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def versions(self) -> list[Any]:
        """The piece in all its languages, this one first."""
        return sorted(versions_of(self.page), key=lambda version: version.pk != self.page.pk)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Returns the way here: the section, then this page."""
        parent = self.page.get_parent()
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse("wagtailadmin_explore", args=[parent.pk]),
                "label": parent.specific_deferred.get_admin_display_title(),
            },
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_page_subtitle(self) -> str:
        """Returns the title of the piece."""
        return str(self.page.get_admin_display_title())

    def get_success_url(self) -> str:
        """Returns the address of the section's list, where the piece stands."""
        return reverse("wagtailadmin_explore", args=[self.page.get_parent().pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the piece and the languages that readers have it in."""
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "languages": [name_of(version.locale) for version in self.versions if version.live],
        }

    def act(self, form: Any) -> str:
        """Does what the view is for; returns what to tell the editor."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        """Acts, and tells what came of it; a refusal leaves the form as it is."""
        try:
            told = self.act(form)
        except Declined as declined:
            for reason in declined.reasons:
                messages.error(self.request, reason)
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(self.request, told)
        return redirect(self.get_success_url())


class WithdrawView(WithdrawalView):
    """Asks for the notice in each language, and withdraws the piece."""

    page_title = gettext_lazy("Withdraw")
    form_class = NoticesForm
    template_name = "wagtail_newsroom/withdrawal/withdraw.html"

    def get_form(self, form_class: Any = None) -> Any:
        """Returns a form with the notice in each language; only this page's is required."""
        form = super().get_form(form_class)
        for version in self.versions:
            is_this = version.pk == self.page.pk
            form.add_notice(
                version.locale,
                required=is_this,
                help_text=""
                if is_this
                else _("Left empty, readers are told only that the piece was withdrawn."),
            )
        return form

    def act(self, form: Any) -> str:
        """Withdraws the piece in all its languages."""
        notices = form.notices
        notice = notices.pop(self.page.locale.language_code, "")
        withdraw(self.page, notice, user=self.request.user, other_notices=notices)
        return _("“%(title)s” is withdrawn.") % {"title": self.page.get_admin_display_title()}


class RestoreView(WithdrawalView):
    """Asks whether a withdrawn piece is to come back, and brings it back."""

    page_title = gettext_lazy("Restore")
    template_name = "wagtail_newsroom/withdrawal/restore.html"

    def act(self, form: Any) -> str:
        """Brings the piece back in all its languages."""
        restore(self.page, user=self.request.user)
        return _("Readers see “%(title)s” again.") % {"title": self.page.get_admin_display_title()}


def withdrawal_urls() -> list[URLPattern]:
    """Return the addresses of both pages, below that of the admin."""
    return [
        path(
            "newsroom/pages/<int:page_id>/withdraw/",
            WithdrawView.as_view(),
            name="wagtail_newsroom_withdraw",
        ),
        path(
            "newsroom/pages/<int:page_id>/restore/",
            RestoreView.as_view(),
            name="wagtail_newsroom_restore",
        ),
    ]


def buttons(page: Page, user: Any) -> Iterator[Button]:
    """Yield the button that a page's header has for a user, if it has one."""
    model = page.specific_class
    if model is None or not issubclass(model, WithdrawableMixin) or page.alias_of_id:
        return
    piece: Any = page.specific
    if not piece.permissions_for_user(user).can_publish():
        return
    if piece.withdrawn_at is not None:
        url = reverse("wagtail_newsroom_restore", args=[page.pk])
        yield Button(gettext_lazy("Restore"), url, icon_name="view", priority=60)
    elif piece.live:
        url = reverse("wagtail_newsroom_withdraw", args=[page.pk])
        yield Button(gettext_lazy("Withdraw"), url, icon_name="view", priority=60)
