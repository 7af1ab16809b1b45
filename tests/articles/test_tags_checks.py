"""System checks tell of a class of tags that is none, and of pages that lost our overrides."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail_localize.fields import SynchronizedField, TranslatableField

from tests.testapp.models import ReportPage
from wagtail_newsroom.checks import check_tags
from wagtail_newsroom.models import ArticleMixin


def ids() -> list[tuple[str, Any]]:
    return [(message.id, message.obj) for message in check_tags()]


def test_our_own_classes_pass() -> None:
    assert ids() == []


@pytest.mark.parametrize("name", ["auth.User", "nothing.Here", "nonsense"])
def test_what_is_no_class_of_tags_is_an_error(settings: Any, name: str) -> None:
    settings.WAGTAIL_NEWSROOM_TAG_MODEL = name
    assert ids() == [("wagtail_newsroom.E010", None)]


@pytest.mark.parametrize(
    ("attribute", "fields", "is_told"),
    [
        ("override_translatable_fields", [SynchronizedField("verdict")], True),
        (
            "override_translatable_fields",
            [*ArticleMixin.override_translatable_fields, SynchronizedField("verdict")],
            False,
        ),
        ("translatable_fields", [TranslatableField("title")], False),
        ("translatable_fields", [SynchronizedField("newsroom_tagged_items")], True),
    ],
)
def test_page_class_that_lost_our_overrides_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, attribute: str, fields: list[Any], is_told: bool
) -> None:
    monkeypatch.setattr(ReportPage, attribute, fields, raising=False)
    assert ids() == ([("wagtail_newsroom.W006", ReportPage)] if is_told else [])
