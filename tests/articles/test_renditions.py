"""The sizes of pictures are made when a piece is published, by the worker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django_tasks_db.models import DBTaskResult
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from wagtail_newsroom import tasks
from wagtail_newsroom.articles.pictures import filters, make_renditions
from wagtail_newsroom.models import ArticlePage

pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
)


@pytest.fixture
def image(db: None) -> Any:
    return get_image_model().objects.create(
        title="Shapes", file=ImageFile(get_test_image_file(size=(1700, 1100)).file, name="a.png")
    )


def picture(image: Any) -> tuple[str, Any]:
    return ("image", {"image": image, "alt": "Inside", "caption": "", "credit": ""})


def calls() -> int:
    return DBTaskResult.objects.filter(task_path="wagtail_newsroom.tasks.make_renditions").count()


def test_a_published_piece_has_its_pictures_made_by_the_worker(
    write: Callable[..., ArticlePage], image: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = write("Piece", lead_image=image, body=[picture(image)])
    assert calls() == 1
    assert image.renditions.count() == 0
    assert tasks.make_renditions.call(page.pk) == len(filters())
    assert {each.filter_spec for each in image.renditions.all()} == set(filters())
    assert tasks.make_renditions.call(page.pk) == 0


def test_a_piece_without_pictures_calls_nobody(
    write: Callable[..., ArticlePage], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write("Piece")
    assert calls() == 0


def test_nothing_is_made_for_what_was_taken_back(
    write: Callable[..., ArticlePage], image: Any
) -> None:
    page = write("Piece", lead_image=image)
    page.unpublish()
    assert tasks.make_renditions.call(page.pk) == 0
    page.delete()
    assert tasks.make_renditions.call(page.pk) == 0
    assert image.renditions.count() == 0


def test_a_file_that_is_gone_harms_nobody(
    write: Callable[..., ArticlePage], image: Any, paper: SimpleNamespace
) -> None:
    other = get_image_model().objects.create(
        title="Gone", file=ImageFile(get_test_image_file(size=(90, 60)).file, name="gone.png")
    )
    Path(other.file.path).unlink()
    page = write("Piece", lead_image=other, body=[picture(image)])
    assert make_renditions(page) == len(filters())
