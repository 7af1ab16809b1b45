"""Which pages a reader may see, and which pieces a section lists."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from django.apps import apps
from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce, Length, Substr
from django.db.models.lookups import Exact, In
from wagtail.coreutils import get_content_languages
from wagtail.models import Page, PageViewRestriction

from ..conf import conf
from ..desk.policy_models import Policy, Unreviewed
from .withdrawable import not_withdrawn


def readable(pages: QuerySet[Any], *, inside: Page | None = None) -> QuerySet[Any]:
    """Return those of these pages that everybody may read, each in its own language.

    Live, not an alias (an alias shows one language's text under another's address), in one of the
    content languages, not withdrawn, and with no view restriction on the page or above it. With
    `inside`, only restrictions below that page count: whoever asks is reading `inside` already.

    No query by itself, and no limit on the number of restrictions: one condition for each, as
    Wagtail's `public()` writes them, is more than SQLite takes at 1,000.
    """
    return pages.filter(is_readable(inside=inside))


def is_readable(*, inside: Page | None = None, with_withdrawn: bool = False) -> Q:
    """Return the condition of `readable`, for queries that ask it beside others.

    With `with_withdrawn` it holds for withdrawn pieces too, in whose place readers get a notice.
    """
    # Not the bare columns: SQLite would take their indexes, by which it reads every page of a
    # language, or every page that is no alias, where an index on the pages asked for is at hand.
    return Q(
        ~Exists(restrictions_of(inside=inside)),
        Q() if with_withdrawn else not_withdrawn(),
        Exact(Coalesce("alias_of_id", Value(0)), 0),
        In(Coalesce("locale__language_code", Value("")), list(get_content_languages())),
        live=True,
    )


def indexed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return those of these pages, or snippets, that crawlers and feeds are told of.

    Of what readers may read, that is all but what went live as a machine's text that nobody
    approved; no query by itself. `readable` is asked beside it.
    """
    return rows.filter(is_indexed())


def is_indexed() -> Q:
    """Return the condition of `indexed`, for queries that ask it beside others."""
    if conf.index_unreviewed:
        return Q()
    labelled = Unreviewed.objects.filter(
        object_id=OuterRef("translation_key"), locale_id=OuterRef("locale_id"), policy=Policy.LABEL
    )
    return Q(~Exists(labelled))


def restrictions_of(*, inside: Page | None = None) -> QuerySet[PageViewRestriction]:
    """Return, for a subquery, the view restrictions on the outer query's page or above it."""
    restrictions = PageViewRestriction.objects.annotate(
        path_of_page=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    ).filter(page__path=Substr("path_of_page", 1, Length("page__path")))
    if inside is not None:
        restrictions = restrictions.filter(
            page__path__startswith=inside.path, page__depth__gt=inside.depth
        )
    return restrictions


def models_of(kind: type[Model]) -> list[type[Page]]:
    """Return the classes of pages that are built on a mixin."""
    return [
        model for model in apps.get_models() if issubclass(model, kind) and issubclass(model, Page)
    ]


def pieces_below(section: Page, kind: type[Model]) -> QuerySet[Page]:
    """Return the readable pieces at any depth below a section, newest first.

    Base pages of every class that is built on `kind`, a mixin with `published_at`; `published` is
    annotated: the date that a piece carries, or that of its first publication. A section's tree is
    of one language, so its pieces are too.
    """
    models = models_of(kind)
    return (
        readable(below(section).type(*models), inside=section)
        .filter(locale_id=section.locale_id)
        .annotate(published=publication_of(models))
        .order_by(F("published").desc(nulls_last=True), "-pk")
    )


def publication_of(models: list[type[Page]]) -> Coalesce:
    """Return when a base page of one of these classes was published, for an annotation."""
    dates = dict.fromkeys(path_from_page(model, "published_at") for model in models)
    return Coalesce(*dates, "first_published_at")


def below(page: Page) -> Any:
    """Return the pages at any depth below a page.

    `descendant_of()` compares with LIKE, for which SQLite reads every page of the site.
    """
    first, last = "0" * page.steplen, "Z" * page.steplen
    return Page.objects.filter(path__range=(page.path + first, page.path + last))


def paths_from_page(kind: type[Model], field: str) -> list[str]:
    """Return the lookups from a base page to a field of a mixin, one for each class that has it."""
    return list(dict.fromkeys(path_from_page(model, field) for model in models_of(kind)))


def path_from_page(model: type[Model], field: str) -> str:
    """Return the lookup from a base page to a field of a page class: `articlepage__published_at`.

    It names the class that has the field's column, whatever classes lie between.
    """
    owner = model._meta.get_field(field).model
    steps = [field]
    while owner is not Page:
        link = owner._meta.get_ancestor_link(Page)
        if link is None:
            raise TypeError(f"{model.__name__} is no page.")
        steps.insert(0, link.related_query_name())
        owner = link.remote_field.model
    return "__".join(steps)


def is_restricted(path: str, restricted: Set[str]) -> bool:
    """Return whether a page at this tree path, or one above it, is among the restricted paths.

    The same rule as in `readable`, for lists too long to ask the database about each page.
    """
    return bool(restricted) and any(
        path[:end] in restricted for end in range(Page.steplen, len(path) + 1, Page.steplen)
    )
