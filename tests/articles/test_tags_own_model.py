"""A site's own class of tags takes the place of ours, in another process with settings of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

STORY = """
import json, sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("newsroom_setup", stdout=sys.stderr)
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Site
from tests.articles.owntags.models import Topic
from tests.testapp.models import ReportPage
from wagtail_newsroom.articles.tag_actions import merge_tags, name_tag
from wagtail_newsroom.desk import actions, jobs
from wagtail_newsroom.articles.models import get_tag_model
from wagtail_newsroom.models import ArticlePage, NewsIndexPage, Tag

english, persian = (Locale.objects.get(language_code=code) for code in ("en", "fa"))
news = NewsIndexPage.objects.get(slug="news", locale=english)
pages = []
for number, model in enumerate((ArticlePage, ReportPage)):
    page = model(title=f"Piece {number}", slug=f"p{number}", locale=english)
    page.tags.add("Sea", "Ocean")
    news.add_child(instance=page)
    page.save_revision().publish()
    pages.append(page)
job = actions.request_translation(pages[0], persian, user=None)
jobs.run(job.pk)
waiting = Topic.objects.filter(locale=persian, needs_name=True)
proposed = sorted(bool(tag.proposed_name) for tag in waiting)
name_tag(waiting.get(name="Sea"), "دریا", user=None)
sea, ocean = (Topic.objects.get(name=name, locale=english) for name in ("Sea", "Ocean"))
merge_tags(sea, ocean, user=None)
editor = User.objects.create_superuser("root", "r@example.org", "secret")
client = Client()
client.force_login(editor)
client.post(
    reverse("newsroom_tags:add") + "?locale=en",
    {"name": "Air", "slug": "", "description": "", "picture_alt": "", "wikidata": "Q3230"},
)
twin = pages[0].get_translation(persian).get_latest_revision_as_object()
json.dump({
    "model": get_tag_model()._meta.label,
    "ours": Tag.objects.count(),
    "proposed": proposed,
    "tags": [tag.name for tag in pages[1].tags.all()],
    "twin": [tag.name for tag in twin.tags.all()],
    "page": client.get("/en/tags/sea/").status_code,
    "list": client.get(reverse("newsroom_tags:index")).status_code,
    "wikidata": Topic.objects.get(name="Air").wikidata,
    "rights": Group.objects.get(name="Newsroom editors").permissions.filter(
        content_type__app_label="owntags").count(),
    "bulk": client.get(
        reverse("wagtail_bulk_action", args=["owntags", "topic", "merge_tags"]) + f"?id={sea.pk}"
    ).status_code,
}, sys.stdout)
"""


def run_python(*arguments: str, scratch: Path, settings: str = "owntags.settings") -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": f"tests.articles.{settings}",
            "NEWSROOM_TEST_SCRATCH": str(scratch),
            "NEWSROOM_TEST_POSTGRES": "",
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
        },
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_site_with_its_own_tag_model_has_nothing_to_migrate(tmp_path: Path) -> None:
    output = run_python(
        "-m",
        "django",
        "makemigrations",
        "--check",
        "--dry-run",
        "wagtail_newsroom",
        "testapp",
        "owntags",
        scratch=tmp_path,
    )
    assert "No changes detected" in output


@pytest.mark.slow
def test_everything_works_with_the_site_s_own_tags(tmp_path: Path) -> None:
    assert json.loads(run_python("-c", STORY, scratch=tmp_path)) == {
        "model": "owntags.Topic",
        "ours": 0,
        "proposed": [True, True],
        "tags": ["Sea"],
        "twin": ["دریا"],
        "page": 200,
        "list": 200,
        "wikidata": "Q3230",
        "rights": 4,
        "bulk": 200,
    }
