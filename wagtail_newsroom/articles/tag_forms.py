"""How people type tags in a page's form: freely, completed from the page's own language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.utils import parse_tags
from wagtail.admin.forms.tags import TagField, validate_tag_length
from wagtail.admin.widgets import AdminTagWidget

from .tag_keys import NAME_LENGTH, key_of, names_in
from .tags import get_tag_model

_TO_COMMAS = str.maketrans(dict.fromkeys("،؛;", ","))


class PieceTagsWidget(AdminTagWidget):
    """Wagtail's tag input, which offers the tags of one language."""

    locale_id: int | None = None
    """The language's; the form sets it."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Adds where the input asks for tags that begin as the typed word does."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["help_text"] = ""
        context["widget"]["attrs"]["data-w-tag-url-value"] = reverse(
            "wagtail_newsroom_complete_tags", args=[self.locale_id or 0]
        )
        return context


class PieceTagsFormField(TagField):
    """Takes tags typed freely in the page's language; commas and semicolons of any script part them."""

    widget = PieceTagsWidget

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["tag_model"] = get_tag_model()
        super().__init__(*args, **kwargs)
        self.instance: Any = None

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        """Learns the language of the page that the form is for."""
        self.instance = getattr(form, "instance", None)
        self.widget.locale_id = getattr(self.instance, "locale_id", None)
        return super().get_bound_field(form, field_name)

    def clean(self, value: Any) -> list[str]:
        """Returns the names, none of them with a comma in it."""
        text = forms.CharField.clean(self, value) or ""
        try:
            parsed = parse_tags(text.translate(_TO_COMMAS))
        except ValueError as error:
            raise ValidationError(_("Please part tags with commas.")) from error
        names = list({key_of(name): name for each in parsed for name in names_in(each)}.values())
        validate_tag_length(names, NAME_LENGTH)
        return names if self.free_tagging else self._known(names)

    def _known(self, names: list[str]) -> list[str]:
        """Return the names that the language has, or that the page has already."""
        keys = {key_of(name) for name in names}
        known = set(
            self.tag_model._default_manager.filter(
                locale_id=self.widget.locale_id, key__in=keys
            ).values_list("key", flat=True)
        )
        if self.instance is not None and self.instance.pk:
            known |= {key_of(tag.name) for tag in self.instance.tags.everything()}
        return [name for name in names if key_of(name) in known]
