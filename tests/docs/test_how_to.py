"""The how-to pages say what is so: their examples run, their tables and labels are those of the code."""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from wagtail_newsroom.articles.models import ArticleMixin
from wagtail_newsroom.desk import actions, gate
from wagtail_newsroom.desk.glossary_csv import COLUMNS, MAX_BYTES
from wagtail_newsroom.desk.glossary_import import plan_import
from wagtail_newsroom.models import ArticlePage
from wagtail_newsroom.segments.checks import CHECKS, PIECE_CHECKS, piece
from wagtail_newsroom.segments.tidy import rules_for

from .reading import DOCS, PACKAGE, ROOT, code_of, prose_of, rows, run_code, section, text_of


@pytest.mark.slow
def test_own_pages_of_the_how_to_work(tmp_path: Path) -> None:
    page = DOCS / "how-to" / "own-pages.md"
    models = [code.text for code in code_of(page, "python") if "class " in code.text]
    assert len(models) == 2
    app = tmp_path / "documented"
    app.mkdir()
    (app / "__init__.py").touch()
    (app / "models.py").write_text("\n".join(models), encoding="utf-8")
    (tmp_path / "documented_settings.py").write_text(
        textwrap.dedent("""\
            from tests.settings import *
            INSTALLED_APPS = ["documented", *INSTALLED_APPS]
            DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
        """)
    )
    script = """\
        import json, sys
        import django
        django.setup()
        from django.core.management import call_command
        call_command("makemigrations", "documented", verbosity=0)
        call_command("migrate", verbosity=0)
        call_command("newsroom_setup", stdout=sys.stderr)
        from django.test import Client
        from wagtail.models import Locale, Site
        from wagtail_newsroom.desk import actions, jobs, localize
        from wagtail_newsroom.desk.gate import GatedPageMixin
        from documented.models import AboutPage, FeaturePage, SectionPage
        home = Site.objects.get().root_page
        section = home.add_child(instance=SectionPage(title="Features", slug="features"))
        about = home.add_child(instance=AboutPage(title="About", slug="about"))
        feature = section.add_child(instance=FeaturePage(
            title="The river rises", slug="river", verdict="Worth the walk.",
            body=[("paragraph", "<p>The <b>river</b> rose.</p>"), ("aside", None)],
        ))
        persian = Locale.objects.get(language_code="fa")
        job = actions.request_translation(feature, persian, user=None)
        jobs.run(job.pk)
        job.refresh_from_db()
        segments = localize.segments(job.translation)
        target = feature.get_translation(persian)
        target.get_latest_revision().publish()
        target.refresh_from_db()
        client = Client()
        json.dump({
            "job": [job.status, job.done, job.failed],
            "verdict": [segment.source for segment in segments if segment.path == "verdict"],
            "live": target.live,
            "gated": issubclass(AboutPage, GatedPageMixin),
            "list": "The river rises" in client.get("/en/features/").content.decode(),
            "page": client.get("/en/features/river/").status_code,
        }, sys.stdout)
    """
    finished = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=tmp_path,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "documented_settings",
            "NEWSROOM_TEST_SCRATCH": str(tmp_path),
            "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]),
            "PYTHONUTF8": "1",
        },
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert finished.returncode == 0, finished.stderr
    assert json.loads(finished.stdout) == {
        "job": ["done", 3, 0],
        "verdict": ["Worth the walk."],
        "live": False,
        "gated": True,
        "list": True,
        "page": 200,
    }


def test_own_fields_of_the_how_to_keep_those_of_the_mixin() -> None:
    module = run_code(DOCS / "how-to" / "own-pages.md", number=1)
    names = [field.field_name for field in module.override_translatable_fields]
    of_the_mixin = [field.field_name for field in ArticleMixin.override_translatable_fields]
    assert names == [*of_the_mixin, "verdict"]


def test_glossary_of_the_how_to_can_be_imported(paper: SimpleNamespace, db: None) -> None:
    page = DOCS / "how-to" / "glossary.md"
    (file,) = code_of(page, "csv")
    plan = plan_import(file.text.encode())
    assert plan.errors == []
    assert [(term.term, term.target_language) for term in plan.new] == [
        ("harbour board", "fa"),
        ("Delta Desk", "fa"),
    ]
    assert [name for name, _what in rows(section(page, "The fields of a term"))] == [*COLUMNS]
    assert f"{MAX_BYTES // 1000:,} kB" in text_of(page)


def test_checks_of_the_how_to_are_those_that_run() -> None:
    finds = {name: one.find for name, one in CHECKS.items()}
    finds["inconsistent"] = piece.inconsistent
    finds["sentences-lost-in-piece"] = piece.sentences_lost_in_piece
    severities = {name: one.severity for name, one in CHECKS.items()} | dict(PIECE_CHECKS)
    documented = rows(section(DOCS / "how-to" / "check-and-tidy.md", "The checks"))
    assert [(name, severity, fixes) for name, severity, _finds, fixes in documented] == [
        (
            name,
            str(severities[name]),
            "yes" if re.search(r"Fix\(|_hit\(", inspect.getsource(find)) else "no",
        )
        for name, find in finds.items()
    ]


def test_tidying_rules_of_the_how_to_are_those_that_run() -> None:
    page = DOCS / "how-to" / "check-and-tidy.md"
    assert [tuple(row[:3]) for row in rows(section(page, "The rules"))] == [
        (name, "yes", "yes" if name in rules_for("ar") else "no") for name in rules_for("fa")
    ]
    assert set(rules_for("ar")) <= set(rules_for("fa"))
    run_code(page)
    (chosen,) = (
        ast.literal_eval(code.text.partition(" = ")[2])
        for code in code_of(page, "python")
        if code.text.startswith("WAGTAIL_NEWSROOM_TIDY_RULES = ")
    )
    assert set(chosen) < set(rules_for("fa"))


def test_buttons_of_the_how_to_are_those_on_the_screen() -> None:
    shown = "".join(
        path.read_text(encoding="utf-8")
        for kind in ("*.html", "*.py")
        for path in PACKAGE.rglob(kind)
    ).lower()
    pages = ("glossary", "check-and-tidy", "translation-memory", "choose-engines")
    for page in pages:
        labels = re.findall(r"\*\*([^*.]+)\*\*", prose_of(DOCS / "how-to" / f"{page}.md"))
        assert labels
        assert [label for label in labels if label.lower() not in shown] == [], page


def test_frame_of_the_how_to_holds_our_pages(
    article: ArticlePage, paper: SimpleNamespace, settings: Any
) -> None:
    page = DOCS / "how-to" / "templates-and-styles.md"
    theirs = {
        re.match(r"\{# templates/(\S+) #\}\n", code.text)[1]: code.text  # type: ignore[index]
        for code in code_of(page, "html+django")
    }
    assert set(theirs) == {
        "wagtail_newsroom/base.html",
        "base.html",
        "mysite/feature_page.html",
    }
    (ours,) = settings.TEMPLATES
    loaders = [
        ("django.template.loaders.locmem.Loader", theirs),
        "django.template.loaders.app_directories.Loader",
    ]
    settings.TEMPLATES = [
        {**ours, "APP_DIRS": False, "OPTIONS": {**ours["OPTIONS"], "loaders": loaders}}
    ]
    english = Client().get(article.get_url()).content.decode()
    assert '<html lang="en" dir="ltr">' in english
    assert "<h1><bdi>The river rises</bdi></h1>" in english
    assert english.count("<title>") == 1
    assert "nr-header" not in english
    persian = Client().get(paper.news_fa.get_url()).content.decode()
    assert '<html lang="fa" dir="rtl">' in persian
    assert 'hreflang="en"' in persian


def test_parts_of_our_templates_are_named_as_they_are() -> None:
    page = DOCS / "how-to" / "templates-and-styles.md"
    templates = PACKAGE / "templates" / "wagtail_newsroom"
    sentence = next(
        line
        for line in prose_of(page).splitlines()
        if line.startswith("`base.html` has the blocks")
    )
    blocks_of_base = re.findall(r"\{% block (\w+) %\}", (templates / "base.html").read_text())
    assert re.findall(r"`(\w+)`", sentence) == blocks_of_base
    for path in re.findall(r"`([\w/*]+\.html)`", section(page, "Fill in parts of ours")):
        assert list(templates.glob(path)), path


def test_custom_properties_are_those_of_the_stylesheet() -> None:
    (css,) = code_of(DOCS / "how-to" / "templates-and-styles.md", "css")
    stylesheet = (PACKAGE / "static" / "wagtail_newsroom" / "reader.css").read_text()
    for name in re.findall(r"(--[\w-]+):", css.text):
        assert f"{name}:" in stylesheet


def test_example_of_the_gate_tells_the_reasons(
    article: ArticlePage, paper: SimpleNamespace, run_jobs: Callable[[], None]
) -> None:
    publish_or_tell = run_code(DOCS / "explanation" / "the-gate.md").publish_or_tell
    actions.request_translation(article, paper.persian, user=None)
    run_jobs()
    draft = article.get_translation(paper.persian)
    reasons = publish_or_tell(draft, draft.get_latest_revision())
    assert reasons == gate.reasons_against(draft.get_latest_revision_as_object())
    assert "waiting for approval" in reasons[0]
    assert publish_or_tell(article, article.get_latest_revision()) == []
