"""What is stored about many pieces, gathered in a number of queries that does not grow with them."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from wagtail.models import Page, Site

from ..segments.checks import Severity
from ..segments.glossary import Glossary
from . import localize
from .findings import checked
from .glossary import glossary_for
from .localize import Segment, Translation
from .models import Approval, Dismissal, TranslationJob
from .outdated import Changes, changes_since, may_be_outdated
from .pieces import has_drafts, piece_of
from .policy import policies_for
from .policy_models import Policy, Unreviewed
from .state_models import Assignment, Waiver
from .urgency import Pair, urgent_of


@dataclass
class Evidence:
    """The rows that the states of some pieces are derived from."""

    translations: dict[UUID, dict[int, Translation]] = field(default_factory=dict)
    """Enabled ones, by the piece's key and the target's locale."""
    jobs: dict[int, TranslationJob] = field(default_factory=dict)
    """The last of each translation."""
    approvals: dict[int, Approval] = field(default_factory=dict)
    """The last of each translation."""
    segments: Mapping[int, list[Segment]] = field(default_factory=dict)
    """Those of each translation at which no machine works."""
    changes: Changes = field(default_factory=Changes)
    """What the live translations' originals say, where they were published again."""
    waived: dict[int, Container[str]] = field(default_factory=dict)
    policies: dict[int, Policy] = field(default_factory=dict)
    """Those of the translations that a policy approved."""
    unreviewed: set[tuple[UUID, int]] = field(default_factory=set)
    """The pieces that are live without a person's approval, by key and locale."""
    assigned: dict[tuple[UUID, int], int] = field(default_factory=dict)
    dismissed: dict[tuple[UUID, int], dict[tuple[str, str, str], str]] = field(default_factory=dict)
    urgent: set[Pair] = field(default_factory=set)
    sections: dict[str, int] = field(default_factory=dict)
    """Keys of the pages above, by their paths."""
    _glossaries: dict[tuple[str, str, int | None], Glossary] = field(default_factory=dict)

    def section_of(self, page: Page) -> int | None:
        """Returns the key of the page above."""
        return self.sections.get(_above(page))

    def open_findings(
        self, translation: Translation, target: Any, segments: list[Segment]
    ) -> tuple[int, int]:
        """Returns how many errors and warnings nobody has mended or dismissed."""
        source = translation.source.locale.language_code
        code = translation.target_locale.language_code
        told = [
            one
            for findings in checked(
                segments,
                source=source,
                target=code,
                glossary=self._glossary(source, code, self._site_of(target)),
                dismissed=self.dismissed.get(
                    (translation.source.object_id, translation.target_locale_id), {}
                ),
            ).values()
            for one in findings
            if one.is_open
        ]
        severities = [one.finding.severity for one in told]
        return severities.count(Severity.ERROR), severities.count(Severity.WARNING)

    def _glossary(self, source: str, target: str, site: int | None) -> Glossary:
        wanted = (source, target, site)
        if wanted not in self._glossaries:
            self._glossaries[wanted] = glossary_for(source, target, site=site)
        return self._glossaries[wanted]

    def _site_of(self, target: Any) -> int | None:
        if not isinstance(target, Page):
            return None
        return next(
            (
                root.site_id
                for root in Site.get_site_root_paths()
                if target.url_path.startswith(root.root_path)
            ),
            None,
        )


def gather(versions: Mapping[UUID, Mapping[int, Any]]) -> Evidence:
    """Return what is stored about pieces, which are given by key and locale."""
    evidence = Evidence()
    if not versions:
        return evidence
    everything = [one for in_locale in versions.values() for one in in_locale.values()]
    _find_translations(evidence, versions)
    _find_sections(evidence, everything)
    evidence.assigned = {
        (key, locale): user
        for key, locale, user in Assignment.objects.filter(object_id__in=versions).values_list(
            "object_id", "locale_id", "user_id"
        )
    }
    found = {
        translation.pk: translation
        for of_piece in evidence.translations.values()
        for translation in of_piece.values()
    }
    if not found:
        return evidence
    _find_history(evidence, found)
    _find_policies(evidence, versions, found)
    evidence.urgent = urgent_of(_live_pairs(evidence, versions))
    _find_changes(evidence, versions)
    idle = [
        translation
        for pk, translation in found.items()
        if pk not in evidence.jobs or not evidence.jobs[pk].is_active
    ]
    if idle:
        evidence.segments = localize.segments_of_many(idle)
    for row in Dismissal.objects.filter(object_id__in=versions).values_list(
        "object_id", "locale_id", "check_id", "source_fingerprint", "fingerprint"
    ):
        evidence.dismissed.setdefault(row[:2], {})[row[2:]] = "–"
    return evidence


def _find_translations(evidence: Evidence, versions: Mapping[UUID, Mapping[int, Any]]) -> None:
    # Content is compared where there is no time of publication to compare.
    with_content = any(
        not has_drafts(type(one)) for in_locale in versions.values() for one in in_locale.values()
    )
    for translation in localize.translations_of_many(list(versions), with_content=with_content):
        of_piece = evidence.translations.setdefault(translation.source.object_id, {})
        if translation.target_locale_id != translation.source.locale_id:
            of_piece.setdefault(translation.target_locale_id, translation)


def _find_changes(evidence: Evidence, versions: Mapping[UUID, Mapping[int, Any]]) -> None:
    """Find what originals say to readers, where the time or a waiver makes it matter."""
    asked = {}
    for key, in_locale in versions.items():
        for locale, translation in evidence.translations.get(key, {}).items():
            source, target = in_locale.get(translation.source.locale_id), in_locale.get(locale)
            if source is None or target is None or not piece_of(target).is_live:
                continue
            if may_be_outdated(source, translation) or (
                translation.pk in evidence.waived and (source.pk, target.pk) in evidence.urgent
            ):
                asked[translation.pk] = source, translation
    if asked:
        evidence.changes = changes_since(asked)


def _live_pairs(evidence: Evidence, versions: Mapping[UUID, Mapping[int, Any]]) -> set[Pair]:
    """Return the live pages that are translated, with each live translation of theirs."""
    pairs = set()
    for key, in_locale in versions.items():
        for locale, translation in evidence.translations.get(key, {}).items():
            source, target = in_locale.get(translation.source.locale_id), in_locale.get(locale)
            if isinstance(source, Page) and source.live and target is not None and target.live:
                pairs.add((source.pk, target.pk))
    return pairs


def _find_sections(evidence: Evidence, pieces: list[Any]) -> None:
    paths = {_above(one) for one in pieces if isinstance(one, Page)}
    if paths:
        evidence.sections = dict(
            Page.objects.filter(path__in=paths, depth__gt=1).values_list("path", "pk")
        )


def _find_history(evidence: Evidence, found: Mapping[int, Translation]) -> None:
    """Find the last job and the last approval of each translation, and the waivers."""
    of_this = {"translation": OuterRef("pk")}
    last = Translation.objects.filter(pk__in=found).annotate(
        job=Subquery(TranslationJob.objects.filter(**of_this).values("pk")[:1]),
        approval=Subquery(Approval.objects.filter(**of_this).values("pk")[:1]),
    )
    keys = list(last.values_list("job", "approval"))
    jobs = TranslationJob.objects.filter(pk__in=[job for job, _approval in keys if job])
    approvals = Approval.objects.filter(pk__in=[one for _job, one in keys if one])
    evidence.jobs = {job.translation_id: job for job in jobs}
    evidence.approvals = {one.translation_id: one for one in approvals}
    waived: dict[int, set[str]] = {}
    for translation, mark in Waiver.objects.filter(translation__in=found).values_list(
        "translation_id", "mark"
    ):
        waived.setdefault(translation, set()).add(mark)
    evidence.waived = dict(waived)


def _find_policies(
    evidence: Evidence,
    versions: Mapping[UUID, Mapping[int, Any]],
    found: Mapping[int, Translation],
) -> None:
    """Find what went live without review, and the policies where they stand for an approval."""
    evidence.unreviewed = set(
        Unreviewed.objects.filter(object_id__in=versions).values_list("object_id", "locale_id")
    )
    originals = {
        pk: (original, found[pk].target_locale.language_code)
        for pk, approval in evidence.approvals.items()
        if approval.policy
        and (original := versions[found[pk].source.object_id].get(found[pk].source.locale_id))
        is not None
    }
    if originals:
        evidence.policies = policies_for(originals)


def _above(page: Page) -> str:
    return str(page.path[: -page.steplen])
