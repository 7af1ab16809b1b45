"""The translation memory: what was approved or imported once is not translated again."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import IO, Any, TypeVar

from django.conf.locale import LANG_INFO
from django.db import connections, router, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.coreutils import get_content_languages

from ..conf import conf
from ..exceptions import BadFile, NotAllowed
from ..segments.inline import have_same_tags
from ..segments.keys import memory_key, visible_text
from ..segments.tmx import BadTmx, Unit, read_units, write_units
from .models import MemoryEntry
from .near_models import index_entries

ADD = "wagtail_newsroom.add_memoryentry"
"""The permission to bring texts into the memory."""

TOOL = "Memory"
"""What wagtail-localize's rows name as the tool of a text that comes from here."""

CHUNK = 500
"""How many texts are looked up or stored at once."""

# A parsed TMX file waits here until it is known to be whole; above this it waits on the disk.
_SPOOL_BYTES = 8 * 1024 * 1024

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a TMX file."""

    units: int
    """Units that the file holds."""
    added: int = 0
    """Pairs of texts that are new to the memory."""
    updated: int = 0
    """Pairs that it knew and that now count as its newest."""
    skipped: int = 0
    """Units in fewer than two of the site's languages, and pairs that cannot be used."""


def describe(result: ImportResult) -> str:
    """Return a sentence that says what became of a file."""
    return _(
        "The file was imported. Units: %(units)d, new pairs: %(added)d, known pairs: %(updated)d, "
        "left out: %(skipped)d."
    ) % {
        "units": result.units,
        "added": result.added,
        "updated": result.updated,
        "skipped": result.skipped,
    }


def are_related(code: str, other: str) -> bool:
    """Return whether texts in one language may serve the other: `en` and `en-gb`, not `en-us`."""
    return code == other or code.startswith(f"{other}-") or other.startswith(f"{code}-")


def can_be_remembered(source: str, translation: str) -> bool:
    """Return whether a pair of fragments is of use: both say something and hold the same tags."""
    return bool(
        visible_text(source) and visible_text(translation) and have_same_tags(source, translation)
    )


def recall(
    fragments: Collection[str], *, source_language: str, target_language: str
) -> dict[str, str]:
    """Return the remembered translations of those fragments that have one.

    Fragments match when they differ by nothing but spaces and invisible marks. A pair in exactly
    these languages wins over one in a related language, a pair in this direction over one in the
    other, the newest over older ones. At most two queries for each 500 fragments.
    """
    sources, targets = relatives(source_language), relatives(target_language)
    waiting: dict[str, list[str]] = {}
    for fragment in dict.fromkeys(fragments):
        waiting.setdefault(memory_key(fragment), []).append(fragment)
    found: dict[str, str] = {}
    for keys in _chunks(waiting, CHUNK):
        for is_forward in (True, False):
            wanted = [
                key for key in keys if any(fragment not in found for fragment in waiting[key])
            ]
            if not wanted:
                break
            best: dict[str, tuple[int, str]] = {}
            for key, text, source, target in _rows(
                wanted, sources=sources, targets=targets, is_forward=is_forward
            ):
                rank = sources.index(source) + targets.index(target)
                for fragment in waiting[key]:
                    known = best.get(fragment)
                    # Rows come oldest first, so that of equals the newest stays. Keys ignore
                    # escaping: a tag and the text that looks like it share one.
                    if (known is None or rank <= known[0]) and have_same_tags(fragment, text):
                        best[fragment] = (rank, text)
            for fragment, (_rank, text) in best.items():
                found.setdefault(fragment, text)
    return found


def _rows(
    keys: Sequence[str], *, sources: Sequence[str], targets: Sequence[str], is_forward: bool
) -> QuerySet[MemoryEntry, tuple[str, str, str, str]]:
    """Return key, text, source and target language of the pairs for these keys, oldest first."""
    if is_forward:
        return (
            MemoryEntry.objects.filter(
                source_language__in=sources, target_language__in=targets, source_key__in=keys
            )
            .order_by("updated_at", "pk")
            .values_list("source_key", "target_text", "source_language", "target_language")
        )
    return (
        MemoryEntry.objects.filter(
            target_language__in=sources, source_language__in=targets, target_key__in=keys
        )
        .order_by("updated_at", "pk")
        .values_list("target_key", "source_text", "target_language", "source_language")
    )


def relatives(language: str) -> list[str]:
    """Return the languages whose texts may serve this one, itself first."""
    codes = [code for code, _name in get_content_languages().items()]
    known = dict.fromkeys([language, language.partition("-")[0], *codes, *LANG_INFO])
    return [code for code in known if are_related(code, language)]


def remember(
    pairs: Iterable[tuple[str, str]],
    *,
    source_language: str,
    target_language: str,
    origin: MemoryEntry.Origin | str,
    user: Any = None,
) -> int:
    """Keep pairs of source and translation, and return how many were kept.

    A pair that is known already becomes the newest. A pair without text or with unequal tags is
    not kept, because no piece could use it. The number of queries is the same for 1 and for 500.
    """
    kept = 0
    usable = (pair for pair in pairs if can_be_remembered(*pair))
    with transaction.atomic(using=router.db_for_write(MemoryEntry)):
        for chunk in _chunks(usable, CHUNK):
            added, updated = _store(
                chunk, languages=(source_language, target_language), origin=origin, user=user
            )
            kept += added + updated
    return kept


def _store(
    pairs: Iterable[tuple[str, str]],
    *,
    languages: tuple[str, str],
    origin: MemoryEntry.Origin | str,
    user: Any,
) -> tuple[int, int]:
    """Write a chunk of pairs and return how many were new and how many were known."""
    source_language, target_language = languages
    entries: dict[tuple[str, str], MemoryEntry] = {}
    for source, target in pairs:
        entry = MemoryEntry(
            source_language=source_language,
            target_language=target_language,
            source_text=source,
            target_text=target,
            source_key=memory_key(source),
            target_key=memory_key(target),
            origin=origin,
            created_by=user,
        )
        entries[entry.source_key, entry.target_key] = entry
    known = set(
        MemoryEntry.objects.filter(
            source_language=source_language,
            target_language=target_language,
            source_key__in={source_key for source_key, _target_key in entries},
        ).values_list("source_key", "target_key")
    )
    changed = ["source_text", "target_text", "updated_at"]
    if origin == MemoryEntry.Origin.APPROVED:
        # What a person here approved stays approved when a file brings it again.
        changed.append("origin")
    features = connections[router.db_for_write(MemoryEntry)].features
    stored = MemoryEntry.objects.bulk_create(
        # In one order everywhere, so that two approvals cannot lock each other out.
        sorted(entries.values(), key=lambda entry: (entry.source_key, entry.target_key)),
        update_conflicts=True,
        update_fields=changed,
        unique_fields=(
            ["source_language", "target_language", "source_key", "target_key"]
            if features.supports_update_conflicts_with_target
            else None
        ),
    )
    new = [entry for entry in stored if (entry.source_key, entry.target_key) not in known]
    index_entries(_with_keys(new))
    updated = len(known & entries.keys())
    return len(entries) - updated, updated


def _with_keys(entries: Sequence[MemoryEntry]) -> Iterable[MemoryEntry]:
    """Return entries that were just written, as the database has them where it did not tell."""
    if all(entry.pk is not None for entry in entries):
        return entries
    first = entries[0]
    return MemoryEntry.objects.filter(
        source_language=first.source_language,
        target_language=first.target_language,
        source_key__in=[entry.source_key for entry in entries],
        target_key__in=[entry.target_key for entry in entries],
    )


def import_tmx(file: IO[bytes], *, user: Any = None) -> ImportResult:
    """Bring all of a TMX file into the memory, or nothing of it.

    Each pair of the site's content languages that a unit holds becomes an entry. `file` is
    binary and can seek. A `user`, where there is one, needs the permission to add to the memory.
    Raises `BadFile` and `NotAllowed`.
    """
    if user is not None and not user.has_perm(ADD):
        raise NotAllowed(_("You may not add to the translation memory."))
    languages = list(get_content_languages())
    units = skipped = 0
    with tempfile.SpooledTemporaryFile(max_size=_SPOOL_BYTES, mode="w+", encoding="utf-8") as spool:
        # The file is read whole before the first row is written: a broken end is found in time,
        # and the database is not locked while we parse.
        for unit in _read(file):
            units += 1
            pairs = list(_pairs(unit, languages))
            usable = [pair for pair in pairs if can_be_remembered(pair[2], pair[3])]
            skipped += len(pairs) - len(usable) if pairs else 1
            for pair in usable:
                spool.write(json.dumps(pair) + "\n")
        spool.seek(0)
        added, updated, repeated = _store_spooled(map(json.loads, spool), user=user)
    return ImportResult(units=units, added=added, updated=updated, skipped=skipped + repeated)


def _store_spooled(
    pairs: Iterator[tuple[str, str, str, str]], *, user: Any
) -> tuple[int, int, int]:
    """Write all pairs and return how many were new, known, and repeated within a chunk."""
    added = updated = repeated = 0
    with transaction.atomic(using=router.db_for_write(MemoryEntry)):
        for chunk in _chunks(pairs, CHUNK):
            by_languages: dict[tuple[str, str], list[tuple[str, str]]] = {}
            for source_language, target_language, source, target in chunk:
                by_languages.setdefault((source_language, target_language), []).append(
                    (source, target)
                )
            for languages, texts in by_languages.items():
                new, known = _store(
                    texts, languages=languages, origin=MemoryEntry.Origin.IMPORTED, user=user
                )
                added += new
                updated += known
                repeated += len(texts) - new - known
    return added, updated, repeated


class _Capped:
    """A file that is refused when it turns out to be longer than the site allows."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._left = conf.tmx_max_bytes

    def read(self, size: int = -1, /) -> bytes:
        if size < 0 or size > self._left + 1:
            size = self._left + 1
        data = self._file.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise BadFile(too_large())
        return data

    def seek(self, position: int, /) -> int:
        self._left = conf.tmx_max_bytes
        return self._file.seek(position)


def too_large() -> str:
    """Return the sentence that refuses a file over the size that the site allows."""
    return _("This file is larger than %(limit)d MB.") % {
        "limit": conf.tmx_max_bytes // (1024 * 1024)
    }


def _read(file: IO[bytes]) -> Iterator[Unit]:
    try:
        yield from read_units(_Capped(file))
    except BadTmx as error:
        sentence = _(error.sentence)
        raise BadFile(sentence % error.values if error.values else sentence) from error


def _pairs(unit: Unit, languages: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield source language, target language and both texts of each pair that a unit holds."""
    written = {}
    for language in languages:
        codes = [language, *(code for code in unit.texts if are_related(code, language))]
        if code := next((code for code in codes if unit.texts.get(code)), None):
            written[language] = code
    source = unit.source_language or ""
    # False sorts before True: the unit's source language comes first.
    ordered = sorted(written, key=lambda language: not are_related(language, source))
    for first, second in combinations(ordered, 2):
        # One text may serve two of the site's languages, but it is no translation of itself.
        if written[first] != written[second]:
            yield first, second, unit.texts[written[first]], unit.texts[written[second]]


def export_tmx(file: IO[bytes], *, entries: QuerySet[MemoryEntry] | None = None) -> int:
    """Write the memory, or some entries of it, as a TMX file and return how many they were.

    The oldest come first, so that an import of the file leaves the newest as the newest.
    """
    chosen = MemoryEntry.objects.all() if entries is None else entries
    rows = chosen.order_by("updated_at", "pk").values_list(
        "source_language", "target_language", "source_text", "target_text"
    )
    units = (
        Unit(
            texts={source_language: source, target_language: target},
            source_language=source_language,
        )
        for source_language, target_language, source, target in rows.iterator(chunk_size=2000)
    )
    return write_units(file, units, source_language=None)


def _chunks(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk
