"""The tests' addresses with those of the engines' page, behind the admin's own door."""

from __future__ import annotations

from django.urls import include, path
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from tests.urls import urlpatterns as others
from wagtail_newsroom.desk.engine_views import engine_urls

urlpatterns = [
    path("admin/", include(decorate_urlpatterns(engine_urls(), require_admin_access))),
    *others,
]
