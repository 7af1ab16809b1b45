"""Addresses: the admin at /admin/, English below /en/, Persian below /fa/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("wagtail_newsroom.urls")),
    # Serves uploads while DEBUG is on; a real site lets its web server do that.
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]
urlpatterns += i18n_patterns(
    path("", include("wagtail_newsroom.reader_urls")),
    path("", include(wagtail_urls)),
)

# Shown where DEBUG is off.
handler404 = "wagtail_newsroom.publishing.errors.not_found"
