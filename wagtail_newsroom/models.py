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
    ImageLicence,
    ImageText,
    NewsIndexMixin,
    NewsIndexPage,
    Tag,
    TaggedPiece,
)
from .desk.glossary_models import GlossaryTerm
from .desk.language_models import GroupLanguagePermission
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
from .desk.notice_models import NotificationPreferences, WebhookDelivery
from .desk.policy_models import SectionPolicyMixin, Unreviewed
from .desk.record_models import ReviewRecord
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
    "Comment",
    "Correction",
    "Dismissal",
    "EngineUsage",
    "Following",
    "FrontPage",
    "FrontPageMixin",
    "GlossaryTerm",
    "GroupLanguagePermission",
    "ImageLicence",
    "ImageText",
    "MemoryEntry",
    "MemoryShingle",
    "NewsIndexMixin",
    "NewsIndexPage",
    "NotificationPreferences",
    "PieceState",
    "Presence",
    "Provenance",
    "SectionPolicyMixin",
    "ReviewRecord",
    "SocialSettings",
    "Suggestion",
    "Tag",
    "TaggedPiece",
    "TranslationJob",
    "Unreviewed",
    "TranslationReviewTask",
    "Waiver",
    "WebhookDelivery",
]
