"""The pages of the documentation as the tests read them: headings, tables, links and code."""

from __future__ import annotations

import re
import types
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
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
