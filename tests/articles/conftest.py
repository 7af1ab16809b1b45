"""What the tests of what is written share, some of it with those of publishing."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.articles.images import image, librarian, texts  # noqa: F401 - fixtures
from tests.people import author, in_persian  # noqa: F401 - fixtures
from tests.publishing.conftest import cast  # noqa: F401 - a fixture


@pytest.fixture(autouse=True)
def _fresh_site_cache() -> None:
    # Wagtail keeps the sites' root paths in the cache, which tests share.
    cache.clear()
