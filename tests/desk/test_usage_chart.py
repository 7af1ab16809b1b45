"""Characters by engine and month: the figures, the bars, and the page that shows both."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import person
from wagtail_newsroom.desk.usage import this_month
from wagtail_newsroom.desk.usage_chart import HEIGHT, MONTHS, WIDTH, usage_chart
from wagtail_newsroom.models import EngineUsage

pytestmark = pytest.mark.django_db


def months_ago(count: int) -> date:
    number = this_month().year * 12 + this_month().month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


def sent(engine: str, characters: int, *, ago: int = 0) -> None:
    EngineUsage.objects.create(engine=engine, month=months_ago(ago), characters=characters)


def test_a_year_is_shown_month_by_month_engine_by_engine() -> None:
    sent("google", 1_000)
    sent("google", 3_000, ago=11)
    sent("pseudo", 500)
    sent("pseudo", 9_999_999, ago=12)
    chart = usage_chart({"google": "Google"})
    assert chart is not None
    assert chart.engines == ["Google", "pseudo"]
    assert [column.month for column in chart.columns] == [months_ago(n) for n in range(11, -1, -1)]
    assert chart.columns[0].figures == [3_000, 0]
    assert chart.columns[-1].figures == [1_000, 500]
    assert [column.total for column in chart.columns] == [3_000, *[0] * 10, 1_500]
    assert chart.most == 3_000


def test_bars_stand_on_each_other_within_the_picture_and_as_high_as_their_share() -> None:
    sent("a", 600)
    sent("b", 399)
    sent("c", 1)
    chart = usage_chart({})
    assert chart is not None
    first, second, third = chart.columns[-1].bars
    assert (first.height, second.height) == (
        round(196 * 0.6),
        round(196 * 0.999) - round(196 * 0.6),
    )
    # The least that was sent can be seen.
    assert third.height >= 1
    assert first.y + first.height == chart.base
    assert second.y + second.height == first.y
    assert third.y + third.height == second.y
    for bar in (first, second, third):
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH
        assert 0 <= bar.y < HEIGHT


def test_a_little_below_a_lot_is_not_hidden() -> None:
    sent("a", 1)
    sent("a", 9_000, ago=1)
    sent("b", 1)
    sent("b", 8_000, ago=1)
    sent("c", 7_000)
    chart = usage_chart({})
    assert chart is not None
    first, second, third = chart.columns[-1].bars
    assert (first.height, second.height) == (1, 1)
    assert first.y + first.height == chart.base
    assert second.y + second.height == first.y
    assert third.y + third.height == second.y


def test_many_engines_are_told_together() -> None:
    for number in range(9):
        sent(f"engine-{number}", 100 * (number + 1))
    chart = usage_chart({})
    assert chart is not None
    assert chart.engines == [f"engine-{number}" for number in range(8, 2, -1)] + [""]
    assert chart.columns[-1].figures[-1] == 100 + 200 + 300
    assert sum(chart.columns[-1].figures) == chart.columns[-1].total == 4_500


def test_in_persian_the_oldest_month_stands_at_the_right() -> None:
    sent("google", 10)
    left, right = usage_chart({}), usage_chart({}, is_rtl=True)
    assert left is not None
    assert right is not None
    assert [column.month for column in left.columns] == [column.month for column in right.columns]
    assert left.columns[-1].middle == right.columns[0].middle
    assert left.columns[0].middle < right.columns[0].middle
    assert (left.start, right.start) == (0, WIDTH)


def test_nothing_sent_is_no_chart() -> None:
    assert usage_chart({}) is None
    sent("google", 0)
    assert usage_chart({}) is None


def test_the_engines_page_shows_chart_and_table_without_inline_style(
    paper: SimpleNamespace,
) -> None:
    client = Client()
    client.force_login(person("manager", permissions=("wagtail_newsroom.view_engineusage",)))
    url = reverse("wagtail_newsroom_engines")
    assert "Nothing was sent to an engine" in client.get(url).content.decode()
    sent("pseudo", 123_456)
    sent("<script>", 7, ago=3)
    text = client.get(url).content.decode()
    part = text[text.index('id="newsroom-usage"') : text.index('id="newsroom-test-source"')]
    assert 'role="img"' in part
    assert "style=" not in part
    assert "<script" not in part
    assert "&lt;script&gt;" in part
    assert part.count("123,456") >= 3
    assert part.count('<th scope="row">') == MONTHS
    # Numbers of the picture are not written in the language's way.
    assert all(number.isascii() for number in re.findall(r' (?:x|y|width|height)="([^"]+)"', part))


def test_the_chart_asks_one_query_however_much_was_sent() -> None:
    for engines in (2, 8):
        EngineUsage.objects.all().delete()
        for number in range(engines):
            for ago in range(12):
                sent(f"engine-{number}", 5, ago=ago)
        with CaptureQueriesContext(connection) as queries:
            usage_chart({})
        assert len(queries) == 1


def test_who_may_not_see_the_engines_sees_no_chart(editor: Any) -> None:
    client = Client()
    client.force_login(editor)
    assert client.get(reverse("wagtail_newsroom_engines")).status_code == 302
