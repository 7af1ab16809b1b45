"""What the desk's pages share: the piece that an address names, and the way back to it."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from ..pieces import Piece, can_be_piece, piece_of, specific_of


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """A page of the desk, about one piece of the site."""

    header_icon = "wagtail-localize-language"
    piece: Piece

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Returns the way here: what the piece stands in, or the list, then this page."""
        url, label = self.piece.place
        if not self.piece.can_edit(self.request.user):
            # Who may not edit the piece may not be let into what it stands in either.
            url, label = reverse("newsroom_translations:index"), _("Translations")
        return [
            *self.breadcrumbs_items,
            *([{"url": url, "label": label}] if url else []),
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_page_subtitle(self) -> str:
        """Returns the title of the piece."""
        return self.piece.title


def find_piece(
    page_id: int | None = None, app_label: str = "", model_name: str = "", pk: str = ""
) -> Piece:
    """Return the piece that an address names: a page by its number, a snippet by model and key.

    Raises `Http404` when there is none, or what is named is no piece.
    """
    if page_id is not None:
        piece = piece_of(specific_of(get_object_or_404(Page, pk=page_id)))
        if piece.is_root:
            raise Http404
        return piece
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    if issubclass(model, Page) or not can_be_piece(model):
        raise Http404
    try:
        return piece_of(get_object_or_404(model, pk=unquote(pk)))
    except (ValueError, ValidationError) as error:
        # A key that the model's keys cannot look like.
        raise Http404 from error


def declined_message(piece: Piece, reasons: list[str]) -> str:
    """Return the sentence that tells an editor why a piece was not published."""
    return _("“%(title)s” was not published. %(reasons)s") % {
        "title": piece.title,
        "reasons": " ".join(reasons),
    }
