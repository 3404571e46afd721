"""Addresses readers use. Those of stories and categories are a contract: see docs."""

from django.urls import path, re_path

from . import feeds, sitemaps, views

SLUG = r"[-\w]+"
FILE = r"(?P<name>[0-9a-f]{32}\.(?:pdf|mp3|m4a|webm|mp4))"
FEED = r"feed/(?:(?P<kind>atom|json)/)?$"  # RSS has the bare address

urlpatterns = [
    path("", views.front, name="front"),
    re_path(
        rf"^(?P<year>[0-9]{{4}})/(?P<month>[0-9]{{2}})/(?P<day>[0-9]{{2}})/(?P<slug>{SLUG})/$",
        views.article,
        name="article",
    ),
    re_path(rf"^tag/(?P<slug>{SLUG})/$", views.tag, name="tag"),
    re_path(rf"^author/(?P<slug>{SLUG})/$", views.author, name="author"),
    path("archive/", views.archive, name="archive"),
    re_path(
        r"^archive/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/$",
        views.archive_month,
        name="archive-month",
    ),
    re_path(
        r"^archive/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})/$",
        views.archive_day,
        name="archive-day",
    ),
    path("corrections/", views.corrections, name="corrections"),
    path("search/", views.results, name="search"),
    path("search/suggest/", views.suggestions, name="suggest"),
    path("fragment/recent/", views.recent, name="recent"),
    re_path(
        r"^limited/(?P<pk>[0-9]{1,18})/(?P<name>[0-9a-f]{32}-[0-9a-f]{12}\.(?:webp|avif|jpeg))$",
        views.limited,
        name="limited",
    ),
    re_path(r"^preview/(?P<token>[-\w]{20,100})/$", views.shared, name="shared"),
    re_path(
        rf"^preview/(?P<token>[-\w]{{20,100}})/files/{FILE}$",
        views.shared_file,
        name="shared-file",
    ),
    re_path(rf"^files/{FILE}$", views.attached, name="attached"),
    re_path(rf"^{FEED}", feeds.newest, name="feed"),
    re_path(rf"^tag/(?P<slug>{SLUG})/{FEED}", feeds.tag, name="tag-feed"),
    re_path(rf"^author/(?P<slug>{SLUG})/{FEED}", feeds.author, name="author-feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    re_path(
        r"^sitemap/(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})\.xml$", sitemaps.day, name="sitemap-day"
    ),
    re_path(
        r"^sitemap/(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})/(?P<before>-?[0-9]{1,17}-[0-9]{1,18})\.xml$",
        sitemaps.day,
        name="sitemap-part",
    ),
    path("sitemap/places.xml", sitemaps.places, name="sitemap-places"),
    path("news-sitemap.xml", sitemaps.news, name="news-sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path(".well-known/security.txt", sitemaps.security, name="security"),
    path("oembed/", views.oembed, name="oembed"),
    path("logo.png", views.logo, name="logo"),
    path("social.png", views.social, name="social"),
    path("offline/", views.offline, name="offline"),
    path("service-worker.js", views.service_worker, name="service-worker"),
    path("health/live", views.live, name="health-live"),
    path("health/ready", views.ready, name="health-ready"),
    # Last: any other words are the path of a category.
    re_path(rf"^(?P<path>{SLUG}(?:/{SLUG})*)/{FEED}", feeds.category, name="category-feed"),
    re_path(rf"^(?P<path>{SLUG}(?:/{SLUG})*)/$", views.category, name="category"),
]
