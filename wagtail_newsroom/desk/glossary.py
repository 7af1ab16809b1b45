"""The glossary at the desk: which terms count for a piece."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from ..segments.glossary import Glossary, Term
from .glossary_models import GlossaryTerm
from .memory import relatives

VIEW = "wagtail_newsroom.view_glossaryterm"
ADD = "wagtail_newsroom.add_glossaryterm"
CHANGE = "wagtail_newsroom.change_glossaryterm"


def glossary_for(source_language: str, target_language: str, *, site: Any = None) -> Glossary:
    """Return the terms that count when a piece of a site is translated, in one query.

    A term for the site comes before one for all sites, one in exactly these languages before one
    in related languages, and one in this direction before one in the other. Without a site only
    the terms for all sites count.
    """
    sources, targets = relatives(source_language), relatives(target_language)
    rows = GlossaryTerm.objects.filter(
        Q(source_language__in=sources, target_language__in=targets)
        | Q(one_way=False, source_language__in=targets, target_language__in=sources),
        Q(site=None) | Q(site=site),
    ).order_by("pk")
    ranked: list[tuple[tuple[bool, int, bool, int], Term]] = []
    for row in rows:
        is_forward = row.source_language in sources and row.target_language in targets
        first, second = (
            (row.source_language, row.target_language)
            if is_forward
            else (row.target_language, row.source_language)
        )
        distance = (first != source_language) + (second != target_language)
        ranked.append(
            ((row.site_id is None, distance, not is_forward, row.pk), _term(row, is_forward))
        )
    ranked.sort(key=lambda item: item[0])
    return Glossary(
        (term for _rank, term in ranked), source=source_language, target=target_language
    )


def _term(row: GlossaryTerm, is_forward: bool) -> Term:
    """Return a row's term for one direction; variants are of the language they were given in."""
    if is_forward or row.keep_as_is:
        return Term(
            source=row.term,
            translation=row.translation,
            case_sensitive=row.case_sensitive,
            forbidden=row.variants if is_forward else (),
            note=row.note,
        )
    return Term(
        source=row.translation,
        translation=row.term,
        case_sensitive=row.case_sensitive,
        note=row.note,
    )
