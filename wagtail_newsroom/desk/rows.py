"""What templates show of a piece's languages and jobs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from ..conf import conf
from ..engines.registry import load_chain
from ..exceptions import NewsroomError
from . import permissions, related
from .explain import summarize
from .language_rights import languages_of
from .models import TranslationJob
from .numbers import local_number
from .pieces import piece_of
from .states import standings
from .timetable import planned_for
from .usage import allowances, estimate


def engine_labels() -> dict[str, str]:
    """Return the names that people know the engines by."""
    try:
        return {engine.name: str(engine.label) for engine in load_chain(conf.engines)}
    except NewsroomError:
        # A system check tells what is wrong with the setting.
        return {}


def job_context(job: TranslationJob) -> dict[str, Any]:
    """Return what the templates show of a job."""
    labels = engine_labels()
    return {
        "job": job,
        "by_engine": [
            {"label": labels.get(name, name), "count": count}
            for name, count in sorted(job.by_engine.items())
        ],
        "failures": summarize(job.failures, labels),
        "related_failures": related.summarize(job.related, labels),
    }


def rows_for(instance: Any, user: Any, *, with_estimates: bool = False) -> list[dict[str, Any]]:
    """Return a row for each language of a piece: its standing and what the user may do there.

    Estimates read the whole piece, so they are left out where rows are asked for again and again.
    """
    rows = []
    is_editor = piece_of(instance).can_edit(user)
    for standing in standings(instance):
        can_request = permissions.can_request(instance, standing.locale, user)
        target = standing.target
        can_edit_target = target is not None and piece_of(target).can_edit(user)
        rows.append(
            {
                "standing": standing,
                "can_request": can_request,
                "can_see": is_editor or can_edit_target or standing.locale.pk in languages_of(user),
                "edit_url": piece_of(target).edit_url if can_edit_target else None,
                "planned": planned_for(standing.translation, standing.target)
                if standing.translation and standing.target
                else None,
                "estimate": estimate(instance, standing.locale)
                if with_estimates and can_request and not standing.is_active
                else None,
                **(job_context(standing.job) if standing.job else {}),
            }
        )
    return rows


def allowance_notes() -> list[str]:
    """Return a sentence for each engine that has a monthly cap: what is left of it."""
    labels = engine_labels()
    return [
        gettext("%(engine)s may still be sent %(characters)s characters this month.")
        % {"engine": labels[engine], "characters": local_number(left)}
        for engine, left in allowances(labels).items()
    ]
