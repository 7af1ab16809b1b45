"""Raw HTML, for those who may: it reaches readers as it is and is not translated."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .values import ELSEWHERE, PREVIEW_TEMPLATE, NeverNullMixin


class ArticleHTMLBlock(NeverNullMixin, blocks.RawHTMLBlock):
    """HTML that is shown as it is, in every language the same.

    Only people with the permission `wagtail_newsroom.use_raw_html` may add or change one in the
    page editor; `articles.forms` sees to it.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("Shown as it is, in every language: it is not translated.")
        )
        super().__init__(**kwargs)

    class Meta:
        icon = "code"
        label = _("HTML (not translated)")
        description = _("HTML that is shown as it is; only for those who may use it.")
        default = ""
        group = ELSEWHERE
        template = "wagtail_newsroom/blocks/raw_html.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = "<p>Tide at the old pier: <meter value='0.7'>0.7</meter></p>"
