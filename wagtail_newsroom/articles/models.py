"""What is written: pages, and the people, tags and notes that belong to them."""

from .article import ArticleMixin, ArticlePage
from .authors import AbstractAuthor, Author, get_author_model
from .bylines import Byline, BylinesMixin
from .corrections import Correction
from .front import FrontPage, FrontPageMixin
from .image_licences import ImageLicence
from .image_texts import ImageText
from .sections import NewsIndexMixin, NewsIndexPage
from .tags import AbstractTag, Tag, TaggedPiece, get_tag_model

__all__ = [
    "AbstractAuthor",
    "AbstractTag",
    "ArticleMixin",
    "ArticlePage",
    "Author",
    "Byline",
    "BylinesMixin",
    "Correction",
    "FrontPage",
    "FrontPageMixin",
    "ImageLicence",
    "ImageText",
    "NewsIndexMixin",
    "NewsIndexPage",
    "Tag",
    "TaggedPiece",
    "get_author_model",
    "get_tag_model",
]
