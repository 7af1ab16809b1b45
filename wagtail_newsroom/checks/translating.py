"""Whether pieces get translated: engines, their prices, policy, typography, background work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - their name
from django.core.exceptions import ImproperlyConfigured
from wagtail.coreutils import get_content_languages

from ..conf import conf
from ..desk.costs import price_of
from ..desk.policy import DEFAULT
from ..desk.policy_models import OnPublish, Policy
from ..engines.registry import load_chain
from ..exceptions import NewsroomError
from ..segments.tidy import LANGUAGES
from .registering import check

try:
    from django.tasks import task_backends
except ImportError:  # Django < 6.0; Wagtail always installs the backport.
    from django_tasks import task_backends  # type: ignore[no-redef]

# The same classes live in Django and in the backport for older versions, and no flag tells what a
# backend does, so its class and those that it inherits from are compared by name.
_RUNS_AT_ONCE = frozenset(
    f"{package}.backends.immediate.ImmediateBackend" for package in ("django.tasks", "django_tasks")
)
_NEVER_RUNS = frozenset(
    f"{package}.backends.dummy.DummyBackend" for package in ("django.tasks", "django_tasks")
)


@check
def check_engines() -> Iterator[CheckMessage]:
    """Look whether the chain of engines can be built (E007)."""
    try:
        reason = "" if load_chain(conf.engines) else "There is no engine that could translate."
    except NewsroomError as error:
        reason = str(error)
    if reason:
        yield Error(
            reason,
            hint='Set WAGTAIL_NEWSROOM_ENGINES to a list of engines, for example ["google"].',
            id="wagtail_newsroom.E007",
        )


@check
def check_prices() -> Iterator[CheckMessage]:
    """Look whether the prices of engines can be read (E045)."""
    prices: Any = conf.engine_prices
    wrong = (
        sorted(str(name) for name, entry in prices.items() if price_of(entry) is None)
        if isinstance(prices, Mapping)
        else ["–"]
    )
    if wrong:
        yield Error(
            f"WAGTAIL_NEWSROOM_ENGINE_PRICES has no price that can be read for {', '.join(wrong)}.",
            hint='Give each engine a pair, such as {"microsoft": ("10.00", "USD")}.',
            id="wagtail_newsroom.E045",
        )


@check
def check_policy() -> Iterator[CheckMessage]:
    """Look whether the policy and what goes with it can be followed (E025, E026, E027, W025)."""
    policy, languages = conf.policy, _languages()
    policies = policy if isinstance(policy, Mapping) else {DEFAULT: policy}
    strange = [
        f"{code}: {value!r}" if isinstance(policy, Mapping) else repr(value)
        for code, value in policies.items()
        if value not in Policy.values or (code != DEFAULT and code not in languages)
    ]
    if strange:
        known = ", ".join(f'"{value}"' for value in Policy.values)
        yield Error(
            f"WAGTAIL_NEWSROOM_POLICY cannot be followed: {', '.join(strange)}.",
            hint=(
                f"It may be {known}, or one of these for each language code of "
                f'WAGTAIL_CONTENT_LANGUAGES, with "{DEFAULT}" for the others. Until then all '
                "machine text waits for a person."
            ),
            id="wagtail_newsroom.E025",
        )
    yield from _trusted_engines()
    wanted, into = conf.translate_on_publish, conf.translate_into
    if wanted not in OnPublish.values:
        known = ", ".join(f'"{value}"' for value in OnPublish.values)
        yield Error(
            f"WAGTAIL_NEWSROOM_TRANSLATE_ON_PUBLISH is {wanted!r}.",
            hint=f"It may be {known}. Until then nothing is translated by itself.",
            id="wagtail_newsroom.E027",
        )
    if not isinstance(into, (list, tuple)) or set(map(str, into)) - languages:
        yield Error(
            f"WAGTAIL_NEWSROOM_TRANSLATE_INTO is {into!r}.",
            hint="It may be a list of language codes of WAGTAIL_CONTENT_LANGUAGES.",
            id="wagtail_newsroom.E027",
        )


def _trusted_engines() -> Iterator[CheckMessage]:
    named = conf.trusted_engines
    if not isinstance(named, (list, tuple)) or not all(isinstance(name, str) for name in named):
        yield Error(
            f"WAGTAIL_NEWSROOM_TRUSTED_ENGINES is {named!r}.",
            hint="It may be a list of names of engines.",
            id="wagtail_newsroom.E026",
        )
        return
    try:
        chain = {engine.name for engine in load_chain(conf.engines)} if named else set()
    except NewsroomError:
        # E007 tells.
        return
    unknown = sorted(set(named) - chain)
    if unknown:
        yield Warning(
            f"No engine of the chain is called {', '.join(unknown)}.",
            hint="WAGTAIL_NEWSROOM_TRUSTED_ENGINES names engines of WAGTAIL_NEWSROOM_ENGINES.",
            id="wagtail_newsroom.W025",
        )


def _languages() -> set[str]:
    try:
        return set(get_content_languages())
    except ImproperlyConfigured:
        # E004 tells.
        return set()


@check
def check_tidy_rules() -> Iterator[CheckMessage]:
    """Look whether all tidying rules that are named exist (E009)."""
    known = {name for rules in LANGUAGES.values() for name in rules}
    unknown = sorted(set(conf.tidy_rules or ()) - known)
    if unknown:
        yield Error(
            f"There is no tidying rule called {', '.join(unknown)}.",
            hint=f"WAGTAIL_NEWSROOM_TIDY_RULES may name {', '.join(sorted(known))}.",
            id="wagtail_newsroom.E009",
        )


@check
def check_tasks() -> Iterator[CheckMessage]:
    """Look whether jobs run, and outside the request (E008, W001, W002)."""
    alias, queue = conf.task_backend, conf.task_queue
    try:
        backend = task_backends[alias]
    except task_backends.exception_class as error:
        yield _queue_error(str(error))
        return
    if backend.queues and queue not in backend.queues:
        yield _queue_error(f"The task backend “{alias}” has no queue “{queue}”.")
        return
    ancestors = {f"{each.__module__}.{each.__qualname__}" for each in type(backend).__mro__}
    hint = (
        "Choose a backend with a worker in TASKS, for example django_tasks_db.DatabaseBackend, "
        "and run its worker."
    )
    if ancestors & _RUNS_AT_ONCE:
        yield Warning(
            f"The task backend “{alias}” translates while the editor waits.",
            hint=hint,
            id="wagtail_newsroom.W001",
        )
    elif ancestors & _NEVER_RUNS:
        yield Warning(
            f"The task backend “{alias}” never runs a task, so nothing will be translated.",
            hint=hint,
            id="wagtail_newsroom.W002",
        )


def _queue_error(reason: str) -> Error:
    return Error(
        reason,
        hint=(
            "Make WAGTAIL_NEWSROOM_TASK_BACKEND and WAGTAIL_NEWSROOM_TASK_QUEUE name a backend "
            "and a queue of TASKS."
        ),
        id="wagtail_newsroom.E008",
    )
