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
from .desk.models import (
    Approval,
    Dismissal,
    EngineUsage,
    MemoryEntry,
    Provenance,
    TranslationJob,
)
from .desk.near_models import MemoryShingle
from .desk.schedule_models import Following
from .desk.state_models import Assignment, PieceState, Waiver
from .desk.workflow_models import TranslationReviewTask
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
    "Correction",
    "Dismissal",
    "EngineUsage",
    "Following",
    "FrontPage",
    "FrontPageMixin",
    "GlossaryTerm",
    "ImageText",
    "MemoryEntry",
    "MemoryShingle",
    "NewsIndexMixin",
    "NewsIndexPage",
    "PieceState",
    "Provenance",
    "SocialSettings",
    "Tag",
    "TaggedPiece",
    "TranslationJob",
    "TranslationReviewTask",
    "Waiver",
]
