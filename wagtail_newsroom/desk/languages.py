"""Languages at the desk: named in the editor's own language."""

from __future__ import annotations

from django.utils.translation import get_language_info
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale


def name_of(locale: Locale) -> str:
    """Return a language's name in the active language; the site's own name where Django has none."""
    try:
        return str(get_language_info(locale.language_code)["name_translated"])
    except KeyError:
        return str(locale.get_display_name())


def name_of_code(code: str, name: str) -> str:
    """Return a language's name in the active language; `name` where Django has none."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return name


def content_locales() -> list[Locale]:
    """Return the languages that the site's settings name, in their configured order; one query."""
    codes = list(get_content_languages())
    found = Locale.objects.filter(language_code__in=codes)
    return sorted(found, key=lambda locale: codes.index(locale.language_code))


def direction_of(locale: Locale) -> str:
    """Return the direction of a language's text, `ltr` or `rtl`."""
    return "rtl" if locale.is_bidi else "ltr"


def configured_name(locale: Locale) -> str:
    """Return a language's name as the site's settings have it, its code where they have none."""
    code = locale.language_code
    return str(get_content_languages().get(code, code))
