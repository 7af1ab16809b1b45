"""The example newspaper, from its files and in the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site

from example_project.gazette.content import Newspaper, read_newspaper
from example_project.gazette.newspaper import load
from tests.testapp.models import ReportIndexPage


@pytest.fixture(scope="session")
def newspaper() -> Newspaper:
    """What the files say."""
    return read_newspaper()


@pytest.fixture
def loaded(db: None, newspaper: Newspaper) -> Iterator[list[str]]:
    """The newspaper in a fresh database; gives the sentences that loading told."""
    told: list[str] = []
    load(newspaper, tell=told.append)
    yield told
    for image in get_image_model().objects.all():
        image.file.storage.delete(image.file.name)


@pytest.fixture
def add_home(db: None) -> Callable[[], Page]:
    """Makes a page of the site's own the home."""

    def add() -> Page:
        home = ReportIndexPage(title="Reports", slug="reports", locale=Locale.get_default())
        Page.get_first_root_node().add_child(instance=home)
        Site.objects.update(root_page=home)
        return home

    return add
