"""Where people begin, README and tutorial: what they show is what is there."""

from __future__ import annotations

import ast
import inspect
import json
import re
import textwrap

from tests import test_install
from tests.testapp.models import ReportPage

from .reading import DOCS, PACKAGE, README, ROOT, code_of, prose_of, rows, section, text_of


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
