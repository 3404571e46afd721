"""The app, and what must hold before it does anything."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Newsroom")

    def ready(self):
        from . import audit, checks, pictures  # noqa: F401 (the checks register themselves)

        pictures.refuse_bombs()
        audit.listen()
        pre_migrate.connect(let_tables_go, sender=self, dispatch_uid="articles.let_tables_go")
        post_migrate.connect(name_the_site, sender=self, dispatch_uid="articles.name_the_site")
        post_migrate.connect(guard_what_was_said, sender=self, dispatch_uid="articles.triggers")


def name_the_site(using, **kwargs):
    """Redirects, feeds and sitemaps ask contrib.sites; it answers what the settings say."""
    from urllib.parse import urlsplit

    from django.conf import settings
    from django.contrib.sites.models import Site
    from django.core.management.color import no_style
    from django.db import connections

    Site.objects.using(using).update_or_create(
        pk=settings.SITE_ID,
        defaults={"domain": urlsplit(settings.SITE_URL).netloc, "name": settings.SITE_NAME[:50]},
    )
    # PostgreSQL does not count a row that came with its number: the next would get the same.
    with connections[using].cursor() as cursor:
        for statement in connections[using].ops.sequence_reset_sql(no_style(), [Site]):
            cursor.execute(statement)


def let_tables_go(using, plan, **kwargs):
    """SQLite rebuilds a table under another name, and refuses while any trigger names the old one.

    `guard_what_was_said` puts the triggers back; if the migration fails, `/health/ready` tells.
    """
    from django.db import connections

    from .models import triggers

    if plan and connections[using].vendor == "sqlite":
        triggers.uninstall(connections[using])


def guard_what_was_said(using, **kwargs):
    """Triggers are not part of a migration: SQLite drops them whenever it rebuilds a table."""
    from django.db import connections

    from .models import triggers

    connection = connections[using]
    if {"articles_version", "articles_search", "articles_auditentry"} <= {
        *connection.introspection.table_names()
    }:
        triggers.install(connection)
