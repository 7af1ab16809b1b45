"""The test site with Wagtail's API in both versions, as the guide tells a site to write it."""

from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from tests.urls import urlpatterns as site
from wagtail_newsroom.publishing.api import AuthorsAPIViewSet, NewsroomPagesAPIViewSet

router = WagtailAPIRouter("wagtailapi")
router.register_endpoint("pages", NewsroomPagesAPIViewSet)
router.register_endpoint("authors", AuthorsAPIViewSet)

stock = WagtailAPIRouter("stockapi")
stock.register_endpoint("pages", PagesAPIViewSet)

urlpatterns = [path("api/v2/", router.urls), path("api/stock/", stock.urls)]
try:
    from wagtail.api.v3.urls import api
except ImportError:  # Wagtail < 8.0
    pass
else:
    urlpatterns.append(path("api/v3/", api.urls))
urlpatterns += site
