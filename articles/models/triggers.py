"""Triggers that make the database itself refuse to change what was published or said.

Installed after every `migrate` (SQLite drops triggers when a migration rebuilds a table),
asserted by a system check and by `/health/ready`.

    articles_version      no UPDATE, no DELETE, but through a Redaction of that version;
                          on PostgreSQL one of the same transaction
    articles_revision     no UPDATE but of the words, once for each Redaction that names it (on
                          PostgreSQL one of the same transaction);
                          no DELETE of what a version points to: pruning takes the rest.
                          A foreign key alone is asked at COMMIT, when other words may be there
    articles_redaction    no UPDATE, no DELETE
    (PostgreSQL)          no TRUNCATE of any of the three
    (SQLite)              the words of a text go with its row in `articles_search`: a full-text
                          table has no foreign key
"""

from __future__ import annotations

from dataclasses import dataclass

REDACTED = "EXISTS (SELECT 1 FROM articles_redaction r WHERE r.version_id = OLD.id{now})"
# SQLite numbers no transactions: there the record itself is all that can be asked for.
NOW = {"sqlite": "", "postgresql": " AND r.transaction_id = txid_current()"}
# Who saved it and when are no words. The row names the record that opened the door for it, and
# only a newer one opens it again: on SQLite, too, nothing passes afterwards.
REDACTED_WORDS = (
    "(NEW.id = OLD.id AND NEW.article_id = OLD.article_id AND NEW.at = OLD.at"
    " AND COALESCE(NEW.by_id, 0) = COALESCE(OLD.by_id, 0)"
    " AND NEW.redaction_id > COALESCE(OLD.redaction_id, 0)"
    " AND EXISTS (SELECT 1 FROM articles_redaction r"
    " WHERE r.id = NEW.redaction_id AND r.revision_id = OLD.id{now}))"
)
UNPUBLISHED = "NOT EXISTS (SELECT 1 FROM articles_version v WHERE v.revision_id = OLD.id)"


@dataclass(frozen=True)
class Rule:
    table: str
    event: str
    unless: str = ""

    @property
    def name(self):
        return f"{self.table}_no_{self.event.lower()}"

    @property
    def condition(self):
        """`unless`, by database."""
        return {vendor: self.unless.format(now=now) for vendor, now in NOW.items()}

    @property
    def message(self):
        return f"{self.table} is add-only: {self.event} refused"


RULES = (
    Rule("articles_version", "UPDATE", REDACTED),
    Rule("articles_version", "DELETE", REDACTED),
    Rule("articles_revision", "UPDATE", REDACTED_WORDS),
    Rule("articles_revision", "DELETE", UNPUBLISHED),
    Rule("articles_redaction", "UPDATE"),
    Rule("articles_redaction", "DELETE"),
)
STAMP = "articles_redaction_stamped"  # by the transaction it is written in
WORDS_GO = "articles_search_words_go"
TRUNCATED = ("articles_version", "articles_revision", "articles_redaction")


def expected(vendor: str) -> set[str]:
    """The names of all triggers there should be."""
    names = {rule.name for rule in RULES}
    if vendor == "postgresql":
        return names | {f"{table}_no_truncate" for table in TRUNCATED} | {STAMP}
    return names | {WORDS_GO}


def installed(connection) -> set[str]:
    """Those of them that are there and enabled."""
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {name for (name,) in cursor.fetchall()}
    return found & expected(connection.vendor)


def missing(connection) -> set[str]:
    return expected(connection.vendor) - installed(connection)


def install(connection) -> None:
    uninstall(connection)
    with connection.cursor() as cursor:
        for statement in STATEMENTS[connection.vendor]():
            cursor.execute(statement)


def uninstall(connection) -> None:
    """For tests that empty tables, and before `install`. Nothing else has a reason."""
    on = {"postgresql": " ON {table}", "sqlite": ""}[connection.vendor]
    with connection.cursor() as cursor:
        for name in sorted(expected(connection.vendor)):  # a disabled one too
            table = "articles_redaction" if name == STAMP else name.partition("_no_")[0]
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + on.format(table=table))


def _sqlite():
    for rule in RULES:
        # What compares with NULL is not true, and must not pass for that.
        when = f" WHEN {rule.condition['sqlite']} IS NOT TRUE" if rule.unless else ""
        yield (
            f"CREATE TRIGGER {rule.name} BEFORE {rule.event} ON {rule.table}{when} "
            f"BEGIN SELECT RAISE(ABORT, '{rule.message}'); END"
        )
    yield (
        f"CREATE TRIGGER {WORDS_GO} AFTER DELETE ON articles_search "  # noqa: S608  a literal
        "BEGIN DELETE FROM articles_words WHERE rowid = OLD.place; END"
    )


def _postgresql():
    yield (
        "CREATE OR REPLACE FUNCTION articles_add_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is add-only: % refused', TG_TABLE_NAME, TG_OP "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for rule in RULES:
        function = "articles_add_only"
        if rule.unless:
            function = f"{rule.name}_unless"
            yield (
                f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN IF {rule.condition['postgresql']} THEN "
                "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END IF; "
                "RAISE EXCEPTION '% is add-only: % refused', TG_TABLE_NAME, TG_OP "
                "USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
        yield (
            f"CREATE TRIGGER {rule.name} BEFORE {rule.event} ON {rule.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {function}()"
        )
    yield (
        "CREATE OR REPLACE FUNCTION articles_redaction_stamp() RETURNS trigger LANGUAGE plpgsql "
        "AS $$ BEGIN NEW.transaction_id = txid_current(); RETURN NEW; END $$"
    )
    yield (
        f"CREATE TRIGGER {STAMP} BEFORE INSERT ON articles_redaction "
        "FOR EACH ROW EXECUTE FUNCTION articles_redaction_stamp()"
    )
    for table in TRUNCATED:
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION articles_add_only()"
        )


STATEMENTS = {"sqlite": _sqlite, "postgresql": _postgresql}
