"""Template tags for the desk's own pages in the admin."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from ..articles.tag_actions import can_name
from ..articles.tag_admin import origin_label
from ..articles.tags_along import unnamed_tags_of
from ..desk.languages import direction_of
from ..desk.rows import engine_labels

register = template.Library()


@register.simple_tag(takes_context=True)
def unnamed_tags(context: Context, page: Any) -> dict[str, Any]:
    """Returns the tags of a translated piece that wait for a name, and whether the user may give it."""
    tags = unnamed_tags_of(page)
    if tags:
        labels = engine_labels()
        for tag in tags:
            tag.origin_label = origin_label(tag.proposed_by, labels) if tag.proposed_by else ""
    return {
        "tags": tags,
        "can_name": can_name(context["request"].user, page.locale_id),
        "dir": direction_of(page.locale) if tags else "",
    }
