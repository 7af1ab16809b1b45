"""The review screen's rows: each segment with its place, origin, findings and marked source."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from ..conf import conf
from ..engines.runner import COPY
from ..segments.glossary import Glossary, Term
from ..segments.inline import clean
from ..segments.keys import visible_text
from ..segments.markup import Kind, partners, parts
from ..segments.tidy import tidy
from . import localize, memory
from .editing import version_of
from .explain import explain
from .findings import Told
from .localize import Segment
from .margin import Beside, Offer
from .places import Place, Places

_WORD = re.compile(r"\S+\s*")
_ORIGINS: Mapping[str, Promise] = {
    memory.TOOL: gettext_lazy("Translation memory"),
    COPY: gettext_lazy("Copied as it is"),
}


@dataclass(frozen=True)
class Row:
    """One segment as the review screen shows it."""

    segment: Segment
    place: Place
    version: str
    source_html: SafeString
    html: SafeString
    """The translation as the editor on the page holds it, links as `<a data-id="a1">`."""
    origin: str
    terms: tuple[Term, ...] = ()
    findings: Sequence[Told] = ()
    near: list[dict[str, Any]] | None = None
    """What the memory knows of similar texts; None where nobody asked."""
    is_untidy: bool = False
    change: SafeString | None = None
    """What changed in the source since its last approval, marked."""
    approved_text: SafeString | None = None
    """The translation that was approved for the source before it changed."""
    beside: Beside = field(default_factory=Beside)
    offers: Sequence[dict[str, Any]] = ()
    """The suggestions: `pk`, `label`, `html`, `is_active` and `trouble` of each."""
    is_open: bool = False
    """Whether the forms for comments and suggestions stand there."""

    @property
    def key(self) -> str:
        """The segment's key as addresses and forms name it; a template would write 1,234 for 1234."""
        return str(self.segment.pk)

    @property
    def errors(self) -> int:
        """How many errors of it are open."""
        return sum(told.is_open and told.is_error for told in self.findings)


@dataclass(frozen=True)
class Sheet:
    """What rows of one piece are made with."""

    language: str
    places: Places
    labels: Mapping[str, str]
    glossary: Glossary

    def row(
        self,
        segment: Segment,
        *,
        findings: Sequence[Told] = (),
        near: list[dict[str, Any]] | None = None,
        approved: tuple[str, str] | None = None,
        beside: Beside | None = None,
        is_open: bool = False,
    ) -> Row:
        """Return the row of a segment; `approved` are source and translation before a change."""
        place = self.places.of(segment)
        terms = self.glossary.terms_in(segment.source)
        text = segment.text
        return Row(
            segment=segment,
            place=place,
            version=version_of(segment),
            source_html=marked_source(segment, self.glossary if terms else None),
            html=editable(text),
            origin=origin_of(segment, self.labels),
            terms=terms,
            findings=findings,
            near=near,
            is_untidy=bool(text) and tidy(text, self.language, rules=conf.tidy_rules) != text,
            change=marked_change(approved[0], segment.source) if approved else None,
            approved_text=editable(approved[1]) if approved else None,
            beside=beside or Beside(),
            offers=[self._offer(offer) for offer in beside.offers] if beside else (),
            is_open=is_open,
        )

    def _offer(self, offer: Offer) -> dict[str, Any]:
        if not offer.engine:
            label = gettext("Before: %(name)s") % {"name": offer.by or "–"}
        else:
            known = _ORIGINS.get(offer.engine)
            label = str(known) if known is not None else self.labels.get(offer.engine, offer.engine)
        return {
            "pk": offer.pk,
            "label": label,
            "html": editable(offer.text),
            "is_active": offer.is_active,
            "trouble": explain(offer.reason, label) if offer.reason else "",
        }


def origin_of(segment: Segment, labels: Mapping[str, str]) -> str:
    """Return in words who or what wrote a segment's translation; empty where there is none."""
    if segment.is_missing:
        return ""
    if segment.kind != localize.MACHINE:
        return segment.translated_by or gettext("Person")
    known = _ORIGINS.get(segment.tool)
    if known is not None:
        return str(known)
    return gettext("Machine (%(tool)s)") % {"tool": labels.get(segment.tool, segment.tool)}


def editable(fragment: str) -> SafeString:
    """Return a stored fragment as safe HTML for the page, where ids of links would collide."""
    # `clean` leaves bare inline tags and escaped text, and of attributes a link's id alone.
    return SafeString(clean(fragment).replace('<a id="', '<a data-id="'))


def marked_source(segment: Segment, glossary: Glossary | None) -> SafeString:
    """Return a source as safe HTML, its terms marked and its links telling where they lead."""
    addresses = _addresses(segment)
    html: list[str] = []
    sequence = parts(clean(segment.source))
    paired = partners(sequence)
    for number, part in enumerate(sequence):
        if part.kind is Kind.TEXT:
            html.append(_marked(part.text, glossary))
        elif part.kind is Kind.VOID:
            html.append("<br>")
        elif number in paired:
            key = part.text.partition('id="')[2].partition('"')[0]
            if part.name == "a" and part.kind is Kind.OPEN:
                html.append(format_html('<a data-id="{}" title="{}">', key, addresses.get(key, "")))
            else:
                html.append(part.text)
    return SafeString("".join(html))


def _marked(text: str, glossary: Glossary | None) -> str:
    if glossary is None:
        return conditional_escape(text)
    html: list[str] = []
    position = 0
    for match in glossary.find(text):
        end = match.start + len(match.core)
        html += [
            conditional_escape(text[position : match.start]),
            format_html('<mark class="newsroom-term">{}</mark>', text[match.start : end]),
        ]
        position = end
    return "".join([*html, conditional_escape(text[position:])])


def _addresses(segment: Segment) -> dict[str, str]:
    try:
        attrs = json.loads(segment.attrs or "{}")
    except (TypeError, ValueError):
        attrs = segment.attrs
    if not isinstance(attrs, dict):
        return {}
    return {
        str(key): str(values.get("href") or "")
        for key, values in attrs.items()
        if isinstance(values, dict)
    }


def marked_change(old: str, new: str) -> SafeString:
    """Return a text as safe HTML in which what went and what came since another is marked."""
    before, after = _WORD.findall(visible_text(old)), _WORD.findall(visible_text(new))
    html: list[str] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            html.append(conditional_escape("".join(after[j1:j2])))
            continue
        if i2 > i1:
            html.append(format_html("<del>{}</del>", "".join(before[i1:i2])))
        if j2 > j1:
            html.append(format_html("<ins>{}</ins>", "".join(after[j1:j2])))
    return SafeString("".join(html))
