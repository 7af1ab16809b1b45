"""What is asked and told of the other languages when an original is unpublished or deleted."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from ...exceptions import Declined
from .. import localize, permissions
from ..gate import GatedMixin
from ..languages import name_of
from ..pieces import piece_of, specific_of
from ..unpublishing import live_versions, unpublish_version

ASKED = "newsroom_asked"
CHOSEN = "newsroom_version"


def ask_about_versions(request: HttpRequest, instance: Any) -> HttpResponseBase | None:
    """Return the page that asks which other languages go offline too; None where that is settled.

    Only those are offered that the user may unpublish.
    """
    if request.method != "POST" or ASKED in request.POST:
        return None
    offered = [one for one in versions_of_original(instance) if _may_unpublish(one, request.user)]
    if not offered:
        return None
    return render(
        request,
        "wagtail_newsroom/desk/unpublish_versions.html",
        {
            "title": _("Unpublish"),
            "subtitle": piece_of(instance).title,
            "asked": ASKED,
            "chosen": CHOSEN,
            "versions": [
                {
                    "pk": version.pk,
                    "language": name_of(version.locale),
                    "title": piece_of(version).title,
                    "code": version.locale.language_code,
                }
                for version in offered
            ],
            "kept": {
                name: request.POST[name]
                for name in ("next", "include_descendants")
                if name in request.POST
            },
        },
    )


def unpublish_chosen(request: HttpRequest, instance: Any) -> None:
    """Unpublish the languages that were chosen, and tell which stay live and why."""
    chosen = request.POST.getlist(CHOSEN)
    done, left = [], []
    for version in versions_of_original(instance):
        language = name_of(version.locale)
        if str(version.pk) not in chosen:
            left.append(language)
            continue
        try:
            unpublish_version(version, user=request.user)
            done.append(language)
        except Declined as declined:
            left.append(language)
            messages.error(request, f"{language}: {declined}")
    if done:
        messages.success(request, _("Also unpublished: %(languages)s.") % _joined(done))
    _tell_left(request, instance, left)


def tell_left_of_many(request: HttpRequest, instances: list[Any]) -> None:
    """Tell of each unpublished original in which languages it stays live."""
    for instance in instances:
        languages = [name_of(version.locale) for version in versions_of_original(instance)]
        _tell_left(request, instance, languages)


def tell_before_deletion(request: HttpRequest, instance: Any) -> None:
    """Tell on the page that asks for a deletion what becomes of the other languages."""
    if request.method != "GET" or not isinstance(specific_of(instance), GatedMixin):
        return
    translations = localize.translations_of(instance).filter(enabled=True)
    targets = [localize.target_of(translation) for translation in translations]
    languages = [name_of(target.locale) for target in targets if target is not None]
    if languages:
        messages.warning(
            request,
            ngettext(
                "The version in this language stays, live or not, and is edited by hand "
                "afterwards: %(languages)s.",
                "The versions in these languages stay, live or not, and are edited by hand "
                "afterwards: %(languages)s.",
                len(languages),
            )
            % _joined(languages),
        )


def versions_of_original(instance: Any) -> list[Any]:
    """Return the live other languages of an original; none for what is itself a translation."""
    instance = specific_of(instance)
    if not isinstance(instance, GatedMixin) or piece_of(instance).is_alias:
        return []
    translation = localize.find_translation_to(instance)
    if translation is not None and translation.enabled:
        return []
    return live_versions(instance)


def _may_unpublish(version: Any, user: Any) -> bool:
    return piece_of(version).has_drafts and permissions.can_publish(version, user)


def _tell_left(request: HttpRequest, instance: Any, languages: list[str]) -> None:
    if languages:
        words = _("“%(title)s” is still live in: %(languages)s.")
        messages.info(request, words % {"title": piece_of(instance).title, **_joined(languages)})


def _joined(languages: list[str]) -> dict[str, str]:
    return {"languages": ", ".join(languages)}
