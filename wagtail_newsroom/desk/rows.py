"""What templates show of a piece's languages and jobs."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from ..conf import conf
from ..engines.registry import load_chain
from ..exceptions import NewsroomError
from . import permissions
from .explain import summarize
from .models import TranslationJob
from .states import standings


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
    }


def rows_for(page: Page, user: Any) -> list[dict[str, Any]]:
    """Return a row for each language of a piece: its standing and what the user may do there."""
    return [
        {
            "standing": standing,
            "can_request": permissions.can_request(page, standing.locale, user),
            **(job_context(standing.job) if standing.job else {}),
        }
        for standing in standings(page)
    ]
