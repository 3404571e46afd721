"""Triggers that make the database itself refuse to change what was published or said.

Installed after every `migrate` (SQLite drops triggers when a migration rebuilds a table),
asserted by a system check and by `/health/ready`.

    articles_version      no UPDATE, no DELETE, but through a Redaction of that version;
                          on PostgreSQL one of the same transaction
    articles_revision     no UPDATE but of the words, through a Redaction of it (see below);
                          no DELETE of what a version points to: pruning takes the rest.
                          A foreign key alone is asked at COMMIT, when other words may be there
    articles_redaction    no UPDATE, no DELETE
    articles_auditentry   no UPDATE but of the words; no DELETE
    articles_note         no UPDATE but of the words; it goes with a story that was never published
    articles_frontversion no UPDATE, no DELETE
    articles_frontrevision
                          no UPDATE but of the words; no DELETE of what a version points to
    (PostgreSQL)          no TRUNCATE of any of them but the notes
    (SQLite)              the words of a text go with its row in `articles_search`: a full-text
                          table has no foreign key

Words are taken out through a Redaction of that row, once for each (on PostgreSQL one of the same
transaction). The row names it, and only a newer one opens it again; who, when and whose stays.
"""

from __future__ import annotations

from dataclasses import dataclass

REDACTED = "EXISTS (SELECT 1 FROM articles_redaction r WHERE r.version_id = OLD.id{now})"
# SQLite numbers no transactions: there the record itself is all that can be asked for.
NOW = {"sqlite": "", "postgresql": " AND r.transaction_id = txid_current()"}
UNPUBLISHED = "NOT EXISTS (SELECT 1 FROM articles_version v WHERE v.revision_id = OLD.id)"
NEVER_A_FRONT = UNPUBLISHED.replace("articles_version", "articles_frontversion")


def words_of(key: str, *kept: str) -> str:
    """The words of a row are changed through a Redaction by that key; these columns stay."""
    same = [f'COALESCE(NEW."{c}", 0) = COALESCE(OLD."{c}", 0)' for c in kept if c.endswith("_id")]
    same += [f'NEW."{c}" = OLD."{c}"' for c in ("id", *kept) if not c.endswith("_id")]
    same += ["NEW.redaction_id > COALESCE(OLD.redaction_id, 0)"]
    door = "SELECT 1 FROM articles_redaction r WHERE r.id = NEW.redaction_id"
    return f"({' AND '.join(same)} AND EXISTS ({door} AND r.{key}_id = OLD.id{{now}}))"


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
    Rule("articles_revision", "UPDATE", words_of("revision", "article_id", "at", "by_id")),
    Rule("articles_revision", "DELETE", UNPUBLISHED),
    Rule("articles_redaction", "UPDATE"),
    Rule("articles_redaction", "DELETE"),
    Rule(
        "articles_auditentry",
        "UPDATE",
        words_of("entry", "at", "act", "by_id", "model", "key", "place"),
    ),
    Rule("articles_auditentry", "DELETE"),
    Rule("articles_note", "UPDATE", words_of("note", "article_id", "at", "by_id")),
    Rule("articles_frontversion", "UPDATE"),
    Rule("articles_frontversion", "DELETE"),
    Rule("articles_frontrevision", "UPDATE", words_of("arrangement", "front_id", "at", "by_id")),
    Rule("articles_frontrevision", "DELETE", NEVER_A_FRONT),
)
STAMP = "articles_redaction_stamped"  # by the transaction it is written in
WORDS_GO = "articles_search_words_go"
TRUNCATED = tuple(dict.fromkeys(rule.table for rule in RULES if rule.table != "articles_note"))


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
    """On every table that is there: a database may have been migrated halfway."""
    uninstall(connection)
    there = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for statement in STATEMENTS[connection.vendor](there):
            cursor.execute(statement)


def uninstall(connection) -> None:
    """For tests that empty tables, and before `install`. Nothing else has a reason."""
    on = {"postgresql": " ON {table}", "sqlite": ""}[connection.vendor]
    with connection.cursor() as cursor:
        for name in sorted(expected(connection.vendor)):  # a disabled one too
            table = "articles_redaction" if name == STAMP else name.partition("_no_")[0]
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + on.format(table=table))


def _sqlite(there):
    for rule in RULES:
        if rule.table not in there:
            continue
        # What compares with NULL is not true, and must not pass for that.
        when = f" WHEN ({rule.condition['sqlite']}) IS NOT TRUE" if rule.unless else ""
        yield (
            f"CREATE TRIGGER {rule.name} BEFORE {rule.event} ON {rule.table}{when} "
            f"BEGIN SELECT RAISE(ABORT, '{rule.message}'); END"
        )
    yield (
        f"CREATE TRIGGER {WORDS_GO} AFTER DELETE ON articles_search "  # noqa: S608  a literal
        "BEGIN DELETE FROM articles_words WHERE rowid = OLD.place; END"
    )


def _postgresql(there):
    yield (
        "CREATE OR REPLACE FUNCTION articles_add_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is add-only: % refused', TG_TABLE_NAME, TG_OP "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for rule in RULES:
        if rule.table not in there:
            continue
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
    for table in (table for table in TRUNCATED if table in there):
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION articles_add_only()"
        )


STATEMENTS = {"sqlite": _sqlite, "postgresql": _postgresql}
