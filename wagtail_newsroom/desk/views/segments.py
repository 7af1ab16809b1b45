"""One segment of the review as JSON: read, saved, mended; the review's script asks here."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi, gettext
from django.views.generic import View
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError

from ...exceptions import Declined, NotAllowed
from .. import localize, permissions, suggestions
from ..editing import Conflict, NotFound
from ..languages import direction_of
from ..localize import Translation
from ..places import places_of
from ..review_rows import review_rows
from ..texts import digest
from .passage import change_passage, tell, words_of


class SegmentView(View):
    """Answers with a segment as it stands and what stands beside it; a POST changes them first.

    `status` says what happened: `ok`, `saved`, `conflict` (409, with the other's text and name),
    `invalid` (422), `forbidden` (403), `gone` (410), `busy` (503: to be sent again). `message` is
    the sentence for a person. 404 would not arrive: sites with languages in their addresses have
    Django redirect it to another address.
    """

    http_method_names = ["get", "post"]
    translation: Translation
    source: Any
    target: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Finds the translation; only those who may see its texts get an answer."""
        try:
            self.translation = localize.get_translation(kwargs["translation_id"])
            self.source, self.target = localize.sides_of(self.translation)
            if self.source is None or self.target is None:
                raise NotFound(gettext("There is no version in this language yet."))
            sides = (self.target, self.source)
            if not permissions.can_see(self.translation, request.user, sides=sides):
                raise NotAllowed(gettext("You are not allowed to edit this translation."))
            return super().dispatch(request, *args, **kwargs)
        except localize.Translation.DoesNotExist:
            return _told("gone", 410, gettext("There is no version in this language yet."))
        except NotAllowed as error:
            return _told("forbidden", 403, str(error))
        except PermissionDenied:
            # Wagtail's own, from what an approval sets off.
            refusal = gettext("You are not allowed to edit this translation.")
            return _told("forbidden", 403, refusal)
        except NotFound as error:
            return _told("gone", 410, str(error))
        except Conflict as conflict:
            return self.answer(
                conflict.segment.pk, "conflict", status_code=409, message=str(conflict)
            )
        except Declined as error:
            return _told("invalid", 422, str(error))
        except OperationalError:
            # Another connection holds the row or the database file for too long.
            return _told("busy", 503, gettext("The text could not be saved just now."))

    def get(self, request: HttpRequest, segment_id: int, **kwargs: Any) -> HttpResponseBase:
        """Answers with the segment, with `?near=1` with what the memory knows of it too.

        With `?open=1` the forms for comments and suggestions come along.
        """
        return self.answer(
            segment_id, "ok", with_near="near" in request.GET, is_open="open" in request.GET
        )

    def post(self, request: HttpRequest, segment_id: int, **kwargs: Any) -> HttpResponseBase:
        """Does what the script asks, see `change_passage`."""
        seen = request.POST.get("seen", "")
        knew = bool(seen) and seen == digest(localize.segments(self.translation))
        approved = change_passage(
            self.translation,
            segment_id,
            request.POST,
            version=request.POST.get("version", ""),
            user=request.user,
        )
        is_whole = approved is not None and approved.is_whole
        if approved is not None and is_whole:
            # The piece stands elsewhere now, and its buttons with it: the script loads the page anew.
            tell(request, approved)
        message = words_of(approved) if approved is not None else ""
        return self.answer(segment_id, "saved", knew=knew, message=message, is_whole=is_whole)

    def answer(
        self,
        segment_pk: int,
        status: str,
        *,
        status_code: int = 200,
        message: str = "",
        with_near: bool = False,
        is_open: bool = False,
        knew: bool = False,
        is_whole: bool = False,
    ) -> JsonResponse:
        """Answers with how a segment stands, and the piece's open errors.

        `seen`, the digest that an approval needs, is told only to those who knew all texts before
        their own change: nobody approves what another wrote in the meantime.
        """
        segments = localize.segments(self.translation)
        segment = next((one for one in segments if one.pk == segment_pk), None)
        if segment is None:
            raise NotFound(gettext("The original changed since you opened this page."))
        read = review_rows(
            self.translation,
            self.target,
            segments,
            [segment],
            with_former=False,
            near=str(segment_pk) if with_near else None,
            is_open=str(segment_pk) if is_open else None,
        )
        row = read.rows[0]
        context = {
            "row": row,
            "translation": self.translation,
            "can_edit": self.translation.enabled
            and permissions.can_edit_texts(self.target, self.request.user),
            **rights_of(self.translation, self.source, self.target, self.request.user),
            **languages_of(self.translation),
        }
        return JsonResponse(
            {
                "status": status,
                "message": message,
                "segment": segment.pk,
                "version": row.version,
                "html": row.html,
                "isMissing": segment.is_missing,
                "by": row.origin,
                "origin": _part("origin", context, self.request),
                "findings": _part("findings", context, self.request),
                "margin": _part("margin", context, self.request),
                "mark": row.beside.mark,
                "isWhole": is_whole,
                "isApproved": row.beside.approved is not None,
                "isWaiting": row.beside.is_waiting,
                "openRemarks": read.margin.open_remarks,
                "errors": row.errors,
                "openErrors": read.open_errors,
                "missing": read.missing,
                "seen": digest(segments) if knew else "",
                "token": get_token(self.request),
            },
            status=status_code,
            headers={"Cache-Control": "no-store"},
        )


class ThumbnailView(View):
    """Leads to a small picture of an image in the piece, for those who may see its texts."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, translation_id: int, image_id: int) -> HttpResponseBase:
        """Makes the picture if there is none yet, so that the review need not wait for it."""
        try:
            translation = localize.get_translation(translation_id)
        except localize.Translation.DoesNotExist as error:
            raise Http404 from error
        if not permissions.can_see(translation, request.user):
            raise PermissionDenied
        if image_id not in places_of(translation).images:
            raise Http404
        image = get_object_or_404(get_image_model(), pk=image_id)
        try:
            return redirect(image.get_rendition("max-165x165").url)
        except SourceImageIOError as error:
            raise Http404 from error


def _part(name: str, context: dict[str, Any], request: HttpRequest) -> str:
    return render_to_string(f"wagtail_newsroom/desk/includes/{name}.html", context, request).strip()


def _told(status: str, code: int, message: str) -> JsonResponse:
    return JsonResponse({"status": status, "message": message}, status=code)


def rights_of(translation: Translation, source: Any, target: Any, user: Any) -> dict[str, Any]:
    """Return what the templates of a passage's margin ask: what the user may do there."""
    return {
        "me": user.get_username(),
        "can_approve": translation.enabled and permissions.can_approve(target, user),
        # Asked only where the forms stand, which reads whether the piece is private.
        "engines": lambda: (
            suggestions.engines_for(translation, source=source)
            if permissions.can_request(source, translation.target_locale, user)
            else []
        ),
    }


def languages_of(translation: Translation) -> dict[str, Any]:
    """Return codes and directions of both sides and of the admin, for the templates."""
    return {
        "source_dir": direction_of(translation.source.locale),
        "target_dir": direction_of(translation.target_locale),
        "source_code": translation.source.locale.language_code,
        "target_code": translation.target_locale.language_code,
        "admin_language": get_language(),
        "admin_dir": "rtl" if get_language_bidi() else "ltr",
    }
