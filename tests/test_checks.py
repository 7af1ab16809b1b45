"""System checks: each stays silent on a right setting and speaks up on a wrong one."""

from __future__ import annotations

import os
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import django
import pytest
from django.apps import apps
from django.conf.urls.i18n import i18n_patterns
from django.core.checks import CheckMessage, run_checks
from django.db import models
from django.middleware.locale import LocaleMiddleware
from django.test.utils import isolate_apps, override_settings
from django.urls import clear_url_caches, include, path, set_urlconf
from django.utils.translation import gettext_lazy
from wagtail import urls as wagtail_urls
from wagtail.models import DraftStateMixin, RevisionMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from tests.testapp.models import ElsewherePage, Notice, ReportPage
from tests.urls import urlpatterns
from wagtail_newsroom import checks
from wagtail_newsroom.articles.types import default_article_type
from wagtail_newsroom.checks import TAG
from wagtail_newsroom.desk.gate import GatedSnippetMixin
from wagtail_newsroom.engines.pseudo import PseudoEngine
from wagtail_newsroom.models import Author

try:
    from django.tasks.backends.immediate import ImmediateBackend
except ImportError:
    from django_tasks.backends.immediate import ImmediateBackend


ROOT = Path(__file__).parent.parent


def run() -> list[CheckMessage]:
    return run_checks(tags=[TAG])


def ids() -> list[str]:
    messages = run()
    assert all(message.hint for message in messages)
    return [message.id.removeprefix("wagtail_newsroom.") for message in messages if message.id]


def tasks(backend: str, **options: Any) -> dict[str, Any]:
    return {"default": {"BACKEND": backend, "QUEUES": [], **options}}


def test_the_test_site_is_set_up_rightly() -> None:
    assert ids() == []


def test_translations_must_be_on(settings: Any) -> None:
    settings.USE_I18N = False
    assert ids() == ["E001"]


@pytest.mark.parametrize("value", [False, None])
def test_wagtail_must_be_multilingual(settings: Any, value: bool | None) -> None:
    if value is None:
        del settings.WAGTAIL_I18N_ENABLED
    else:
        settings.WAGTAIL_I18N_ENABLED = value
    assert ids() == ["E002"]


def test_there_must_be_two_languages(settings: Any) -> None:
    settings.WAGTAIL_CONTENT_LANGUAGES = [("fa", "Persian")]
    assert ids() == ["E003"]


def test_the_default_of_one_language_is_not_enough(settings: Any) -> None:
    settings.WAGTAIL_CONTENT_LANGUAGES = None
    assert ids() == ["E003"]


def test_content_languages_must_be_languages(settings: Any) -> None:
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "French")]
    (message,) = run()
    assert message.id == "wagtail_newsroom.E004"
    assert "fr" in message.msg


@pytest.fixture
def check_site(tmp_path: Path) -> Callable[[str], str]:
    """Runs the checks of a site whose settings differ, in a process of its own."""

    def checked(change: str) -> str:
        lines = [
            "from tests.settings import *",
            "from tests.settings import INSTALLED_APPS",
            change,
        ]
        (tmp_path / "site_settings.py").write_text("\n".join(lines))
        finished = subprocess.run(
            [sys.executable, "-m", "django", "check", "--tag", TAG],
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "site_settings",
                "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]),
            },
            capture_output=True,
            text=True,
            timeout=120,
        )
        return finished.stdout + finished.stderr

    return checked


def test_our_app_must_stand_before_wagtail_localize(check_site: Callable[[str], str]) -> None:
    out = check_site(
        "INSTALLED_APPS.remove('wagtail_newsroom')\n"
        "INSTALLED_APPS.insert(INSTALLED_APPS.index('wagtail_localize') + 1, 'wagtail_newsroom')"
    )
    assert "(wagtail_newsroom.E005)" in out
    assert "System check identified 1 issue" in out


@pytest.mark.parametrize("value", [True, None])
def test_untranslated_pages_must_not_go_live(settings: Any, value: bool | None) -> None:
    if value is None:
        del settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE
    else:
        settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = value
    assert ids() == ["E006"]


class HouseEngine(PseudoEngine):
    """An engine of the site's own."""

    name = "house"


@pytest.mark.parametrize(
    "engines",
    [
        ["google"],
        ["pseudo", "google"],
        ["tests.test_checks.HouseEngine"],
        [{"ENGINE": "pseudo", "OPTIONS": {"latency": 0.5}}],
    ],
)
def test_engines_that_can_be_built_are_right(settings: Any, engines: list[Any]) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = engines
    assert ids() == []


def test_the_default_engine_is_right(settings: Any) -> None:
    del settings.WAGTAIL_NEWSROOM_ENGINES
    assert ids() == []


@pytest.mark.parametrize(
    ("engines", "named"),
    [
        ([], "no engine"),
        (["gogle"], "gogle"),
        (["tests.nowhere.Engine"], "tests.nowhere.Engine"),
        (["tests.test_checks.ids"], "tests.test_checks.ids"),
        (["pseudo", {"ENGINE": "pseudo", "OPTIONS": {"colour": "red"}}], "colour"),
        ([{"engine": "pseudo"}], "ENGINE"),
        ("google", "list"),
    ],
)
def test_a_wrong_engine_is_named(settings: Any, engines: Any, named: str) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = engines
    (message,) = run()
    assert message.id == "wagtail_newsroom.E007"
    assert named in message.msg


def test_a_wrong_tidying_rule_is_named_with_those_that_exist(settings: Any) -> None:
    settings.WAGTAIL_NEWSROOM_TIDY_RULES = ["digits", "sparkle"]
    (message,) = run()
    assert (message.id, message.msg) == (
        "wagtail_newsroom.E009",
        "There is no tidying rule called sparkle.",
    )
    assert "half-space-edges" in message.hint


def test_tidying_rules_may_be_left_out_or_named(settings: Any) -> None:
    for rules in (None, [], ["digits"]):
        settings.WAGTAIL_NEWSROOM_TIDY_RULES = rules
        assert run() == []


def test_an_engine_s_key_is_not_shown(settings: Any) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = [{"ENGINE": "pseudo", "OPTIONS": {"key": "s3cr3t"}}]
    (message,) = run()
    assert "s3cr3t" not in str(message)


@pytest.mark.parametrize(
    ("alias", "queue", "reason"),
    [
        ("nowhere", "default", "nowhere"),
        ("default", "nowhere", "The task backend “default” has no queue “nowhere”."),
    ],
)
def test_jobs_need_a_queue_that_exists(settings: Any, alias: str, queue: str, reason: str) -> None:
    settings.TASKS = tasks("django_tasks_db.DatabaseBackend", QUEUES=["default", "desk"])
    settings.WAGTAIL_NEWSROOM_TASK_QUEUE = "desk"
    assert ids() == []
    settings.WAGTAIL_NEWSROOM_TASK_BACKEND = alias
    settings.WAGTAIL_NEWSROOM_TASK_QUEUE = queue
    (message,) = run()
    assert message.id == "wagtail_newsroom.E008"
    assert reason in message.msg


def test_a_backend_that_cannot_be_imported_is_an_error(settings: Any) -> None:
    settings.TASKS = tasks("tests.nowhere.Backend")
    assert ids() == ["E008"]


TASK_PACKAGES = ["django_tasks", "django.tasks"] if django.VERSION >= (6, 0) else ["django_tasks"]


@pytest.mark.parametrize("package", TASK_PACKAGES)
def test_a_backend_that_works_in_the_request_is_a_warning(settings: Any, package: str) -> None:
    settings.TASKS = tasks(f"{package}.backends.immediate.ImmediateBackend")
    assert ids() == ["W001"]


def test_the_default_backend_works_in_the_request(check_site: Callable[[str], str]) -> None:
    out = check_site("del TASKS")
    assert "(wagtail_newsroom.W001)" in out
    assert "System check identified 1 issue" in out


def test_a_backend_that_inherits_from_one_in_the_request_is_a_warning(settings: Any) -> None:
    settings.TASKS = tasks("tests.test_checks.EagerBackend")
    assert ids() == ["W001"]


@pytest.mark.parametrize("package", TASK_PACKAGES)
def test_a_backend_that_never_runs_is_a_warning(settings: Any, package: str) -> None:
    settings.TASKS = tasks(f"{package}.backends.dummy.DummyBackend")
    assert ids() == ["W002"]


class EagerBackend(ImmediateBackend):
    """A site's own backend that still works in the request."""


def urls(patterns: list[Any]) -> types.ModuleType:
    """Make a module of root URLs."""
    module = types.ModuleType("site_urls")
    module.urlpatterns = patterns  # type: ignore[attr-defined]
    return module


@pytest.fixture
def root_urls(settings: Any) -> Iterator[Any]:
    """Gives the site other addresses for one test."""

    def use(patterns: list[Any]) -> None:
        settings.ROOT_URLCONF = urls(patterns)
        clear_url_caches()

    yield use
    set_urlconf(None)
    clear_url_caches()


OURS, OF_EACH_LANGUAGE = urlpatterns[-2], urlpatterns[-1]


def test_our_addresses_may_be_missing_but_it_is_told(root_urls: Any) -> None:
    assert "wagtail_newsroom" in str(OURS.urlconf_module)
    root_urls([pattern for pattern in urlpatterns if pattern is not OURS])
    assert ids() == ["W003"]


def test_our_addresses_may_stand_below_another_include(root_urls: Any) -> None:
    root_urls([path("paper/", include([OURS])), OF_EACH_LANGUAGE])
    assert ids() == []


def test_pages_without_a_language_in_their_address_are_told(root_urls: Any) -> None:
    root_urls([OURS, path("", include(wagtail_urls))])
    assert ids() == ["W004"]


def test_an_author_model_that_forgets_our_overrides_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = [each for each in Author.override_translatable_fields if each.field_name != "slug"]
    monkeypatch.setattr(Author, "override_translatable_fields", kept)
    (message,) = run()
    assert (message.id, message.msg) == (
        "wagtail_newsroom.W007",
        "Authors of wagtail_newsroom.Author lose what each language has of its own: slug.",
    )


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("nowhere.Author", "There is no model “nowhere.Author” for authors."),
        ("Author", "There is no model “Author” for authors."),
        (
            "wagtail_newsroom.Tag",
            "The model “wagtail_newsroom.Tag” is not built on AbstractAuthor.",
        ),
    ],
)
def test_a_model_that_cannot_be_an_author_is_named(settings: Any, name: str, named: str) -> None:
    settings.WAGTAIL_NEWSROOM_AUTHOR_MODEL = name
    (message,) = run()
    assert (message.id, message.msg) == ("wagtail_newsroom.E011", named)
    assert message.hint


def test_lists_must_have_an_address_in_each_language(root_urls: Any) -> None:
    lists = path("", include("wagtail_newsroom.reader_urls"))
    pages = path("", include(wagtail_urls))
    root_urls([OURS, *i18n_patterns(pages)])
    assert ids() == ["W013"]
    root_urls([OURS, lists, *i18n_patterns(pages)])
    assert ids() == ["W013"]
    root_urls([OURS, *i18n_patterns(lists, pages)])
    assert ids() == []


class HouseLocaleMiddleware(LocaleMiddleware):
    """A site's own way to choose the language."""


@pytest.mark.parametrize(
    ("name", "expected"),
    [("tests.test_checks.HouseLocaleMiddleware", []), ("tests.test_checks.nowhere", ["W005"])],
)
def test_the_language_must_be_read_from_the_address(
    settings: Any, name: str, expected: list[str]
) -> None:
    settings.MIDDLEWARE = [
        name if middleware.endswith("LocaleMiddleware") else middleware
        for middleware in settings.MIDDLEWARE
    ]
    assert ids() == expected


@pytest.mark.parametrize(
    ("types", "problem"),
    [
        ([], "it is not a list"),
        ("news", "it is not a list"),
        (None, "it is not a list"),
        ([("news",)], "not a pair"),
        (["news"], "not a pair"),
        ([("", "News")], "not a code"),
        ([("n" * 33, "News")], "not a code"),
        ([(1, "News")], "not a code"),
        ([("news", " ")], "has no label"),
        ([("news", "News"), ("news", "Reports")], "'news' more than once"),
    ],
)
def test_types_of_a_piece_must_be_pairs(settings: Any, types: Any, problem: str) -> None:
    settings.WAGTAIL_NEWSROOM_ARTICLE_TYPES = types
    (message,) = run()
    assert message.id == "wagtail_newsroom.E013"
    assert problem in message.msg
    # The site goes on with the types of the package meanwhile.
    assert default_article_type() == "news"


def test_types_of_a_piece_may_be_the_sites_own(settings: Any) -> None:
    settings.WAGTAIL_NEWSROOM_ARTICLE_TYPES = (("report", gettext_lazy("News")), ["essay", "Essay"])
    assert ids() == []


def test_notes_to_editors_must_not_be_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReportPage, "override_translatable_fields", [])
    # Its tags are no longer safe either (W006).
    message, _tags = sorted(run(), key=lambda one: str(one.id))
    assert message.id == "wagtail_newsroom.E014"
    assert message.obj is ReportPage
    monkeypatch.setattr(
        ReportPage, "override_translatable_fields", [SynchronizedField("internal_note")]
    )
    assert "E014" in ids()


def test_no_check_asks_the_database() -> None:
    # This module has no access to it: pytest-django raises on the first query.
    assert run() == []


@isolate_apps("tests.testapp")
def test_gate_must_stand_before_what_it_guards(monkeypatch: pytest.MonkeyPatch) -> None:
    class Behind(
        DraftStateMixin, RevisionMixin, TranslatableMixin, GatedSnippetMixin, models.Model
    ):
        class Meta(TranslatableMixin.Meta):
            app_label = "testapp"

    class Before(
        GatedSnippetMixin, DraftStateMixin, RevisionMixin, TranslatableMixin, models.Model
    ):
        class Meta(TranslatableMixin.Meta):
            app_label = "testapp"

    monkeypatch.setattr(apps, "get_models", lambda: [Behind, Before])
    (message,) = checks.check_gates()
    assert (message.id, message.obj, bool(message.hint)) == (
        "wagtail_newsroom.E012",
        Behind,
        True,
    )


@isolate_apps("tests.testapp")
def test_translated_drafts_without_the_gate_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Open(DraftStateMixin, RevisionMixin, TranslatableMixin, models.Model):
        class Meta(TranslatableMixin.Meta):
            app_label = "testapp"

    class OneLanguage(DraftStateMixin, RevisionMixin, models.Model):
        class Meta:
            app_label = "testapp"

    monkeypatch.setattr(apps, "get_models", lambda: [Open, OneLanguage, ElsewherePage, Notice])
    (message,) = checks.check_gates()
    assert (message.id, message.obj, bool(message.hint)) == ("wagtail_newsroom.W008", Open, True)


@pytest.mark.parametrize("value", ["", "ascii", None])
def test_unknown_way_of_making_slugs_is_an_error(settings: Any, value: str | None) -> None:
    settings.WAGTAIL_NEWSROOM_SLUGS = value
    assert ids() == ["E015"]


def test_unicode_slugs_need_wagtail_to_take_them(settings: Any) -> None:
    settings.WAGTAIL_NEWSROOM_SLUGS = "unicode"
    assert ids() == []
    settings.WAGTAIL_ALLOW_UNICODE_SLUGS = False
    assert ids() == ["E015"]


@pytest.mark.parametrize("slugs", ["source", "unicode"])
def test_changed_slugs_want_redirects(
    settings: Any, monkeypatch: pytest.MonkeyPatch, slugs: str
) -> None:
    settings.WAGTAIL_NEWSROOM_SLUGS = slugs
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "redirects" not in name]
    assert [(message.id, message.hint) for message in run()] == [
        (
            "wagtail_newsroom.W012",
            'Add "wagtail.contrib.redirects.middleware.RedirectMiddleware" to MIDDLEWARE.',
        )
    ]
    is_installed = apps.is_installed
    monkeypatch.setattr(
        apps,
        "is_installed",
        lambda name: name != "wagtail.contrib.redirects" and is_installed(name),
    )
    (message,) = run()
    assert '"wagtail.contrib.redirects" to INSTALLED_APPS and' in message.hint


@pytest.mark.parametrize(
    ("templates", "is_missing"),
    [
        ({}, False),
        ({"wagtail_newsroom/base.html": "<title>x</title>{% block content %}{% endblock %}"}, True),
        (
            {
                "wagtail_newsroom/base.html": "{% extends 'frame.html' %}",
                "frame.html": "<head>{% include 'head.html' %}</head>",
                "head.html": "{% load newsroom_tags %}{% if 1 %}{% newsroom_head %}{% endif %}",
            },
            False,
        ),
        (
            {
                "wagtail_newsroom/base.html": "{% extends 'wagtail_newsroom/base.html' %}"
                "{% block head %}<title>x</title>{% endblock %}"
            },
            True,
        ),
        (
            {
                "wagtail_newsroom/base.html": "{% extends 'wagtail_newsroom/base.html' %}"
                "{% block head %}{{ block.super }}<meta>{% endblock %}"
            },
            False,
        ),
        (
            {
                "wagtail_newsroom/base.html": "{% extends 'wagtail_newsroom/base.html' %}"
                "{% block extra_head %}<meta>{% endblock %}"
            },
            False,
        ),
        ({"wagtail_newsroom/base.html": "{% extends frame %}"}, False),
        ({"wagtail_newsroom/base.html": "{% extends 'nowhere.html' %}"}, False),
    ],
)
def test_w014_a_frame_without_our_head_tags(
    settings: Any, templates: dict[str, str], is_missing: bool
) -> None:
    (ours,) = settings.TEMPLATES
    loaders = [
        ("django.template.loaders.locmem.Loader", templates),
        "django.template.loaders.app_directories.Loader",
    ]
    settings.TEMPLATES = [
        {**ours, "APP_DIRS": False, "OPTIONS": {**ours["OPTIONS"], "loaders": loaders}}
    ]
    found = [message.id for message in checks.check_frame()]
    assert found == (["wagtail_newsroom.W014"] if is_missing else [])


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("POLICY", "label", []),
        ("POLICY", {"fa": "trust", "*": "review"}, []),
        ("POLICY", "lable", ["E025"]),
        ("POLICY", None, ["E025"]),
        ("POLICY", ["label"], ["E025"]),
        ("POLICY", {"xx": "label"}, ["E025"]),
        ("POLICY", {"fa": 5}, ["E025"]),
        ("TRUSTED_ENGINES", ["pseudo"], []),
        ("TRUSTED_ENGINES", "pseudo", ["E026"]),
        ("TRUSTED_ENGINES", [5], ["E026"]),
        ("TRUSTED_ENGINES", None, ["E026"]),
        ("TRUSTED_ENGINES", ["nobody"], ["W025"]),
        ("TRANSLATE_ON_PUBLISH", "live", []),
        ("TRANSLATE_ON_PUBLISH", True, ["E027"]),
        ("TRANSLATE_INTO", ["fa"], []),
        ("TRANSLATE_INTO", "fa", ["E027"]),
        ("TRANSLATE_INTO", ["xx"], ["E027"]),
        ("TRANSLATE_INTO", [None], ["E027"]),
    ],
)
def test_policy_and_what_goes_with_it_can_be_followed(
    name: str, value: Any, expected: list[str], settings: Any
) -> None:
    setattr(settings, f"WAGTAIL_NEWSROOM_{name}", value)
    assert ids() == expected


@pytest.mark.parametrize("module", ["wagtail", "django"])
def test_w031_a_second_sitemap(module: str) -> None:
    views = import_module(f"{module}.contrib.sitemaps.views")
    second = types.ModuleType("second_sitemap")
    second.urlpatterns = [  # type: ignore[attr-defined]
        path("old/", include([path("sitemap.xml", views.sitemap)])),
        *urlpatterns,
    ]
    assert [message.id for message in checks.check_sitemaps()] == []
    with override_settings(ROOT_URLCONF=second):
        (found,) = checks.check_sitemaps()
    assert found.id == "wagtail_newsroom.W031"
    assert "sitemap.xml" in found.msg
