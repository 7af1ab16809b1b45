"""The archive: how many pieces each year and month holds, and which lie beside one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import TruncDate
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Page

from ..articles.models import ArticleMixin
from ..articles.queries import pieces_below
from .alternates import trail_of
from .calendars import Period, period_of, year_and_month
from .dates import day_of, name_of_month
from .places import Version, address, canonical_address, versions_of


@dataclass(frozen=True, slots=True)
class Month:
    """A month in which something was published."""

    period: Period
    count: int

    @property
    def name(self) -> str:
        """The month's name without its year."""
        return name_of_month(self.period.month or 1, self.period.language_code)


@dataclass(frozen=True, slots=True)
class Year:
    """A year in which something was published, with its months, the newest first."""

    period: Period
    months: tuple[Month, ...]

    @property
    def count(self) -> int:
        """How many pieces were published in it."""
        return sum(month.count for month in self.months)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The years or months beside one in which something was published."""

    earlier: Period | None
    later: Period | None


def years_of(pieces: QuerySet[Page], language_code: str) -> list[Year]:
    """Return the years and months in which these pieces were published, the newest first.

    One query. The database counts by day in the current time zone: no month of one calendar is
    made of months of another, but all are made of days; so at most a row for each day comes back.
    """
    counts: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    days = pieces.order_by().annotate(day=TruncDate("published")).values("day")
    for day, count in days.annotate(count=Count("pk")).values_list("day", "count"):
        if day is not None:
            year, month = year_and_month(day, language_code)
            counts[year][month] += count
    found = []
    for year in sorted(counts, reverse=True):
        months = [
            Month(period, counts[year][month])
            for month in sorted(counts[year], reverse=True)
            if (period := period_of(language_code, year, month)) is not None
        ]
        whole = period_of(language_code, year)
        if whole is not None and months:
            found.append(Year(whole, tuple(months)))
    return found


def published_in(period: Period) -> Q:
    """Return the condition that a piece was published in a year or month."""
    first, end = period.moments
    return Q(published__gte=first, published__lt=end)


def neighbours_of(period: Period, pieces: QuerySet[Page]) -> Neighbours:
    """Return the nearest years or months before and after that have pieces; one query."""
    first, end = period.moments
    found = pieces.order_by().aggregate(
        earlier=Max("published", filter=Q(published__lt=first)),
        later=Min("published", filter=Q(published__gte=end)),
    )
    return Neighbours(
        earlier=_period_at(found["earlier"], period), later=_period_at(found["later"], period)
    )


def _period_at(moment: datetime | None, like: Period) -> Period | None:
    if moment is None:
        return None
    year, month = year_and_month(day_of(moment), like.language_code)
    return period_of(like.language_code, year, month if like.month is not None else None)


def title_of(period: Period | None) -> str:
    """Return the title of the archive, or of one of its years or months, in the active language."""
    if period is None:
        return gettext("Archive")
    return gettext("Archive of %(period)s") % {"period": period.name}


def address_of_period(period: Period, request: HttpRequest) -> str:
    """Return the absolute address of a year or month; empty where the site includes none."""
    name, parts = _parts(period)
    return address(name, period.language_code, request, **parts)


def versions_of_archive(home: Page, request: HttpRequest) -> tuple[Version, ...]:
    """Return the archive's first page in each language that has a home page.

    No query beside that of `alternates`.
    """
    codes = [each.language_code for each in trail_of(home, request).versions]
    return versions_of("archive", [(code, {}) for code in codes], request)


def versions_of_period(
    period: Period, home: Page, request: HttpRequest
) -> tuple[tuple[Version, ...], tuple[Version, ...]]:
    """Return the versions of a year or month, and where the other languages' readers are led.

    A language of the same calendar that has pieces in it has a version. Another calendar's years
    and months hold other pieces, so they are no alternates; its readers are led to the nearest one
    that has pieces, or else to the archive's first page. One query for each other language.
    """
    own: list[Version] = []
    near: list[Version] = []
    for each in trail_of(home, request).versions:
        code = each.language_code
        is_own = code == period.language_code
        nearest = period if is_own else _nearest_with_pieces(period, each.page, code)
        name, parts = ("archive", {}) if nearest is None else _parts(nearest)
        with translation.override(code):
            title = title_of(nearest)
        url = canonical_address(name, code, request, **parts)
        if not url:
            continue
        version = Version(code, url, is_default=each.is_default, title=title)
        is_same = nearest is not None and (nearest.first, nearest.end) == (period.first, period.end)
        (own if is_own or is_same else near).append(version)
    return tuple(own), tuple(near)


def _nearest_with_pieces(period: Period, home: Page, code: str) -> Period | None:
    nearest = period.nearest(code)
    year = period_of(code, nearest.year)
    candidates = [each for each in dict.fromkeys((nearest, year)) if each is not None]
    counts = (
        pieces_below(home, ArticleMixin)
        .order_by()
        .aggregate(
            **{
                f"in_{number}": Count("pk", filter=published_in(each))
                for number, each in enumerate(candidates)
            }
        )
    )
    return next((each for number, each in enumerate(candidates) if counts[f"in_{number}"]), None)


def _parts(period: Period) -> tuple[str, dict[str, int]]:
    if period.month is None:
        return "archive_year", {"year": period.year}
    return "archive_month", {"year": period.year, "month": period.month}
