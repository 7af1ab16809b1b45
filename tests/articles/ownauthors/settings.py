"""The tests' settings for a site that has authors of its own class."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.articles.ownauthors"]
WAGTAIL_NEWSROOM_AUTHOR_MODEL = "ownauthors.Columnist"
