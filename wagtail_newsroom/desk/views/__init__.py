"""The desk's pages in the admin, a file for each: thin shells over actions and states."""

from .base import declined_message
from .jobs import JobView, ProgressView, RetryView
from .presence import HereView
from .review import BesideView, PreviewView, RestView, ReviewView
from .schedule import ScheduleView
from .segments import SegmentView, ThumbnailView
from .stock import machine_translate, submit_page, submit_snippet, update_translations
from .translate import PanelView, TranslateView
from .unpublish import (
    ask_about_versions,
    tell_before_deletion,
    tell_left_of_many,
    unpublish_chosen,
)
from .workflow import WorkflowView

__all__ = [
    "BesideView",
    "HereView",
    "JobView",
    "PanelView",
    "PreviewView",
    "ProgressView",
    "RestView",
    "RetryView",
    "ReviewView",
    "ScheduleView",
    "SegmentView",
    "ThumbnailView",
    "TranslateView",
    "WorkflowView",
    "ask_about_versions",
    "declined_message",
    "machine_translate",
    "submit_page",
    "submit_snippet",
    "tell_before_deletion",
    "tell_left_of_many",
    "unpublish_chosen",
    "update_translations",
]
