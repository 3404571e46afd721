"""What the database knows of its own tables, kept in step with an import.

PostgreSQL gathers its statistics now and then. Until it does, it plans readers' pages for tables
as they were, and a page of a new archive of 100,000 stories takes a second instead of some
milliseconds. SQLite plans them without.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection

FIRST, GROWN = 500, 4  # looked at after so many stories, then whenever there are so many times more


class Growth:
    """How many stories a run has stored, and when the tables were looked at last."""

    def __init__(self):
        self.stored, self.looked, self.next = 0, 0, FIRST

    def by(self, stored: int) -> None:
        self.stored += stored
        if self.stored >= self.next:
            self.next = self.stored * GROWN
            self._look()

    def ended(self) -> None:
        if self.stored >= FIRST and self.stored > self.looked:
            self._look()

    def _look(self):
        self.looked = self.stored
        if connection.vendor == "postgresql":
            models = apps.get_app_config("articles").get_models()
            tables = [connection.ops.quote_name(model._meta.db_table) for model in models]
            with connection.cursor() as cursor:
                cursor.execute(f"ANALYZE {', '.join(tables)}")
