"""The example newspaper, from its files and in the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site

from example_project.gazette.content import Newspaper, read_newspaper
from example_project.gazette.newspaper import load
from tests.conftest import take_down_paper
from tests.testapp.models import ReportIndexPage


@pytest.fixture(scope="session")
def newspaper() -> Newspaper:
    """What the files say."""
    return read_newspaper()


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: Any, newspaper: Newspaper
) -> Iterator[list[str]]:
    """The newspaper in the database, loaded once for a module; gives what loading told.

    Each test is rolled back to it, and the whole when the module ends.
    """
    told: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        take_down_paper()
        load(newspaper, tell=told.append)
        yield told
        delete_files()
        transaction.set_rollback(True)
    Site.clear_site_root_paths_cache()


def delete_files() -> None:
    """Delete the files of all images and documents."""
    for model in (get_image_model(), get_document_model()):
        for row in model.objects.all():
            row.file.storage.delete(row.file.name)


@pytest.fixture
def add_home(db: None) -> Callable[[], Page]:
    """Makes a page of the site's own the home."""

    def add() -> Page:
        home = ReportIndexPage(title="Reports", slug="reports", locale=Locale.get_default())
        Page.get_first_root_node().add_child(instance=home)
        Site.objects.update(root_page=home)
        return home

    return add
