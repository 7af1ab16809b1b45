"""Tags in the admin: a list for each language, its filter and search, the form of a tag."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.middleware.csrf import get_token
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from ..desk.languages import name_of
from ..desk.numbers import local_number
from ..desk.rows import engine_labels
from .tag_actions import can_name, remember
from .tag_keys import clean_name, key_of
from .tags import TaggedPiece, get_tag_model


class TagForm(WagtailAdminModelForm):
    """One tag; saving it gives a name to one that waits for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gives_name = self.instance.needs_name
        if self.gives_name:
            # The name that stands there is another language's.
            self.initial["name"] = self.instance.proposed_name
            self.fields["name"].help_text = _(
                "Still without a name in this language: %(name)s. Readers see the tag once it has one."
            ) % {"name": self.instance.name}

    def _post_clean(self) -> None:
        if self.gives_name and self.cleaned_data.get("name"):
            self.instance.needs_name = False
            self.instance.proposed_name = self.instance.proposed_by = ""
            if self.instance.has_placeholder_slug() and "slug" not in self.changed_data:
                self.cleaned_data["slug"] = ""
        super()._post_clean()

    def save(self, commit: bool = True) -> Any:
        """Saves the tag; the memory learns a name that was given."""
        tag = super().save(commit)
        if commit and self.gives_name:
            remember(tag, user=self.for_user)
        return tag

    class Meta:
        fields = ("name", "slug", "description", "picture", "picture_alt")


def origin_label(origin: str, labels: dict[str, str]) -> str:
    """Return who proposed a name, in words."""
    match origin.partition(":"):
        case ("memory", _sep, _rest):
            return _("Translation memory")
        case ("glossary", _sep, _rest):
            return _("Glossary")
        case ("engine", _sep, "copy"):
            return _("Copied as it is")
        case (_kind, _sep, name):
            return labels.get(name, name)


class TagFilterSet(WagtailFilterSet):
    """Narrows the list to tags that wait for a name, or are on no piece."""

    needs_name = django_filters.ChoiceFilter(
        label=gettext_lazy("Name"),
        choices=[
            ("waits", gettext_lazy("Needs a name")),
            ("proposed", gettext_lazy("Needs a name, one is proposed")),
            ("named", gettext_lazy("Has a name")),
        ],
        method="by_name",
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
    )
    usage = django_filters.ChoiceFilter(
        label=gettext_lazy("Usage"),
        choices=[("used", gettext_lazy("On pieces")), ("unused", gettext_lazy("On no piece"))],
        method="by_usage",
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
    )

    def by_name(self, tags: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return the tags with or without a name."""
        tags = tags.filter(needs_name=value != "named")
        return tags.exclude(proposed_name="") if value == "proposed" else tags

    def by_usage(self, tags: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return the tags with or without pieces."""
        return (
            tags.filter(pk__in=TaggedPiece.objects.values("tag_id"))
            if value == "used"
            else tags.exclude(pk__in=TaggedPiece.objects.values("tag_id"))
        )


def filter_set() -> type[TagFilterSet]:
    """Return the filters for whichever class of tags the site has."""
    meta = type("Meta", (), {"model": get_tag_model(), "fields": []})
    return type("TagFilterSet", (TagFilterSet,), {"Meta": meta})


def searched(tags: QuerySet[Any], query: str) -> QuerySet[Any]:
    """Return the tags in whose name, slug or description a query stands, in any spelling."""
    query = clean_name(query)
    if not query:
        return tags
    wanted = Q(name__icontains=query) | Q(slug__icontains=query) | Q(description__icontains=query)
    if key := key_of(query):
        wanted |= Q(key__contains=key, needs_name=False)
    return tags.filter(wanted)


class NameColumn(TitleColumn):
    """The name, or the other language's with a note; what is proposed stands below."""

    cell_template_name = "wagtail_newsroom/tags/name_cell.html"

    def __init__(self, *args: Any, view: TagIndexView, **kwargs: Any) -> None:
        """Takes the list that the column stands in."""
        super().__init__(*args, **kwargs)
        self.view = view

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Adds the proposal, and whether the person may accept it."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        request = self.view.request
        return {
            **context,
            "tag": instance,
            "request": request,
            "csrf_token": get_token(request),
            "proposed_by": self.view.origin_of(instance),
            "can_name": can_name(request.user, instance.locale_id),
            "next": request.get_full_path(),
        }


class TagIndexView(generic.IndexView):
    """Lists the tags, of one language by a filter, in a number of queries that does not grow with them."""

    template_name = "wagtail_newsroom/tags/index.html"

    @cached_property
    def labels(self) -> dict[str, str]:
        """The engines' names."""
        return engine_labels()

    def origin_of(self, tag: Any) -> str:
        """Return who proposed a tag's name."""
        return origin_label(tag.proposed_by, self.labels) if tag.proposed_by else ""

    def get_base_queryset(self) -> Any:
        """Return the tags, each with the number of its pieces."""
        pieces = (
            TaggedPiece.objects.filter(tag_id=OuterRef("pk"))
            .order_by()
            .values("tag_id")
            .annotate(number=Count("pk"))
            .values("number")
        )
        tags = super().get_base_queryset().select_related("locale")
        return tags.annotate(pieces=Coalesce(Subquery(pieces), 0))

    def search_queryset(self, queryset: Any) -> Any:
        """Return what a query finds, whatever letters it is typed with."""
        return searched(queryset, self.search_query) if self.search_query else queryset

    @cached_property
    def columns(self) -> list[Any]:
        """The columns; the title's buttons need the view."""
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="tag"),
            self._get_title_column(
                "name", NameColumn, view=self, get_title_id=lambda tag: f"tag_{tag.pk}_title"
            ),
            Column("locale", label=_("Language"), accessor=lambda tag: name_of(tag.locale)),
            Column("slug", label=_("Slug"), sort_key="slug"),
            Column(
                "pieces",
                label=_("Pieces"),
                accessor=lambda tag: local_number(tag.pieces),
                sort_key="pieces",
            ),
        ]


class TagViewSet(ModelViewSet):
    """Tags in the admin; register it as `TagViewSet("newsroom_tags", model=get_tag_model())`."""

    icon = "tag"
    url_prefix = "newsroom/tags"
    add_to_reference_index = False
    add_to_admin_menu = True
    menu_label = gettext_lazy("Tags")
    index_view_class = TagIndexView
    copy_view_enabled = False
    search_fields: ClassVar[list[str]] = ["name"]
    search_backend_name = None
    list_per_page = 50
    ordering = ("name", "pk")

    @cached_property
    def filterset_class(self) -> type[TagFilterSet]:
        """The filters."""
        return filter_set()

    def get_form_class(self, for_update: bool = False) -> Any:
        """Return the one form for new and old tags."""
        fields = [*TagForm.Meta.fields, *getattr(self.model, "admin_form_fields", ())]
        meta = type("Meta", (TagForm.Meta,), {"model": self.model, "fields": fields})
        return type("TagForm", (TagForm,), {"Meta": meta})
