from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from cms import api, health, site_files, views, wagtail_api
from cms.sitemap import SITEMAPS
from cms.styleguide import styleguide
from knowledge.urls import page_urlpatterns

urlpatterns = [
    path("", views.home, name="home"),
    # What is asked for most, and nothing else begins with a language.
    *page_urlpatterns,
    path("healthz", views.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("api/v1/docs", api.reference, name="api_reference"),
    path("api/v1/", api.api.urls),
    path("api/v2/", wagtail_api.router.urls),
    path("robots.txt", site_files.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path(".well-known/security.txt", site_files.security_txt, name="security_txt"),
    path("manifest.webmanifest", site_files.manifest, name="manifest"),
    path("sw.js", site_files.service_worker, name="service_worker"),
    path("offline/", views.offline, name="offline"),
    path("favicon.ico", site_files.favicon, name="favicon"),
    path("styleguide/", styleguide, name="styleguide"),
    path("admin/", include("cms.admin_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/", include("people.account_urls")),
    path("", include("people.urls")),
    path("", include("social.notification_urls")),
    path("", include("knowledge.urls")),
    path("", include("search.urls")),
    path("", include("social.urls")),
]
