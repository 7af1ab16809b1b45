"""Loading the example into a database that is not empty, or not for a long time yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from wagtail.models import Page

from example_project.gazette.content import Newspaper
from example_project.gazette.management.commands import load_example
from example_project.gazette.newspaper import load
from wagtail_newsroom.models import Approval, ArticlePage

from .conftest import delete_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("new_site")]


def test_a_load_that_was_interrupted_goes_on_where_it_stood(newspaper: Newspaper) -> None:
    def stop_at_the_pear(sentence: str) -> None:
        if "pear" in sentence:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(newspaper, tell=stop_at_the_pear)
    half = Approval.objects.count()
    assert 0 < half < 19
    told: list[str] = []
    load(newspaper, tell=told.append)
    assert Approval.objects.count() == 19
    assert not any("pear" in sentence for sentence in told)
    delete_files()


def test_the_example_is_not_loaded_into_a_site_that_is_open_to_others(
    settings: Any, newspaper: Newspaper
) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="only while DEBUG is on"):
        call_command(load_example.Command())
    assert not User.objects.exists()


def test_a_site_with_a_home_of_its_own_is_left_alone(
    settings: Any, add_home: Callable[[], Page]
) -> None:
    settings.DEBUG = True
    home = add_home()
    with pytest.raises(CommandError, match="has a home of its own"):
        call_command(load_example.Command())
    home.refresh_from_db()
    assert not ArticlePage.objects.exists()
