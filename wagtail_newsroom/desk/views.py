"""The desk's pages in the admin: thin shells over actions and states."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale, Page, PageLogEntry

from ..conf import conf
from ..exceptions import Declined, NotAllowed
from ..segments.keys import visible_text
from ..segments.tidy import tidy
from . import actions, localize, mending, permissions
from .findings import findings_of
from .gate import DECLINED, GatedPageMixin, reasons_against
from .languages import direction_of, name_of
from .localize import Segment
from .models import TranslationJob
from .rows import allowance_notes, engine_labels, job_context, rows_for
from .states import Standing, standing_of
from .texts import digest


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """A page of the desk, about one page of the site."""

    header_icon = "wagtail-localize-language"
    page: Page

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Returns the way here: the piece, then this page."""
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse("wagtailadmin_explore", args=[self.page.get_parent().pk]),
                "label": self.page.get_parent().specific_deferred.get_admin_display_title(),
            },
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_page_subtitle(self) -> str:
        """Returns the title of the piece."""
        return str(self.page.get_admin_display_title())


class TranslateView(DeskView):
    """Shows where a piece stands in each language, and has it translated."""

    page_title = gettext_lazy("Translations")
    template_name = "wagtail_newsroom/desk/translate.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Finds the page; only those who may edit it or have it translated get further."""
        self.page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if self.page.is_root():
            raise Http404
        user = request.user
        others = Locale.objects.exclude(pk=self.page.locale_id)
        if not (
            self.page.permissions_for_user(user).can_edit()
            or any(permissions.can_request(self.page, locale, user) for locale in others)
        ):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Requests each chosen language; one answer leads to its job, several to this page."""
        locales = Locale.objects.filter(language_code__in=request.POST.getlist("locale"))
        jobs = []
        for locale in locales:
            try:
                jobs.append(actions.request_translation(self.page, locale, user=request.user))
            except NotAllowed:
                raise
            except Declined as declined:
                messages.error(request, str(declined))
        if not locales:
            messages.error(request, _("Choose a language first."))
        if "fragment" in request.POST:
            return HttpResponse(panel_html(self.page, request))
        if len(jobs) == 1:
            return redirect("wagtail_newsroom_job", jobs[0].pk)
        return redirect(
            get_valid_next_url_from_request(request)
            or reverse("wagtail_newsroom_translate", args=[self.page.pk])
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the piece and its languages."""
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "rows": rows_for(self.page, self.request.user, with_estimates=True),
            "allowance_notes": allowance_notes(),
        }


def panel_html(page: Page, request: HttpRequest) -> str:
    """Return the rows of a piece's languages as HTML, for the panel in the page editor."""
    return render_to_string(
        "wagtail_newsroom/desk/includes/languages.html",
        {"page": page, "rows": rows_for(page, request.user)},
        request=request,
    )


class PanelView(TranslateView):
    """The panel's rows by themselves, asked for again and again while a machine is at work."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answers with a fragment of HTML."""
        actions.resume_jobs()
        return HttpResponse(panel_html(self.page, request))


class JobView(DeskView):
    """One job with its progress, its counts by origin and its failures."""

    page_title = gettext_lazy("Translation job")
    template_name = "wagtail_newsroom/desk/job.html"
    job: TranslationJob

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Finds the job; only those who may edit either side see it."""
        self.job = get_object_or_404(
            TranslationJob.objects.select_related("requested_by"), pk=kwargs["job_id"]
        )
        self.translation = localize.get_translation(self.job.translation_id)
        page = localize.source_page(self.translation)
        if page is None:
            raise Http404
        self.page = page
        if not permissions.can_see(self.translation, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the job, its counts and the passages that failed."""
        return {
            **super().get_context_data(**kwargs),
            **job_context(self.job),
            "page": self.page,
            "translation": self.translation,
            "source_language": name_of(self.translation.source.locale),
            "target_language": name_of(self.translation.target_locale),
            "can_request": permissions.can_request(
                self.page, self.translation.target_locale, self.request.user
            ),
        }


class ProgressView(JobView):
    """A job's progress as a fragment of HTML."""

    template_name = "wagtail_newsroom/desk/includes/progress.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answers with the fragment; a job that seems forgotten is called again."""
        if self.job.is_active:
            actions.resume_jobs()
        return super().get(request, *args, **kwargs)


class RetryView(JobView):
    """Has what is missing of a job's piece translated again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Requests the same language again and leads to the new job."""
        try:
            job = actions.request_translation(
                self.page, self.translation.target_locale, user=request.user
            )
        except NotAllowed:
            raise
        except Declined as declined:
            messages.error(request, str(declined))
            job = self.job
        return redirect("wagtail_newsroom_job", job.pk)


class ReviewView(DeskView):
    """Source and translation side by side, to be approved and published."""

    page_title = gettext_lazy("Review translation")
    template_name = "wagtail_newsroom/desk/review.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Finds the translation and its pages; only those who may edit either side see it."""
        try:
            self.translation = localize.get_translation(kwargs["translation_id"])
        except localize.Translation.DoesNotExist as error:
            raise Http404 from error
        source, target = (
            localize.source_page(self.translation),
            localize.target_page(self.translation),
        )
        if source is None or target is None:
            raise Http404
        self.source, self.page = source, target
        if not permissions.can_see(self.translation, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Approves or publishes, or says why not."""
        try:
            # A fix has a button of its own, which says which of several it is.
            named = [name for name in ("fix", "near") if name in request.POST]
            match named[0] if named else request.POST.get("action"):
                case "approve":
                    actions.approve(
                        self.translation, user=request.user, seen=request.POST.get("seen", "")
                    )
                    messages.success(request, _("The translation is approved."))
                case "publish":
                    page = actions.publish(self.translation, user=request.user)
                    messages.success(
                        request,
                        _("“%(title)s” is published.") % {"title": page.title},
                        buttons=[messages.button(page.get_url(request) or "", _("View live"))],
                    )
                case "fix" | "tidy" | "dismiss" | "near" as action:
                    self.mend(action, request)
                case _:
                    messages.error(request, _("Nothing was changed."))
        except NotAllowed:
            raise
        except Declined as declined:
            for reason in declined.reasons:
                messages.error(request, reason)
        anchor = (
            f"#segment-{segment}" if (segment := request.POST.get("segment", "")).isdigit() else ""
        )
        return redirect(reverse("wagtail_newsroom_review", args=[self.translation.pk]) + anchor)

    def mend(self, action: str, request: HttpRequest) -> None:
        """Changes or settles one segment."""
        try:
            segment = int(request.POST["segment"])
            place = int(request.POST.get(action, 0)) if action in ("fix", "near") else 0
        except (KeyError, ValueError) as error:
            raise Declined(_("Nothing was changed.")) from error
        match action:
            case "fix":
                mending.take_fix(
                    self.translation,
                    segment,
                    finding=request.POST.get("finding", ""),
                    fix=place,
                    user=request.user,
                )
            case "tidy":
                mending.tidy_segment(self.translation, segment, user=request.user)
            case "near":
                mending.take_near_match(self.translation, segment, match=place, user=request.user)
            case "dismiss":
                mending.dismiss(
                    self.translation,
                    segment,
                    check_id=request.POST.get("check", ""),
                    user=request.user,
                )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the segments with their origin, and what the user may do."""
        user = self.request.user
        segments = localize.segments(self.translation)
        standing = standing_of(
            self.source, self.translation.target_locale, self.page, self.translation
        )
        labels = engine_labels()
        found = findings_of(self.translation, segments)
        language = self.translation.target_locale.language_code
        return {
            **super().get_context_data(**kwargs),
            **(job_context(standing.job) if standing.job else {}),
            "piece_findings": found.get(None, []),
            "can_edit": self.page.permissions_for_user(user).can_edit(),
            "translation": self.translation,
            "source_language": name_of(self.translation.source.locale),
            "target_language": name_of(self.translation.target_locale),
            "source": self.source,
            "page": self.page,
            "standing": standing,
            "source_dir": direction_of(self.translation.source.locale),
            "target_dir": direction_of(self.translation.target_locale),
            "source_code": self.translation.source.locale.language_code,
            "target_code": language,
            "admin_language": get_language(),
            "admin_dir": "rtl" if get_language_bidi() else "ltr",
            "seen": digest(segments),
            "rows": [
                {
                    "segment": segment,
                    "source_text": visible_text(segment.source),
                    "text": visible_text(segment.text),
                    "is_machine": segment.kind == localize.MACHINE,
                    "tool": labels.get(segment.tool, segment.tool),
                    "findings": found.get(segment.pk, []),
                    "near": self._near(segment)
                    if str(segment.pk) == self.request.GET.get("near")
                    else None,
                    "is_untidy": bool(segment.text)
                    and tidy(segment.text, language, rules=conf.tidy_rules) != segment.text,
                }
                for segment in segments
            ],
            "reasons": self._reasons(standing),
            "declined": PageLogEntry.objects.filter(page=self.page.pk, action=DECLINED).first(),
            "can_approve": permissions.can_approve(self.page, user),
            "can_publish": permissions.can_publish(self.page, user),
            "can_request": permissions.can_request(
                self.source, self.translation.target_locale, user
            ),
            "fields_url": reverse("wagtailadmin_pages:edit", args=[self.page.pk])
            + "?editor=fields",
            "preview_url": reverse(
                "wagtail_localize:preview_translation", args=[self.translation.pk]
            ),
        }

    def _near(self, segment: Segment) -> list[dict[str, Any]]:
        return [
            {
                "source": visible_text(match.source),
                "target": visible_text(match.target),
                "score": match.score,
            }
            for match in mending.near_matches(self.translation, segment)
        ]

    def _reasons(self, standing: Standing) -> list[str]:
        if standing.is_active:
            return []
        return reasons_against(localize.translated_instance(self.translation))


def machine_translate(request: HttpRequest, translation_id: int) -> HttpResponseBase:
    """Answer wagtail-localize's own “Translate with …” button with a job in the background."""
    try:
        translation = localize.get_translation(translation_id)
    except localize.Translation.DoesNotExist as error:
        raise Http404 from error
    page = localize.source_page(translation)
    if not isinstance(page, GatedPageMixin):
        return localize.stock_machine_translate(request, translation_id)
    return TranslateOneView.as_view()(request, page=page, translation=translation)


class TranslateOneView(View):
    """Has one language of a piece translated and leads to the job."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *, page: Page, translation: Any) -> HttpResponse:
        """Requests the translation."""
        try:
            job = actions.request_translation(page, translation.target_locale, user=request.user)
        except NotAllowed:
            raise
        except Declined as declined:
            messages.error(request, str(declined))
            return redirect("wagtail_newsroom_review", translation.pk)
        return redirect("wagtail_newsroom_job", job.pk)


def update_translations(request: HttpRequest, translation_source_id: int) -> HttpResponseBase:
    """Answer wagtail-localize's own “Sync translated pages” button; snippets stay with it."""
    try:
        source = localize.get_source(translation_source_id)
        instance = source.get_source_instance()
    except (localize.TranslationSource.DoesNotExist, localize.ObjectDoesNotExist) as error:
        raise Http404 from error
    if not isinstance(instance, GatedPageMixin):
        return localize.stock_update_translations(request, translation_source_id)
    return TranslateView.as_view()(request, page_id=instance.pk)


def submit_page(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Answer wagtail-localize's own “Translate this page” button; pages without the gate stay there."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, GatedPageMixin):
        return localize.stock_submit_page(request, page_id)
    return TranslateView.as_view()(request, page_id=page_id)


def declined_message(page: Page, reasons: list[str]) -> str:
    """Return the sentence that tells an editor why a page was not published."""
    return _("“%(title)s” was not published. %(reasons)s") % {
        "title": page.get_admin_display_title(),
        "reasons": " ".join(reasons),
    }
