"""Editors who type the same tags at the same moment: no save is lost, no tag made twice.

On PostgreSQL (`.ci/with-postgres`) they really meet; tags made in opposite orders deadlocked there.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.db import transaction

from wagtail_newsroom.articles.tag_rows import counterparts, resolve
from wagtail_newsroom.models import Tag

from .test_concurrency import at_once, db

__all__ = ["db"]


def test_same_tags_in_opposite_orders_are_made_once_and_lose_no_save(
    paper: SimpleNamespace,
) -> None:
    def save(names: list[str]) -> int:
        with transaction.atomic():
            return len(resolve(names, paper.english.pk))

    for turn in range(6):
        names = [f"Topic {turn} {number}" for number in range(12)]
        orders = [names, names[::-1], names[6:] + names[:6], names[::-2] + names[::2]]
        assert at_once(*[lambda order=order: save(order) for order in orders]) == [12] * 4
        assert Tag.objects.filter(name__startswith=f"Topic {turn} ").count() == 12


def test_same_counterparts_are_made_once(paper: SimpleNamespace) -> None:
    tags = [Tag.objects.create(name=f"Topic {n}", locale=paper.english) for n in range(10)]
    Tag.objects.create(name="Topic 3", locale=paper.persian)

    def bring(some: list[Any]) -> int:
        with transaction.atomic():
            return len(counterparts(some, paper.persian.pk))

    assert at_once(*[lambda: bring(tags), lambda: bring(tags[::-1])] * 2) == [10] * 4
    persian = Tag.objects.filter(locale=paper.persian)
    assert persian.count() == 10
    assert {tag.translation_key for tag in persian} == {tag.translation_key for tag in tags}


def test_names_with_one_slug_get_slugs_of_their_own(paper: SimpleNamespace) -> None:
    def save(names: list[str]) -> int:
        with transaction.atomic():
            return len(resolve(names, paper.english.pk))

    names = ["C", "C+", "C++", "C#"]
    assert at_once(lambda: save(names[:2]), lambda: save(names[2:])) == [2, 2]
    assert Tag.objects.values("slug").distinct().count() == 4
