"""Sitemaps beside Wagtail's own: queries, time for an address and memory, at two sizes.

The pages are rows without revisions, half of the Persian ones with Unicode slugs. Each size runs
in a process of its own, because memory that was used once stays used.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from .rows import Options, Row, Wrong

ORDER = 700
SIZES = (10_000, 100_000)


def rows(options: Options) -> Iterator[Row]:
    """Measure both sizes."""
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="newsroom-sitemaps-") as folder:
            _run("grow", folder, str(size))
            ours, theirs = _run("ours", folder), _run("wagtail", folder)
        if ours["addresses"] != size + 2 or theirs["addresses"] != size // 2 + 1:
            raise Wrong(f"{ours['addresses']} and {theirs['addresses']} of {size} addresses")
        ratio = ours["microseconds"] / theirs["microseconds"]
        what = f"sitemap, {size:,} addresses"
        yield Row(
            f"{what} in two languages with alternates: queries a file",
            f"{ours['queries']:.0f}",
            f"wagtail.contrib.sitemaps {theirs['queries']:.0f}, one language, no alternates",
            "≤ 10",
            ours["queries"] <= 10,
        )
        yield Row(
            f"{what}: time for an address",
            f"{ours['microseconds']:.1f} µs ({ratio:.2f} ×)",
            f"wagtail.contrib.sitemaps {theirs['microseconds']:.0f} µs",
            "≤ 0.20 ×",
            ratio <= 0.20,
        )
        yield Row(
            f"{what}: memory above that of a first page",
            f"{ours['megabytes']:.0f} MB",
            f"wagtail.contrib.sitemaps {theirs['megabytes']:.0f} MB",
            "≤ 20 MB",
            ours["megabytes"] <= 20,
        )
        yield Row(
            f"{what}: all files a second time, from the cache",
            f"{ours['kept_milliseconds']:.0f} ms",
        )


def _run(*arguments: str) -> dict[str, float]:
    """Run one step in a process of its own, because memory that was used once stays used."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.sitemaps", *arguments],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout)


def _grow(paper: Any, size: int) -> None:
    """Make pages as rows: half in each language, pairs of one translation key."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page

    kind = ContentType.objects.get_for_model(Page)
    start = datetime(2020, 1, 1, tzinfo=timezone.utc)
    for home, letters in ((paper.home, "piece"), (paper.home_fa, "خبر-باران")):
        home.refresh_from_db()
        made = []
        for number in range(size // 2):
            slug = f"{letters if number % 2 else 'piece'}-{number}"
            when = start + timedelta(minutes=31 * number)
            made.append(
                Page(
                    title=slug,
                    draft_title=slug,
                    slug=slug,
                    path=home.path + Page._int2str(number + 1).rjust(Page.steplen, "0"),
                    depth=home.depth + 1,
                    url_path=f"{home.url_path}{slug}/",
                    locale_id=home.locale_id,
                    translation_key=uuid.uuid5(uuid.NAMESPACE_URL, str(number)),
                    content_type=kind,
                    live=True,
                    last_published_at=when,
                    first_published_at=when,
                )
            )
        Page.objects.bulk_create(made, batch_size=2000)
        Page.objects.filter(pk=home.pk).update(numchild=size // 2)


def _set_up(folder: str) -> None:
    os.environ["NEWSROOM_TEST_SCRATCH"] = folder
    os.environ.pop("NEWSROOM_TEST_POSTGRES", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    from tests import settings

    # Wagtail's own sitemap needs Django's template.
    settings.INSTALLED_APPS.append("django.contrib.sitemaps")
    django.setup()


def grow(folder: str, size: str) -> dict[str, float]:
    """Make a newspaper with so many pages."""
    _set_up(folder)
    from django.core.management import call_command
    from wagtail.models import Locale, Page, Site

    from wagtail_newsroom.articles.models import NewsIndexPage

    call_command("migrate", verbosity=0)
    english = Locale.objects.get_or_create(language_code="en")[0]
    persian = Locale.objects.get_or_create(language_code="fa")[0]
    root = Page.get_first_root_node()
    home = root.add_child(instance=NewsIndexPage(title="The Bench", slug="bench", locale=english))
    home_fa = home.copy_for_translation(persian)
    home_fa.title = "نیمکت"
    home_fa.save_revision().publish()
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": home, "hostname": "localhost"}
    )
    _grow(SimpleNamespace(home=home, home_fa=home_fa), int(size))
    return {}


def ours(folder: str) -> dict[str, float]:
    """Read the index and all its files as a crawler does."""
    _set_up(folder)
    from django.core.cache import cache

    paths = _locations(_get("/sitemap.xml"))
    cache.clear()
    _get("/en/")
    before, queries, addresses, seconds = _peak(), 0, 0, 0.0
    for path in paths:
        if path.endswith("news.xml"):
            continue
        found = _timed(path)
        queries = max(queries, found[1])
        seconds += found[2]
        addresses += found[0].count(b"<url>")
    after = _peak()
    started = time.perf_counter()
    for path in paths:
        _get(path)
    return {
        "addresses": addresses,
        "queries": queries,
        "microseconds": seconds / addresses * 1e6,
        "megabytes": after - before,
        "kept_milliseconds": (time.perf_counter() - started) * 1000,
    }


def wagtail(folder: str) -> dict[str, float]:
    """Read Wagtail's own sitemap, which has one language and no alternates, in files of 25,000."""
    _set_up(folder)
    from django.test import RequestFactory
    from wagtail.contrib.sitemaps import Sitemap
    from wagtail.contrib.sitemaps.views import sitemap

    _get("/en/")
    # A subclass, because Django's limit is the class's.
    kind = type("Files", (Sitemap,), {"limit": 25_000})
    before, addresses, seconds, queries = _peak(), 0, 0.0, 0
    request = RequestFactory().get("/sitemap.xml", headers={"host": "localhost"})
    pages = kind(request).paginator.num_pages
    for number in range(1, pages + 1):
        request = RequestFactory().get(
            "/sitemap.xml", {"p": str(number)}, headers={"host": "localhost"}
        )
        text, asked, took = _counted(
            lambda request=request: sitemap(request, sitemaps={"wagtail": kind}).render().content
        )
        addresses += text.count(b"<url>")
        queries, seconds = max(queries, asked), seconds + took
    return {
        "addresses": addresses,
        "queries": queries,
        "microseconds": seconds / addresses * 1e6,
        "megabytes": _peak() - before,
    }


def _get(path: str) -> bytes:
    from django.test import Client

    answer = Client().get(path, headers={"host": "localhost"})
    if answer.status_code != 200:
        raise Wrong(f"{path}: {answer.status_code}")
    return b"".join(answer)


def _timed(path: str) -> tuple[bytes, int, float]:
    return _counted(lambda: _get(path))


def _counted(work: Callable[[], bytes]) -> tuple[bytes, int, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    started = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        text = work()
    return text, len(queries), time.perf_counter() - started


def _locations(index: bytes) -> list[str]:
    return [urlsplit(url).path for url in re.findall(r"<loc>([^<]+)</loc>", index.decode())]


def _peak() -> float:
    """Return the most memory that this process has used so far, in megabytes."""
    # Not ru_maxrss: that begins with what the parent had when it forked.
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.search(r"VmHWM:\s*(\d+)", status)[1]) / 1024


if __name__ == "__main__":
    step, *arguments = sys.argv[1:]
    print(json.dumps({"grow": grow, "ours": ours, "wagtail": wagtail}[step](*arguments)))
