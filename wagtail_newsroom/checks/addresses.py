"""Whether readers and crawlers find each language, at addresses that last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.apps import apps
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - their name
from django.middleware.locale import LocaleMiddleware
from django.urls import LocalePrefixPattern, URLPattern, URLResolver, get_resolver

from ..conf import conf
from ..publishing.places import NAMESPACE
from .middleware import has_middleware
from .registering import check

REDIRECTS = "wagtail.contrib.redirects"

_OURS = "wagtail_newsroom"
_OTHER_SITEMAPS = ("django.contrib.sitemaps.", "wagtail.contrib.sitemaps.")

Patterns = Sequence[URLPattern | URLResolver]


@check
def check_addresses() -> Iterator[CheckMessage]:
    """Look whether readers and crawlers find each language (W003, W004, W005, W013)."""
    patterns = get_resolver().url_patterns
    if not _includes(patterns, _OURS):
        yield Warning(
            "The newsroom's addresses are not part of the site, so it has no sitemap of all "
            "languages.",
            hint='Add to the root URLs: path("", include("wagtail_newsroom.urls"))',
            id="wagtail_newsroom.W003",
        )
    by_language = [each for each in patterns if isinstance(each.pattern, LocalePrefixPattern)]
    if not by_language:
        yield Warning(
            "The site's addresses do not name the language, so its translated pages cannot be "
            "reached.",
            hint='Wrap Wagtail\'s pages: i18n_patterns(path("", include(wagtail_urls)))',
            id="wagtail_newsroom.W004",
        )
    elif not _includes(by_language, NAMESPACE):
        yield Warning(
            "The addresses of readers' lists are not part of the site, so it has no pages of "
            "tags, authors, archive and search, and no short addresses.",
            hint=(
                "Add inside i18n_patterns, above Wagtail's pages: "
                'path("", include("wagtail_newsroom.reader_urls"))'
            ),
            id="wagtail_newsroom.W013",
        )
    if not has_middleware(LocaleMiddleware):
        yield Warning(
            "Nothing turns an address into a language, so only the default language can be "
            "reached.",
            hint='Add "django.middleware.locale.LocaleMiddleware" to MIDDLEWARE.',
            id="wagtail_newsroom.W005",
        )


@check
def check_sitemaps() -> Iterator[CheckMessage]:
    """Look whether the site has a second sitemap, which would contradict ours (W031)."""
    patterns = get_resolver().url_patterns
    others = {
        str(each.pattern)
        for each in _walk(patterns)
        if isinstance(each, URLPattern)
        and getattr(each.callback, "__module__", "").startswith(_OTHER_SITEMAPS)
    }
    if others and _includes(patterns, _OURS):
        yield Warning(
            f"The site has another sitemap beside the newsroom's ({', '.join(sorted(others))}).",
            hint=(
                "Take it out of the URLs. It lists one language and no alternates, and search "
                "engines pass over pages that two sitemaps say different things of."
            ),
            id="wagtail_newsroom.W031",
        )


@check
def check_slugs() -> Iterator[CheckMessage]:
    """Look whether translated pages can get their slugs as the site wants (E015, W012)."""
    if conf.slugs not in ("source", "unicode"):
        yield Error(
            f"WAGTAIL_NEWSROOM_SLUGS is {conf.slugs!r}.",
            hint='It may be "source" or "unicode".',
            id="wagtail_newsroom.E015",
        )
        return
    if conf.slugs == "unicode" and not conf.allows_unicode_slugs:
        yield Error(
            'WAGTAIL_NEWSROOM_SLUGS is "unicode", but Wagtail takes ASCII slugs only.',
            hint="Remove WAGTAIL_ALLOW_UNICODE_SLUGS = False, or keep the source's slugs.",
            id="wagtail_newsroom.E015",
        )
        return
    missing = []
    if not apps.is_installed(REDIRECTS):
        missing.append(f'"{REDIRECTS}" to INSTALLED_APPS')
    if not any(name.startswith(REDIRECTS) for name in conf.middleware):
        missing.append(f'"{REDIRECTS}.middleware.RedirectMiddleware" to MIDDLEWARE')
    if missing:
        yield Warning(
            "Nothing leads from an old address to the new one when somebody changes a slug.",
            hint=f"Add {' and '.join(missing)}.",
            id="wagtail_newsroom.W012",
        )


def _walk(patterns: Patterns) -> Iterator[URLPattern | URLResolver]:
    """Yield these patterns and all below them."""
    for pattern in patterns:
        yield pattern
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns)


def _includes(patterns: Patterns, app_name: str) -> bool:
    return any(
        isinstance(each, URLResolver) and each.app_name == app_name for each in _walk(patterns)
    )
