"""What belongs to a piece and travels with it, such as its tags.

The names of such things are proposed in the job, from the memory first, then the glossary, then
an engine; people accept them. What it is that travels stands above the desk and registers here.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.translation import gettext, ngettext

from ..conf import conf
from ..engines.runner import COPY, Draft
from ..segments.glossary import Glossary
from ..segments.keys import visible_text
from ..segments.reasons import Reason
from ..segments.tidy import tidy
from . import memory
from .explain import explain
from .localize import Translation
from .numbers import local_number

if TYPE_CHECKING:
    from .work import Work

logger = logging.getLogger("wagtail_newsroom")

MEMORY = "memory"
GLOSSARY = "glossary"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name in the target's language that nobody has accepted yet."""

    text: str
    """Plain text."""
    origin: str
    """`memory`, `glossary` or `engine:<name>`."""


class Related(Protocol):
    """What the desk needs of things that travel with a piece."""

    kind: str
    """The word for them in the job's record."""

    def unnamed(self, translation: Translation) -> dict[int, str]:
        """Returns the source's names, plain text, of those that have neither name nor proposal."""

    def keep(self, proposals: Mapping[int, Proposal]) -> set[int]:
        """Stores proposals by the keys of `unnamed`; returns which of them could be used."""

    def carry(self, translation: Translation, draft: Any) -> None:
        """Puts what came along into an unsaved draft of the target."""


_registered: dict[str, Related] = {}


def register(related: Related) -> None:
    """Have things of one kind travel with pieces."""
    _registered[related.kind] = related


def carry(translation: Translation, draft: Any) -> None:
    """Put everything that travels with a piece into an unsaved draft of its translation."""
    for related in _registered.values():
        related.carry(translation, draft)


def propose(work: Work) -> None:
    """Propose names for what travels with a job's piece; never fatal to the job.

    What could not be proposed is noted in the job with a reason, and never by its name.
    """
    failures: list[dict[str, str]] = []
    for kind, related in _registered.items():
        try:
            failures += [
                {"kind": kind, "reason": str(reason), "engine": engine}
                for reason, engine in _propose(related, work)
            ]
        # A lost lease comes up again when the job ends, which asks for it.
        except Exception as error:  # noqa: BLE001 - the piece's own texts are safe already
            logger.error("Names of %s: %s", kind, type(error).__name__)
            failures.append({"kind": kind, "reason": str(Reason.BROKEN), "engine": ""})
    if failures or work.job.related:
        work.job.related = failures
        work.extend(work.job, related=failures)


def _propose(related: Related, work: Work) -> Iterator[tuple[Reason | str, str]]:
    """Store proposals as they come; yield reason and engine for each name that got none."""
    names = related.unnamed(work.translation)
    if not names:
        return
    known = memory.recall(
        {escape(name, quote=False) for name in names.values()},
        source_language=work.source_language,
        target_language=work.target_language,
    )
    found: dict[int, Proposal] = {}
    for key, name in names.items():
        text = known.get(escape(name, quote=False))
        if text:
            found[key] = Proposal(visible_text(text), MEMORY)
        elif term := _as_a_term(name, work.glossary):
            found[key] = Proposal(term, GLOSSARY)
    kept = related.keep(found) if found else set()
    missing = {key: name for key, name in names.items() if key not in kept}
    if missing:
        yield from _ask_engines(related, work, missing)


def _as_a_term(name: str, glossary: Glossary) -> str:
    """Return the glossary's translation of a name that is a term and nothing else."""
    for match in glossary.find(name):
        if match.start == 0 and match.end == len(name) and not match.ending:
            return name if match.term.is_kept else glossary.put(name)
    return ""


def _ask_engines(
    related: Related, work: Work, names: Mapping[int, str]
) -> Iterator[tuple[Reason | str, str]]:
    engines = work.allowed_engines()
    if not engines:
        reason = Reason.WITHHELD if work.engines else Reason.NO_ENGINE
        yield from ((reason, "") for _key in names)
        return
    texts = {key: escape(name, quote=False) for key, name in names.items()}
    with closing(work.answers(engines, texts)) as answers:
        for results in answers:
            work.extend(work.job)
            drafts = {
                key: Proposal(_tidied(result, work.target_language), f"engine:{result.engine}")
                for key, result in results.items()
                if isinstance(result, Draft)
            }
            kept = related.keep(drafts) if drafts else set()
            for key, result in results.items():
                if not isinstance(result, Draft):
                    yield result.reason, result.engine
                elif key not in kept:
                    yield Reason.FIELD_LENGTH, result.engine


def _tidied(draft: Draft, language: str) -> str:
    if draft.engine == COPY:
        return visible_text(draft.text)
    return visible_text(tidy(draft.text, language, rules=conf.tidy_rules))


def summarize(failures: list[dict[str, str]], labels: Mapping[str, str]) -> list[str]:
    """Return a sentence for each reason for which names got no proposal, with their number."""
    counts: dict[tuple[str, str], int] = {}
    for failure in failures:
        kind = (failure.get("reason", ""), failure.get("engine", ""))
        counts[kind] = counts.get(kind, 0) + 1
    return [
        ngettext(
            "%(count)s tag got no proposed name. %(reason)s",
            "%(count)s tags got no proposed name. %(reason)s",
            number,
        )
        % {
            "count": local_number(number),
            "reason": explain(reason, labels.get(engine, engine))
            if engine or reason in (Reason.WITHHELD, Reason.NO_ENGINE)
            else gettext("Something unexpected went wrong."),
        }
        for (reason, engine), number in counts.items()
    ]
