"""Template tags for admin pages: thin shells over the functions in `articles/`."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context

from ..articles.image_licences import licence_of
from ..articles.image_text_views import texts_of

register = template.Library()


@register.inclusion_tag("wagtail_newsroom/articles/image_texts.html", takes_context=True)
def image_texts(context: Context, image: Any) -> dict[str, Any]:
    """Shows an image's texts in every language, with the way to write them, and its licence."""
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        return {"texts": []}
    return {"texts": texts_of(image, request), "licence": licence_of(image)}
