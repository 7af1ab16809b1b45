"""Whether the site's own classes of pages, snippets, tags and authors keep what ours promise."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - their name
from wagtail.models import DraftStateMixin, Page

from ..articles.forms import RawHTMLFormMixin
from ..articles.models import AbstractAuthor, AbstractTag, ArticleMixin
from ..articles.queries import models_of
from ..articles.tag_pages import lost_fields
from ..articles.types import problem_of
from ..conf import conf
from ..desk.gate import GatedMixin
from ..desk.localize import is_carried_over
from ..desk.pieces import can_be_piece
from .registering import check


@check
def check_gates() -> Iterator[CheckMessage]:
    """Look whether the gate stands before what it guards (E012, W008)."""
    for model in apps.get_models():
        if not issubclass(model, DraftStateMixin):
            continue
        bases = model.__mro__
        if issubclass(model, GatedMixin):
            if bases.index(GatedMixin) > bases.index(DraftStateMixin):
                yield Error(
                    f"The gate of {model._meta.label} stands behind what it guards.",
                    hint=(
                        "Name GatedPageMixin or GatedSnippetMixin before Page or "
                        "DraftStateMixin among the class's bases."
                    ),
                    obj=model,
                    id="wagtail_newsroom.E012",
                )
        elif can_be_piece(model) and not issubclass(model, Page):
            yield Warning(
                f"{model._meta.label} has drafts and is translated, but has no gate.",
                hint=(
                    "Put GatedSnippetMixin before its other bases. Otherwise wagtail-localize "
                    "translates it, and nobody needs to approve."
                ),
                obj=model,
                id="wagtail_newsroom.W008",
            )


@check
def check_articles() -> Iterator[CheckMessage]:
    """Look whether tables can be edited, and whether raw HTML is guarded (W009, W010)."""
    if not apps.is_installed("wagtail.contrib.table_block"):
        yield Warning(
            "wagtail.contrib.table_block is not installed, so tables cannot be edited.",
            hint='Add "wagtail.contrib.table_block" to INSTALLED_APPS.',
            id="wagtail_newsroom.W009",
        )
    for model in models_of(ArticleMixin):
        if not issubclass(model.base_form_class, RawHTMLFormMixin):
            yield Warning(
                f"The form of {model._meta.label} does not keep raw HTML to those who may use it.",
                hint=(
                    "Derive its base_form_class from wagtail_newsroom.articles.forms.ArticleForm."
                ),
                obj=model,
                id="wagtail_newsroom.W010",
            )


@check
def check_article_types() -> Iterator[CheckMessage]:
    """Look whether the types of a piece can be chosen from (E013)."""
    problem = problem_of(conf.article_types)
    if problem:
        yield Error(
            f"WAGTAIL_NEWSROOM_ARTICLE_TYPES cannot be used: {problem}.",
            hint='Set it to pairs of code and label, plain news first: [("news", "News"), ...]',
            id="wagtail_newsroom.E013",
        )


@check
def check_internal_notes() -> Iterator[CheckMessage]:
    """Look whether notes to editors stay out of translations (E014)."""
    for model in models_of(ArticleMixin):
        if is_carried_over(model, "internal_note"):
            yield Error(
                f"{model.__name__} would have its notes to editors translated.",
                hint=(
                    "Begin its override_translatable_fields with "
                    "*ArticleMixin.override_translatable_fields."
                ),
                obj=model,
                id="wagtail_newsroom.E014",
            )


@check
def check_tags() -> Iterator[CheckMessage]:
    """Look whether tags can be of one language each (E010, W006)."""
    try:
        model = apps.get_model(conf.tag_model)
    except (LookupError, ValueError):
        model = None
    if model is None or not issubclass(model, AbstractTag):
        yield Error(
            f"WAGTAIL_NEWSROOM_TAG_MODEL is “{conf.tag_model}”, which is no class of tags.",
            hint="Name a model that is built on wagtail_newsroom.models.AbstractTag.",
            id="wagtail_newsroom.E010",
        )
    for page in models_of(ArticleMixin):
        if names := lost_fields(page):
            yield Warning(
                f"wagtail-localize lays the original's {', '.join(names)} over those of a "
                "translated page.",
                hint=(
                    "Keep the mixin's entries: override_translatable_fields = "
                    "[*ArticleMixin.override_translatable_fields, ...]"
                ),
                obj=page,
                id="wagtail_newsroom.W006",
            )


@check
def check_author_model() -> Iterator[CheckMessage]:
    """Look whether authors are of a class that can be one (E011, W007)."""
    try:
        model = apps.get_model(conf.author_model)
    except (LookupError, ValueError):
        yield _author_error(f"There is no model “{conf.author_model}” for authors.")
        return
    if not issubclass(model, AbstractAuthor):
        yield _author_error(f"The model “{conf.author_model}” is not built on AbstractAuthor.")
        return
    ours = {field.field_name for field in AbstractAuthor.override_translatable_fields}
    lost = sorted(ours - {field.field_name for field in model.override_translatable_fields})
    if lost:
        yield Warning(
            f"Authors of {model._meta.label} lose what each language has of its own: "
            f"{', '.join(lost)}.",
            hint=(
                "Begin override_translatable_fields with "
                "*AbstractAuthor.override_translatable_fields."
            ),
            id="wagtail_newsroom.W007",
        )


def _author_error(reason: str) -> Error:
    return Error(
        reason,
        hint=(
            "Make WAGTAIL_NEWSROOM_AUTHOR_MODEL name a model, as app.Model, that inherits "
            "from wagtail_newsroom.models.AbstractAuthor."
        ),
        id="wagtail_newsroom.E011",
    )
