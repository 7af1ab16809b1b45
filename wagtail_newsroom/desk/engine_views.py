"""The engines in the admin: the chain, what it was sent this month, and a test of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale

from ..conf import conf
from ..engines.base import Engine
from ..engines.probe import Probe
from ..engines.registry import BadEngine, load_chain
from . import probes
from .explain import explain
from .languages import name_of
from .models import EngineUsage
from .usage import this_month
from .usage_chart import usage_chart

VIEW = "wagtail_newsroom.view_engineusage"
SESSION_KEY = "wagtail_newsroom_engine_test"
SOON_SECONDS = 30
"""After so long without an answer the page wonders whether a worker is running."""
LONGEST_SECONDS = 600
"""After so long it asks no more."""


class EnginesView(WagtailAdminTemplateMixin, TemplateView):
    """Shows the chain of engines, and has it tested by a worker."""

    page_title = gettext_lazy("Translation engines")
    header_icon = "cogs"
    template_name = "wagtail_newsroom/engines/engines.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only those who may see what engines were sent get further."""
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Returns the way here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Asks for a test; the page that follows waits for its answer."""
        codes = set(Locale.objects.values_list("language_code", flat=True))
        source, target = request.POST.get("source", ""), request.POST.get("target", "")
        if source == target or not {source, target} <= codes:
            messages.error(request, _("Choose two different languages."))
            return redirect("wagtail_newsroom_engines")
        try:
            asked = probes.ask(source, target)
        except Exception:  # noqa: BLE001 - each queue raises its own kind
            messages.error(request, _("The test could not be put in the queue of tasks."))
        else:
            request.session[SESSION_KEY] = asdict(asked)
        return redirect("wagtail_newsroom_engines")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the engines with their limits and counts, the languages, and the last test."""
        engines, error = _chain()
        asked = _asked(self.request)
        locales = list(Locale.objects.all())
        pair = (asked.source, asked.target) if asked else probes.usual_pair()
        return {
            **super().get_context_data(**kwargs),
            **_progress(asked, {locale.language_code: name_of(locale) for locale in locales}),
            "engines": _rows(engines),
            "chart": usage_chart(
                {engine.name: str(engine.label) for engine in engines},
                is_rtl=get_language_bidi(),
            ),
            "error": error,
            "month": this_month(),
            "languages": [(locale.language_code, name_of(locale)) for locale in locales],
            "pair": pair,
            "can_test": bool(engines) and pair is not None,
        }


class EnginesProgressView(EnginesView):
    """The last test's answer by itself, asked for again and again until it is there."""

    http_method_names = ("get",)
    template_name = "wagtail_newsroom/engines/includes/progress.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the last test."""
        names = {locale.language_code: name_of(locale) for locale in Locale.objects.all()}
        return {**_progress(_asked(self.request), names), **kwargs}


class EnginesMenuItem(MenuItem):
    """Leads to the engines, for those who may see them."""

    def __init__(self) -> None:
        """Stands among the reports."""
        super().__init__(
            gettext_lazy("Translation engines"),
            reverse("wagtail_newsroom_engines"),
            name="newsroom-engines",
            icon_name="cogs",
            order=1200,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user may see what engines were sent."""
        return bool(request.user.has_perm(VIEW))


def engine_urls() -> list[URLPattern]:
    """Return the addresses of the engines in the admin."""
    return [
        path("newsroom/engines/", EnginesView.as_view(), name="wagtail_newsroom_engines"),
        path(
            "newsroom/engines/progress/",
            EnginesProgressView.as_view(),
            name="wagtail_newsroom_engines_progress",
        ),
    ]


def _chain() -> tuple[list[Engine], str]:
    """Return the engines, or what is wrong with their setting."""
    try:
        return load_chain(conf.engines), ""
    except BadEngine as error:
        return [], str(error)


def _rows(engines: list[Engine]) -> list[dict[str, Any]]:
    counts = {
        usage.engine: usage
        for usage in EngineUsage.objects.filter(
            month=this_month(), engine__in=[engine.name for engine in engines]
        )
    }
    caps = conf.character_caps
    return [
        {
            "engine": engine,
            "sent": counts[engine.name].characters if engine.name in counts else 0,
            "cap": caps.get(engine.name),
        }
        for engine in engines
    ]


def _asked(request: HttpRequest) -> probes.Asked | None:
    try:
        return probes.Asked(**request.session[SESSION_KEY])
    except (KeyError, TypeError):
        # There was none, or another version of the newsroom left it there.
        return None


def _progress(asked: probes.Asked | None, names: dict[str, str]) -> dict[str, Any]:
    """Return what the templates show of a test."""
    if asked is None:
        return {"test": None}
    found = probes.answer(asked)
    return {
        "test": asked,
        "source_name": names.get(asked.source, asked.source),
        "target_name": names.get(asked.target, asked.target),
        "is_done": found is not None,
        "is_active": found is None and asked.age < LONGEST_SECONDS,
        "is_late": found is None and asked.age >= SOON_SECONDS,
        "found": [_told(one) for one in found or ()],
    }


def _told(one: Probe) -> dict[str, Any]:
    label = one.label or one.engine
    return {
        "probe": one,
        "label": label,
        "sentence": _("Works.") if one.works else explain(one.reason, label),
    }
