"""The app's configuration."""

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    """The newsroom as a Django app."""

    name = "wagtail_newsroom"
    label = "wagtail_newsroom"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        """Loads the models, which need wagtail-localize's; no system check could say so later."""
        if not apps.is_installed("wagtail_localize"):
            raise ImproperlyConfigured(
                'wagtail_newsroom needs wagtail_localize: add "wagtail_localize" after '
                '"wagtail_newsroom" in INSTALLED_APPS.'
            )
        super().import_models()

    def ready(self) -> None:
        """Registers checks, tasks and the gate, and teaches wagtail-localize two more inline tags."""
        from wagtail_localize import strings

        from . import checks, receivers, tasks  # noqa: F401
        from .articles.lacking_corrections import lacking_corrections
        from .articles.tags_along import TagsOfPiece
        from .desk import base_saves, related, urgency

        related.register(TagsOfPiece())
        urgency.register("corrections", lacking_corrections)
        receivers.connect()
        base_saves.connect()
        # Without these, "H<sub>2</sub>O" is cut into three strings and no engine can read it:
        # https://github.com/wagtail/wagtail-localize/issues/778
        for tag in ("sub", "sup"):
            if tag not in strings.INLINE_TAGS:
                strings.INLINE_TAGS.append(tag)
