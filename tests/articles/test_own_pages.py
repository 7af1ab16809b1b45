"""A site's own pages: fields, blocks, templates and answers of the API beside the newsroom's."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import wagtail
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import Site

from tests.testapp.models import MatchPage, SportFrontPage
from wagtail_newsroom.desk import actions, jobs, localize
from wagtail_newsroom.models import ArticlePage, NewsIndexPage

pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile")


def read(client: Client, url: str) -> BeautifulSoup:
    response = client.get(url, headers={"host": "localhost"})
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def match(paper: SimpleNamespace) -> MatchPage:
    page = MatchPage(
        title="The harbour cup",
        slug="cup",
        locale=paper.english,
        verdict="Worth the rain.",
        body=[
            ("paragraph", "<p>It rained.</p>"),
            ("score", {"result": "2 to 1", "comment": "Late."}),
        ],
    )
    paper.news.add_child(instance=page)
    page.save_revision().publish()
    return MatchPage.objects.get(pk=page.pk)


def test_own_field_and_block_are_drafted_held_approved_and_read(
    match: MatchPage, paper: SimpleNamespace, client: Client
) -> None:
    job = actions.request_translation(match, paper.persian, user=None)
    jobs.run(job.pk)
    translation = localize.get_translation(job.translation_id)
    sources = {segment.source for segment in localize.segments(translation)}
    assert {"Worth the rain.", "2 to 1", "Late."} <= sources

    target = match.get_translation(paper.persian)
    target.get_latest_revision().publish()
    target.refresh_from_db()
    assert not target.live

    actions.approve(translation, user=None)
    page = actions.publish(translation, user=None)
    found = read(client, page.url)
    texts = {segment.source: segment.text for segment in localize.segments(translation)}
    assert found.select_one(".verdict").get_text(strip=True) == texts["Worth the rain."]
    assert found.select_one(".score").get_text(strip=True).endswith(texts["Late."])
    assert found.html["dir"] == "rtl"


def test_own_template_stands_around_the_articles(match: MatchPage, client: Client) -> None:
    found = read(client, match.url)
    assert found.select_one(".verdict").get_text(strip=True) == "Worth the rain."
    assert found.select_one(".score b").text == "2 to 1"
    assert found.h1.get_text(strip=True) == "The harbour cup"


@pytest.mark.urls("tests.articles.api_urls")
def test_own_field_is_told_by_the_api(match: MatchPage, client: Client) -> None:
    versions = ["v2", "v3"] if wagtail.VERSION >= (8, 0) else ["v2"]
    for version in versions:
        response = client.get(f"/api/{version}/pages/{match.pk}/", headers={"host": "localhost"})
        assert response.json()["verdict"] == "Worth the rain."


def test_own_front_page_lays_out_by_its_own_figures(
    paper: SimpleNamespace, write: Callable[..., ArticlePage], client: Client
) -> None:
    front = SportFrontPage(title="Sport", slug="front", locale=paper.english)
    paper.root.add_child(instance=front)
    Site.objects.update(root_page=front)
    section = NewsIndexPage(title="Boats", slug="boats", locale=paper.english, show_in_menus=True)
    front.add_child(instance=section)
    for number in range(1, 10):
        write(f"Race {number}", parent=section)

    found = read(client, front.full_url)
    layout = SportFrontPage.objects.get(pk=front.pk).layout
    assert (len(layout.picks), [len(each.pieces) for each in layout.sections]) == (1, [6])
    assert found.select_one(".slogan").text == "1"
    assert "Race 9" in found.select_one("main").text


def test_template_of_the_site_takes_the_place_of_ours(
    write: Callable[..., ArticlePage], client: Client, settings: Any, tmp_path: Path
) -> None:
    page = write("Ferries run late")
    folder = tmp_path / "wagtail_newsroom"
    (folder / "includes").mkdir(parents=True)
    (folder / "includes" / "related.html").write_text('<p class="ours">Nothing related</p>')
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [tmp_path]
    settings.TEMPLATES = templates
    assert read(client, page.url).select_one(".ours").text == "Nothing related"


def test_own_page_is_edited_in_the_admin(match: MatchPage, admin_client: Client) -> None:
    response = admin_client.get(f"/admin/pages/{match.pk}/edit/")
    assert response.status_code == 200
    assert "Worth the rain." in response.content.decode()
    assert User.objects.count() == 1
