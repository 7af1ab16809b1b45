"""Finds the page of an address in two queries, however deep it stands.

Wagtail asks twice for each step of an address, twice for view restrictions, and leaves the rest of
the page to be asked for by its templates.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from ..desk.provenance import with_facts
from . import trails

_SOUGHT = "_newsroom_sought"
_DEEPEST = Page._meta.get_field("path").max_length // Page.steplen
"""How deep the tree can be; a longer address leads nowhere, and would be all the more work."""

if TYPE_CHECKING:
    from wagtail.models import Page as _Page
else:
    # A mixin for pages, but no page: sites may swap the base page.
    _Page = models.Model


class FoundFastMixin(_Page):
    """A page that can be found by the whole of its address."""

    read_with: ClassVar[Sequence[str]] = ()
    """Foreign keys whose rows are read together with the page's own."""

    _is_unrestricted = False

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Returns the page below this one that an address leads to, this one included."""
        return _find(self, request, path_components) or super().route(request, path_components)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Returns the restrictions on the page and above it; no query where it was found fast."""
        if self._is_unrestricted:
            return PageViewRestriction.objects.none()
        restrictions: QuerySet[PageViewRestriction] = super().get_view_restrictions()
        return restrictions


def _find(start: Any, request: HttpRequest, components: list[str]) -> RouteResult | None:
    """Return where an address leads, or None where Wagtail has to go step by step.

    That is for whatever is not found, and where a class on the way routes by itself.
    """
    home_path = _home_path_of(start)
    if not home_path or len(components) > _DEEPEST or getattr(request, _SOUGHT, False):
        return None
    setattr(request, _SOUGHT, True)
    paths = [start.url_path]
    for component in components:
        paths.append(f"{paths[-1]}{component}/")
    above = [start.path[:end] for end in range(2 * start.steplen, len(start.path), start.steplen)]
    # By slug, which has an index; the path from the root says which of them are meant.
    chain = Q(slug__in=[start.slug, *components], url_path__in=paths) | Q(path__in=above)
    rows = list(trails.rows_of(chain, home_path=home_path, locale_id=start.locale_id))
    by_path = {row.url_path: row for row in rows}
    steps = [by_path.get(path) for path in paths]
    page = _leaf(start, steps)
    if page is None or not page.live:
        return None
    way = [row for row in rows if page.path.startswith(row.path)]
    # An alias has the restrictions of the page that it mirrors, which nobody has asked for here.
    page._is_unrestricted = not any(row.is_restricted or row.alias_of_id for row in way)
    trails.keep(request, page, rows, home_path)
    return RouteResult(page)


def _home_path_of(page: Any) -> str:
    """Return the tree path of the home page that a search starts at or below; empty if unclear."""
    roots = {
        root.root_path
        for root in Site.get_site_root_paths()
        if page.url_path.startswith(root.root_path)
    }
    if page.url_path in roots:
        return str(page.path)
    if len(roots) != 1:
        return ""
    # `/home/` is at depth 2 of the tree, so that its path is two steps long.
    return str(page.path[: roots.pop().count("/") * page.steplen])


def _leaf(start: Any, steps: Sequence[Any]) -> Any:
    """Return the last of the pages on the way as its own class, with its parent at hand."""
    if not all(step is not None and _is_plain(step.specific_class) for step in steps):
        return None
    if len(steps) == 1:
        return start
    model: Any = steps[-1].specific_class
    rows = model._default_manager.filter(pk=steps[-1].pk)
    page = with_facts(rows.select_related("locale", *getattr(model, "read_with", ()))).first()
    if page is not None:
        page._cached_parent_obj = start if len(steps) == 2 else steps[-2]
    return page


def _is_plain(model: type[Page] | None) -> bool:
    """Return whether a class leaves it to its base classes to find what is below its pages."""
    return model is not None and model.route in (FoundFastMixin.route, Page.route)
