"""The review: original and translation side by side, to be mended, approved and published."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import View
from wagtail.admin import messages

from ...conf import conf
from ...exceptions import Declined, NotAllowed
from ...segments.keys import visible_text
from .. import actions, localize, passages, permissions, suggestions, workflow
from ..begun import with_begun
from ..companions import drafts_beside
from ..costs import cost_notes
from ..gate import DECLINED, Verdict, judge
from ..languages import name_of
from ..localize import Translation
from ..models import TranslationJob
from ..pieces import piece_of
from ..review_rows import review_rows
from ..review_task import task_state_of, unfinished_words
from ..rows import job_context
from ..states import State, standing_with
from ..texts import digest
from ..timetable import planned_for
from ..workflow_models import APPROVAL_DECLINED
from .base import DeskView
from .passage import change_passage, passage_of, tell
from .segments import languages_of, rights_of

FIRST = 60
"""So many passages come with the page; the script asks for those that follow."""


class ReviewView(DeskView):
    """Source and translation side by side, to be approved and published."""

    page_title = gettext_lazy("Review translation")
    template_name = "wagtail_newsroom/desk/review.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Finds the translation and both sides; only those who may see them get further."""
        self.translation, self.job = find_translation(kwargs["translation_id"])
        source, target = localize.sides_of(self.translation, having=with_begun)
        if source is None or target is None:
            raise Http404
        self.source, self.piece = piece_of(source), piece_of(target)
        if not permissions.can_see(self.translation, request.user, sides=(target, source)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Returns the way here: all languages of the piece, then this page."""
        return [
            *self.breadcrumbs_items,
            {"url": self.source.address("translate"), "label": _("All languages")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Shows it; where a workflow's approval was declined just now, says why."""
        if request.GET.get("declined") == "approval":
            told = self.piece.log_entries(APPROVAL_DECLINED).filter(user=request.user).first()
            for reason in told.data.get("reasons", []) if told is not None else []:
                messages.error(request, reason)
        if request.GET.get("unfinished") == "approval":
            self.warn(unfinished_words(task_state_of(self.piece.instance)))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Approves or publishes, or says why not."""
        try:
            self.act(request)
        except NotAllowed:
            raise
        except Declined as declined:
            for reason in declined.reasons:
                messages.error(request, reason)
        segment = request.POST.get("approve_passage", "").partition(":")[0]
        segment = segment or request.POST.get("segment", "")
        anchor = f"#segment-{segment}" if segment.isdecimal() else ""
        query = "?whole=1" if self.is_whole else ""
        return redirect(
            reverse("wagtail_newsroom_review", args=[self.translation.pk]) + query + anchor
        )

    @property
    def is_whole(self) -> bool:
        """Whether all passages are asked for at once: by who has no script, or means one of them."""
        return any(name in self.request.GET for name in ("whole", "near", "open"))

    def can_edit(self) -> bool:
        """Returns whether the user may write here; a workflow's lock takes two queries more."""
        user, target = self.request.user, self.piece.instance
        return (
            self.translation.enabled
            and permissions.can_work_on(target, user)
            and not (self.piece.is_locked and self.piece.is_locked_for(user))
        )

    def act(self, request: HttpRequest) -> None:
        """Does what a button asks: of one passage where it names one, else of the piece."""
        if "approve_passage" in request.POST or "segment" in request.POST:
            segment, version = passage_of(request.POST)
            data = request.POST.dict()
            if "approve_passage" in data:
                data["action"] = "approve"
            approved = change_passage(
                self.translation, segment, data, version=version, user=request.user
            )
            if approved is not None:
                tell(request, approved)
            return
        match request.POST.get("action"):
            case "approve":
                seen, waited = request.POST.get("seen", ""), task_state_of(self.piece.instance)
                actions.approve(self.translation, user=request.user, seen=seen)
                messages.success(request, _("The translation is approved."))
                self.warn(unfinished_words(waited))
            case "approve_sound":
                self.approve_sound(request)
            case "publish":
                self.tell_published(actions.publish(self.translation, user=request.user))
            case "suggest_all":
                engine = request.POST.get("engine", "")
                count = suggestions.ask(self.translation, None, engine=engine, user=request.user)
                messages.success(
                    request,
                    ngettext(
                        "%(count)d passage is being translated again; the text that people wrote stays.",
                        "%(count)d passages are being translated again; the texts that people wrote stay.",
                        count,
                    )
                    % {"count": count},
                )
            case _:
                messages.error(request, _("Nothing was changed."))

    def approve_sound(self, request: HttpRequest) -> None:
        """Approves what has no open error, and says how much that is."""
        approved = passages.approve_sound(
            self.translation, seen=request.POST.get("seen", ""), user=request.user
        )
        count = approved.passages
        if not approved.is_whole:
            told = ngettext(
                "%(count)d passage is approved.", "%(count)d passages are approved.", count
            )
            messages.success(request, told % {"count": count})
        tell(request, approved)

    def warn(self, words: str) -> None:
        """Warns in words, unless there are none."""
        if words:
            messages.warning(self.request, words)

    def tell_published(self, published: Any) -> None:
        """Says that it is done, and where to see it if readers have an address for it."""
        url = published.get_url(self.request) if hasattr(published, "get_url") else None
        messages.success(
            self.request,
            _("“%(title)s” is published.") % {"title": piece_of(published).title},
            buttons=[messages.button(url, _("View live"))] if url else [],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the segments as rows, and what the user may do."""
        user, translation = self.request.user, self.translation
        target = self.piece.instance
        segments = localize.segments(translation)
        standing = standing_with(
            self.source.instance,
            target if target.pk is not None else None,
            translation,
            self.job,
            segments,
        )
        shown = segments if self.is_whole else segments[:FIRST]
        rest = len(segments) - len(shown)
        read = review_rows(
            translation,
            target,
            segments,
            shown,
            checks_all=not rest,
            near=self.request.GET.get("near"),
            is_open=self.request.GET.get("open"),
        )
        return {
            **super().get_context_data(**kwargs),
            **(job_context(standing.job) if standing.job else {}),
            **languages_of(translation),
            **rights_of(translation, self.source.instance, target, user),
            "margin": read.margin,
            "is_waiting": any(beside.is_waiting for beside in read.margin.by_segment.values()),
            "piece_findings": read.found.get(None, []),
            "open_errors": read.open_errors,
            "missing": read.missing,
            "can_edit": self.can_edit(),
            "translation": translation,
            "source_language": name_of(translation.source.locale),
            "target_language": name_of(translation.target_locale),
            "source": self.source,
            "piece": self.piece,
            "translate_url": self.source.address("translate"),
            "standing": standing,
            "seen": digest(segments),
            "rows": read.rows,
            "shown": len(shown),
            "count": len(segments),
            "rest_url": f"{reverse('wagtail_newsroom_rest', args=[translation.pk])}?after={shown[-1].pk}"
            if rest
            else "",
            "is_unready": standing.state in UNREADY,
            "messages_of_script": script_messages(),
            "has_persian_font": conf.persian_font
            and "fa"
            in (
                code.split("-")[0]
                for code in (
                    translation.source.locale.language_code,
                    translation.target_locale.language_code,
                )
            ),
            "can_publish": translation.enabled and permissions.can_publish(target, user),
            # Asked only where a job went wrong.
            "can_request": lambda: permissions.can_request(
                self.source.instance, translation.target_locale, user
            ),
            # wagtail-localize edits only what is stored.
            "fields_url": f"{self.piece.edit_url}?editor=fields"
            if self.piece.edit_url and self.piece.can_edit(user)
            else None,
            "preview_url": reverse("wagtail_newsroom_preview", args=[translation.pk])
            if self.piece.is_previewable
            else None,
        }


class RestView(ReviewView):
    """The passages after the first, and what the checks find in all, for the script to put in.

    Reading and checking every passage of a long piece takes a while, and so does a browser that
    has them all to lay out before anybody can write in the first. `?after=` is the key of the
    last passage that stands there. Answers with JSON: `rows` (HTML), the `keys` of all passages,
    `openErrors`, `missing` and `openRemarks` of the whole piece; 410 where that passage is gone.
    """

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answers with the rows that follow."""
        translation, target = self.translation, self.piece.instance
        segments = localize.segments(translation)
        after = request.GET.get("after", "")
        places = [place for place, one in enumerate(segments) if str(one.pk) == after]
        if not places:
            return JsonResponse({"status": "gone"}, status=410)
        read = review_rows(translation, target, segments, segments[places[0] + 1 :])
        context = {
            "rows": read.rows,
            "translation": translation,
            "can_edit": self.can_edit(),
            **rights_of(translation, self.source.instance, target, request.user),
            **languages_of(translation),
        }
        return JsonResponse(
            {
                "status": "ok",
                "rows": render_to_string(
                    "wagtail_newsroom/desk/includes/rows.html", context, request
                ),
                "keys": [segment.pk for segment in segments],
                "openErrors": read.open_errors,
                "missing": read.missing,
                "openRemarks": read.margin.open_remarks,
            }
        )


class BesideView(ReviewView):
    """What stands beside the texts: why they cannot be published, and what else waits.

    A part of the review that is read from the whole piece, so the script asks for it afterwards;
    it is a page of its own without.
    """

    http_method_names = ["get"]
    template_name = "wagtail_newsroom/desk/beside.html"

    def get_template_names(self) -> list[str]:
        """Returns the part alone for the script."""
        if self.request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return ["wagtail_newsroom/desk/includes/beside.html"]
        return [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the gate's reasons, drafts and tags beside the piece, and the last refusal."""
        is_active = self.job is not None and self.job.is_active
        verdict = Verdict()
        if not is_active:
            verdict = judge(localize.translated_instance(self.translation))
        source, target = self.source.instance, self.piece.instance
        written = [
            segment
            for segment in localize.segments(self.translation)
            if segment.kind == localize.MANUAL and segment.path != "slug"
        ]
        characters = sum(len(visible_text(segment.source)) for segment in written)
        can_ask = (
            written and not is_active and permissions.can_edit_texts(target, self.request.user)
        )
        return {
            **super(ReviewView, self).get_context_data(**kwargs),
            "reasons": verdict.reasons,
            "policy": verdict.policy,
            "can_publish": verdict.policy is not None
            and self.translation.enabled
            and permissions.can_publish(self.piece.instance, self.request.user),
            "review_url": reverse("wagtail_newsroom_review", args=[self.translation.pk]),
            "declined": self.piece.log_entries(DECLINED).first(),
            "companions": drafts_beside(self.source.instance, self.translation.target_locale),
            "page": self.piece.instance,
            "translation": self.translation,
            "passage": workflow.passage_of(
                self.translation, self.piece.instance, self.request.user
            ),
            "planned": planned_for(self.translation, self.piece.instance),
            "next_url": reverse("wagtail_newsroom_review", args=[self.translation.pk]),
            "written": len(written),
            "characters": characters,
            "cost_notes": cost_notes(characters) if can_ask else [],
            "engines": rights_of(self.translation, source, target, self.request.user)["engines"]
            if can_ask
            else [],
        }


def find_translation(pk: int) -> tuple[Translation, TranslationJob | None]:
    """Return a translation and its latest job, in one query where there is a job.

    Raises `Http404`.
    """
    related = ("source", "source__locale", "source__specific_content_type", "target_locale")
    job = (
        TranslationJob.objects.filter(translation=pk)
        .select_related("translation", *(f"translation__{name}" for name in related))
        .first()
    )
    if job is not None:
        return job.translation, job
    try:
        return localize.get_translation(pk), None
    except localize.Translation.DoesNotExist as error:
        raise Http404 from error


UNREADY = frozenset(
    {
        State.MISSING,
        State.QUEUED,
        State.TRANSLATING,
        State.PARTIAL,
        State.FAILED,
        State.DRAFT,
    }
)
"""The states in which the gate declines for certain."""


def script_messages() -> dict[str, str]:
    """Return the sentences that the review's script shows."""
    return {
        "saving": _("Saving…"),
        "saved": _("Saved."),
        "offline": _("Not saved yet: there is no connection. Your text is kept in this browser."),
        "failed": _("Not saved yet. We try again."),
        "undone": _("That did not reach the site. Please try again."),
        "signedOut": _(
            "Not saved: you are signed out or not allowed to edit this. Your text is kept in this "
            "browser; sign in in another tab and go on here."
        ),
        "conflict": _("Somebody else changed this text while you wrote."),
        "keptText": _("A text of yours from before was not saved. Take it up again?"),
        "errors": _("Open errors: %(errors)s. Without a translation: %(missing)s."),
        "notRead": _("The other passages could not be read."),
        "moved": _("The original changed since you opened this page."),
        "remarks": _("Open comments: %(comments)s."),
        "leave": _("Some texts are not saved yet."),
        "people": _("Also here: %(names)s"),
        "changed": _("Somebody else changed this."),
        "waiting": _("Somebody else changed this; you see it when you leave the text."),
    }


class PreviewView(View):
    """A translation as it will look, with the texts as they stand now."""

    http_method_names = ["get"]

    @method_decorator(xframe_options_sameorigin)
    def get(self, request: HttpRequest, translation_id: int) -> HttpResponseBase:
        """Shows it in its first mode; those who may see the texts may see this."""
        try:
            translation = localize.get_translation(translation_id)
        except localize.Translation.DoesNotExist as error:
            raise Http404 from error
        target = localize.target_of(translation)
        if target is None or not piece_of(target).is_previewable:
            raise Http404
        if not permissions.can_see(translation, request.user):
            raise PermissionDenied
        instance = localize.translated_instance(translation)
        response: HttpResponseBase = instance.make_preview_request(
            request, instance.default_preview_mode
        )
        return response
