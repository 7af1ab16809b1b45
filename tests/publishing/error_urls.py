"""Addresses of a site that shows readers our page where there is nothing."""

from tests.urls import urlpatterns  # noqa: F401 - the site's own addresses

handler404 = "wagtail_newsroom.publishing.errors.not_found"
