"""The newsroom's models, gathered from the folders that own them."""

from .articles.models import (
    AbstractAuthor,
    AbstractTag,
    ArticleMixin,
    ArticlePage,
    Author,
    Byline,
    Correction,
    FrontPage,
    FrontPageMixin,
    ImageText,
    NewsIndexMixin,
    NewsIndexPage,
    Tag,
    TaggedPiece,
)
from .desk.glossary_models import GlossaryTerm
from .desk.margin_models import Comment, Presence, Suggestion
from .desk.models import (
    Approval,
    Dismissal,
    EngineUsage,
    MemoryEntry,
    Provenance,
    TranslationJob,
)
from .desk.near_models import MemoryShingle
from .desk.state_models import Assignment, PieceState, Waiver
from .sharing.models import SocialSettings

__all__ = [
    "AbstractAuthor",
    "AbstractTag",
    "Approval",
    "ArticleMixin",
    "ArticlePage",
    "Assignment",
    "Author",
    "Byline",
    "Comment",
    "Correction",
    "Dismissal",
    "EngineUsage",
    "FrontPage",
    "FrontPageMixin",
    "GlossaryTerm",
    "ImageText",
    "MemoryEntry",
    "MemoryShingle",
    "NewsIndexMixin",
    "NewsIndexPage",
    "PieceState",
    "Presence",
    "Provenance",
    "SocialSettings",
    "Suggestion",
    "Tag",
    "TaggedPiece",
    "TranslationJob",
    "Waiver",
]
