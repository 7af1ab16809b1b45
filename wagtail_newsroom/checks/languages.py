"""Whether the site is set to several languages, and wagtail-localize leaves the last word to us."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from wagtail.coreutils import get_content_languages

from ..conf import conf
from .registering import check


@check
def check_languages() -> Iterator[CheckMessage]:
    """Look whether the site is set to more than one language (E001, E002, E003, E004)."""
    if not conf.use_i18n:
        yield Error(
            "Translations are off, and the newsroom needs them.",
            hint="Set USE_I18N = True.",
            id="wagtail_newsroom.E001",
        )
    if not conf.wagtail_i18n_enabled:
        yield Error(
            "Wagtail's support for several languages is off, and the newsroom needs it.",
            hint="Set WAGTAIL_I18N_ENABLED = True.",
            id="wagtail_newsroom.E002",
        )
    try:
        languages = get_content_languages()
    except ImproperlyConfigured as error:
        yield Error(
            str(error),
            hint="Name every language of WAGTAIL_CONTENT_LANGUAGES in LANGUAGES too.",
            id="wagtail_newsroom.E004",
        )
        return
    if len(languages) < 2:
        yield Error(
            "The site has fewer than two languages for content.",
            hint=(
                "Set both, for example: LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = "
                '[("en", "English"), ("fa", "Persian")]'
            ),
            id="wagtail_newsroom.E003",
        )


@check
def check_wagtail_localize() -> Iterator[CheckMessage]:
    """Look whether wagtail-localize leaves the last word to us (E005, E006)."""
    names = [app.name for app in apps.get_app_configs()]
    if names.index("wagtail_localize") < names.index("wagtail_newsroom"):
        yield Error(
            "wagtail_newsroom stands after wagtail_localize in INSTALLED_APPS.",
            hint=(
                'Put "wagtail_newsroom" before "wagtail_localize". Otherwise '
                "wagtail-localize's buttons call engines while the editor waits."
            ),
            id="wagtail_newsroom.E005",
        )
    if conf.syncs_live_status:
        yield Error(
            "wagtail-localize would publish a page in another language before anybody has "
            "translated it.",
            hint="Set WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False.",
            id="wagtail_newsroom.E006",
        )
