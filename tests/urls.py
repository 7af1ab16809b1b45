"""Addresses of the test site, as the README tells a site to write them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("wagtail_newsroom.urls")),
]
urlpatterns += i18n_patterns(
    path("", include("wagtail_newsroom.reader_urls")),
    path("", include(wagtail_urls)),
)
