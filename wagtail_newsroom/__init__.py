"""Articles in two languages for Wagtail, drafted by machine and approved by a person."""

__version__ = "0.1.0"
