"""System checks: what is missing or dangerous in a site's settings, with a way out of each.

No check touches the network or the database. An id is used once, for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - their name
from django.core.exceptions import ImproperlyConfigured
from django.middleware.locale import LocaleMiddleware
from django.urls import LocalePrefixPattern, URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string
from wagtail.coreutils import get_content_languages

from .conf import conf
from .engines.registry import load_chain
from .exceptions import NewsroomError
from .segments.tidy import LANGUAGES

try:
    from django.tasks import task_backends
except ImportError:  # Django < 6.0; Wagtail always installs the backport.
    from django_tasks import task_backends  # type: ignore[no-redef]

TAG = "wagtail_newsroom"
"""The tag of all our checks: `manage.py check --tag wagtail_newsroom`."""

# The same classes live in Django and in the backport for older versions, and no flag tells what a
# backend does, so its class and those that it inherits from are compared by name.
_RUNS_AT_ONCE = frozenset(
    f"{package}.backends.immediate.ImmediateBackend" for package in ("django.tasks", "django_tasks")
)
_NEVER_RUNS = frozenset(
    f"{package}.backends.dummy.DummyBackend" for package in ("django.tasks", "django_tasks")
)


@register(TAG)
def check_languages(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether the site is set to more than one language (E001, E002, E003, E004)."""
    messages: list[CheckMessage] = []
    if not conf.use_i18n:
        messages.append(
            Error(
                "Translations are off, and the newsroom needs them.",
                hint="Set USE_I18N = True.",
                id="wagtail_newsroom.E001",
            )
        )
    if not conf.wagtail_i18n_enabled:
        messages.append(
            Error(
                "Wagtail's support for several languages is off, and the newsroom needs it.",
                hint="Set WAGTAIL_I18N_ENABLED = True.",
                id="wagtail_newsroom.E002",
            )
        )
    try:
        languages = get_content_languages()
    except ImproperlyConfigured as error:
        messages.append(
            Error(
                str(error),
                hint="Name every language of WAGTAIL_CONTENT_LANGUAGES in LANGUAGES too.",
                id="wagtail_newsroom.E004",
            )
        )
    else:
        if len(languages) < 2:
            messages.append(
                Error(
                    "The site has fewer than two languages for content.",
                    hint=(
                        "Set both, for example: LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = "
                        '[("en", "English"), ("fa", "Persian")]'
                    ),
                    id="wagtail_newsroom.E003",
                )
            )
    return messages


@register(TAG)
def check_wagtail_localize(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether wagtail-localize leaves the last word to us (E005, E006)."""
    messages: list[CheckMessage] = []
    names = [app.name for app in apps.get_app_configs()]
    if names.index("wagtail_localize") < names.index("wagtail_newsroom"):
        messages.append(
            Error(
                "wagtail_newsroom stands after wagtail_localize in INSTALLED_APPS.",
                hint=(
                    'Put "wagtail_newsroom" before "wagtail_localize". Otherwise '
                    "wagtail-localize's buttons call engines while the editor waits."
                ),
                id="wagtail_newsroom.E005",
            )
        )
    if conf.syncs_live_status:
        messages.append(
            Error(
                "wagtail-localize would publish a page in another language before anybody has "
                "translated it.",
                hint="Set WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False.",
                id="wagtail_newsroom.E006",
            )
        )
    return messages


@register(TAG)
def check_engines(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether the chain of engines can be built (E007)."""
    try:
        chain = load_chain(conf.engines)
    except NewsroomError as error:
        reason = str(error)
    else:
        if chain:
            return []
        reason = "There is no engine that could translate."
    return [
        Error(
            reason,
            hint='Set WAGTAIL_NEWSROOM_ENGINES to a list of engines, for example ["google"].',
            id="wagtail_newsroom.E007",
        )
    ]


@register(TAG)
def check_tidy_rules(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether all tidying rules that are named exist (E009)."""
    known = {name for rules in LANGUAGES.values() for name in rules}
    unknown = sorted(set(conf.tidy_rules or ()) - known)
    if not unknown:
        return []
    return [
        Error(
            f"There is no tidying rule called {', '.join(unknown)}.",
            hint=f"WAGTAIL_NEWSROOM_TIDY_RULES may name {', '.join(sorted(known))}.",
            id="wagtail_newsroom.E009",
        )
    ]


@register(TAG)
def check_slugs(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether translated pages can get their slugs as the site wants (E015, W012)."""
    if conf.slugs not in ("source", "unicode"):
        return [
            Error(
                f"WAGTAIL_NEWSROOM_SLUGS is {conf.slugs!r}.",
                hint='It may be "source" or "unicode".',
                id="wagtail_newsroom.E015",
            )
        ]
    if conf.slugs == "source":
        return []
    if not conf.allows_unicode_slugs:
        return [
            Error(
                'WAGTAIL_NEWSROOM_SLUGS is "unicode", but Wagtail takes ASCII slugs only.',
                hint="Remove WAGTAIL_ALLOW_UNICODE_SLUGS = False, or keep the source's slugs.",
                id="wagtail_newsroom.E015",
            )
        ]
    if apps.is_installed("wagtail.contrib.redirects"):
        return []
    return [
        Warning(
            "Nothing leads from an old address to the new one when somebody changes a slug.",
            hint='Add "wagtail.contrib.redirects" to INSTALLED_APPS and its middleware to MIDDLEWARE.',
            id="wagtail_newsroom.W012",
        )
    ]


@register(TAG)
def check_tasks(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether jobs run, and outside the request (E008, W001, W002)."""
    alias, queue = conf.task_backend, conf.task_queue
    try:
        backend = task_backends[alias]
    except task_backends.exception_class as error:
        return [_queue_error(str(error))]
    if backend.queues and queue not in backend.queues:
        return [_queue_error(f"The task backend “{alias}” has no queue “{queue}”.")]
    ancestors = {f"{each.__module__}.{each.__qualname__}" for each in type(backend).__mro__}
    hint = (
        "Choose a backend with a worker in TASKS, for example django_tasks_db.DatabaseBackend, "
        "and run its worker."
    )
    if ancestors & _RUNS_AT_ONCE:
        return [
            Warning(
                f"The task backend “{alias}” translates while the editor waits.",
                hint=hint,
                id="wagtail_newsroom.W001",
            )
        ]
    if ancestors & _NEVER_RUNS:
        return [
            Warning(
                f"The task backend “{alias}” never runs a task, so nothing will be translated.",
                hint=hint,
                id="wagtail_newsroom.W002",
            )
        ]
    return []


def _queue_error(reason: str) -> Error:
    return Error(
        reason,
        hint=(
            "Make WAGTAIL_NEWSROOM_TASK_BACKEND and WAGTAIL_NEWSROOM_TASK_QUEUE name a backend "
            "and a queue of TASKS."
        ),
        id="wagtail_newsroom.E008",
    )


@register(TAG)
def check_addresses(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether readers and crawlers find each language (W003, W004, W005)."""
    messages: list[CheckMessage] = []
    patterns = get_resolver().url_patterns
    if not any(pattern.app_name == "wagtail_newsroom" for pattern in _resolvers(patterns)):
        messages.append(
            Warning(
                "The newsroom's addresses are not part of the site, so it has no sitemap of all "
                "languages.",
                hint='Add to the root URLs: path("", include("wagtail_newsroom.urls"))',
                id="wagtail_newsroom.W003",
            )
        )
    if not any(isinstance(pattern.pattern, LocalePrefixPattern) for pattern in patterns):
        messages.append(
            Warning(
                "The site's addresses do not name the language, so its translated pages cannot be "
                "reached.",
                hint='Wrap Wagtail\'s pages: i18n_patterns(path("", include(wagtail_urls)))',
                id="wagtail_newsroom.W004",
            )
        )
    if not any(_is_locale_middleware(path) for path in conf.middleware):
        messages.append(
            Warning(
                "Nothing turns an address into a language, so only the default language can be "
                "reached.",
                hint='Add "django.middleware.locale.LocaleMiddleware" to MIDDLEWARE.',
                id="wagtail_newsroom.W005",
            )
        )
    return messages


def _resolvers(patterns: Sequence[URLPattern | URLResolver]) -> Iterator[URLResolver]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield pattern
            yield from _resolvers(pattern.url_patterns)


def _is_locale_middleware(path: str) -> bool:
    try:
        found = import_string(path)
    except ImportError:
        return False
    return isinstance(found, type) and issubclass(found, LocaleMiddleware)
