"""Our rules in Wagtail's own content checker, in the user bar and the editor's panel “Checks”.

Wagtail's checker brings empty links and the order of headings; a site's own checker keeps its
rules and gets ours beside them.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import BaseItem, ContentCheckerItem

from .content_checks import LONGEST_HEADLINE

RULES: list[dict[str, Any]] = [
    {
        "id": "newsroom-missing-alt",
        "impact": "serious",
        "selector": ".nr-figure:not([data-decorative]) > img",
        "tags": ["best-practice"],
        "any": ["newsroom-has-alt"],
        "enabled": True,
    },
    {
        "id": "newsroom-headline-length",
        "impact": "moderate",
        "selector": ".nr-article h1",
        "tags": ["best-practice"],
        "any": ["newsroom-fits"],
        "enabled": True,
    },
]
"""Rules in the form of axe-core; `static/wagtail_newsroom/content-checks.js` has what they ask.

https://github.com/dequelabs/axe-core/blob/master/doc/API.md#api-name-axeconfigure
"""

CHECKS: list[dict[str, Any]] = [
    {"id": "newsroom-has-alt"},
    {"id": "newsroom-fits", "options": {"longest": LONGEST_HEADLINE}},
]

MESSAGES: dict[str, dict[str, Any]] = {
    "newsroom-missing-alt": {
        "error_name": _("Picture without alternative text"),
        "help_text": _("Say what it shows, or mark it as decorative"),
    },
    "newsroom-headline-length": {
        "error_name": _("Headline is too long"),
        "help_text": _("Search engines and lists cut it off"),
    },
}

ALWAYS = ("link-name", "heading-order", "empty-heading")
"""Wagtail's rules that a newsroom needs; a site's own checker gets them if it left them out."""


class CheckerScript(BaseItem):
    """Brings what our rules ask; shows nothing in the user bar."""

    class Media:
        js = ["wagtail_newsroom/content-checks.js"]

    def render_html(self, parent_context: Any = None) -> str:
        """Returns nothing to see."""
        return ""


def add_rules(items: list[Any]) -> None:
    """Add our rules to every content checker among a user bar's items, each of them once."""
    checkers = [item for item in items if isinstance(item, ContentCheckerItem)]
    for checker in checkers:
        named = [rule["id"] for rule in RULES]
        if any(rule["id"] in named for rule in checker.axe_custom_rules):
            continue
        checker.axe_custom_rules = [*checker.axe_custom_rules, *RULES]
        checker.axe_custom_checks = [*checker.axe_custom_checks, *CHECKS]
        checker.axe_messages = {**checker.axe_messages, **MESSAGES}
        # None stands for all of axe's rules, and names of tags cannot be mixed with rules.
        if checker.axe_run_only and not _are_tags(checker.axe_run_only):
            checker.axe_run_only = list(dict.fromkeys([*checker.axe_run_only, *ALWAYS, *named]))
    if checkers:
        items.append(CheckerScript())


def _are_tags(names: list[str]) -> bool:
    return any(
        name in ("best-practice", "experimental") or name.startswith("wcag") for name in names
    )
