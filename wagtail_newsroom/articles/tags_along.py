"""Tags that come along when a piece is translated, and the names that are proposed for them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from wagtail.models import Revision

from ..desk.localize import Translation
from ..desk.related import Proposal
from .tag_keys import NAME_LENGTH, names_in
from .tag_pages import TaggedMixin
from .tag_rows import counterparts
from .tags import TaggedPiece, get_tag_model, with_tags

ITEMS = TaggedPiece._meta.get_field("content_object").remote_field.get_accessor_name()
"""What a page's JSON calls the rows that tie its tags to it."""


class TagsOfPiece:
    """Tags as the desk sees them."""

    kind = "tag"

    def unnamed(self, translation: Translation) -> dict[int, str]:
        """Returns the names in the source's language; tags that are missing in the target's are made."""
        tags = tags_of_source(translation)
        if not tags:
            return {}
        with transaction.atomic():
            own = counterparts(tags, translation.target_locale_id)
        names = {tag.translation_key: tag.name for tag in tags if not tag.needs_name}
        return {
            tag.pk: names[key]
            for key, tag in own.items()
            if key in names and tag.needs_name and not tag.proposed_name
        }

    def keep(self, proposals: Mapping[int, Proposal]) -> set[int]:
        """Stores what can be a name; a tag that somebody named in the meantime keeps its own."""
        usable = {
            pk: proposal
            for pk, proposal in proposals.items()
            if len(proposal.text) <= NAME_LENGTH and len(names_in(proposal.text)) == 1
        }
        waiting = get_tag_model()._default_manager.filter(needs_name=True, proposed_name="")
        for pk, proposal in sorted(usable.items()):
            waiting.filter(pk=pk).update(
                proposed_name=names_in(proposal.text)[0], proposed_by=proposal.origin[:100]
            )
        return set(usable)

    def carry(self, translation: Translation, draft: Any) -> None:
        """Gives a draft the tags of the target's latest revision, with what changed in the source.

        Tags that people gave the translation stay, and those that they took away stay away. At
        most seven queries for any number of tags, and three for each that is new in the language.
        """
        if not isinstance(draft, TaggedMixin):
            return
        source = tags_of_source(translation)
        items, before = _latest(draft)
        now = {str(tag.translation_key) for tag in source}
        gone = before - now
        kept = [
            item
            for item in items
            if item.tag.locale_id == draft.locale_id  # type: ignore[attr-defined]
            and str(item.tag.translation_key) not in gone
        ]
        draft.newsroom_tagged_items.set(kept)  # type: ignore[attr-defined]
        new = [tag for tag in source if str(tag.translation_key) not in before]
        if new:
            draft.tags.add(*new)
        draft.tags_of_source = sorted(now)


def tags_of_source(translation: Translation) -> list[Any]:
    """Return the tags of the source as it was last read, in one query."""
    rows = json.loads(translation.source.content_json).get(ITEMS, [])
    return _in_order(row.get("tag") for row in rows)


def _in_order(keys: Iterable[Any]) -> list[Any]:
    wanted = list(dict.fromkeys(key for key in keys if isinstance(key, int)))
    found = get_tag_model()._default_manager.in_bulk(wanted)
    return [found[key] for key in wanted if key in found]


def _latest(draft: Any) -> tuple[list[TaggedPiece], set[str]]:
    """Return the rows of tags in the target's latest revision, and the source's tags at its time.

    Read from the revision's JSON: modelcluster would ask twice for each row.
    """
    content = (
        Revision.objects.filter(pk=draft.latest_revision_id)
        .values_list(f"content__{ITEMS}", "content__tags_of_source")
        .first()
    )
    if content is None or content[0] is None:
        items = TaggedPiece.objects.filter(content_object_id=draft.pk).order_by("pk")
        return with_tags(items.select_related("tag")), set(draft.tags_of_source)
    rows = [
        TaggedPiece(pk=row.get("pk"), tag_id=row.get("tag"), content_object_id=draft.pk)
        for row in content[0]
    ]
    return with_tags(rows), set(content[1] or [])


def unnamed_tags_of(page: Any) -> list[Any]:
    """Return the tags of a page's latest revision that wait for a name, in two queries."""
    if not isinstance(page, TaggedMixin):
        return []
    items, _source = _latest(page)
    return [
        item.tag
        for item in items
        if item.tag.needs_name and item.tag.locale_id == page.locale_id  # type: ignore[attr-defined]
    ]
