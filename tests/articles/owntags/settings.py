"""The tests' settings for a site that has a tag model of its own."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.articles.owntags"]
WAGTAIL_NEWSROOM_TAG_MODEL = "owntags.Topic"
