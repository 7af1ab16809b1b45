"""The glossary in the admin: its list, its form, import and export of CSV files."""

from __future__ import annotations

import tempfile
from typing import Any, ClassVar

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.models import Site

from ..exceptions import BadFile, Declined, NotAllowed
from .glossary import ADD
from .glossary_csv import decoded, write_terms
from .glossary_forms import ConfirmGlossaryForm, GlossaryTermForm, ImportGlossaryForm
from .glossary_import import ImportPlan, describe, import_terms, plan_import
from .glossary_models import GlossaryTerm
from .memory_forms import language_choices
from .memory_views import TextCell

SHOWN_LINES = 200
"""How many changes and errors of a file the preview shows."""

_MAY_READ = tuple(
    f"wagtail_newsroom.{action}_glossaryterm" for action in ("view", "add", "change", "delete")
)
_TERMS = gettext_lazy("terms")


def _sites(request: HttpRequest) -> Any:
    return Site.objects.all()


class GlossaryFilterSet(WagtailFilterSet):
    """Narrows the list by language and site."""

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
    site = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Site"),
        queryset=_sites,
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
        null_label=gettext_lazy("Terms for all sites"),
    )

    class Meta:
        model = GlossaryTerm
        fields: ClassVar[list[str]] = ["source_language", "target_language", "site"]


class TermColumn(TextCell, TitleColumn):
    """The term, which leads to the form."""

    def get_text(self, instance: Any) -> str:
        """Return the plain text."""
        return str(instance.term)


class TranslationColumn(TextCell, Column):
    """The approved translation; the term itself where it is kept."""

    def get_text(self, instance: Any) -> str:
        """Return the plain text."""
        return str(instance.translation or instance.term)


class GlossaryPaginator(WagtailPaginator):
    """Counts terms; the model's own plural names the glossary as a whole."""

    verbose_name_plural = _TERMS


class GlossaryIndexView(generic.IndexView):
    """Lists the glossary; a fixed number of queries for any number of terms."""

    verbose_name_plural = _TERMS
    paginator_class = GlossaryPaginator

    def get_base_queryset(self) -> Any:
        """Return the terms with their sites, which the list names."""
        return super().get_base_queryset().select_related("site")

    @cached_property
    def columns(self) -> list[Column]:
        """The columns; the title's buttons need the view."""
        return [
            self._get_title_column("term", TermColumn, language_field="source_language"),
            TranslationColumn(
                "translation", label=_("Translation"), language_field="target_language"
            ),
            BooleanColumn("keep_as_is", label=_("Kept as it is")),
            Column(
                "languages",
                label=_("Languages"),
                classname="newsroom-pair",
                accessor=lambda term: (
                    f"{term.source_language} {'→' if term.one_way else '↔'} {term.target_language}"
                ),
            ),
            Column("site", label=_("Site"), accessor=lambda term: term.site or _("All sites")),
            DateColumn("updated_at", label=_("Updated"), sort_key="updated_at"),
        ]

    @cached_property
    def header_buttons(self) -> list[Button]:
        """The button that adds one term, and the one that imports a file."""
        buttons: list[Button] = [*super().header_buttons]
        if self.request.user.has_perm(ADD):
            buttons.append(
                HeaderButton(
                    _("Import CSV"), url=reverse("newsroom_glossary:import"), icon_name="upload"
                )
            )
        return buttons

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The export, beside whatever Wagtail puts there."""
        return [
            *super().header_more_buttons,
            Button(
                _("Export as CSV"), url=reverse("newsroom_glossary:export"), icon_name="download"
            ),
        ]


class ImportGlossaryView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """Takes a CSV file, shows what it would change, and changes it when a person agrees."""

    form_class = ImportGlossaryForm
    template_name = "wagtail_newsroom/glossary/import.html"
    page_title = gettext_lazy("Import CSV")
    header_icon = "upload"
    plan: ImportPlan | None = None
    """What the file would change, once there is one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turns away who may not add to the glossary, before the upload is looked at."""
        if not request.user.has_perm(ADD):
            raise NotAllowed(_("You may not add to the glossary."))
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Shows the plan of an uploaded file, or does what a person agreed to."""
        if "digest" in request.POST:
            return self.confirm(ConfirmGlossaryForm(request.POST))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: ImportGlossaryForm) -> HttpResponse:
        """Shows what the file would change; one that cannot be read brings the form back."""
        try:
            data = form.cleaned_data["file"].read()
            return self.preview(plan_import(data), decoded(data))
        except BadFile as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)

    def confirm(self, form: ConfirmGlossaryForm) -> HttpResponse:
        """Imports what the person has seen; if it is no longer the same, shows it anew."""
        if not form.is_valid():
            return redirect("newsroom_glossary:import")
        data = form.cleaned_data["text"].encode()
        try:
            plan = import_terms(data, user=self.request.user, digest=form.cleaned_data["digest"])
        except NotAllowed:
            raise
        except BadFile as error:
            messages.error(self.request, str(error))
            return redirect("newsroom_glossary:import")
        except Declined as declined:
            messages.warning(self.request, str(declined))
            return self.preview(plan_import(data), form.cleaned_data["text"])
        messages.success(self.request, describe(plan))
        return redirect("newsroom_glossary:index")

    def preview(self, plan: ImportPlan, text: str) -> HttpResponse:
        """Return the page that shows a plan and asks for consent."""
        self.plan = plan
        consent = ConfirmGlossaryForm(initial={"text": text, "digest": plan.digest})
        return self.render_to_response(
            self.get_context_data(
                form=consent,
                plan=plan,
                new=plan.new[:SHOWN_LINES],
                changed=plan.changed[:SHOWN_LINES],
                errors=plan.errors[:SHOWN_LINES],
                shown=SHOWN_LINES,
                can_import=not plan.errors and bool(plan.new or plan.changed),
            )
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here from the admin's start."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("newsroom_glossary:index"), "label": _("Glossary")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context of Wagtail's form template."""
        return super().get_context_data(
            **kwargs,
            action_url=reverse("newsroom_glossary:import"),
            submit_button_label=_("Look at the changes"),
        )

    def get_template_names(self) -> list[str]:
        """Return the preview's template where there is a plan to show."""
        return ["wagtail_newsroom/glossary/preview.html" if self.plan else self.template_name]


class ExportGlossaryView(View):
    """Gives the whole glossary as a CSV file to whoever may read it."""

    def get(self, request: HttpRequest) -> FileResponse:
        """Return the file."""
        if not any(request.user.has_perm(permission) for permission in _MAY_READ):
            raise NotAllowed(_("You may not read the glossary."))
        # Written to disk first, so that an error is told before a byte is sent.
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
        write_terms(file)
        file.seek(0)
        return FileResponse(
            file, as_attachment=True, filename="glossary.csv", content_type="text/csv"
        )


class GlossaryViewSet(ModelViewSet):
    """The glossary in the admin; register it as `GlossaryViewSet("newsroom_glossary")`."""

    model = GlossaryTerm
    icon = "list-ul"
    url_prefix = "newsroom/glossary"
    add_to_reference_index = False
    add_to_admin_menu = True
    menu_label = gettext_lazy("Glossary")
    index_view_class = GlossaryIndexView
    copy_view_enabled = False
    filterset_class = GlossaryFilterSet
    search_fields: ClassVar[list[str]] = ["term", "translation", "forbidden", "note"]
    search_backend_name = None
    list_per_page = 50
    ordering = ("term", "pk")

    def get_form_class(self, for_update: bool = False) -> type[GlossaryTermForm]:
        """Return the one form for new and old terms."""
        return GlossaryTermForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return Wagtail's addresses, and those of import and export."""
        return [
            *super().get_urlpatterns(),
            path("import/", ImportGlossaryView.as_view(), name="import"),
            path("export/", ExportGlossaryView.as_view(), name="export"),
        ]
