"""System checks: what is missing or dangerous in a site's settings, with a way out of each.

No check touches the network or the database. An id is used once, for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - their name
from django.core.exceptions import ImproperlyConfigured
from django.middleware.locale import LocaleMiddleware
from django.urls import LocalePrefixPattern, URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string
from wagtail.coreutils import get_content_languages
from wagtail.models import DraftStateMixin, Page

from .articles.forms import RawHTMLFormMixin
from .articles.models import AbstractAuthor, AbstractTag, ArticleMixin
from .articles.queries import models_of
from .articles.tag_pages import lost_fields
from .articles.types import problem_of
from .conf import conf
from .desk import webhook
from .desk.costs import price_of
from .desk.gate import GatedMixin
from .desk.localize import is_carried_over
from .desk.pieces import can_be_piece
from .desk.policy import DEFAULT
from .desk.policy_models import OnPublish, Policy
from .engines.registry import load_chain
from .exceptions import NewsroomError
from .publishing import indexnow, mirrors
from .publishing.dates import CALENDARS
from .publishing.frame import FRAME, prints_head
from .publishing.places import NAMESPACE
from .segments.tidy import LANGUAGES
from .sharing.networks import FIELDS, own_network

try:
    from django.tasks import task_backends
except ImportError:  # Django < 6.0; Wagtail always installs the backport.
    from django_tasks import task_backends  # type: ignore[no-redef]

_OTHER_SITEMAPS = ("django.contrib.sitemaps.", "wagtail.contrib.sitemaps.")

MIDDLEWARE = "wagtail_newsroom.publishing.mirrors.OnionLocationMiddleware"

TAG = "wagtail_newsroom"
"""The tag of all our checks: `manage.py check --tag wagtail_newsroom`."""

REDIRECTS = "wagtail.contrib.redirects"

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
def check_policy(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether the policy and what goes with it can be followed (E025, E026, E027, W025)."""
    messages: list[CheckMessage] = []
    known = ", ".join(f'"{value}"' for value in Policy.values)
    policy, languages = conf.policy, _languages()
    policies = policy if isinstance(policy, Mapping) else {DEFAULT: policy}
    strange = [
        f"{code}: {value!r}" if isinstance(policy, Mapping) else repr(value)
        for code, value in policies.items()
        if value not in Policy.values or (code != DEFAULT and code not in languages)
    ]
    if strange:
        messages.append(
            Error(
                f"WAGTAIL_NEWSROOM_POLICY cannot be followed: {', '.join(strange)}.",
                hint=(
                    f"It may be {known}, or one of these for each language code of "
                    f'WAGTAIL_CONTENT_LANGUAGES, with "{DEFAULT}" for the others. Until then all '
                    "machine text waits for a person."
                ),
                id="wagtail_newsroom.E025",
            )
        )
    messages += _check_trusted_engines()
    wanted, into = conf.translate_on_publish, conf.translate_into
    if wanted not in OnPublish.values:
        messages.append(
            Error(
                f"WAGTAIL_NEWSROOM_TRANSLATE_ON_PUBLISH is {wanted!r}.",
                hint="It may be "
                + ", ".join(f'"{value}"' for value in OnPublish.values)
                + ". Until then nothing is translated by itself.",
                id="wagtail_newsroom.E027",
            )
        )
    if not isinstance(into, (list, tuple)) or set(map(str, into)) - languages:
        messages.append(
            Error(
                f"WAGTAIL_NEWSROOM_TRANSLATE_INTO is {into!r}.",
                hint="It may be a list of language codes of WAGTAIL_CONTENT_LANGUAGES.",
                id="wagtail_newsroom.E027",
            )
        )
    return messages


def _check_trusted_engines() -> list[CheckMessage]:
    named = conf.trusted_engines
    if not isinstance(named, (list, tuple)) or not all(isinstance(name, str) for name in named):
        return [
            Error(
                f"WAGTAIL_NEWSROOM_TRUSTED_ENGINES is {named!r}.",
                hint="It may be a list of names of engines.",
                id="wagtail_newsroom.E026",
            )
        ]
    try:
        chain = {engine.name for engine in load_chain(conf.engines)} if named else set()
    except NewsroomError:
        # E007 tells.
        return []
    unknown = sorted(set(named) - chain)
    if not unknown:
        return []
    return [
        Warning(
            f"No engine of the chain is called {', '.join(unknown)}.",
            hint="WAGTAIL_NEWSROOM_TRUSTED_ENGINES names engines of WAGTAIL_NEWSROOM_ENGINES.",
            id="wagtail_newsroom.W025",
        )
    ]


def _languages() -> set[str]:
    try:
        return set(get_content_languages())
    except ImproperlyConfigured:
        # E004 tells.
        return set()


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
def check_gates(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether the gate stands before what it guards (E012, W008)."""
    messages: list[CheckMessage] = []
    for model in apps.get_models():
        if not issubclass(model, DraftStateMixin):
            continue
        bases = model.__mro__
        if issubclass(model, GatedMixin):
            if bases.index(GatedMixin) > bases.index(DraftStateMixin):
                messages.append(
                    Error(
                        f"The gate of {model._meta.label} stands behind what it guards.",
                        hint=(
                            "Name GatedPageMixin or GatedSnippetMixin before Page or "
                            "DraftStateMixin among the class's bases."
                        ),
                        obj=model,
                        id="wagtail_newsroom.E012",
                    )
                )
        elif can_be_piece(model) and not issubclass(model, Page):
            messages.append(
                Warning(
                    f"{model._meta.label} has drafts and is translated, but has no gate.",
                    hint=(
                        "Put GatedSnippetMixin before its other bases. Otherwise wagtail-localize "
                        "translates it, and nobody needs to approve."
                    ),
                    obj=model,
                    id="wagtail_newsroom.W008",
                )
            )
    return messages


@register(TAG)
def check_tags(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Look whether tags can be of one language each (E010, W006)."""
    messages: list[CheckMessage] = []
    try:
        model = apps.get_model(conf.tag_model)
    except (LookupError, ValueError):
        model = None
    if model is None or not issubclass(model, AbstractTag):
        messages.append(
            Error(
                f"WAGTAIL_NEWSROOM_TAG_MODEL is “{conf.tag_model}”, which is no class of tags.",
                hint="Name a model that is built on wagtail_newsroom.models.AbstractTag.",
                id="wagtail_newsroom.E010",
            )
        )
    for page in apps.get_models():
        if issubclass(page, ArticleMixin) and (names := lost_fields(page)):
            messages.append(
                Warning(
                    f"wagtail-localize lays the original's {', '.join(names)} over those of a "
                    "translated page.",
                    hint=(
                        "Keep the mixin's entries: override_translatable_fields = "
                        "[*ArticleMixin.override_translatable_fields, ...]"
                    ),
                    obj=page,
                    id="wagtail_newsroom.W006",
                )
            )
    return messages


@register(TAG)
def check_article_types(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether the types of a piece can be chosen from (E013)."""
    problem = problem_of(conf.article_types)
    if not problem:
        return []
    return [
        Error(
            f"WAGTAIL_NEWSROOM_ARTICLE_TYPES cannot be used: {problem}.",
            hint='Set it to pairs of code and label, plain news first: [("news", "News"), ...]',
            id="wagtail_newsroom.E013",
        )
    ]


@register(TAG)
def check_internal_notes(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether notes to editors stay out of translations (E014)."""
    return [
        Error(
            f"{model.__name__} would have its notes to editors translated.",
            hint=(
                "Begin its override_translatable_fields with "
                "*ArticleMixin.override_translatable_fields."
            ),
            obj=model,
            id="wagtail_newsroom.E014",
        )
        for model in models_of(ArticleMixin)
        if is_carried_over(model, "internal_note")
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
    if conf.slugs == "unicode" and not conf.allows_unicode_slugs:
        return [
            Error(
                'WAGTAIL_NEWSROOM_SLUGS is "unicode", but Wagtail takes ASCII slugs only.',
                hint="Remove WAGTAIL_ALLOW_UNICODE_SLUGS = False, or keep the source's slugs.",
                id="wagtail_newsroom.E015",
            )
        ]
    missing = []
    if not apps.is_installed(REDIRECTS):
        missing.append(f'"{REDIRECTS}" to INSTALLED_APPS')
    if not any(name.startswith(REDIRECTS) for name in conf.middleware):
        missing.append(f'"{REDIRECTS}.middleware.RedirectMiddleware" to MIDDLEWARE')
    if not missing:
        return []
    return [
        Warning(
            "Nothing leads from an old address to the new one when somebody changes a slug.",
            hint=f"Add {' and '.join(missing)}.",
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
def check_author_model(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether authors are of a class that can be one (E011, W007)."""
    try:
        model = apps.get_model(conf.author_model)
    except (LookupError, ValueError):
        reason = f"There is no model “{conf.author_model}” for authors."
    else:
        if issubclass(model, AbstractAuthor):
            return _fields_of_each_language(model)
        reason = f"The model “{conf.author_model}” is not built on AbstractAuthor."
    return [
        Error(
            reason,
            hint=(
                "Make WAGTAIL_NEWSROOM_AUTHOR_MODEL name a model, as app.Model, that inherits "
                "from wagtail_newsroom.models.AbstractAuthor."
            ),
            id="wagtail_newsroom.E011",
        )
    ]


def _fields_of_each_language(model: type[AbstractAuthor]) -> list[CheckMessage]:
    ours = {field.field_name for field in AbstractAuthor.override_translatable_fields}
    lost = sorted(ours - {field.field_name for field in model.override_translatable_fields})
    if not lost:
        return []
    return [
        Warning(
            f"Authors of {model._meta.label} lose what each language has of its own: "
            f"{', '.join(lost)}.",
            hint=(
                "Begin override_translatable_fields with "
                "*AbstractAuthor.override_translatable_fields."
            ),
            id="wagtail_newsroom.W007",
        )
    ]


@register(TAG)
def check_addresses(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether readers and crawlers find each language (W003, W004, W005, W013)."""
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
    if not _has_lists_in_each_language(patterns):
        messages.append(
            Warning(
                "The addresses of readers' lists are not part of the site, so it has no pages of "
                "tags, authors, archive and search, and no short addresses.",
                hint=(
                    "Add inside i18n_patterns, above Wagtail's pages: "
                    'path("", include("wagtail_newsroom.reader_urls"))'
                ),
                id="wagtail_newsroom.W013",
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


@register(TAG)
def check_articles(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether tables can be edited, and whether raw HTML is guarded (W009, W010)."""
    messages: list[CheckMessage] = []
    if not apps.is_installed("wagtail.contrib.table_block"):
        messages.append(
            Warning(
                "wagtail.contrib.table_block is not installed, so tables cannot be edited.",
                hint='Add "wagtail.contrib.table_block" to INSTALLED_APPS.',
                id="wagtail_newsroom.W009",
            )
        )
    for model in apps.get_models():
        if issubclass(model, ArticleMixin) and not issubclass(
            model.base_form_class, RawHTMLFormMixin
        ):
            messages.append(
                Warning(
                    f"The form of {model._meta.label} does not keep raw HTML to those who may "
                    "use it.",
                    hint="Derive its base_form_class from wagtail_newsroom.articles.forms."
                    "ArticleForm.",
                    obj=model,
                    id="wagtail_newsroom.W010",
                )
            )
    return messages


def _resolvers(patterns: Sequence[URLPattern | URLResolver]) -> Iterator[URLResolver]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield pattern
            yield from _resolvers(pattern.url_patterns)


def _has_lists_in_each_language(patterns: Sequence[URLPattern | URLResolver]) -> bool:
    """Return whether the readers' lists stand in a part of the site whose addresses name the language.

    Without such a part W004 speaks, which is enough.
    """
    by_language = [
        pattern
        for pattern in patterns
        if isinstance(pattern, URLResolver) and isinstance(pattern.pattern, LocalePrefixPattern)
    ]
    return not by_language or any(
        pattern.app_name == NAMESPACE for pattern in _resolvers(by_language)
    )


@register(TAG)
def check_indexnow(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether the key of IndexNow can be used (E017)."""
    if not conf.indexnow_key or indexnow.is_on():
        return []
    return [
        Error(
            "WAGTAIL_NEWSROOM_INDEXNOW_KEY cannot be used.",
            hint="Take 8 to 128 letters a to z, digits and hyphens.",
            id="wagtail_newsroom.E017",
        )
    ]


@register(TAG)
def check_webhook(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether the webhook can be told, and its messages signed (E035)."""
    if webhook.is_sound():
        return []
    return [
        Error(
            "WAGTAIL_NEWSROOM_WEBHOOK_URL or WAGTAIL_NEWSROOM_WEBHOOK_SECRET cannot be used.",
            hint="Give an address that begins with https://, and a secret of 16 letters or more.",
            id="wagtail_newsroom.E035",
        )
    ]


@register(TAG)
def check_sitemaps(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether the site has a second sitemap, which would contradict ours (W031)."""
    patterns = get_resolver().url_patterns
    if not any(pattern.app_name == "wagtail_newsroom" for pattern in _resolvers(patterns)):
        return []
    others = sorted(
        {
            str(pattern.pattern)
            for pattern in _views(patterns)
            if getattr(pattern.callback, "__module__", "").startswith(_OTHER_SITEMAPS)
        }
    )
    if not others:
        return []
    return [
        Warning(
            f"The site has another sitemap beside the newsroom's ({', '.join(others)}).",
            hint=(
                "Take it out of the URLs. It lists one language and no alternates, and search "
                "engines pass over pages that two sitemaps say different things of."
            ),
            id="wagtail_newsroom.W031",
        )
    ]


def _views(patterns: Sequence[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for each in [*patterns, *(one for found in _resolvers(patterns) for one in found.url_patterns)]:
        if isinstance(each, URLPattern):
            yield each


@register(TAG)
def check_mirrors(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether mirrors and onion services can be told to readers (E030, E031, W030)."""
    messages: list[CheckMessage] = []
    wrong = [each for each in conf.mirrors if not mirrors.is_origin(each)]
    if wrong:
        messages.append(
            Error(
                f"WAGTAIL_NEWSROOM_MIRRORS names what is no origin ({', '.join(map(str, wrong))}).",
                hint="Give a scheme and a host, such as https://news.example.net.",
                id="wagtail_newsroom.E031",
            )
        )
    wrong = [each for each in conf.onions.values() if not mirrors.is_onion(each)]
    if wrong:
        messages.append(
            Error(
                f"WAGTAIL_NEWSROOM_ONIONS names what is no onion service ({', '.join(wrong)}).",
                hint="Give http:// or https:// and the 56 letters and digits with .onion.",
                id="wagtail_newsroom.E030",
            )
        )
    if conf.onions and MIDDLEWARE not in conf.middleware:
        messages.append(
            Warning(
                "WAGTAIL_NEWSROOM_ONIONS is set, and nothing tells readers of it.",
                hint=f'Add "{MIDDLEWARE}" to MIDDLEWARE.',
                id="wagtail_newsroom.W030",
            )
        )
    return messages


@register(TAG)
def check_frame(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether the frame of readers' pages prints our head tags (W014)."""
    if prints_head() is not False:
        return []
    return [
        Warning(
            f"{FRAME} does not print the newsroom's head tags, so that search engines and social "
            "networks are told nothing of your pages.",
            hint=(
                "Put {% load newsroom_tags %}{% newsroom_head %} into the <head> of your frame, "
                "outside of blocks that you fill yourself."
            ),
            id="wagtail_newsroom.W014",
        )
    ]


@register(TAG)
def check_calendars(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether the calendars that are named exist (E018)."""
    unknown = sorted(
        f"{code}: {name}" for code, name in conf.calendars.items() if name not in CALENDARS
    )
    if not unknown:
        return []
    return [
        Error(
            f"WAGTAIL_NEWSROOM_CALENDARS names a calendar that there is not ({', '.join(unknown)}).",
            hint=f"Give each language one of {', '.join(CALENDARS)}.",
            id="wagtail_newsroom.E018",
        )
    ]


@register(TAG)
def check_prices(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether the prices of engines can be read (E045)."""
    prices: Any = conf.engine_prices
    wrong = (
        sorted(str(name) for name, entry in prices.items() if price_of(entry) is None)
        if isinstance(prices, Mapping)
        else ["–"]
    )
    if not wrong:
        return []
    return [
        Error(
            f"WAGTAIL_NEWSROOM_ENGINE_PRICES has no price that can be read for {', '.join(wrong)}.",
            hint='Give each engine a pair, such as {"microsoft": ("10.00", "USD")}.',
            id="wagtail_newsroom.E045",
        )
    ]


def _is_locale_middleware(path: str) -> bool:
    try:
        found = import_string(path)
    except ImportError:
        return False
    return isinstance(found, type) and issubclass(found, LocaleMiddleware)


@register(TAG)
def check_networks(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Look whether the site's own networks can be read (E016)."""
    messages: list[CheckMessage] = []
    for code, entry in conf.networks.items():
        if entry is None:
            continue
        try:
            own_network(code, entry)
        except (TypeError, ValueError) as error:
            messages.append(
                Error(
                    f"WAGTAIL_NEWSROOM_NETWORKS has an entry that cannot be read. {error}",
                    hint=f"Give a dictionary with some of: {', '.join(FIELDS)}.",
                    id="wagtail_newsroom.E016",
                )
            )
    return messages
