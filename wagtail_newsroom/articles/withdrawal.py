"""Withdrawing a piece: in all its languages at once, with a notice in its place, and back.

Each action checks the permission, changes, and logs; none sees a request. `user=None` stands for
the site itself, and is always allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from ..desk.languages import name_of
from ..desk.pieces import piece_of
from ..exceptions import Declined, NotAllowed
from .withdrawable import WithdrawableMixin

WITHDRAWN = "wagtail_newsroom.withdraw"
RESTORED = "wagtail_newsroom.restore"

_FIELDS = ["withdrawn_at", "withdrawal_notice"]


def versions_of(page: Page) -> list[Any]:
    """Return a piece in all its languages, of their own classes, drafts included."""
    found = page.get_translations(inclusive=True).filter(alias_of=None).select_related("locale")
    return [version.specific for version in found.order_by("pk")]


def withdraw(
    page: Page, notice: str, *, user: Any, other_notices: Mapping[str, str] | None = None
) -> list[Any]:
    """Withdraw a piece in all its languages; returns the pages that readers see the notice of.

    `notice` is for readers of this page's language, `other_notices` holds those of others by
    language code; a language without one is told that the piece was withdrawn, and no more. Which
    draft is published afterwards makes no difference: only `restore` brings the piece back.

    Raises `NotAllowed` where the user may not publish one of the pages that are live, `Declined`
    where there is nothing to withdraw; nothing is changed then.
    """
    if not notice.strip():
        raise Declined(gettext("Say to readers why the piece was withdrawn."))
    notices = {**(other_notices or {}), page.locale.language_code: notice}
    with transaction.atomic():
        versions = _locked_versions(page, user=user)
        if not any(version.live for version in versions):
            raise Declined(gettext("The piece is not published in any language."))
        if all(version.is_withdrawn for version in versions):
            raise Declined(gettext("The piece is withdrawn already."))
        now = timezone.now()
        for version in versions:
            text = notices.get(version.locale.language_code, "").strip()
            _change(version, now, text or standard_notice(version), WITHDRAWN, user=user)
    return versions


def restore(page: Page, *, user: Any) -> list[Any]:
    """Bring a withdrawn piece back in all its languages; returns the pages.

    Raises `NotAllowed` and `Declined` as `withdraw` does.
    """
    with transaction.atomic():
        versions = _locked_versions(page, user=user)
        withdrawn = [version for version in versions if version.withdrawn_at is not None]
        if not withdrawn:
            raise Declined(gettext("The piece is not withdrawn."))
        for version in withdrawn:
            _change(version, None, "", RESTORED, user=user)
    return withdrawn


def standard_notice(page: Page) -> str:
    """Return what readers of a page's language are told where nobody wrote a notice for them."""
    with translation.override(page.locale.language_code):
        return gettext("This piece was withdrawn.")


def _locked_versions(page: Page, *, user: Any) -> list[Any]:
    if not isinstance(page.specific_deferred, WithdrawableMixin):
        raise Declined(gettext("Pages of this kind cannot be withdrawn."))
    piece_of(page).lock_versions()
    versions = versions_of(page)
    if not versions:
        raise Declined(gettext("This page is an alias; withdraw the page that it mirrors."))
    if user is not None:
        _check_permission([version for version in versions if version.live], user)
    return versions


def _check_permission(versions: list[Any], user: Any) -> None:
    refused = [
        name_of(version.locale)
        for version in versions
        if not (user.is_active and version.permissions_for_user(user).can_publish())
    ]
    if refused:
        raise NotAllowed(
            ngettext(
                "You are not allowed to publish the piece in this language: %(languages)s.",
                "You are not allowed to publish the piece in these languages: %(languages)s.",
                len(refused),
            )
            % {"languages": ", ".join(refused)}
        )
    locked = [version for version in versions if piece_of(version).is_locked_for(user)]
    if locked:
        raise Declined(
            gettext("The %(language)s page is locked; unlock it first.")
            % {"language": name_of(locked[0].locale)}
        )


def _change(version: Any, time: Any, notice: str, action: str, *, user: Any) -> None:
    for page in (version, *_aliases_of(version)):
        page.withdrawn_at, page.withdrawal_notice = time, notice
        # Saved and not only updated, so that the search index hears of it.
        page.save(update_fields=_FIELDS, clean=False)
        if not page.live:
            continue
        # To caches it is the same as going offline, and as coming back.
        if time is None:
            page_published.send(type(page), instance=page, revision=page.live_revision)
        else:
            page_unpublished.send(type(page), instance=page)
    log(instance=version, action=action, user=user, data={"notice": notice} if notice else {})


def _aliases_of(page: Page) -> list[Any]:
    found = []
    for alias in Page.objects.filter(alias_of=page).specific():
        found += [alias, *_aliases_of(alias)]
    return found
