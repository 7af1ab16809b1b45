"""The translation memory in the admin: its list, its forms, import and export of TMX files."""

from __future__ import annotations

import tempfile
from typing import Any, ClassVar

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton

from ..exceptions import BadFile, NotAllowed
from ..segments.keys import visible_text
from .memory import ADD, describe, export_tmx, import_tmx
from .memory_forms import ImportTmxForm, MemoryEntryForm, language_choices
from .models import MemoryEntry

SHOWN_CHARACTERS = 160
"""How much of a text the list shows."""

_MAY_READ = tuple(
    f"wagtail_newsroom.{action}_memoryentry" for action in ("view", "add", "change", "delete")
)


class MemoryFilterSet(WagtailFilterSet):
    """Narrows the list by language and origin."""

    source_language = django_filters.ChoiceFilter(
        label=gettext_lazy("Source language"),
        choices=language_choices,
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
    )
    target_language = django_filters.ChoiceFilter(
        label=gettext_lazy("Target language"),
        choices=language_choices,
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = MemoryEntry
        fields: ClassVar[list[str]] = ["source_language", "target_language", "origin"]


class TextCell:
    """Shows the beginning of a text, in its language and direction."""

    def __init__(self, *args: Any, language_field: str, **kwargs: Any) -> None:
        """Takes the name of the field that holds the text's language."""
        super().__init__(*args, **kwargs)
        self.language_field = language_field

    def get_text(self, instance: Any) -> str:
        """Return the text as a reader sees it."""
        return visible_text(getattr(instance, self.name))  # type: ignore[attr-defined]

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Return the cell's context with the text marked up."""
        context: dict[str, Any] = super().get_cell_context_data(  # type: ignore[misc]
            instance, parent_context
        )
        language = getattr(instance, self.language_field)
        text = self.get_text(instance)
        context["value"] = format_html(
            '<span class="newsroom-text" lang="{}" dir="auto">{}</span>',
            language,
            Truncator(text).chars(SHOWN_CHARACTERS),
        )
        return context


class SourceColumn(TextCell, TitleColumn):
    """The source text, which leads to the form."""


class TranslationColumn(TextCell, Column):
    """The translation."""


_ENTRIES = gettext_lazy("memory entries")


class MemoryPaginator(WagtailPaginator):
    """Counts entries; the model's own plural names the memory as a whole."""

    verbose_name_plural = _ENTRIES


class MemoryIndexView(generic.IndexView):
    """Lists the memory; a fixed number of queries for any number of entries."""

    verbose_name_plural = _ENTRIES
    paginator_class = MemoryPaginator

    @cached_property
    def columns(self) -> list[Column]:
        """The columns; the title's buttons need the view."""
        return [
            self._get_title_column("source_text", SourceColumn, language_field="source_language"),
            TranslationColumn(
                "target_text", label=_("Translation"), language_field="target_language"
            ),
            Column(
                "languages",
                label=_("Languages"),
                classname="newsroom-pair",
                accessor=lambda entry: f"{entry.source_language} → {entry.target_language}",
            ),
            Column("origin", label=_("Origin"), accessor="get_origin_display", sort_key="origin"),
            DateColumn("updated_at", label=_("Updated"), sort_key="updated_at"),
        ]

    @cached_property
    def header_buttons(self) -> list[Button]:
        """The button that adds one entry, and the one that imports a file."""
        buttons: list[Button] = [*super().header_buttons]
        if self.request.user.has_perm(ADD):
            buttons.append(
                HeaderButton(
                    _("Import TMX"), url=reverse("newsroom_memory:import"), icon_name="upload"
                )
            )
        return buttons

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The export, beside whatever Wagtail puts there."""
        return [
            *super().header_more_buttons,
            Button(_("Export as TMX"), url=reverse("newsroom_memory:export"), icon_name="download"),
        ]


class AddMemoryView(generic.CreateView):
    """Adds a pair that a person wrote."""

    def get_form(self, *args: Any, **kwargs: Any) -> MemoryEntryForm:
        """Return the form, whose entry knows who made it."""
        form: MemoryEntryForm = super().get_form(*args, **kwargs)
        form.instance.origin = MemoryEntry.Origin.APPROVED
        form.instance.created_by = self.request.user
        return form


class ImportTmxView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """Takes a TMX file and says what became of it."""

    form_class = ImportTmxForm
    template_name = "wagtail_newsroom/memory/import.html"
    page_title = gettext_lazy("Import TMX")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turns away who may not add to the memory, before the upload is looked at."""
        if not request.user.has_perm(ADD):
            raise NotAllowed(_("You may not add to the translation memory."))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: ImportTmxForm) -> HttpResponse:
        """Imports the file; a broken one brings the form back with the reason."""
        try:
            result = import_tmx(form.cleaned_data["file"], user=self.request.user)
        except BadFile as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        messages.success(self.request, describe(result))
        return super().form_valid(form)

    def get_success_url(self) -> str:
        """Return the list's address."""
        return reverse("newsroom_memory:index")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here from the admin's start."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.get_success_url(), "label": _("Translation memory")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context of Wagtail's form template."""
        return super().get_context_data(
            **kwargs,
            action_url=reverse("newsroom_memory:import"),
            submit_button_label=_("Import"),
            submit_button_active_label=_("Importing…"),
        )


class ExportTmxView(View):
    """Gives the whole memory as a TMX file to whoever may read it."""

    def get(self, request: HttpRequest) -> FileResponse:
        """Return the file."""
        if not any(request.user.has_perm(permission) for permission in _MAY_READ):
            raise NotAllowed(_("You may not read the translation memory."))
        # Written to disk first, so that an error is told before a byte is sent.
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
        export_tmx(file)
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename="memory.tmx")


class MemoryViewSet(ModelViewSet):
    """The translation memory in the admin; register it as `MemoryViewSet("newsroom_memory")`."""

    model = MemoryEntry
    icon = "clipboard-list"
    url_prefix = "newsroom/memory"
    add_to_reference_index = False
    add_to_admin_menu = True
    menu_label = gettext_lazy("Translation memory")
    index_view_class = MemoryIndexView
    add_view_class = AddMemoryView
    copy_view_enabled = False
    filterset_class = MemoryFilterSet
    search_fields: ClassVar[list[str]] = ["source_text", "target_text"]
    search_backend_name = None
    list_per_page = 50
    ordering = ("-updated_at", "-pk")

    def get_form_class(self, for_update: bool = False) -> type[MemoryEntryForm]:
        """Return the one form for new and old entries."""
        return MemoryEntryForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return Wagtail's addresses, and those of import and export."""
        return [
            *super().get_urlpatterns(),
            path("import/", ImportTmxView.as_view(), name="import"),
            path("export/", ExportTmxView.as_view(), name="export"),
        ]
