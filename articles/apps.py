"""The app, and what must hold before it does anything."""

import warnings

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

# 60 megapixels: more than any press camera's picture, less than what fills the memory.
MAX_IMAGE_PIXELS = 60_000_000


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Newsroom")

    def ready(self):
        refuse_picture_bombs()
        post_migrate.connect(name_the_site, sender=self, dispatch_uid="articles.name_the_site")


def refuse_picture_bombs():
    """Pillow only warns up to twice its limit, and 20 kB may unpack to a gigabyte: refuse."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MAX_IMAGE_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def name_the_site(using, **kwargs):
    """Redirects, feeds and sitemaps ask contrib.sites; it answers what the settings say."""
    from urllib.parse import urlsplit

    from django.conf import settings
    from django.contrib.sites.models import Site

    Site.objects.using(using).update_or_create(
        pk=settings.SITE_ID,
        defaults={"domain": urlsplit(settings.SITE_URL).netloc, "name": settings.SITE_NAME[:50]},
    )
