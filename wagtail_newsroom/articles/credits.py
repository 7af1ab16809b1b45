"""Credits: the bylines of a piece as readers get them, by what somebody did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import pgettext, pgettext_lazy

from .authors import get_author_model
from .bylines import RELATION, Byline

Role = Byline.Role

SENTENCES: dict[str, str | Promise] = {
    Role.WRITER: pgettext_lazy("credit", "By %(names)s"),
    Role.TRANSLATOR: pgettext_lazy("credit", "Translated by %(names)s"),
    Role.EDITOR: pgettext_lazy("credit", "Edited by %(names)s"),
    Role.PHOTOGRAPHER: pgettext_lazy("credit", "Photographs: %(names)s"),
    Role.AGENCY: pgettext_lazy("credit", "Agency: %(names)s"),
}
"""What readers are told of each role, in the active language."""


@dataclass(frozen=True, slots=True)
class Credited:
    """A name among a piece's credits, in the language in which readers may see it."""

    name: str
    language_code: str
    """The language of the name; not the piece's while the author has no live row in that."""
    author: Any
    """The author whose page readers of the piece may open; None where there is none."""
    is_organisation: bool


@dataclass(frozen=True, slots=True)
class Credit:
    """All who did one thing for a piece."""

    role: str
    people: tuple[Credited, ...]
    """In the order in which editors put them, each once."""


def credits_of(page: Any) -> list[Credit]:
    """Return a page's credits, grouped by role in the order of their first names; one query.

    Content in memory, such as a preview's, is read as it is, in one query too.
    """
    held = getattr(page, "_cluster_related_objects", {}).get(RELATION)
    if held is None:
        return credits_of_pages([page]).get(page.pk, [])
    authors = _with_other_names(
        get_author_model().objects.filter(pk__in={byline.author_id for byline in held}),
        key="translation_key",
    ).select_related("locale")
    by_pk = {author.pk: author for author in authors}
    return _grouped(
        (byline.role, by_pk[byline.author_id], by_pk[byline.author_id], page.locale_id)
        for byline in held
        if byline.author_id in by_pk
    )


def credits_of_pages(pages: Sequence[Any]) -> dict[int, list[Credit]]:
    """Return the stored credits of many pages by their keys, in one query."""
    locales = {page.pk: page.locale_id for page in pages}
    rows = (
        _with_other_names(Byline.objects.filter(page_id__in=locales), key="author__translation_key")
        .select_related("author__locale")
        .defer("author__bio", "author__accounts")
        .order_by("page_id", "sort_order", "pk")
    )
    rows_by_page: dict[int, list[Byline]] = {}
    for row in rows:
        rows_by_page.setdefault(row.page_id, []).append(row)
    return {
        pk: _grouped((row.role, row.author, row, locales[pk]) for row in found)
        for pk, found in rows_by_page.items()
    }


def _with_other_names(rows: QuerySet[Any], *, key: str) -> QuerySet[Any]:
    """Annotate the name that stands in while a row's author cannot be read in its language.

    The oldest that readers see in another language, which is the source's; else the oldest of all.
    """
    others = (
        get_author_model().objects.filter(translation_key=OuterRef(key)).order_by("-live", "pk")
    )
    return rows.annotate(
        other_name=Subquery(others.values("name")[:1]),
        other_language=Subquery(others.values("locale__language_code")[:1]),
    )


def _grouped(rows: Iterable[tuple[str, Any, Any, int]]) -> list[Credit]:
    groups: dict[str, dict[Any, Credited]] = {}
    for role, author, names, locale_id in rows:
        is_ours = author.live and author.locale_id == locale_id
        credited = Credited(
            name=author.name if is_ours else names.other_name,
            language_code=author.locale.language_code if is_ours else names.other_language,
            author=author if is_ours else None,
            is_organisation=author.is_organisation,
        )
        groups.setdefault(role, {}).setdefault(author.translation_key, credited)
    return [Credit(role, tuple(people.values())) for role, people in groups.items()]


def sentence(role: str, names: Sequence[str]) -> SafeString:
    """Return what readers are told of a role: “By A, B and C”, in the active language.

    Names that are no safe HTML are escaped.
    """
    pattern = str(SENTENCES.get(role, SENTENCES[Role.WRITER]))
    return _filled(pattern, names=join_names(names))


def join_names(names: Sequence[str]) -> SafeString:
    """Return names as a list in the active language: “A, B and C”."""
    if not names:
        return SafeString("")
    *others, last = names
    if not others:
        return conditional_escape(last)
    joined = conditional_escape(others[0])
    for name in others[1:]:
        joined = _filled(
            pgettext("list of names, going on", "%(names)s, %(name)s"), names=joined, name=name
        )
    return _filled(
        pgettext("list of names, its end", "%(names)s and %(name)s"), names=joined, name=last
    )


def _filled(pattern: str, **parts: str) -> SafeString:
    escaped = {name: conditional_escape(part) for name, part in parts.items()}
    return SafeString(conditional_escape(pattern) % escaped)
