"""An image with its words in both languages, and somebody who may write them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.cache import cache
from django.core.files.images import ImageFile
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, GroupCollectionPermission

from wagtail_newsroom.models import ImageText


def make_image(name: str = "ferry.png") -> Any:
    return get_image_model().objects.create(
        title="IMG_0001.JPG",
        file=ImageFile(get_test_image_file(size=(1700, 1100)).file, name=name),
    )


@pytest.fixture
def image(db: None) -> Any:
    cache.clear()
    return make_image()


@pytest.fixture
def texts(image: Any, paper: SimpleNamespace) -> list[ImageText]:
    """The image's words in both languages."""
    return [
        ImageText.objects.create(
            image=image, locale=locale, alt=alt, caption=caption, credit=credit
        )
        for locale, alt, caption, credit in (
            (paper.english, "A ferry", "The last ferry", "Photo: Sample"),
            (paper.persian, "یک کشتی", "آخرین کشتی", "عکس: نمونه"),
        )
    ]


def give(user: User, *codenames: str) -> User:
    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    return User.objects.get(pk=user.pk)


@pytest.fixture
def librarian(editor: User) -> User:
    """May change images and their texts."""
    group = editor.groups.first()
    GroupCollectionPermission.objects.create(
        group=group,
        collection=Collection.get_first_root_node(),
        permission=Permission.objects.get(codename="change_image"),
    )
    return give(editor, "add_imagetext", "change_imagetext", "delete_imagetext", "view_imagetext")
