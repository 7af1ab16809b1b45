"""The body of a piece: a stream of blocks that wagtail-localize can read, whatever is stored."""

from __future__ import annotations

import json
from typing import Any

from wagtail import blocks

from .choice import ARTICLE_BLOCKS
from .stored import stored_form


class ArticleBody(blocks.StreamBlock):
    """The blocks of a body; one that is stored as null or in an older form is read without loss.

    A site gives its own choice as `StreamField(ArticleBody([*ARTICLE_BLOCKS, ...]))`.
    """

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(ARTICLE_BLOCKS if local_blocks is None else local_blocks, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Returns the stored blocks, each in the form that it has today.

        wagtail-localize looks into the stored form too, which a block cannot mend by itself.
        """
        if isinstance(value, str) and value:
            try:
                value = json.loads(value)
            except ValueError:
                return super().to_python(value)
        if isinstance(value, list):
            value = [self._mended(item) for item in value]
        return super().to_python(value)

    def _mended(self, item: Any) -> Any:
        if not isinstance(item, dict) or item.get("type") not in self.child_blocks:
            return item
        return {**item, "value": stored_form(self.child_blocks[item["type"]], item.get("value"))}
