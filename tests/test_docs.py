"""The documentation says what is so: it is complete, its links lead somewhere, its code runs."""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
import subprocess
import sys
import textwrap
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.management import BaseCommand, load_command_class
from django.template import Engine as TemplateEngine
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string
from wagtail.blocks import StructBlock
from wagtail.log_actions import registry as log_actions

from tests import test_install
from tests.loopback import LoopbackServer, translate
from tests.testapp.models import ReportPage
from wagtail_newsroom.articles import blocks, withdrawal
from wagtail_newsroom.articles.models import ArticleMixin
from wagtail_newsroom.conf import Settings, conf
from wagtail_newsroom.desk import actions, gate, schedule, unpublishing, workflow
from wagtail_newsroom.desk.glossary_csv import COLUMNS, MAX_BYTES
from wagtail_newsroom.desk.glossary_import import plan_import
from wagtail_newsroom.desk.states import State
from wagtail_newsroom.engines.base import Engine
from wagtail_newsroom.engines.deep import LibraryEngine
from wagtail_newsroom.engines.registry import SHIPPED, load_chain
from wagtail_newsroom.engines.runner import Draft, Refusal, Runner
from wagtail_newsroom.models import ArticlePage
from wagtail_newsroom.publishing.dates import format_date
from wagtail_newsroom.segments.checks import CHECKS, PIECE_CHECKS, piece
from wagtail_newsroom.segments.reasons import Reason
from wagtail_newsroom.segments.tidy import rules_for
from wagtail_newsroom.templatetags import newsroom_social
from wagtail_newsroom.templatetags.newsroom_tags import register

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PACKAGE = ROOT / "wagtail_newsroom"
README = ROOT / "README.md"
PAGES = [README, *sorted(DOCS.rglob("*.md"))]

_FENCED = re.compile(r"^```(?P<language>\S*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


every_page = pytest.mark.parametrize("page", PAGES, ids=name_of)


@dataclass(frozen=True)
class Code:
    """One block of code of a page."""

    language: str
    text: str


@cache
def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def code_of(page: Path, language: str | None = None) -> list[Code]:
    found = [Code(match["language"], match["code"]) for match in _FENCED.finditer(text_of(page))]
    return [code for code in found if language in (None, code.language)]


def prose_of(page: Path) -> str:
    return _FENCED.sub("", text_of(page))


def headings(page: Path, level: int) -> list[str]:
    return [title for signs, title in _HEADING.findall(prose_of(page)) if len(signs) == level]


def section(page: Path, title: str) -> str:
    """Return what stands below a heading, up to the next one of the same level or above."""
    text = text_of(page)
    match = re.search(rf"^(#+) {re.escape(title)}$", text, re.MULTILINE)
    assert match, f"{name_of(page)} has no heading {title!r}"
    rest = text[match.end() :]
    following = re.search(rf"^#{{1,{len(match[1])}}} ", rest, re.MULTILINE)
    return rest[: following.start()] if following else rest


def rows(text: str) -> list[list[str]]:
    """Return the cells of a table's rows, without code marks."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines[2:]]


def anchor(title: str) -> str:
    """Return a heading's address as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def anchors(page: Path) -> list[str]:
    return [anchor(title) for _signs, title in _HEADING.findall(prose_of(page))]


def run_code(page: Path, *, number: int = 0, name: str = "documented") -> types.ModuleType:
    """Run one block of Python as a module of its own."""
    module = types.ModuleType(name)
    source = code_of(page, "python")[number].text
    exec(compile(source, f"{name_of(page)}#{number}", "exec"), module.__dict__)
    return module


# Pages and their links


@every_page
def test_links_lead_to_files_and_headings(page: Path) -> None:
    broken = []
    for link in _LINK.findall(prose_of(page)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, fragment = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        is_there = target.exists() and target.is_relative_to(ROOT)
        if not is_there or (fragment and fragment not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_index_leads_to_every_page() -> None:
    index = DOCS / "index.md"
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in _LINK.findall(text_of(index))}
    assert {page for page in PAGES if page not in (README, index)} - linked == set()


@every_page
def test_page_has_one_title_and_no_heading_twice(page: Path) -> None:
    assert len(headings(page, 1)) == 1
    assert len(anchors(page)) == len(set(anchors(page)))


@every_page
def test_page_names_no_place_on_anybody_s_machine(page: Path) -> None:
    assert (
        re.findall(
            r"(?<![\w.>])/(?:tmp|root|work|home|opt|usr|var|Users)/\S*|[A-Z]:\\\\?\S+|file://\S+",
            text_of(page),
        )
        == []
    )


@every_page
def test_commands_of_make_and_manage_exist(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)$", text_of(page), re.MULTILINE)) <= targets
    known = {path.stem for path in (PACKAGE / "management" / "commands").glob("newsroom_*.py")}
    assert set(re.findall(r"\bmanage\.py (newsroom_\w+)", text_of(page))) <= known


@every_page
def test_environment_variables_of_the_example_exist(page: Path) -> None:
    example = (ROOT / "example_project" / "gazette" / "settings.py").read_text(encoding="utf-8")
    for name in re.findall(r"(?<![\w])NEWSROOM_[A-Z_]+", text_of(page)):
        assert f'"{name}"' in example


# Code


@every_page
def test_python_compiles(page: Path) -> None:
    for number, code in enumerate(code_of(page, "python")):
        compile(textwrap.dedent(code.text), f"{name_of(page)}#{number}", "exec")


@every_page
def test_templates_compile(page: Path) -> None:
    engine = TemplateEngine(
        libraries={
            "newsroom_social": "wagtail_newsroom.templatetags.newsroom_social",
            "newsroom_tags": "wagtail_newsroom.templatetags.newsroom_tags",
            "static": "django.templatetags.static",
        }
    )
    for code in code_of(page, "html+django"):
        engine.from_string(code.text)


def test_install_lines_of_the_readme_are_those_that_are_tested() -> None:
    lines = [
        test_install.INSTALLED_APPS_LINES,
        test_install.MIDDLEWARE_LINE,
        test_install.SETTINGS_LINES,
        test_install.URLS_LINE,
        test_install.PAGES_LINES,
    ]
    for page in (README, DOCS / "how-to" / "add-to-a-site.md"):
        assert [code.text for code in code_of(page, "python")][: len(lines)] == lines


def test_page_of_the_readme_is_the_one_that_is_tested() -> None:
    (shown,) = (
        node
        for code in code_of(README, "python")
        for node in ast.parse(textwrap.dedent(code.text)).body
        if isinstance(node, ast.ClassDef)
    )
    (tested,) = ast.parse(textwrap.dedent(inspect.getsource(ReportPage))).body
    assert isinstance(tested, ast.ClassDef)
    tested.body = tested.body[1:]  # the docstring
    assert ast.unparse(shown) == ast.unparse(tested)


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


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> str:
    """The dotted path of the engine that the how-to writes."""
    page = DOCS / "how-to" / "choose-engines.md"
    (number,) = (
        number
        for number, code in enumerate(code_of(page, "python"))
        if "class HouseEngine" in code.text
    )
    engines = run_code(page, number=number, name="documented_engines")
    monkeypatch.setitem(sys.modules, "documented_engines", engines)
    return "documented_engines.HouseEngine"


def test_own_engine_of_the_how_to_translates(house: str) -> None:
    texts = {"plain": "The river rises.", "marked": 'It rose on <a id="a1">Monday</a>.'}
    with LoopbackServer() as server:
        chain = load_chain([{"ENGINE": house, "OPTIONS": {"url": server.libre_url}}])
        results: dict[str, Draft | Refusal] = {}
        for batch in Runner(chain, source="en", target="fa").run(texts):
            results |= batch.results
        assert len(server.asked) == 1
    assert results["plain"] == Draft(translate(texts["plain"], target="fa"), "house")
    marked = results["marked"]
    assert isinstance(marked, Draft)
    assert re.findall(r"<[^>]*>", marked.text) == ['<a id="a1">', "</a>"]


@pytest.mark.parametrize(
    ("kind", "details", "reason"),
    [
        ("busy", {"retry_after": "1"}, Reason.BUSY),
        ("status", {"status": 503}, Reason.SERVER_ERROR),
        ("status", {"status": 403}, Reason.REFUSED),
        ("wrong", {}, Reason.BAD_ANSWER),
        ("close", {}, Reason.UNREACHABLE),
    ],
)
def test_own_engine_of_the_how_to_says_why_it_failed(
    house: str, kind: str, details: dict[str, Any], reason: Reason
) -> None:
    with LoopbackServer() as server:
        server.fail(kind, **details)
        (engine,) = load_chain([{"ENGINE": house, "OPTIONS": {"url": server.libre_url}}])
        outcomes = engine.translate(["One.", "Two."], source="en", target="fa")
    assert [outcome.reason for outcome in outcomes] == [reason, reason]


def test_engines_of_the_how_to_are_accepted(house: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mysite", types.ModuleType("mysite"))
    monkeypatch.setitem(sys.modules, "mysite.engines", sys.modules["documented_engines"])
    chains = [
        [engine.name for engine in load_chain(entries)]
        for entries in settings_in(DOCS / "how-to" / "choose-engines.md")
    ]
    assert chains == [
        ["google"],
        ["google"],
        ["libretranslate"],
        ["microsoft"],
        ["google", "mymemory"],
        ["localize:DeepLTranslator"],
        ["pseudo"],
        ["google"],
        ["house", "google"],
    ]


def test_every_shipped_engine_is_in_the_how_to() -> None:
    text = section(DOCS / "how-to" / "choose-engines.md", "The engines that come with the package")
    assert {name: private for name, _what, _needs, private in rows(text)} == {
        name: "yes" if import_string(path).is_private else "no" for name, path in SHIPPED.items()
    }
    assert set(re.findall(r"^### (\w+)$", text, re.MULTILINE)) == set(SHIPPED)
    for name in set(SHIPPED) - {"pseudo"}:
        # What nobody has tried is said of each.
        assert "Not tried: " in section(DOCS / "how-to" / "choose-engines.md", name)


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


def settings_in(page: Path) -> Iterator[Any]:
    for code in code_of(page, "python"):
        if code.text.startswith("WAGTAIL_NEWSROOM_ENGINES = "):
            yield ast.literal_eval(code.text.partition(" = ")[2])


def test_example_of_the_actions_works(
    article: ArticlePage, paper: SimpleNamespace, db: None
) -> None:
    request_persian = run_code(DOCS / "reference" / "actions.md").request_persian
    assert request_persian(article) == "Queued"
    assert request_persian(paper.news_fa) == "This piece is in Persian already."


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


# Reference


def test_every_setting_has_its_heading_with_type_and_default(settings: Any) -> None:
    page = DOCS / "reference" / "settings.md"
    ours = {}
    for name, attribute in vars(Settings).items():
        if isinstance(attribute, property) and attribute.fget is not None:
            setting = re.search(r"WAGTAIL_NEWSROOM_\w+", inspect.getsource(attribute.fget))
            if setting:
                ours[setting[0]] = (name, attribute.fget.__annotations__["return"])
    titles = [title for title in headings(page, 2) if title.startswith("WAGTAIL_NEWSROOM_")]
    assert set(titles) == set(ours)
    for title, (name, kind) in ours.items():
        if hasattr(settings, title):
            delattr(settings, title)
        text = section(page, title)
        assert f"- Type: `{kind}`" in text, title
        default = re.search(r"^- Default: `(.+)`$", text, re.MULTILINE)
        assert default, title
        assert ast.literal_eval(default[1]) == getattr(conf, name), title


def test_no_page_names_a_setting_that_does_not_exist() -> None:
    known = set(headings(DOCS / "reference" / "settings.md", 2))
    for page in PAGES:
        assert set(re.findall(r"WAGTAIL_NEWSROOM_[A-Z_]+", text_of(page))) <= known, page


def test_every_check_has_its_heading() -> None:
    modules = [ast.parse(text_of(path)) for path in (PACKAGE / "checks").glob("*.py")]
    ids: dict[str, set[str]] = {"Error": set(), "Warning": set()}
    for node in (node for module in modules for node in ast.walk(module)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ids:
            ids[node.func.id] |= {
                ast.literal_eval(keyword.value) for keyword in node.keywords if keyword.arg == "id"
            }
    page = DOCS / "reference" / "checks.md"
    for kind, title in (("Error", "Errors"), ("Warning", "Warnings")):
        found = re.findall(r"^### (\S+)$", section(page, title), re.MULTILINE)
        assert found == sorted(ids[kind])
    assert ids["Error"]
    assert ids["Warning"]


def test_every_command_has_its_heading_with_its_options() -> None:
    page = DOCS / "reference" / "commands.md"
    names = {path.stem for path in (PACKAGE / "management" / "commands").glob("newsroom_*.py")}
    assert set(headings(page, 2)) == names
    plain = {
        option
        for action in BaseCommand().create_parser("manage.py", "any")._actions
        for option in action.option_strings
    }
    for name in names:
        command = load_command_class("wagtail_newsroom", name)
        for action in command.create_parser("manage.py", name)._actions:
            for option in set(action.option_strings) - plain:
                assert f"`{option}`" in section(page, name)
        assert f"manage.py {name}" in section(page, name)


@pytest.mark.parametrize(
    ("title", "registered"),
    [
        ("Tags", register.tags),
        ("Filters", register.filters),
        ("Following and sharing", newsroom_social.register.tags),
    ],
)
def test_every_template_tag_and_filter_has_its_heading(
    title: str, registered: dict[str, Any]
) -> None:
    text = section(DOCS / "reference" / "template-tags.md", title)
    assert set(re.findall(r"^### (\w+)$", text, re.MULTILINE)) == set(registered)


def test_dates_are_printed_as_the_reference_says() -> None:
    text = section(DOCS / "reference" / "template-tags.md", "localised_date")
    for code in ("en", "fa"):
        assert f"`{format_date(date(2019, 11, 15), code)}`" in text


def test_every_field_of_an_article_is_in_the_reference() -> None:
    text = section(DOCS / "reference" / "models.md", "ArticleMixin")
    documented = {row[0]: row for row in rows(text)}
    fields = {field.name: field for field in ArticleMixin._meta.local_fields}
    assert set(documented) == set(fields)
    for name, field in fields.items():
        if field.max_length and name != "lead_image":
            assert f"{field.max_length} characters" in documented[name][1]


def test_every_model_and_block_is_in_the_reference() -> None:
    page = DOCS / "reference" / "models.md"
    models = {model.__name__ for model in apps.get_app_config("wagtail_newsroom").get_models()}
    abstract = {
        "AbstractTag",
        "ArticleMixin",
        "BylinesMixin",
        "FoundFastMixin",
        "FrontPageMixin",
        "GatedPageMixin",
        "GatedSnippetMixin",
        "NewsIndexMixin",
        "SectionPolicyMixin",
    }
    assert set(headings(page, 3)) == models | abstract
    page = DOCS / "reference" / "blocks.md"
    for name in re.findall(r"`(\w+Block)`", page.read_text()):
        assert hasattr(blocks, name) or name in ("OurEmbedBlock", "TableBlock")
    documented = rows(section(page, "The blocks of an article"))
    assert [(name, kind) for name, kind, _fields in documented] == [
        (name, type(block).__name__) for name, block in blocks.ARTICLE_BLOCKS
    ]
    for (_name, block), (_same, _kind, fields) in zip(
        blocks.ARTICLE_BLOCKS, documented, strict=True
    ):
        if isinstance(block, StructBlock) and "each as in" not in fields:
            assert re.findall(r"`(\w+)`", f"`{fields}`") == list(block.child_blocks)


def test_every_state_is_in_the_reference() -> None:
    text = section(DOCS / "reference" / "models.md", "States of a piece in a language")
    assert [(value, label) for value, label, _when in rows(text)] == [
        (state.value, str(state.label)) for state in State
    ]


def test_every_action_is_in_the_reference() -> None:
    page = DOCS / "reference" / "actions.md"
    of_pieces = {
        "withdraw": withdrawal.withdraw,
        "restore": withdrawal.restore,
        "schedule": schedule.schedule,
        "unschedule": schedule.unschedule,
        "unpublish": unpublishing.unpublish,
        "submit": workflow.submit,
        "send_back": workflow.send_back,
    }
    for name in set(headings(page, 2)) - {"An example"}:
        signature = inspect.signature(of_pieces.get(name) or getattr(actions, name))
        for parameter in signature.parameters:
            assert parameter in section(page, name), f"{name}: {parameter}"
    public = {
        name
        for name, function in vars(actions).items()
        if inspect.isfunction(function)
        and function.__module__ == actions.__name__
        and not name.startswith("_")
    }
    assert set(headings(page, 2)) == public | set(of_pieces) | {"An example"}


def test_every_limit_of_an_engine_is_in_the_reference() -> None:
    page = DOCS / "reference" / "engines.md"
    documented = {
        name: ast.literal_eval(value.strip("`"))
        for name, value, _meaning in rows(section(page, "Class attributes"))
    }
    assert documented == {name: getattr(Engine, name) for name in Engine.__annotations__}
    assert re.findall(r"^### (\S+)$", section(page, "Shipped engines"), re.MULTILINE) == list(
        SHIPPED
    )
    text = section(page, "Shipped engines")
    assert [tuple(row) for row in rows(text)] == [
        (
            name,
            f"{engine.max_chars:,}",
            str(engine.max_texts),
            str(engine.parallel),
            "HTML" if engine.keeps_markup else "plain text",
            "yes" if engine.is_private else "no",
        )
        for name, engine in shipped_classes().items()
    ]
    assert {engine.requests_per_minute for engine in shipped_classes().values()} == {None}


def shipped_classes() -> dict[str, type[Engine]]:
    return {name: import_string(path) for name, path in SHIPPED.items()}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_option_of_an_engine_is_in_the_reference(name: str) -> None:
    text = section(DOCS / "reference" / "engines.md", name)
    engine = shipped_classes()[name]
    initializers = [vars(kind)["__init__"] for kind in engine.__mro__ if "__init__" in vars(kind)]
    takers = [each for each in initializers if each not in (Engine.__init__, object.__init__)]
    assert takers
    if name != "google" and LibraryEngine.__init__ in takers:
        takers.remove(LibraryEngine.__init__)
        assert "the options of [google](#google)" in text
    for taker in takers:
        for option, parameter in inspect.signature(taker).parameters.items():
            if parameter.kind is parameter.KEYWORD_ONLY:
                assert f"`{option}`" in text
                if isinstance(parameter.default, float) and parameter.default:
                    assert f"`{option}` ({parameter.default:g})" in text


def test_every_reason_is_in_the_reference() -> None:
    text = section(DOCS / "reference" / "engines.md", "Reasons")
    assert [code for code, _when in rows(text)] == [reason.value for reason in Reason]


def test_every_permission_of_the_reference_exists(db: None) -> None:
    page = DOCS / "reference" / "permissions.md"
    for name, _meaning in rows(section(page, "Permissions")):
        app, codename = name.split(".")
        assert Permission.objects.filter(content_type__app_label=app, codename=codename).exists(), (
            name
        )
    registered = {name for name, _label in log_actions.get_choices()}
    ours = {name for name in registered if name.startswith("wagtail_newsroom.")}
    assert {name for name, _when in rows(section(page, "Log actions"))} == ours


def test_every_address_of_the_reference_exists() -> None:
    page = DOCS / "reference" / "addresses.md"
    for title, root in (
        ("For readers and crawlers", "/"),
        ("For readers of one language", "/en/"),
        ("In the admin", "/admin/"),
    ):
        found = rows(section(page, title))
        assert found
        for address, name, _what in found:
            holes = re.findall(r"<\w+>", address)
            path = re.sub(r"<\w+>", "7", address).lstrip("/")
            assert reverse(name, args=[7] * len(holes)) == root + path


def test_every_named_address_of_the_desk_is_in_the_reference() -> None:
    hooks = (PACKAGE / "wagtail_hooks.py").read_text(encoding="utf-8")
    names = set(re.findall(r'name="(wagtail_newsroom_\w+)"', hooks))
    listed = {row[1] for row in rows(section(DOCS / "reference" / "addresses.md", "In the admin"))}
    assert names
    assert names <= listed


def test_versions_of_the_readme_are_those_of_the_package() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    needed = dict(re.findall(r'^    "([\w-]+)>=([\d.]+)"', project, re.MULTILINE))
    (lowest,) = re.findall(r'requires-python = ">=([\d.]+)"', project)
    pythons = re.findall(r"Python :: (3\.\d+)", project)
    versions = dict(rows(section(README, "Versions")))
    assert versions["Python"] == f"{lowest} to {pythons[-1]}"
    assert versions["Django"] == f"{needed['Django']} and newer"
    assert versions["Wagtail"].startswith(f"{needed['wagtail']} and newer")
    assert versions["wagtail-localize"] == f"{needed['wagtail-localize']} and newer"


def test_tutorial_uses_pieces_of_the_example() -> None:
    tutorial = text_of(DOCS / "tutorial.md")
    articles = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in (ROOT / "example_project" / "content" / "articles").glob("*.json")
    ]
    state = {
        article["fields"]["title"].get("en"): article.get("translation", "reviewed")
        for article in articles
    }
    assert state["Four hundred ears for one warm night"] == "memory"
    assert state["The city that moved its bus stops into the shade"] == "missing"
    for title in ("Four hundred ears for one warm night", "The city that moved its bus stops"):
        assert title in tutorial
    sections = json.loads(
        (ROOT / "example_project" / "content" / "site.json").read_text(encoding="utf-8")
    )["sections"]
    numbers = {5: "five", 20: "twenty"}
    assert f"{numbers[len(sections)]} sections" in tutorial
    assert f"{numbers[len(articles)]} " in tutorial


def test_labels_of_the_tutorial_are_those_on_the_screen() -> None:
    shown = "".join(
        path.read_text(encoding="utf-8")
        for kind in ("*.html", "*.py")
        for path in PACKAGE.rglob(kind)
    )
    theirs = {"Search", "English", "فارسی"}  # Wagtail's menu, and languages' own names
    labels = set(re.findall(r"\*\*([^*]+)\*\*", prose_of(DOCS / "tutorial.md"))) - theirs
    missing = {
        label
        for label in labels
        if label not in shown and label.replace("Persian", "{{ language }}") not in shown
    }
    titles = {
        json.loads(path.read_text(encoding="utf-8"))["fields"]["title"].get("en")
        for path in (ROOT / "example_project" / "content" / "articles").glob("*.json")
    }
    assert labels & titles
    assert missing - titles == set()
