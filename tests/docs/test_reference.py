"""The reference is complete, and names nothing that is not there."""

from __future__ import annotations

import ast
import inspect
import re
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.management import BaseCommand, load_command_class
from django.urls import reverse
from wagtail.blocks import StructBlock
from wagtail.log_actions import registry as log_actions

from wagtail_newsroom.articles import blocks, withdrawal
from wagtail_newsroom.articles.models import ArticleMixin
from wagtail_newsroom.conf import Settings, conf
from wagtail_newsroom.desk import actions, schedule, unpublishing, workflow
from wagtail_newsroom.desk.states import State
from wagtail_newsroom.models import ArticlePage
from wagtail_newsroom.publishing.dates import format_date
from wagtail_newsroom.templatetags import newsroom_social
from wagtail_newsroom.templatetags.newsroom_tags import register

from .reading import DOCS, PACKAGE, headings, rows, run_code, section, text_of


def test_example_of_the_actions_works(
    article: ArticlePage, paper: SimpleNamespace, db: None
) -> None:
    request_persian = run_code(DOCS / "reference" / "actions.md").request_persian
    assert request_persian(article) == "Queued"
    assert request_persian(paper.news_fa) == "This piece is in Persian already."


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


def test_every_check_has_its_heading() -> None:
    modules = [ast.parse(text_of(path)) for path in PACKAGE.rglob("*.py")]
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
