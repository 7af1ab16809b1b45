"""What readers and crawlers are told about a language: its name, direction and codes."""

from __future__ import annotations

import unicodedata

from django.utils import translation
from django.utils.translation import get_language_info

# Open Graph wants a territory; these are the ones that its consumers know for a bare language.
# https://ogp.me/#optional
_TERRITORIES = {
    "ar": "ar_AR",
    "de": "de_DE",
    "en": "en_US",
    "es": "es_ES",
    "fa": "fa_IR",
    "fr": "fr_FR",
    "he": "he_IL",
    "it": "it_IT",
    "ku": "ku_TR",
    "nl": "nl_NL",
    "pl": "pl_PL",
    "pt": "pt_PT",
    "ru": "ru_RU",
    "sv": "sv_SE",
    "tr": "tr_TR",
    "uk": "uk_UA",
    "ur": "ur_PK",
}


def direction_of(code: str) -> str:
    """Return `rtl` or `ltr`, as the site's `LANGUAGES_BIDI` says."""
    with translation.override(code):
        return "rtl" if translation.get_language_bidi() else "ltr"


def direction_of_text(text: str, code: str) -> str:
    """Return the direction of a title or name on a page in a language; empty where the text says.

    Browsers go by the first letter, and would turn a Persian headline around that begins with a
    Latin name. On a right-to-left page, a text that has letters of such a script runs that way.
    """
    runs_from_right = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
    return "rtl" if runs_from_right and direction_of(code) == "rtl" else ""


def own_name(code: str) -> str:
    """Return a language's name in itself: `فارسی`; the code where Django does not know it."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def name_here(code: str) -> str:
    """Return a language's name in the active language: `Persian`."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def language_tag(code: str) -> str:
    """Return a language code as HTML and search engines write it: `fa`, `pt-BR`, `zh-Hans`.

    RFC 5646, section 2.1.1.
    """
    language, *rest = code.replace("_", "-").split("-")
    return "-".join(
        [
            language.lower(),
            *(
                part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower()
                for part in rest
            ),
        ]
    )


def open_graph_locale(code: str) -> str:
    """Return a language code as Open Graph writes it: `fa_IR`; empty where no territory is known."""
    parts = language_tag(code).split("-")
    territory = next((part for part in parts[1:] if len(part) == 2), "")
    return f"{parts[0]}_{territory}" if territory else _TERRITORIES.get(parts[0], "")
