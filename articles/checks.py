"""System checks: misuse is told at `manage.py check`, not in production."""

from django.core import checks
from django.db import connections

from .models import triggers


@checks.register(checks.Tags.database)
def triggers_are_there(app_configs, databases=None, **kwargs):
    """Run by `migrate`, `check --database default` and, by the same function, `/health/ready`."""
    found = []
    for alias in databases or ():
        connection = connections[alias]
        if "articles_version" not in connection.introspection.table_names():
            continue
        if missing := triggers.missing(connection):
            found.append(
                checks.Error(
                    f"The database “{alias}” would let published versions be changed: "
                    f"{', '.join(sorted(missing))} is not there.",
                    hint="Run `manage.py migrate`; it installs them again.",
                    id="articles.E001",
                )
            )
    return found
