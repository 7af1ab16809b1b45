"""Near matches: what the memory knows of texts that are almost the same; offered, never applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models, router, transaction
from rapidfuzz import fuzz, process

from ..conf import conf
from ..segments.scripts import primary
from ..segments.shingles import compared, tried_keys
from .models import MemoryEntry
from .near_models import MemoryShingle, index_entries

POSTINGS = 4000
"""How many index rows a search reads at most, rare pairs of words first."""

CANDIDATES = 200
"""How many texts a search compares at most, those that share most pairs first."""

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Near:
    """A pair of texts whose source is almost the one that was asked for."""

    source: str
    """The remembered source, an HTML fragment."""
    target: str
    """Its translation, an HTML fragment."""
    score: int
    """How alike the sources are, in percent; 100 may still differ in tags."""


def near(
    fragment: str,
    *,
    source_language: str,
    target_language: str,
    limit: int = 3,
    threshold: int | None = None,
) -> list[Near]:
    """Return the remembered pairs whose source is most like a fragment, the most alike first.

    Pairs serve both directions, and languages of the same base, such as `en` and `en-gb`. Alike
    means that of both texts' characters, as a reader sees them, so many percent are the same in
    the same order; `threshold` is the setting's unless given. Three queries, which read a bounded
    number of rows.
    """
    least = conf.near_match_threshold if threshold is None else threshold
    text = compared(fragment)
    if not text or limit < 1:
        return []
    keys = tried_keys(fragment, language=source_language, other=target_language)
    found = _candidates(keys, length=len(text), least=least)
    pairs = {
        pair: compared(pair[0])
        for pair in _pairs(found, source_language=source_language, target_language=target_language)
    }
    best = process.extract(text, pairs, scorer=fuzz.ratio, score_cutoff=least, limit=limit)
    # Rounded down, so that only what is the same is called so.
    return [Near(source=pair[0], target=pair[1], score=int(score)) for _text, score, pair in best]


def _candidates(keys: list[int], *, length: int, least: int) -> list[int]:
    """Return the entries that share most pairs of words with a text of this length."""
    # A ratio is twice the common characters by all characters, so it bounds the lengths.
    share = max(least, 1) / 100
    of_length = MemoryShingle.objects.filter(
        length__gte=int(length * share / (2 - share)), length__lte=length * (2 - share) / share + 1
    )
    counts = (
        of_length.filter(key__in=keys)
        .values_list("key")
        .annotate(rows=models.Count("pk"))
        .order_by("rows", "key")
    )
    chosen: list[int] = []
    left = POSTINGS
    for key, rows in counts:
        # The rarest counts however common it is; the query below stops reading in time.
        if chosen and rows > left:
            break
        chosen.append(key)
        left -= rows
    if not chosen:
        return []
    rows = of_length.filter(key__in=chosen).values_list("entry", flat=True)[:POSTINGS]
    return [entry for entry, _shared in Counter(rows).most_common(CANDIDATES)]


def _pairs(
    entries: Iterable[int], *, source_language: str, target_language: str
) -> list[tuple[str, str]]:
    """Return source and target of those entries that serve this direction, the newest first."""
    wanted = (primary(source_language), primary(target_language))
    pairs: list[tuple[str, str]] = []
    for first, second, source, target in (
        MemoryEntry.objects.filter(pk__in=list(entries))
        .order_by("-updated_at", "-pk")
        .values_list("source_language", "target_language", "source_text", "target_text")
    ):
        if (primary(first), primary(second)) == wanted:
            pairs.append((source, target))
        if (primary(second), primary(first)) == wanted:
            pairs.append((target, source))
    return pairs


def index_memory() -> int:
    """Make all entries findable that are not yet, and return how many they were."""
    indexed = 0
    last = 0
    unindexed = MemoryEntry.objects.filter(shingles=None).order_by("pk")
    while batch := list(unindexed.filter(pk__gt=last)[:_BATCH]):
        with transaction.atomic(using=router.db_for_write(MemoryShingle)):
            index_entries(batch)
        indexed += len(batch)
        last = batch[-1].pk
    return indexed
