"""Authors in the admin: the list, the chooser, and the deletion that says who is in the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import (
    BulkActionsCheckboxColumn,
    Column,
    LocaleColumn,
    StatusTagColumn,
    TitleColumn,
)
from wagtail.images import get_image_model
from wagtail.models import Page, Revision
from wagtail.snippets.views import snippets as views
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from ..desk.numbers import local_number
from .authors import get_author_model
from .bylines import RELATION, Byline

PHOTO = "fill-64x64"
"""The size of the photo in lists; the template names the same."""
SHOWN_PIECES = 20
"""How many of the pieces in the way a refused deletion names."""


def _yes_or_no() -> forms.RadioSelect:
    return forms.RadioSelect(
        choices=[
            ("", gettext_lazy("All")),
            ("true", gettext_lazy("Yes")),
            ("false", gettext_lazy("No")),
        ]
    )


class AuthorFilterSet(WagtailFilterSet):
    """Narrows the list by what readers see, and by kind."""

    live = django_filters.BooleanFilter(label=gettext_lazy("Published"), widget=_yes_or_no())
    is_organisation = django_filters.BooleanFilter(
        label=gettext_lazy("Organisation"), widget=_yes_or_no()
    )

    class Meta:
        model = get_author_model()
        fields: ClassVar[list[str]] = ["live", "is_organisation"]


class NameColumn(TitleColumn):
    """The author's photo and name, in the name's own direction."""

    cell_template_name = "wagtail_newsroom/authors/name_cell.html"


def status_of(author: Any) -> str:
    """Return an author's status; no query, unlike the model's own `status_string`."""
    if author.live:
        return _("Live, with a newer draft") if author.has_unpublished_changes else _("Live")
    return _("Scheduled") if getattr(author, "is_scheduled", False) else _("Draft")


def _status_column(**kwargs: Any) -> StatusTagColumn:
    return StatusTagColumn(
        "status",
        label=_("Status"),
        accessor=status_of,
        primary=lambda author: author.live,
        **kwargs,
    )


def with_schedule(authors: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate whether a publication is planned."""
    planned = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(authors.model),
        object_id=Cast(OuterRef("pk"), CharField()),
        approved_go_live_at__isnull=False,
    )
    return authors.annotate(is_scheduled=Exists(planned))


class AuthorIndexView(views.IndexView):
    """Lists authors; a fixed number of queries for any number of them."""

    def get_base_queryset(self) -> Any:
        """Return the authors with photos and the number of their live pieces."""
        pieces = (
            Byline.objects.filter(author_id=OuterRef("pk"), page__live=True)
            .order_by()
            .values("author_id")
            .annotate(number=Count("page_id", distinct=True))
            .values("number")
        )
        authors = with_schedule(super().get_base_queryset())
        return authors.annotate(pieces=Coalesce(Subquery(pieces), 0)).prefetch_related(
            Prefetch("photo", get_image_model().objects.prefetch_renditions(PHOTO))
        )

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        """Return an author's buttons, without wagtail-localize's, which cost queries for each row.

        The desk has buttons of its own for translations.
        """
        buttons = list(super().get_list_more_buttons(instance))
        for hook in hooks.get_hooks("register_snippet_listing_buttons"):
            if not hook.__module__.startswith("wagtail_localize."):
                buttons += hook(instance, self.request.user, self.request.path)
        return buttons

    def get_list_buttons(self, instance: Any) -> list[Any]:
        """Return the buttons in their menu, as lists of anything but snippets have them."""
        return list(super(views.IndexView, self).get_list_buttons(instance))

    @cached_property
    def columns(self) -> list[Column]:
        """The columns; the title's buttons need the view."""
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="snippet"),
            self._get_title_column("name", NameColumn),
            Column("job_title", label=_("Role"), sort_key="job_title"),
            LocaleColumn(label=_("Language")),
            _status_column(sort_key="live"),
            Column(
                "pieces",
                label=_("Pieces"),
                accessor=lambda author: local_number(author.pieces),
                sort_key="pieces",
            ),
        ]


class AuthorDeleteView(views.DeleteView):
    """Deletes an author that no piece names; otherwise says which pieces do."""

    @cached_property
    def pieces(self) -> list[Page]:
        """The pages that name the author, published, in a draft or both."""
        keys = set(
            Byline.objects.filter(author_id=self.object.pk).values_list("page_id", flat=True)
        )
        return list(
            Page.objects.filter(pk__in=keys | drafts_naming(self.object.pk)).order_by("title", "pk")
        )

    def form_valid(self, form: Any) -> HttpResponse:
        """Deletes the author, or shows the pieces again that came in the way."""
        if self.pieces:
            messages.error(self.request, _("Pieces name this author, so it was not deleted."))
            return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the pieces in the way."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["pieces"] = self.pieces[:SHOWN_PIECES]
        context["more_pieces"] = max(0, len(self.pieces) - SHOWN_PIECES)
        context["is_protected"] = bool(self.pieces)
        return context


def drafts_naming(author_id: int) -> set[int]:
    """Return the keys of pages whose newest draft names an author."""
    return {page for page, author in _drafted() if author == author_id}


def _drafted() -> Iterator[tuple[int, Any]]:
    """Yield each byline of the newest drafts: the keys of the page and of the author; one query.

    Wagtail's index of references knows published content only.
    """
    newest = Page.objects.filter(has_unpublished_changes=True, latest_revision__isnull=False)
    drafts = Revision.objects.filter(pk__in=newest.values("latest_revision_id"))
    rows = drafts.values_list("object_id", f"content__{RELATION}")
    for object_id, bylines in rows.iterator():
        for byline in bylines or ():
            yield int(object_id), byline.get("author")


def keep_named_authors(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Takes out of a bulk deletion the authors that pieces name, as `AuthorDeleteView` does."""
    if action_type != "delete" or action.model is not get_author_model():
        return None
    keys = {author.pk for author in objects}
    named = set(Byline.objects.filter(author_id__in=keys).values_list("author_id", flat=True))
    named |= keys & {author for _page, author in _drafted()}
    for author in objects:
        if author.pk in named:
            told = _("Pieces name “%(name)s”, so it was not deleted.") % {"name": author.name}
            messages.error(request, told)
    objects[:] = [author for author in objects if author.pk not in named]
    return None if objects else redirect(action.next_url)


class _ChooserColumns:
    """The chooser's columns: what tells one author from another, without a query for each."""

    def get_object_list(self) -> Any:
        """Return the authors that may be chosen."""
        return with_schedule(super().get_object_list())  # type: ignore[misc]

    @property
    def columns(self) -> list[Column]:
        """The name, the role, the language and the status."""
        return [
            self.title_column,  # type: ignore[attr-defined]
            Column("job_title", label=_("Role")),
            LocaleColumn(label=_("Language"), sort_key=None),
            _status_column(),
        ]


class AuthorChooseView(_ChooserColumns, ChooseView):
    """Chooses an author, of the piece's language at first."""


class AuthorChooseResultsView(_ChooserColumns, ChooseResultsView):
    """The authors that a search in the chooser finds."""


class AuthorChooserViewSet(SnippetChooserViewSet):
    """The chooser of authors; Wagtail's script asks it for the language of the page."""

    choose_view_class = AuthorChooseView
    choose_results_view_class = AuthorChooseResultsView


class AuthorViewSet(SnippetViewSet):
    """Authors in the admin, whatever their class."""

    model = get_author_model()
    icon = "user"
    menu_label = gettext_lazy("Authors")
    menu_name = "newsroom-authors"
    menu_order = 250
    add_to_admin_menu = True
    index_view_class = AuthorIndexView
    delete_view_class = AuthorDeleteView
    delete_template_name = "wagtail_newsroom/authors/delete.html"
    chooser_viewset_class = AuthorChooserViewSet
    filterset_class = AuthorFilterSet
    search_fields: ClassVar[list[str]] = ["name", "job_title", "slug"]
    search_backend_name = None
    list_per_page = 50
    chooser_per_page = 20
    ordering = ("name", "pk")
