"""Old addresses of tags and authors lead to the new ones, as Wagtail has it for pages."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models.signals import post_save, pre_save
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.encoding import uri_to_iri

from ..articles.models import get_author_model, get_tag_model
from ..articles.tag_merging import tag_absorbed
from ..conf import conf
from .places import NAMESPACE

_BEFORE = "_newsroom_slug_before"
_ADDRESSES = ("{kind}", "{kind}_feed", "{kind}_atom", "{kind}_json_feed")


def connect() -> None:
    """Connect all receivers; harmless to repeat."""
    for kind, model in (("tag", get_tag_model()), ("author", get_author_model())):
        pre_save.connect(_remember, sender=model, dispatch_uid=f"newsroom_moved_before_{kind}")
        post_save.connect(
            _tag_saved if kind == "tag" else _author_saved,
            sender=model,
            dispatch_uid=f"newsroom_moved_{kind}",
        )
    tag_absorbed.connect(_tag_absorbed, dispatch_uid="newsroom_moved_absorbed")


def leave_redirects(kind: str, language_code: str, *, was: str, now: str) -> None:
    """Have the page and the feeds of a `tag` or an `author` redirect from one slug to another.

    Does nothing where `wagtail.contrib.redirects` is not installed, where the site turned its
    automatic redirects off, or where it has no such addresses. Redirects that people made stay.
    """
    if not (apps.is_installed("wagtail.contrib.redirects") and conf.leaves_redirects):
        return
    redirects = apps.get_model("wagtailredirects", "Redirect")
    moves = dict(_moves(kind, language_code, was, now))
    own = redirects.objects.filter(automatically_created=True, site=None)
    # What led here leads on at once, and an address that is in use again leads nowhere else.
    own.filter(old_path__in=[*moves, *map(redirects.normalise_path, moves.values())]).delete()
    for old, new in moves.items():
        own.filter(redirect_link__in=[old, f"{old}/"]).update(redirect_link=new)
    taken = set(
        redirects.objects.filter(old_path__in=moves, site=None).values_list("old_path", flat=True)
    )
    redirects.objects.bulk_create(
        redirects(old_path=old, redirect_link=new, automatically_created=True)
        for old, new in moves.items()
        if old not in taken
    )


def _moves(kind: str, language_code: str, was: str, now: str) -> Any:
    """Yield the old path as redirects hold it, and the new address with readable letters."""
    redirects = apps.get_model("wagtailredirects", "Redirect")
    for name in _ADDRESSES:
        route = f"{NAMESPACE}:{name.format(kind=kind)}"
        try:
            with translation.override(language_code):
                old, new = reverse(route, args=[was]), reverse(route, args=[now])
        except NoReverseMatch:
            continue
        # A percent-encoded Persian slug is longer than the column.
        yield redirects.normalise_path(old), uri_to_iri(new)


def _remember(instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    """Keep the slug by which readers know a tag or an author, while another may be saved."""
    instance.__dict__.pop(_BEFORE, None)
    if raw or instance.pk is None or not (update_fields is None or "slug" in update_fields):
        return
    public = {"needs_name": False} if hasattr(instance, "needs_name") else {"live": True}
    rows = type(instance)._default_manager.filter(pk=instance.pk, **public)
    before = rows.values_list("slug", flat=True).first()
    if before and before != instance.slug:
        setattr(instance, _BEFORE, before)


def _tag_saved(instance: Any, **kwargs: Any) -> None:
    _saved("tag", instance)


def _author_saved(instance: Any, **kwargs: Any) -> None:
    _saved("author", instance)


def _saved(kind: str, instance: Any) -> None:
    before = instance.__dict__.pop(_BEFORE, None)
    if before:
        leave_redirects(kind, instance.locale.language_code, was=before, now=instance.slug)


def _tag_absorbed(sender: Any, kept: Any, slug: str, **kwargs: Any) -> None:
    leave_redirects("tag", kept.locale.language_code, was=slug, now=kept.slug)
