"""Whether what lies outside of the site can be told and named: search engines, webhook, networks."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.checks import CheckMessage, Error

from ..conf import conf
from ..desk import webhook
from ..publishing import indexnow
from ..sharing.networks import FIELDS, own_network
from .registering import check


@check
def check_indexnow() -> Iterator[CheckMessage]:
    """Look whether the key of IndexNow can be used (E017)."""
    if conf.indexnow_key and not indexnow.is_on():
        yield Error(
            "WAGTAIL_NEWSROOM_INDEXNOW_KEY cannot be used.",
            hint="Take 8 to 128 letters a to z, digits and hyphens.",
            id="wagtail_newsroom.E017",
        )


@check
def check_webhook() -> Iterator[CheckMessage]:
    """Look whether the webhook can be told, and its messages signed (E035)."""
    if not webhook.is_sound():
        yield Error(
            "WAGTAIL_NEWSROOM_WEBHOOK_URL or WAGTAIL_NEWSROOM_WEBHOOK_SECRET cannot be used.",
            hint="Give an address that begins with https://, and a secret of 16 letters or more.",
            id="wagtail_newsroom.E035",
        )


@check
def check_networks() -> Iterator[CheckMessage]:
    """Look whether the site's own networks can be read (E016)."""
    for code, entry in conf.networks.items():
        if entry is None:
            continue
        try:
            own_network(code, entry)
        except (TypeError, ValueError) as error:
            yield Error(
                f"WAGTAIL_NEWSROOM_NETWORKS has an entry that cannot be read. {error}",
                hint=f"Give a dictionary with some of: {', '.join(FIELDS)}.",
                id="wagtail_newsroom.E016",
            )
