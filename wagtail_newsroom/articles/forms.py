"""The article's form in the admin, which keeps raw HTML to those who may use it."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.blocks import RawHTMLBlock, StreamBlock
from wagtail.blocks.base import BlockField, BlockWidget

from .blocks import walk

USE_RAW_HTML = "wagtail_newsroom.use_raw_html"
"""The permission to add raw HTML to a piece and to change what is there."""


class RawHTMLFormMixin:
    """Lets people without the permission keep, move and take out raw HTML, and no more.

    It looks at what a form would store, so it holds for every request to the form: a save, a
    publication, autosave, a request made by hand. What code or an API stores does not pass a form.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self._may_use_raw_html:
            return
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            if isinstance(field, BlockField) and isinstance(field.block, StreamBlock):
                field.block = _guarded(field.block, getattr(self.instance, name))  # type: ignore[attr-defined]
                field.widget = BlockWidget(field.block)

    @property
    def _may_use_raw_html(self) -> bool:
        user = self.for_user  # type: ignore[attr-defined]
        return user is not None and user.has_perm(USE_RAW_HTML)

    def clean(self) -> Any:
        """Refuses raw HTML that was not in the piece before."""
        cleaned = super().clean()  # type: ignore[misc]
        if self._may_use_raw_html:
            return cleaned
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            if not isinstance(field, BlockField) or name not in self.cleaned_data:  # type: ignore[attr-defined]
                continue
            before = _raw_html(getattr(self.instance, name, None))  # type: ignore[attr-defined]
            if _raw_html(self.cleaned_data[name]) - before:  # type: ignore[attr-defined]
                self.add_error(name, _("You may not add or change raw HTML."))  # type: ignore[attr-defined]
        return cleaned


class ArticleForm(RawHTMLFormMixin, WagtailAdminPageForm):  # type: ignore[misc]
    """The form of an article; a page class that has its own form puts the mixin before it."""


def _raw_html(body: Iterable[Any] | None) -> Counter[str]:
    return Counter(
        _as_posted(value) for block, value in walk(body or ()) if isinstance(block, RawHTMLBlock)
    )


def _as_posted(value: Any) -> str:
    # Browsers send line ends of two characters, and Django takes white space off both ends.
    return str(value).replace("\r\n", "\n").strip()


def _guarded(body: StreamBlock, stored: Iterable[Any] | None) -> StreamBlock:
    """Return a stream block whose raw HTML can be read only, and not be added.

    Copied and not constructed: Wagtail keeps every block for ever that was constructed.
    """
    count = Counter(child.block_type for child in stored or ())
    names = [name for name, child in body.child_blocks.items() if isinstance(child, RawHTMLBlock)]
    if not names:
        return body
    guarded = copy.copy(body)
    guarded.child_blocks = {
        name: _read_only(child) if name in names else child
        for name, child in body.child_blocks.items()
    }
    guarded.meta = copy.copy(body.meta)
    guarded.meta.block_counts = {
        **(body.meta.block_counts or {}),
        **{name: {"max_num": count[name]} for name in names},
    }
    # The chooser offers what the groups name, and a block that is there needs its name there too.
    absent = [name for name in names if not count[name]]
    guarded.grouped_child_blocks = lambda: [
        (group, [child for child in children if child.name not in absent])
        for group, children in type(body).grouped_child_blocks(guarded)
    ]
    return guarded


def _read_only(block: RawHTMLBlock) -> RawHTMLBlock:
    copied = copy.copy(block)
    copied.field = copy.deepcopy(block.field)
    copied.field.widget.attrs["readonly"] = True
    return copied
