"""Tells search engines at once which addresses changed: https://www.indexnow.org/documentation"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

import requests
from django.db.models import Exists
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page

from ..articles.queries import indexed, readable, restrictions_of
from ..conf import conf
from .addresses import address_of

logger = logging.getLogger("wagtail_newsroom")

TIMEOUT = (5, 15)
"""Seconds to connect and to answer."""
KEY = re.compile(r"[A-Za-z0-9-]{8,128}")
"""What a key may be made of."""
AT_MOST = 10_000
"""The most addresses of one message."""


def is_on() -> bool:
    """Return whether the site has a usable key."""
    return bool(KEY.fullmatch(conf.indexnow_key))


def address_to_tell(page: Page, *, is_gone: bool = False) -> str:
    """Return the address that engines are told of a page; empty if nobody may read it.

    One that was just unpublished is told too, so that they look and find it gone.
    """
    if not is_on():
        return ""
    pages = Page.objects.filter(pk=page.pk)
    # What was never public is not told when it goes either.
    told = pages.filter(~Exists(restrictions_of()), alias_of=None) if is_gone else readable(pages)
    if not indexed(told).exists():
        return ""
    return address_of(page, page.locale.language_code) or ""


def submit(urls: Sequence[str]) -> int:
    """Tell the engines of addresses of one site; returns the answer's status, 0 if none came.

    Each host gets a message of its own. Failing is no harm: engines find the pages by the sitemap.
    """
    status = 0
    hosts: dict[str, list[str]] = {}
    for url in urls:
        hosts.setdefault(urlsplit(url).netloc, []).append(url)
    for host, of_host in hosts.items():
        try:
            key_path = reverse("wagtail_newsroom:indexnow_key")
        except NoReverseMatch:
            return 0
        scheme = urlsplit(of_host[0]).scheme
        try:
            answer = requests.post(
                conf.indexnow_endpoint,
                json={
                    "host": host,
                    "key": conf.indexnow_key,
                    "keyLocation": f"{scheme}://{host}{key_path}",
                    "urlList": of_host[:AT_MOST],
                },
                timeout=TIMEOUT,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            logger.warning("IndexNow was not reached: %s", type(error).__name__)
            continue
        status = answer.status_code
        if status >= 400:
            logger.warning("IndexNow answered %s", status)
    return status
