"""Under which licence an image may be used: once for the image, for it is the same in all languages."""

from __future__ import annotations

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model_string
from wagtail.images.models import AbstractImage

from .blocks.values import host_of

web_address = URLValidator(schemes=["http", "https"])
"""Takes addresses that a browser opens as a page, and no others."""


class ImageLicence(models.Model):
    """The licence of an image of the library, with the address at which it can be read."""

    image = models.OneToOneField(
        get_image_model_string(),
        verbose_name=_("image"),
        on_delete=models.CASCADE,
        related_name="newsroom_licence",
    )
    name = models.CharField(_("licence"), max_length=100)
    url = models.URLField(
        _("address of the licence"), max_length=500, blank=True, validators=[web_address]
    )

    # A licence is no place where an image is used.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("licence of an image")
        verbose_name_plural = _("licences of images")
        # Whoever may change an image's texts writes it.
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


def licence_of(image: AbstractImage) -> ImageLicence | None:
    """Return an image's licence, if one is known; one query."""
    return ImageLicence.objects.filter(image=image).first()


def set_licence(image: AbstractImage, *, name: str, url: str = "") -> None:
    """Write under which licence an image may be used; without a name, that none is known.

    Raises `ValidationError` for an address that is not of the web.
    """
    if not name:
        ImageLicence.objects.filter(image=image).delete()
        return
    if url:
        web_address(url)
    ImageLicence.objects.update_or_create(image=image, defaults={"name": name, "url": url})


def shown_address(url: str | None) -> str:
    """Return a licence's address for readers; empty for one that code stored unchecked."""
    return url if url and host_of(url) else ""
