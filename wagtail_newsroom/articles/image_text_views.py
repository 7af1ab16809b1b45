"""Image texts in the admin: their list and form, and the section on an image's own page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.images import get_image_model
from wagtail.models import Locale

from ..desk.languages import name_of
from .image_licences import ImageLicence, licence_of, set_licence, web_address
from .image_texts import ImageText

ADD = "wagtail_newsroom.add_imagetext"
CHANGE = "wagtail_newsroom.change_imagetext"


class ImageTextForm(WagtailAdminModelForm):
    """The words of an image in one language, and its licence, which is written for all of them."""

    licence = forms.CharField(
        label=gettext_lazy("Licence"),
        max_length=ImageLicence._meta.get_field("name").max_length,
        required=False,
        help_text=gettext_lazy(
            "Under which the picture may be used, such as “CC BY 4.0”. It is the same in all languages."
        ),
    )
    licence_url = forms.URLField(
        label=gettext_lazy("Address of the licence"),
        max_length=ImageLicence._meta.get_field("url").max_length,
        required=False,
        assume_scheme="https",
        validators=[web_address],
        help_text=gettext_lazy("Where readers and search engines can read the licence."),
    )
    licence_before = forms.CharField(required=False, widget=forms.HiddenInput)
    """The licence that the form showed when it was opened; somebody may have changed it since."""

    class Meta:
        model = ImageText
        fields: ClassVar[list[str]] = ["image", "alt", "caption", "credit"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        image = self.instance.image if self.instance.image_id else self.initial.get("image")
        licence = licence_of(image) if image is not None else None
        if licence is not None:
            self.initial.update(
                licence=licence.name,
                licence_url=licence.url,
                licence_before=_in_one_line(licence.name, licence.url),
            )

    def clean(self) -> Any:
        """Refuses an address without a licence, and what the database would.

        That is a second text of the same image in a language. A licence that is known is not
        replaced by who may add texts and not change them.
        """
        cleaned = super().clean()
        given = self.cleaned_data
        if given.get("licence_url") and "licence" in given and not given["licence"]:
            self.add_error("licence", ValidationError(_("Name the licence, too.")))
        image = self.cleaned_data.get("image")
        if image is None:
            return cleaned
        if self.for_user is not None and not self.for_user.has_perm(CHANGE):
            self._refuse_to_replace_the_licence_of(image)
        others = ImageText.objects.filter(image=image).exclude(pk=self.instance.pk)
        if others.filter(locale_id=self.instance.locale_id).exists():
            self.add_error(
                "image",
                ValidationError(_("This image has a text in this language already.")),
            )
        elif self.instance.pk is None or "image" in self.changed_data:
            sibling = others.first()
            self.instance.translation_key = sibling.translation_key if sibling else uuid4()
        return cleaned

    def save(self, commit: bool = True) -> ImageText:
        """Saves the text, and the licence if it was changed here.

        An unchanged one may be that of the image that the text belonged to before, or one that
        somebody else has changed meanwhile.
        """
        text: ImageText = super().save(commit)
        if commit and self._changes_the_licence():
            given = self.cleaned_data
            set_licence(text.image, name=given["licence"], url=given["licence_url"])
        return text

    def _refuse_to_replace_the_licence_of(self, image: Any) -> None:
        if {"licence", "licence_url"} <= self.cleaned_data.keys() and self._changes_the_licence():
            licence = licence_of(image)
            if licence is not None:
                words = _(
                    "This picture has a licence already (%(name)s), which you may not change."
                )
                self.add_error("licence", ValidationError(words % {"name": licence.name}))

    def _changes_the_licence(self) -> bool:
        if self.add_prefix("licence_before") in self.data:
            given = self.cleaned_data
            named = _in_one_line(given["licence"], given["licence_url"])
            return named != str(given["licence_before"])
        return bool({"licence", "licence_url"} & set(self.changed_data))


def _in_one_line(name: str, url: str) -> str:
    return f"{name} {url}".strip()


class ImageTextCreateView(generic.CreateView):
    """Starts with the image that the address names."""

    def get_initial(self) -> dict[str, Any]:
        """Return the image, if there is such a one."""
        number = self.request.GET.get("image", "")
        initial: dict[str, Any] = super().get_initial()
        if number.isdecimal() and len(number) < 19:
            initial["image"] = get_image_model().objects.filter(pk=number).first()
        return initial


class ImageTextIndexView(generic.IndexView):
    """Lists the texts of all languages; a fixed number of queries for any number of them."""

    def get_base_queryset(self) -> Any:
        """Return the texts with their images and languages."""
        return super().get_base_queryset().select_related("image", "locale")


class ImageTextViewSet(ModelViewSet):
    """Image texts in the admin; register it as `ImageTextViewSet("newsroom_image_texts")`."""

    model = ImageText
    icon = "image"
    url_prefix = "newsroom/image-texts"
    add_to_admin_menu = True
    menu_label = gettext_lazy("Image texts")
    menu_order = 310
    copy_view_enabled = False
    panels: ClassVar[list[Any]] = [
        *ImageText.panels,
        FieldPanel("licence"),
        FieldPanel("licence_url"),
    ]
    index_view_class = ImageTextIndexView
    add_view_class = ImageTextCreateView
    list_display: ClassVar[list[Any]] = [
        TitleColumn("__str__", label=gettext_lazy("Text"), url_name="newsroom_image_texts:edit"),
        Column("image", label=gettext_lazy("Image")),
        Column(
            "locale",
            label=gettext_lazy("Language"),
            accessor=lambda text: name_of(text.locale),
            sort_key="locale",
        ),
    ]
    search_fields: ClassVar[list[str]] = ["alt", "caption", "credit", "image__title"]
    search_backend_name = None
    list_per_page = 50
    ordering = ("-pk",)

    def get_form_class(self, for_update: bool = False) -> type[ImageTextForm]:
        """Return the one form for new and old texts."""
        return ImageTextForm


@dataclass(frozen=True, slots=True)
class TextInLanguage:
    """What the section on an image's page says of one language."""

    locale: Locale
    text: ImageText | None
    url: str
    """Where to write or change it; empty for somebody who may not."""

    @property
    def language(self) -> str:
        """The language's name in the editor's own."""
        return name_of(self.locale)


def texts_of(image: Any, request: HttpRequest) -> list[TextInLanguage]:
    """Return an image's texts in every language, with the way to write them; two queries."""
    by_locale = {text.locale_id: text for text in ImageText.objects.filter(image=image)}
    return [
        TextInLanguage(
            locale, by_locale.get(locale.pk), _address(image, locale, by_locale, request)
        )
        for locale in Locale.objects.all()
    ]


def _address(
    image: Any, locale: Locale, by_locale: dict[int, ImageText], request: HttpRequest
) -> str:
    text = by_locale.get(locale.pk)
    if text is not None and request.user.has_perm(CHANGE):
        return reverse("newsroom_image_texts:edit", args=[text.pk])
    if text is None and request.user.has_perm(ADD):
        query = urlencode({"locale": locale.language_code, "image": image.pk})
        return f"{reverse('newsroom_image_texts:add')}?{query}"
    return ""
