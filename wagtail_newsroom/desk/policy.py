"""Which policy holds for a piece: what the sections above it say, and else the site's settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q
from wagtail.coreutils import get_content_languages
from wagtail.models import Page

from ..conf import conf
from . import localize
from .policy_models import OnPublish, Policy, SectionPolicyMixin

DEFAULT = "*"
"""The key of the policy for languages that the setting does not name."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the sections above a piece say; None where none of them says anything."""

    policy: Policy | None = None
    on_publish: OnPublish | None = None
    into: tuple[str, ...] = ()
    """The codes of the languages, empty for all; of the section that says `on_publish`."""


def policy_for(original: Any, language_code: str) -> Policy:
    """Return the policy for the translation of a piece into a language.

    Sections are asked first, the nearest to the original; a piece that stands in none, such as a
    snippet, follows the setting. One query for each class of sections, and two more where one of
    them says something.
    """
    return said_above([original]).get(original.pk, Said()).policy or site_policy(language_code)


def policies_for(originals: Mapping[int, tuple[Any, str]]) -> dict[int, Policy]:
    """Return the policies of many translations, given as originals with languages by any key.

    As many queries as for one.
    """
    said = said_above(original for original, _code in originals.values())
    return {
        key: (said.get(original.pk, Said()).policy if isinstance(original, Page) else None)
        or site_policy(code)
        for key, (original, code) in originals.items()
    }


def site_policy(language_code: str) -> Policy:
    """Return what the setting says of a language; the strictest where it cannot be read."""
    wanted = conf.policy
    if isinstance(wanted, Mapping):
        wanted = wanted.get(language_code, wanted.get(DEFAULT, Policy.REVIEW))
    return Policy(wanted) if _is_one_of(wanted, Policy) else Policy.REVIEW


def on_publish_for(original: Any) -> tuple[OnPublish, list[str]]:
    """Return what the publication of an original sets off, and the languages it is for."""
    said = said_above([original]).get(original.pk, Said())
    if said.on_publish is not None:
        wanted, into = said.on_publish, said.into
    else:
        named = conf.translate_on_publish
        wanted = OnPublish(named) if _is_one_of(named, OnPublish) else OnPublish.NEVER
        into = strings_in(conf.translate_into)
    codes = get_content_languages()
    return wanted, [code for code in codes if not into or code in into]


def said_above(pieces: Iterable[Any]) -> dict[int, Said]:
    """Return what the sections above pages say, themselves included, by the pages' keys."""
    pages = {piece.pk: piece for piece in pieces if isinstance(piece, Page) and piece.path}
    chains = {
        pk: [page.path[:end] for end in range(len(page.path), page.steplen, -page.steplen)]
        for pk, page in pages.items()
    }
    paths = {path for chain in chains.values() for path in chain}
    sections = Page.objects.order_by().filter(path__in=paths)
    spoken = _spoken(sections.values("translation_key")) if paths else {}
    if not spoken:
        return {}
    # A section's original says it for all languages.
    origin = {
        (each.source.object_id, each.target_locale_id): each.source.locale_id
        for each in localize.translations_of_many({key for key, _locale in spoken})
    }
    at = {
        path: spoken.get((key, origin.get((key, locale), locale)), Said())
        for path, key, locale in sections.values_list("path", "translation_key", "locale_id")
    }
    return {pk: _nearest(at.get(path, Said()) for path in chain) for pk, chain in chains.items()}


def _nearest(chain: Iterable[Said]) -> Said:
    """Return what holds at the end of a chain of sections, given from there upwards."""
    policy: Policy | None = None
    on_publish: OnPublish | None = None
    into: tuple[str, ...] = ()
    for said in chain:
        policy = policy or said.policy
        if on_publish is None and said.on_publish is not None:
            on_publish, into = said.on_publish, said.into
    return Said(policy, on_publish, into)


def _spoken(keys: Any) -> dict[tuple[UUID, int], Said]:
    """Return what sections say that say anything, by translation key and locale.

    What only a draft says does not count; that an old section went offline changes nothing.
    """
    found = {}
    for model in _section_models():
        rows = model._base_manager.filter(
            ~Q(translation_policy="") | ~Q(translate_on_publish=""),
            Q(live=True) | Q(first_published_at__isnull=False),
            translation_key__in=keys,
        )
        for key, locale, policy, on_publish, into in rows.values_list(
            "translation_key",
            "locale_id",
            "translation_policy",
            "translate_on_publish",
            "translate_into",
        ):
            found[key, locale] = Said(
                Policy(policy) if policy in Policy.values else None,
                OnPublish(on_publish) if on_publish in OnPublish.values else None,
                strings_in(into),
            )
    return found


@cache
def _section_models() -> tuple[type[Any], ...]:
    # The classes that have the columns; their subclasses' pages have a row there too.
    return tuple(
        model
        for model in apps.get_models()
        if issubclass(model, SectionPolicyMixin)
        and any(field.name == "translation_policy" for field in model._meta.local_fields)
    )


def _is_one_of(value: Any, choices: Any) -> bool:
    return isinstance(value, str) and value in choices.values


def strings_in(value: Any) -> tuple[str, ...]:
    """Return the strings of a list or tuple; none of anything else that a setting may hold."""
    if not isinstance(value, (list, tuple)):
        return ()
    return tuple(each for each in value if isinstance(each, str))
