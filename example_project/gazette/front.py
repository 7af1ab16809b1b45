"""What the front page of each language leads with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail.models import Page

from wagtail_newsroom.models import ArticlePage


@transaction.atomic
def choose(home: Page, choice: Mapping[str, Any], *, user: Any) -> bool:
    """Choose lead and picks for a front page on which nothing is chosen yet."""
    if home.lead_id or home.picks:
        return False
    pages = {
        page.slug: page
        for page in ArticlePage.objects.filter(
            locale_id=home.locale_id, live=True, slug__in=[choice["lead"], *choice["picks"]]
        )
    }
    home.lead = pages[choice["lead"]]
    home.picks = json.dumps(
        [{"type": "piece", "value": pages[slug].pk} for slug in choice["picks"]]
    )
    home.save_revision(user=user).publish(user=user)
    return True
