"""Addresses readers use. Those of stories and categories are a contract: see docs."""

from django.urls import path, re_path

from . import feeds, sitemaps, views

SLUG = r"[-\w]+"

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
    path("corrections/", views.corrections, name="corrections"),
    path("search/", views.results, name="search"),
    path("fragment/recent/", views.recent, name="recent"),
    re_path(
        r"^limited/(?P<pk>[0-9]{1,18})/(?P<name>[0-9a-f]{32}-[0-9a-f]{12}\.(?:webp|avif))$",
        views.limited,
        name="limited",
    ),
    re_path(r"^preview/(?P<token>[-\w]{20,100})/$", views.shared, name="shared"),
    re_path(
        r"^files/(?P<name>[0-9a-f]{32}\.(?:pdf|mp3|m4a))$",
        views.attached,
        name="attached",
    ),
    path("feed/", feeds.newest, name="feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    re_path(
        r"^sitemap/(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})\.xml$", sitemaps.day, name="sitemap-day"
    ),
    path("news-sitemap.xml", sitemaps.news, name="news-sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("health/live", views.live, name="health-live"),
    path("health/ready", views.ready, name="health-ready"),
    # Last: any other words are the path of a category.
    re_path(rf"^(?P<path>{SLUG}(?:/{SLUG})*)/feed/$", feeds.category, name="category-feed"),
    re_path(rf"^(?P<path>{SLUG}(?:/{SLUG})*)/$", views.category, name="category"),
]
