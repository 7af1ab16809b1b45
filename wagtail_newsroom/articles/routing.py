"""Finding the page of an address below a section at once, instead of step by step."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from wagtail.models import Page

from .queries import below

_OWN_WAY = "_newsroom_routes_at_once"
"""Marks the `route` methods that do as Wagtail's does, in fewer queries."""


def page_at(section: Page, components: Sequence[str]) -> Page | None:
    """Return the page at these steps below a section, of its own class, with its parents known.

    None where there is none, or where a class on the way has its own way to route. Two queries at
    any depth; Wagtail asks for two at each step.
    """
    wanted, url_path = Q(), section.url_path
    for step, slug in enumerate(components, start=1):
        url_path += f"{slug}/"
        # The slug has an index, the whole path has none.
        wanted |= Q(depth=section.depth + step, slug=slug, url_path=url_path)
    rows = list(below(section).filter(wanted).order_by("depth"))
    if len(rows) != len(components) or not all(_routes_plainly(row) for row in rows):
        return None
    parent = section
    for row in rows:
        if not row.path.startswith(parent.path):
            return None
        # As Wagtail's `route` leaves it, so that nobody asks for the parent again.
        row._cached_parent_obj = parent
        parent = row
    found: Page = rows[-1].specific
    return found


def routes_at_once(method: object) -> object:
    """Mark a `route` method that does as Wagtail's does, but at once."""
    setattr(method, _OWN_WAY, True)
    return method


def _routes_plainly(row: Page) -> bool:
    model = row.specific_class
    return model is not None and (
        model.route is Page.route or getattr(model.route, _OWN_WAY, False)
    )
