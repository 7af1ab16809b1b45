"""What happens when pages change: signals of Wagtail and Django, connected when the app is ready."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    pre_page_move,
    published,
)

from .articles.article import ArticleMixin
from .articles.pictures import images_of
from .desk.events import Event, gathered, happened
from .desk.history import connect as connect_history
from .desk.onpublish import call_for_translations
from .desk.policy_models import SectionPolicyMixin
from .desk.schedule_signals import connect as connect_schedule
from .desk.state_rows import trusted_below
from .desk.state_signals import connect as connect_states
from .publishing import indexnow, moved
from .publishing.purging import purge, purge_branch
from .publishing.sitemaps.freshness import forget_sitemaps
from .tasks import make_renditions, refresh_trusted, tell_indexnow, tell_people, tell_webhook


def connect() -> None:
    """Connect all receivers; harmless to repeat."""
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(forget_sitemaps, dispatch_uid="newsroom_sitemaps")
    for signal in (post_save, post_delete):
        for model in (PageViewRestriction, Site):
            signal.connect(
                forget_sitemaps, sender=model, dispatch_uid=f"newsroom_sitemaps_{model.__name__}"
            )
    post_delete.connect(forget_sitemaps, sender=Page, dispatch_uid="newsroom_sitemaps_page")
    connect_states()
    moved.connect()
    connect_history()
    happened.connect(after_event, dispatch_uid="newsroom_webhook")
    gathered.connect(after_deed, dispatch_uid="newsroom_people")
    connect_schedule()
    page_published.connect(after_publication, dispatch_uid="newsroom_published")
    page_published.connect(prepare_pictures, dispatch_uid="newsroom_pictures")
    page_published.connect(follow_policy, dispatch_uid="newsroom_policy")
    # Of pages and snippets alike.
    published.connect(translate_after_publication, dispatch_uid="newsroom_translate")
    page_unpublished.connect(after_unpublication, dispatch_uid="newsroom_unpublished")
    for move in (pre_page_move, post_page_move):
        move.connect(around_move, dispatch_uid="newsroom_moved")
    page_slug_changed.connect(after_slug_change, dispatch_uid="newsroom_slug")
    for signal in (post_save, post_delete):
        signal.connect(
            after_restriction, sender=PageViewRestriction, dispatch_uid="newsroom_restricted"
        )


def after_publication(instance: Any, **kwargs: Any) -> None:
    """Have caches forget what showed the page, and tell search engines of it."""
    _spread(instance, indexnow.address_to_tell(instance))


def prepare_pictures(instance: Any, **kwargs: Any) -> None:
    """Calls for the sizes of a piece's pictures when it is published."""
    if isinstance(instance, ArticleMixin) and (instance.lead_image_id or images_of(instance.body)):
        # robust: a queue that is down must not undo the publication.
        transaction.on_commit(partial(make_renditions.enqueue, instance.pk), robust=True)


def translate_after_publication(instance: Any, **kwargs: Any) -> None:
    """Calls for the translations of what was published, when that is stored."""
    # robust: what fails here must not undo the publication.
    transaction.on_commit(partial(call_for_translations, instance), robust=True)


def follow_policy(instance: Any, **kwargs: Any) -> None:
    """Calls for the states of what a section's policy approved, when the section is published."""
    if isinstance(instance, SectionPolicyMixin) and trusted_below(instance).exists():
        transaction.on_commit(partial(refresh_trusted.enqueue, instance.pk), robust=True)


def after_unpublication(instance: Any, **kwargs: Any) -> None:
    """Have caches forget what showed the page, and tell search engines that it is gone."""
    _spread(instance, indexnow.address_to_tell(instance, is_gone=True))


def after_event(event: Event, **kwargs: Any) -> None:
    """Has the webhook told of what happened at the desk."""
    tell_webhook(event)


def after_deed(events: Sequence[Event], **kwargs: Any) -> None:
    """Has people told of what one deed at the desk set off."""
    tell_people(events)


def around_move(instance: Any, **kwargs: Any) -> None:
    """Have caches forget a branch that moves, where it was and where it is."""
    if kwargs["url_path_before"] == kwargs["url_path_after"]:
        # Only the order in menus and lists changes.
        purge(instance)
    else:
        purge_branch(instance.pk)


def after_slug_change(instance: Any, instance_before: Any, **kwargs: Any) -> None:
    """Have caches forget a branch under the address that it had, and under the new one."""
    purge_branch(instance.pk, before=instance_before.url_path)


def after_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Have caches forget what has become private, or public again."""
    purge_branch(instance.page_id)


def _spread(page: Page, url: str) -> None:
    purge(page)
    if url:
        # robust: a queue that is down must not undo a publication.
        transaction.on_commit(partial(tell_indexnow.enqueue, [url]), robust=True)
