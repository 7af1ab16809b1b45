"""The tests' settings for a site that has an image model of its own."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.articles.ownimages"]
WAGTAILIMAGES_IMAGE_MODEL = "ownimages.Picture"
