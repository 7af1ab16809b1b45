"""The gate's last line for code that loads a page as its base class and saves that.

`Page.objects.get(pk=…).save()` never reaches the `save()` of the page's own class.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.db.models.signals import pre_save
from wagtail.models import Page

from . import localize
from .gate import (
    GatedMixin,
    brings_nothing_new,
    decline,
    judge,
    pass_on,
    publication_of,
    writes_text,
)


def connect() -> None:
    """Put the gate before saves of base pages; called once, when the app is ready."""
    pre_save.connect(keep_out_of_the_live_row, dispatch_uid="wagtail_newsroom_base_saves")


def keep_out_of_the_live_row(
    sender: type[Model],
    instance: Any,
    raw: bool = False,
    update_fields: Iterable[str] | None = None,
    **kwargs: Any,
) -> None:
    """Give a base page that the gate declines back what its row says, before it is saved.

    No query for any other instance, nor for a save that brings no text to readers.
    """
    if raw or not isinstance(instance, Page) or isinstance(instance, GatedMixin):
        return
    if not (instance.pk and instance.live and writes_text(sender, update_fields)):
        return
    model = instance.specific_class
    if model is None or model is sender or not issubclass(model, GatedMixin):
        return
    content = _as_read(instance, model)
    verdict = judge(content)
    if not verdict.reasons:
        pass_on(content, verdict)
    elif not brings_nothing_new(content, verdict):
        decline(instance, list(verdict.reasons))
        _restore(instance, sender)


def _as_read(instance: Page, model: type[Any]) -> Any:
    """Return the page in its own class with what the base page is about to write."""
    specific = model._base_manager.get(pk=instance.pk)
    for field in type(instance)._meta.concrete_fields:
        setattr(specific, field.attname, getattr(instance, field.attname))
    return specific


def _restore(instance: Page, sender: type[Model]) -> None:
    stored = publication_of(instance)
    if stored["live"]:
        # Readers keep the texts that they have.
        texts = localize.text_fields(sender)
        names = [field.name for field in sender._meta.concrete_fields if field.name in texts]
        stored |= sender._base_manager.filter(pk=instance.pk).values(*names).get()
    for name, value in stored.items():
        setattr(instance, name, value)
