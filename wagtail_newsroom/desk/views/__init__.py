"""The desk's pages in the admin, a file for each: thin shells over actions and states."""

from .base import declined_message
from .jobs import JobView, ProgressView, RetryView
from .presence import HereView
from .review import BesideView, PreviewView, ReviewView
from .segments import SegmentView, ThumbnailView
from .stock import machine_translate, submit_page, submit_snippet, update_translations
from .translate import PanelView, TranslateView

__all__ = [
    "BesideView",
    "HereView",
    "JobView",
    "PanelView",
    "PreviewView",
    "ProgressView",
    "RetryView",
    "ReviewView",
    "SegmentView",
    "ThumbnailView",
    "TranslateView",
    "declined_message",
    "machine_translate",
    "submit_page",
    "submit_snippet",
    "update_translations",
]
