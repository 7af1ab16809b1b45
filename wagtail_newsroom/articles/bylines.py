"""Bylines: who did what for a piece, and the same credits on its pages in other languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import model_from_serializable_data
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from ..conf import conf
from .authors import get_author_model
from .counterparts import counterparts_of

RELATION = "newsroom_bylines"
"""The name by which a page knows its bylines."""


class Byline(Orderable):
    """One credit of a piece: who did what.

    The same on every page of the site, whatever its class, so that a class of a site's own needs
    none of its own; only pieces show it.
    """

    class Role(models.TextChoices):
        """What somebody did for a piece."""

        WRITER = "writer", pgettext_lazy("credit", "Writer")
        TRANSLATOR = "translator", pgettext_lazy("credit", "Translator")
        EDITOR = "editor", pgettext_lazy("credit", "Editor")
        PHOTOGRAPHER = "photographer", pgettext_lazy("credit", "Photographer")
        AGENCY = "agency", pgettext_lazy("credit", "Agency")

    page = ParentalKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="newsroom_bylines"
    )
    author = models.ForeignKey(
        conf.author_model,
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    role = models.CharField(_("role"), max_length=16, choices=Role.choices, default=Role.WRITER)
    is_carried = models.BooleanField(default=False, editable=False)
    """Whether the credit came with the original; one that was given here stays when that changes."""

    panels = [FieldPanel("author"), FieldPanel("role")]

    class Meta(Orderable.Meta):
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.author_id}"

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Byline | None:
        """Return the byline of a revision; None if its author is gone.

        Drafts and old revisions outlive an author, and modelcluster cannot read a protected key
        that leads nowhere: the page could not be opened any more.
        """
        authors = get_author_model()._default_manager
        if check_fks and not authors.filter(pk=data.get("author")).exists():
            return None
        return model_from_serializable_data(cls, data, check_fks=False)


class BylinesMixin(models.Model):
    """Keeps a page's bylines with authors of the page's language, whatever way they came in.

    Stored content is aligned when it is saved, and a missing author is made then, as a draft.
    Content in memory, such as a preview, is aligned with what there is.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Saves the page, its bylines in its own language."""
        if kwargs.get("update_fields") is None:
            if self.locale_id is None:  # type: ignore[attr-defined]
                # Wagtail asks the parent page for it, too late for us.
                self.locale = self.get_default_locale()  # type: ignore[attr-defined]
            align(self, make_missing=True)
        return super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Saves a draft, its bylines in the page's language."""
        align(self, make_missing=True)
        return super().save_revision(*args, **kwargs)  # type: ignore[misc]

    def copy_child_relation(
        self, child_relation: Any, target: Any, commit: bool = False, append: bool = False
    ) -> dict[Any, Any]:
        """Copies a relation; bylines that go to a page in another language become its own.

        The way of copies, aliases, synchronisation and drafts of translations alike.
        """
        name = getattr(child_relation, "name", child_relation)
        crosses = target.locale_id not in (None, self.locale_id)  # type: ignore[attr-defined]
        if name != RELATION or append or not crosses:
            return super().copy_child_relation(  # type: ignore[misc]
                child_relation, target, commit=commit, append=append
            )
        stored = list(Byline.objects.filter(page_id=target.pk)) if target.pk else []
        own = _own(target, stored)
        copied: dict[Any, Any] = super().copy_child_relation(child_relation, target)  # type: ignore[misc]
        _carry(target, stored, own)
        if commit:
            target.newsroom_bylines.commit()
        return copied


def align(page: Any, *, make_missing: bool) -> None:
    """Point the bylines that a page holds in memory to the authors of its language.

    No query where it holds none, one where they all are, and a fixed number otherwise. With
    `make_missing`, an author that the language lacks is made as a draft; without, such a byline is
    left as it is.
    """
    held: list[Byline] | None = getattr(page, "_cluster_related_objects", {}).get(RELATION)
    if not held or page.locale_id is None:
        return
    authors = get_author_model().objects.in_bulk({byline.author_id for byline in held})
    foreign = [author for author in authors.values() if author.locale_id != page.locale_id]
    if not foreign:
        return
    found = counterparts_of(foreign, page.locale, make_missing=make_missing)
    for byline in held:
        author = authors.get(byline.author_id)
        counterpart = found.get(author.translation_key) if author is not None else None
        if counterpart is not None:
            byline.author = counterpart
    held[:] = _each_once(held)


def _own(target: Any, stored: list[Byline]) -> list[Byline]:
    """Return the credits that were given on the target itself, as its newest draft has them."""
    if target.alias_of_id:
        return []
    bylines: Iterable[Byline] = stored
    revision = target.latest_revision if target.has_unpublished_changes else None
    if revision is not None:
        drafted = (
            Byline.from_serializable_data(data) for data in revision.content.get(RELATION, [])
        )
        bylines = [byline for byline in drafted if byline is not None]
    return [byline for byline in bylines if not byline.is_carried]


def _carry(target: Any, stored: list[Byline], own: list[Byline]) -> None:
    """Settle bylines that were copied to a target: carried ones first, then the target's own."""
    align(target, make_missing=False)
    carried: list[Byline] = target._cluster_related_objects[RELATION]
    rows = {(row.author_id, row.role): row.pk for row in stored if row.is_carried}
    for byline in carried:
        byline.is_carried = True
        # The same credit keeps its row, so that nothing seems to have changed.
        byline.pk = rows.pop((byline.author_id, byline.role), None)
        byline._state.adding = byline.pk is None
    merged = _each_once([*carried, *own])
    for order, byline in enumerate(merged):
        byline.sort_order = order
    target.newsroom_bylines.set(merged)


def _each_once(bylines: Iterable[Byline]) -> list[Byline]:
    """Return bylines without those that name the same author in the same role again."""
    kept: dict[tuple[int, str], Byline] = {}
    for byline in bylines:
        kept.setdefault((byline.author_id, byline.role), byline)
    return list(kept.values())
