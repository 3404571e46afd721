"""For load balancers and whoever watches: is the process there, and can it serve?"""

from __future__ import annotations

from django.conf import settings
from django.contrib.sites.models import Site
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F
from django.http import HttpRequest, HttpResponse, JsonResponse

from ..answers import public
from ..models import Version, triggers


@public
def live(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers."""
    return _told({"status": "ok"})


@public
def ready(request: HttpRequest) -> HttpResponse:
    """200, or 503 with the names of what fails: database, migrations, triggers."""
    failing = []
    for name, check in CHECKS.items():
        try:
            sound = check()
        except DatabaseError:
            sound = False
        if not sound:
            failing.append(name)
        if failing == ["database"]:
            break  # the others would only wait for it too
    status = 503 if failing else 200
    return _told({"status": "failing" if failing else "ok", "failing": failing}, status)


def _told(words: dict, status: int = 200) -> HttpResponse:
    return JsonResponse(words, status=status, headers={"Cache-Control": "no-store"})


def _reads_and_writes() -> bool:
    list(Version.objects.values_list("pk")[:1])
    with transaction.atomic():
        Site.objects.filter(pk=settings.SITE_ID).update(name=F("name"))
        transaction.set_rollback(True)
    return True


def _is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _guards_versions() -> bool:
    return not triggers.missing(connection)


CHECKS = {
    "database": _reads_and_writes,
    "migrations": _is_migrated,
    "triggers": _guards_versions,
}
