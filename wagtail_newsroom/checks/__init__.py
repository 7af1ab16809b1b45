"""System checks: what is missing or dangerous in a site's settings, with a way out of each.

No check touches the network or the database. An id is used once, for ever.
"""

from __future__ import annotations

from .addresses import check_addresses, check_sitemaps, check_slugs
from .classes import (
    check_article_types,
    check_articles,
    check_author_model,
    check_gates,
    check_internal_notes,
    check_tags,
)
from .languages import check_languages, check_wagtail_localize
from .outside import check_indexnow, check_networks, check_webhook
from .reading import MIDDLEWARE, check_calendars, check_frame, check_mirrors
from .registering import TAG
from .translating import (
    check_engines,
    check_policy,
    check_prices,
    check_tasks,
    check_tidy_rules,
)

__all__ = [
    "MIDDLEWARE",
    "TAG",
    "check_addresses",
    "check_article_types",
    "check_articles",
    "check_author_model",
    "check_calendars",
    "check_engines",
    "check_frame",
    "check_gates",
    "check_indexnow",
    "check_internal_notes",
    "check_languages",
    "check_mirrors",
    "check_networks",
    "check_policy",
    "check_prices",
    "check_sitemaps",
    "check_slugs",
    "check_tags",
    "check_tasks",
    "check_tidy_rules",
    "check_wagtail_localize",
    "check_webhook",
]
