"""Every page of the documentation: its links lead somewhere, what it names exists, its code compiles."""

from __future__ import annotations

import re
import textwrap
from itertools import pairwise
from pathlib import Path

from django.template import Engine as TemplateEngine

from .reading import (
    _LINK,
    DOCS,
    PACKAGE,
    PAGES,
    README,
    ROOT,
    anchors,
    code_of,
    every_page,
    headings,
    name_of,
    prose_of,
    text_of,
)


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
def test_tables_end_before_the_text_goes_on(page: Path) -> None:
    lines = prose_of(page).splitlines()
    assert [
        after
        for line, after in pairwise(lines)
        if line.startswith("|") and after and not after.startswith("|")
    ] == []


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


def test_no_page_names_a_setting_that_does_not_exist() -> None:
    known = set(headings(DOCS / "reference" / "settings.md", 2))
    for page in PAGES:
        assert set(re.findall(r"WAGTAIL_NEWSROOM_[A-Z_]+", text_of(page))) <= known, page


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
