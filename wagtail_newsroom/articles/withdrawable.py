"""Pieces that can be withdrawn: readers get a notice in their place."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from wagtail.models import Page as _Page
else:
    # A mixin for pages, but no page: sites may swap the base page.
    _Page = models.Model

GONE = 410
"""HTTP's answer for what was here and will not come back."""


class WithdrawableMixin(_Page):
    """A page that can be withdrawn, by `articles.withdrawal.withdraw`.

    Like `live`, the withdrawal belongs to the page and to no draft: publishing an older or a newer
    draft does not end it.
    """

    withdrawn_at = models.DateTimeField(
        _("withdrawn at"), null=True, blank=True, editable=False, db_index=True
    )
    withdrawal_notice = models.TextField(
        _("notice of withdrawal"),
        blank=True,
        editable=False,
        help_text=_("Why the piece was withdrawn, for readers."),
    )

    withdrawn_template = "wagtail_newsroom/withdrawn_page.html"
    """What readers get in place of a piece that was withdrawn."""

    exclude_fields_in_copy = ["withdrawn_at", "withdrawal_notice"]
    beside_the_content = ("withdrawn_at", "withdrawal_notice")
    """What no change of the original is to its translations, see `desk.outdated`."""

    class Meta:
        abstract = True

    @property
    def is_withdrawn(self) -> bool:
        """Whether readers get the notice in place of the piece."""
        return self.withdrawn_at is not None and self.withdrawn_at <= timezone.now()

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Returns a draft's content as a page; whether it is withdrawn says the stored page."""
        page = super().with_content_json(content)
        page.withdrawn_at = self.withdrawn_at
        page.withdrawal_notice = self.withdrawal_notice
        return page

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """Returns the template of the notice for a piece that was withdrawn."""
        if self.is_withdrawn:
            return self.withdrawn_template
        template: str = super().get_template(request, *args, **kwargs)
        return template

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answers with the piece, or with its notice and status 410 if it was withdrawn."""
        response = super().serve(request, *args, **kwargs)
        if self.is_withdrawn:
            response.status_code = GONE
            response["X-Robots-Tag"] = "noindex"
        return response


def not_withdrawn() -> Q:
    """Return the condition that base pages are not withdrawn.

    One short list of keys for each class of pieces, read by its index and not row by row.
    """
    condition = Q()
    for model in _withdrawable_models():
        gone = model._default_manager.filter(withdrawn_at__lte=timezone.now())
        condition &= ~Q(pk__in=gone.values("pk"))
    return condition


@cache
def _withdrawable_models() -> tuple[type[Any], ...]:
    # The classes that have the column; their subclasses' pages have a row there too.
    return tuple(
        model
        for model in apps.get_models()
        if issubclass(model, WithdrawableMixin)
        and any(field.name == "withdrawn_at" for field in model._meta.local_fields)
    )
